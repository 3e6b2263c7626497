"""Dumps with a cell a line whose rows are a label in words and the values behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evidence.documents.text.dump.missing import places, usual_kinds

_FULL = 0.3
"""Share of the rows with values that must hold a value for every column."""
_GROUPS = 0.5
"""So many labels without values there may be for each row with values."""

Row = list[int | None]
"""For each column the index of its cell."""


def read_labelled(kinds: Sequence[str]) -> tuple[list[Row], list[list[int]]] | None:
    """(rows of cell indices, the head first; rows whose values have no certain column).

    The heads are the words before the first label with values; as many values follow a label as
    the table has columns behind the first, or fewer where some are empty. None where the heads
    and the values do not tell the same number.
    """
    rows = _by_label(kinds)
    valued = [row for row in rows if len(row) > 1]
    if len(valued) < 3:
        return None
    first = rows.index(valued[0])
    count = max(n for n, _ in Counter(len(row) - 1 for row in valued).items())
    full = [row for row in valued if len(row) - 1 == count]
    groups = sum(len(row) == 1 for row in rows[first:])
    if count < 2 or len(full) < max(2, _FULL * len(valued)) or groups > _GROUPS * len(valued):
        return None
    heads = [row[0] for row in rows[:first]]
    extra = len(heads) - (count + 1)
    if extra not in (-1, 0, 1) or any(kinds[k] != "text" for k in heads):
        return None
    usual = usual_kinds([[kinds[k] for k in row[1:]] for row in full])
    made: list[Row] = [[*[None] * max(0, -extra), *heads[: count + 1]]]
    made += [[k, *[None] * count] for k in heads[count + 1 :]]
    unplaced: list[list[int]] = []
    for row in rows[first:]:
        values = [kinds[k] for k in row[1:]]
        way = tuple(range(count)) if len(values) == count else places(values, usual)
        cells = dict(zip(way or (), row[1:], strict=False))
        made.append([row[0], *(cells.get(k) for k in range(count))])
        if way is None:
            unplaced.append(row)
    return made, unplaced


def _by_label(kinds: Sequence[str]) -> list[list[int]]:
    """Indices of cells, a new row at every cell in words."""
    rows: list[list[int]] = []
    for k, kind in enumerate(kinds):
        if kind == "text" or not rows:
            rows.append([])
        rows[-1].append(k)
    return rows
