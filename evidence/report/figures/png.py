"""SVG to PNG with the fonts that are shipped (the only resvg import)."""

from __future__ import annotations

import re
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "fonts"
_OTHER_SCRIPT = re.compile("[^\u0000-\u05ff\u1e00-\u27bf]")
"""Beyond Latin, Greek, Cyrillic, Hebrew and signs: what the shipped fonts cannot draw."""


def to_png(svg: str, *, zoom: float = 2.0) -> bytes:
    """Draw on white, at ``zoom`` pixels per SVG unit.

    With the shipped fonts only, so that every machine draws the same; a name in a script they do
    not have is drawn with the fonts of the machine.
    """
    import resvg_py

    files = sorted(str(path) for path in FONTS.glob("*.ttf"))
    picture = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=zoom,
        skip_system_fonts=_OTHER_SCRIPT.search(svg) is None,
        font_files=files,
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
    )
    return bytes(picture)
