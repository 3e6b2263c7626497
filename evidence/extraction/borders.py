"""What speaks against the borders of a row's cells: what they say there is in doubt.

A cell is read by the words in it. Whether they are all its words, and no others, shows only in
what stands around it: in its neighbours, in the rest of its column, and in the label of its row.
"""

from __future__ import annotations

import re
from itertools import pairwise

from evidence.documents.base import Cell
from evidence.extraction.cells.label import Label
from evidence.extraction.rows import Row
from evidence.extraction.source import Notes, SourceCell
from evidence.extraction.tables import SeriesTable

TWO_LABELS = "the first cell of the row names two series"
BESIDE = "words beside it, at the border of the next cell, were not read"
OUT_OF_HABIT = "the other cells of the column have words beside their numbers"
CUT = ("pdf", "text")
"""Formats in which the borders of cells were found by their white space."""
HABIT = 0.8
"""Share of a column's other cells that makes a habit."""
FEWEST = 3
"""Other cells of a column that can show a habit."""


def doubt_borders(
    label: Label, parts: list[tuple[SeriesTable, Row]], notes: Notes, document_format: str
) -> None:
    """Doubt the values of a series that stand at borders which are not sure."""
    if label.several:
        notes.problem(
            "two-series-in-a-row", f"{TWO_LABELS.capitalize()}; nothing of it is sure.", "series",
            remedy="look at the row with 'evidence tables' and enter the series by hand",
        )  # fmt: skip
    for table, row in parts:
        kept = _in_order(row, notes)
        for column, source in kept:
            if label.several:
                notes.doubt_cell(source.key, TWO_LABELS)
            elif _is_out_of_habit(table, column, source.cell):
                notes.doubt_cell(source.key, OUT_OF_HABIT)
        if document_format in CUT:
            _doubt_beside(kept, notes)


def _in_order(row: Row, notes: Notes) -> list[tuple[int, SourceCell]]:
    """(column, kept cell) from left to right, each cell once."""
    by_cell = {id(source.cell): source for source in notes.cells.values()}
    found = {
        source.key: (column, source)
        for column, cell in sorted(row.cells.items(), reverse=True)
        if (source := by_cell.get(id(cell))) is not None
    }
    return list(reversed(found.values()))


def _doubt_beside(kept: list[tuple[int, SourceCell]], notes: Notes) -> None:
    """Doubt what touches a border at which the words on the other side were not read."""
    for (a, left), (b, right) in pairwise(kept):
        if b != a + max(left.cell.colspan, 1):
            continue
        words = (left.unread or "").split()
        if words and left.text.rstrip().endswith(words[-1]):
            notes.doubt_edge(right.key, BESIDE, at_start=True)
        words = (right.unread or "").split()
        if words and right.text.lstrip().startswith(words[0]):
            notes.doubt_edge(left.key, BESIDE, at_start=False)


def _is_out_of_habit(table: SeriesTable, column: int, cell: Cell) -> bool:
    """Whether a bare number stands in a column whose numbers have words with them."""
    if not re.fullmatch(r"[\s\d.,]+", cell.plain):
        return False
    others = [other for row in table.rows if (other := row.cells.get(column)) is not cell]
    texts = [other.plain for other in others if other and re.search(r"\d", other.plain)]
    worded = sum(bool(re.search(r"[^\W\d_]", text)) for text in texts)
    return len(texts) >= FEWEST and worded >= HABIT * len(texts)
