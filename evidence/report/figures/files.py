"""Figures as files: those of a report beside it, and one alone in a format of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from evidence.errors import unknown_name
from evidence.report.context import ReportContext
from evidence.report.parts import Figure


def figure_bytes(svg: str, suffix: str) -> bytes:
    """A figure in the format of a file's suffix.

    Raises:
        WrongUsage: an unknown suffix, or the extra ``pdf`` is not installed.
    """
    if suffix == ".svg":
        return svg.encode()
    if suffix == ".png":
        from evidence.report.figures.png import to_png

        return to_png(svg)
    if suffix == ".pdf":
        from evidence.report.office import svg_to_pdf

        return svg_to_pdf(svg)
    raise unknown_name("figure format", suffix, [".svg", ".png", ".pdf"])


def find_figures(item: Any) -> Iterator[Figure]:
    """Every figure inside section contexts, in order."""
    if isinstance(item, Figure):
        yield item
    elif isinstance(item, list | tuple):
        for part in item:
            yield from find_figures(part)
    elif is_dataclass(item) and not isinstance(item, type) and hasattr(item, "__slots__"):
        for field in fields(item):
            if not isinstance(value := getattr(item, field.name), ReportContext | str):
                yield from find_figures(value)


def pictures(figures: list[Figure]) -> dict[str, bytes]:
    """The PNG of each figure, for documents that cannot draw SVG."""
    files = figure_files(figures, png=True)
    return {name: body for name, body in files.items() if name.endswith(".png")}


def figure_files(figures: list[Figure], *, png: bool) -> dict[str, bytes]:
    """Each figure alone by its path; links lead into the report beside it."""
    files: dict[str, bytes] = {}
    for figure in figures:
        if not figure.svg:
            continue
        alone = figure.svg.replace('<a href="#', '<a href="../report.html#')
        files[f"figures/{figure.ident}.svg"] = figure_bytes(alone, ".svg")
        if png:
            files[f"figures/{figure.ident}.png"] = figure_bytes(alone, ".png")
    return files
