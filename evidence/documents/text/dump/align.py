"""Give every word of a table's body to a row and a column: what a column's cells share is learned.

``scores`` gives what the heads promise and what speaks for a cell's edge. How often each type of
word stands in a column, opens and closes its cells is then learned from the table itself by
expectation maximisation (Dempster et al. 1977) over the model of ``chain``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.documents.text.dump.body import Body
from evidence.documents.text.dump.chain import BROKEN, Chain
from evidence.documents.text.dump.likeness import likeness
from evidence.documents.text.dump.shapes import shape_of
from evidence.documents.text.dump.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_ROUNDS = 6
_GROWING = 3
"""Rounds over which what is learned gains its full weight."""
_PROMISED = 0.5
"""Weight that the heads' promises keep in the end."""
_PRIOR = 4.0
"""Words of the whole table that each column's counts are smoothed with."""
_CLIPPED = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A word with the row (0-based, in the body) and column it was given."""

    word: Word
    row: int
    column: int
    fit: float
    sure: float
    """Probability that it stands in this column, if the model holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Every word placed in reading order, and how well the columns account for them."""

    placed: tuple[Placed, ...]
    score: float


def align(body: Body, kinds: Sequence[str]) -> Aligned:
    """The words of a body under heads of these kinds. Rows begin in the first column.

    Where gaps part cells, none begins without one.
    """
    chain = Chain(body, kinds)
    for turn in range(_ROUNDS):
        grown = min(1.0, turn / _GROWING)
        chain.promised = 1 - (1 - _PROMISED) * grown
        occupied, begun = chain.expect()
        weight = min(1.0, (turn + 1) / _GROWING)
        chain.learned = _learned(body, occupied, begun, weight=weight)
    occupied, _ = chain.expect()
    path = chain.best_path()
    opened = _opened(body, path)
    score = _path_score(chain, path, opened) + _likeness(body, path, opened)
    return Aligned(placed=_placed(chain, path, opened, occupied), score=score)


def _learned(
    body: Body, occupied: Array, begun: Array, *, weight: float
) -> tuple[Array, Array, Array]:
    """Log-odds of each word's shape in each column, against the whole table."""
    import numpy as np

    (shapes, shares), (closings, closing_shares) = body.codes
    ended = np.vstack([np.clip(occupied[:-1] - (occupied - begun)[1:], 0, 1), occupied[-1:]])
    return (
        weight * _log_odds(shapes, shares, occupied),
        weight * _log_odds(shapes, shares, begun),
        weight * _log_odds(closings, closing_shares, ended),
    )


def _opened(body: Body, path: Sequence[int]) -> list[bool]:
    """Which words begin a cell."""
    pairs = zip(path, path[1:], body.words[1:], strict=False)
    return [True, *(b // 2 != a // 2 or (b == 0 and word.first) for a, b, word in pairs)]


def _likeness(body: Body, path: Sequence[int], opened: Sequence[bool]) -> float:
    """How alike the cells of a column are."""
    cells: list[tuple[int, list[str]]] = []
    for word, state, begins in zip(body.words, path, opened, strict=True):
        if begins:
            cells.append((state // 2, []))
        cells[-1][1].append(shape_of(word))
    return likeness(cells)


def _path_score(chain: Chain, path: Sequence[int], opened: Sequence[bool]) -> float:
    """What the heads promise and the edges of cells are worth, without what was learned."""
    total = chain.promised * float(chain.fit[0, 0]) + float(chain.opens[0])
    for k in range(1, chain.size):
        before, column = path[k - 1] // 2, path[k] // 2
        total += chain.promised * float(chain.fit[k, column])
        if not opened[k]:
            total += float(chain.stay[k, column])
            continue
        total += float(chain.begin[k, column])
        total -= BROKEN if path[k - 1] % 2 and not chain.body.words[k].first else 0.0
        new = column <= before
        total += float(
            chain.closes[before] + chain.opens[k] if new else chain.skips[before, column]
        )
    return total + float(chain.closes[path[-1] // 2])


def _log_odds(codes: NDArray[np.int64], shares: Array, weights: Array) -> Array:
    import numpy as np

    counts = np.stack([np.bincount(codes, own, len(shares)) for own in weights.T])
    smooth = (counts + _PRIOR * shares) / (counts.sum(1, keepdims=True) + _PRIOR)
    odds: Array = np.clip(np.log(smooth / shares), -_CLIPPED, _CLIPPED)[:, codes].T
    return odds


def _placed(
    chain: Chain, path: Sequence[int], opened: Sequence[bool], occupied: Array
) -> tuple[Placed, ...]:
    placed, row = [], 0
    for k, (word, state) in enumerate(zip(chain.body.words, path, strict=True)):
        column = state // 2
        row += k > 0 and opened[k] and column <= path[k - 1] // 2
        fit, sure = float(chain.fit[k, column]), float(occupied[k, column])
        placed.append(Placed(word=word, row=row, column=column, fit=fit, sure=sure))
    return tuple(placed)
