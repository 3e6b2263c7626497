"""Give the cells of a dumped table their pages and boxes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from evidence.documents.base import Cell, CellLine, Grid
from evidence.documents.text.cells import around
from evidence.documents.text.pages import LINE_PT, TextPage


def on_pages(grid: Grid, pages: Sequence[TextPage]) -> Grid:
    """The grid with boxes on pages in place of boxes that count lines from the file's first."""
    firsts = [page.first for page in pages]
    rows = tuple(tuple(_cell(cell, firsts) for cell in row) for row in grid.rows)
    found = sorted({line.page for row in rows for cell in row for line in cell.lines if line.page})
    return replace(grid, rows=rows, pages=tuple(found))


def _cell(cell: Cell, firsts: Sequence[int]) -> Cell:
    lines = tuple(_line(line, firsts) for line in cell.lines)
    page = lines[0].page if lines else None
    boxes = [line.box_pt for line in lines if line.box_pt is not None and line.page == page]
    return replace(cell, lines=lines, page=page, box_pt=around(boxes) if boxes else None)


def _line(line: CellLine, firsts: Sequence[int]) -> CellLine:
    if line.box_pt is None:
        return line
    x0, top, x1, bottom = line.box_pt
    number = round(top / LINE_PT) + 1
    page = bisect_right(firsts, number)
    above = LINE_PT * (firsts[page - 1] - 1)
    return replace(line, page=page, box_pt=(x0, top - above, x1, bottom - above))
