"""SVG to PNG with the fonts that are shipped (the only resvg import)."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "fonts"


def to_png(svg: str, *, zoom: float = 2.0) -> bytes:
    """Draw on white, at ``zoom`` pixels per SVG unit, with the shipped fonts only."""
    import resvg_py

    files = sorted(str(path) for path in FONTS.glob("*.ttf"))
    picture = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=zoom,
        skip_system_fonts=True,
        font_files=files,
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
    )
    return bytes(picture)
