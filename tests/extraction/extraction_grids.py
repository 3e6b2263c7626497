"""Make grids and documents from short texts: one line per row, cells between bars."""

from __future__ import annotations

import re

from evidence.documents.base import Cell, Document, DocumentInfo, Footnote, Grid, Mark

MARKED = re.compile(r"\^([^^]+)\^")


def cell(text: str, row: int = 0, column: int = 0, *, header: bool = False) -> Cell:
    """A cell with a box; ``^7^`` stands for the superscript 7."""
    clean, marks, printed = "", [], ""
    at = 0
    for found in MARKED.finditer(text):
        clean += text[at : found.start()]
        printed += text[at : found.start()] + found[1]
        marks.append(Mark(text=found[1], offset=len(clean)))
        at = found.end()
    clean, printed = clean + text[at:], printed + text[at:]
    box = (50.0 + 70 * column, 100.0 + 20 * row, 118.0 + 70 * column, 118.0 + 20 * row)
    return Cell(text=printed, clean=clean, marks=tuple(marks), page=1, box_pt=box, header=header)


def grid(
    text: str,
    *,
    label: str = "1",
    caption: str = "",
    notes: tuple[tuple[str | None, str], ...] = (),
    header_rows: int = 1,
) -> Grid:
    """A grid of the lines of ``text``; the first ``header_rows`` are heads."""
    rows = []
    for at, line in enumerate(text.strip().splitlines()):
        parts = [part.strip() for part in line.split("|")]
        rows.append(
            tuple(cell(part, at, x, header=at < header_rows) for x, part in enumerate(parts))
        )
    return Grid(
        label=label,
        caption=caption,
        pages=(1,),
        rows=tuple(rows),
        header_rows=header_rows,
        footnotes=tuple(Footnote(mark=mark, text=words) for mark, words in notes),
    )


def document(*grids: Grid, info: DocumentInfo | None = None, name: str = "review.pdf") -> Document:
    """A document of these grids."""
    return Document(
        name=name, sha256="0" * 64, format="pdf", grids=grids, info=info or DocumentInfo()
    )
