"""Rows with fewer values than columns: which columns are empty, told by the kinds of the values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

_MOST = 12
"""Columns up to which every way is tried."""


def usual_kinds(rows: Sequence[Sequence[str]]) -> list[str]:
    """The usual kind of each column, from the kinds of full rows."""
    return [Counter(column).most_common(1)[0][0] for column in zip(*rows, strict=True)]


def places(kinds: Sequence[str], columns: Sequence[str]) -> tuple[int, ...] | None:
    """The columns of a row's values, in order; None where no way or several fit equally well.

    Every value must be of its column's usual kind or a sign for none.
    """
    if len(columns) > _MOST:
        return None
    ways = [
        way
        for way in combinations(range(len(columns)), len(kinds))
        if all(kind in ("none", columns[k]) for kind, k in zip(kinds, way, strict=True))
    ]
    return ways[0] if len(ways) == 1 else None
