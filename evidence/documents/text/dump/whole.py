"""Dumps with a cell a line: every cell goes to the column whose head promises its kind of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from evidence.documents.text.dump.head_words import kind_of_head
from evidence.documents.text.dump.heads import LONGEST_HEAD
from evidence.documents.text.dump.scores import FITS
from evidence.documents.text.dump.words import Word

_MOST_COLUMNS = 16
_MOST_CELLS = 6000
_SKIPPED = 1.5
"""What an empty column costs."""
_FIT = 1.2
"""Mean fit of cells to their columns from which a reading is believed."""
_AHEAD = 0.15
_PROMISING = 0.7
"""Share of the heads that promise a kind of words."""

Cells = Sequence[Sequence[Word]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A table read cell by cell: its heads and, for each cell below, (row, column)."""

    heads: int
    places: tuple[tuple[int, int], ...]
    fit: float


def read_whole(cells: Cells) -> Whole | None:
    """The number of heads that suits the cells below best; None where none does, or several do."""
    if len(cells) > _MOST_CELLS:
        return None
    found: list[Whole] = []
    kinds = [_promise(cell) for cell in cells[:_MOST_COLUMNS]]
    for count in range(3, min(_MOST_COLUMNS, len(cells) // 3) + 1):
        own = kinds[:count]
        if sum(kind != "text" for kind in own) >= _PROMISING * count:
            found.append(_placed(cells[count:], own))
    found.sort(key=lambda whole: whole.fit, reverse=True)
    if not found or found[0].fit < _FIT:
        return None
    if len(found) > 1 and found[1].fit > found[0].fit - _AHEAD:
        return None
    return found[0]


def _promise(cell: Sequence[Word]) -> str:
    """The kind of words that a cell promises below it, if it is a head."""
    words = [word.text for word in cell]
    return kind_of_head(" ".join(words)) if len(words) <= LONGEST_HEAD else "text"


def _placed(cells: Cells, kinds: Sequence[str]) -> Whole:
    """Cells in their order, each to the right of the one before or in the first column."""
    width = len(kinds)
    fits = [[_fit(cell, kind) for kind in kinds] for cell in cells]
    best = [[float("-inf")] * width for _ in cells]
    back = [[0] * width for _ in cells]
    best[0][0] = fits[0][0]
    for k in range(1, len(cells)):
        closing = max(range(width), key=lambda c: best[k - 1][c] - _SKIPPED * (width - 1 - c))
        for column in range(width):
            ways = [(best[k - 1][c] - _SKIPPED * (column - c - 1), c) for c in range(column)]
            if column == 0:
                ways = [(best[k - 1][closing] - _SKIPPED * (width - 1 - closing), closing)]
            value, back[k][column] = max(ways)
            best[k][column] = value + fits[k][column]
    column = max(range(width), key=lambda c: best[-1][c])
    total = best[-1][column]
    columns = [column]
    for k in range(len(cells) - 1, 0, -1):
        columns.append(column := back[k][column])
    return Whole(heads=width, places=_rows(columns[::-1]), fit=total / len(cells))


def _rows(columns: Sequence[int]) -> tuple[tuple[int, int], ...]:
    row = -1
    places: list[tuple[int, int]] = []
    for column in columns:
        row += column == 0
        places.append((row, column))
    return tuple(places)


def _fit(cell: Sequence[Word], kind: str) -> float:
    """The mean fit of a cell's words outside brackets; a text column takes any for little."""
    words = [word for word in cell if not word.inside] or list(cell)
    table = FITS[kind]
    if kind == "text":
        return 0.8
    return mean(table.get(word.tag, table[""]) for word in words)
