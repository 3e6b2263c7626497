"""Tables whose cells are parted by gaps that do not stand below one another."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.documents.base import Cell, Grid
from evidence.documents.text.cells import Stretch, text_cell, text_grid
from evidence.documents.text.pages import pieces
from evidence.documents.text.regions import Region

_FEWEST = 3
_FULL = 0.6
"""Share of the lines that must have all their pieces."""


def read_ragged(region: Region, page: int) -> Grid | None:
    """The grid of a region whose lines all have as many pieces as its first; else None.

    A line with one piece heads a group of rows. No cell of such a table goes on in a second line.
    """
    left = region.view[0]
    lines = [
        [
            Stretch(row=row, start=left + p.start, end=left + p.end, text=p.text)
            for p in pieces(text)
        ]
        for row, text in region.body
        if text.strip()
    ]
    width = len(lines[0])
    full = sum(len(line) == width for line in lines)
    if width < 2 or full < max(_FEWEST, _FULL * len(lines)):
        return None
    if any(len(line) not in (1, width) for line in lines):
        return None
    rows = [_row(line, width, page, header=not k) for k, line in enumerate(lines)]
    return text_grid(rows, label=region.label, caption=region.caption, page=page, heads=1)


def _row(line: Sequence[Stretch], width: int, page: int, *, header: bool) -> tuple[Cell, ...]:
    cells = [text_cell([part], page, header=header) for part in line]
    return (*cells, *(text_cell([], page) for _ in range(width - len(cells))))
