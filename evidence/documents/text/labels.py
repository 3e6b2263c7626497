"""Labels whose second line holds nothing but a year or a reference: it is no row of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.documents.text.cells import around

_REST = re.compile(r"[(\[]?(?:(?:19|20)\d\d[a-z]?|\d{1,3})[)\]][.,;]?$|(?:19|20)\d\d[a-z]?[.,;]?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEWEST = 2
"""So many rows must show that the labels of the table end in one."""


def with_whole_labels(grid: Grid) -> Grid:
    """The grid with rows of a lone year or reference joined to the label above them.

    Other labels of the table must end in one, and the label above must have none; a table that
    counts years over its rows is left as it is.
    """
    rows = list(grid.rows)
    usual = sum(bool(row and _ends_whole(row[0].text)) for row in rows[grid.header_rows :])
    for k in range(len(rows) - 1, grid.header_rows, -1):
        own, above = rows[k], rows[k - 1]
        if not own or not above or own[0].rowspan > 1 or above[0].rowspan > 1:
            continue
        lone = bool(_REST.match(own[0].text)) and not any(cell.text for cell in own[1:])
        open_label = above[0].text[:1].isalpha() and not _ends_whole(above[0].text)
        if lone and open_label and any(c.text for c in above[1:]) and usual >= _FEWEST:
            rows[k - 1 : k + 1] = [(_joined(above[0], own[0]), *above[1:])]
    return replace(grid, rows=tuple(rows))


def _ends_whole(text: str) -> bool:
    """Whether a label ends in its year or reference."""
    last = text.split()[-1:] if len(text.split()) > 1 else []
    return bool(last and _REST.match(last[0])) or bool(_YEAR.search(text))


def _joined(above: Cell, own: Cell) -> Cell:
    boxes = [box for box in (above.box_pt, own.box_pt) if box is not None]
    behind = len(above.plain) + 1
    return replace(
        above,
        text=f"{above.text} {own.text}",
        clean=f"{above.plain} {own.plain}" if above.clean or own.clean else None,
        marks=(*above.marks, *(replace(m, offset=m.offset + behind) for m in own.marks)),
        box_pt=around(boxes) if boxes else None,
        lines=(*above.lines, *own.lines),
        doubt=above.doubt or own.doubt,
    )
