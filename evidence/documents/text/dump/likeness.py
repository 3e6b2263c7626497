"""How alike the cells of each column are written: log Bayes factors of a table cut into cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import lgamma, log

_PRIOR = 4.0
"""Words of the whole table that each column's counts are smoothed with."""
_FOLLOWED = 1.0
"""Words of the whole table that the counts of what follows a shape are smoothed with."""
_LOOSE = 0.3
"""Weight of evidence that does not heed the order of the words in a cell."""
_BEGIN, _END = "begin", "end"
_ENDS = 0.3
"""Share of the words that end a cell, before any is seen."""

Cells = Sequence[tuple[int, Sequence[str]]]
"""(column, shapes of its words) of every cell, in reading order."""


def likeness(cells: Cells) -> float:
    """Evidence for these cells; a part of it does not heed the order of their words."""
    return (1 - _LOOSE) * _in_order(cells) + _LOOSE * _in_any_order(cells)


def _in_order(cells: Cells) -> float:
    """Log Bayes factor of cells written alike in every column: what follows what, and what ends.

    By a Dirichlet prior around the whole table's shares, against the same shapes in any order.
    A cell cut in two loses nothing by it.
    """
    shares = Counter(shape for _, shapes in cells for shape in shapes)
    words = shares.total()
    followed: dict[tuple[int, str], Counter[str]] = {}
    total = 0.0
    for column, shapes in cells:
        for before, shape in pairwise([_BEGIN, *shapes, _END]):
            seen = followed.setdefault((column, before), Counter())
            share = _ENDS if shape == _END else (1 - _ENDS) * shares[shape] / words
            total += log((seen[shape] + _FOLLOWED * share) / (seen.total() + _FOLLOWED))
            total -= 0.0 if shape == _END else log(shares[shape] / words)
            seen[shape] += 1
    return total


def _in_any_order(cells: Cells) -> float:
    """Log Bayes factor of the shapes that stand in a column, open and close its cells.

    Against the whole table's. Two columns in one lose by it.
    """
    parts = (
        [(column, shape) for column, shapes in cells for shape in shapes],
        [(column, shapes[0]) for column, shapes in cells],
        [(column, shapes[-1]) for column, shapes in cells],
    )
    total = 0.0
    shares = Counter(shape for _, shape in parts[0])
    for part in parts:
        columns: dict[int, Counter[str]] = {}
        for column, shape in part:
            columns.setdefault(column, Counter())[shape] += 1
        for counts in columns.values():
            total += lgamma(_PRIOR) - lgamma(_PRIOR + counts.total())
            for shape, count in counts.items():
                share = shares[shape] / shares.total()
                total += lgamma(_PRIOR * share + count) - lgamma(_PRIOR * share)
                total -= count * log(share)
    return total
