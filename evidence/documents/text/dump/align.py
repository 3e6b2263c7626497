"""Give every word of a table's body to a row and a column: what a column's cells share is learned.

A dump prints a table row by row and, in a row, cell by cell. A cell begins at a line's start, or
within a line while the cell before it is still on its first line. A hidden Markov model over
(column, still on its first line) holds that; ``scores`` gives what the heads promise and what
speaks for a cell's edge. How often each type of word stands in a column, opens and closes its
cells is then learned from the table itself by expectation maximisation (Dempster et al. 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from evidence.documents.text.dump.likeness import likeness
from evidence.documents.text.dump.scores import begin_score, fit_of, row_start, stay_score
from evidence.documents.text.dump.shapes import closing, numbered_rows, shape_of
from evidence.documents.text.dump.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_NEVER = -1e9
_ROUNDS = 6
_GROWING = 3
"""Rounds over which what is learned gains its full weight."""
_PROMISED = 0.5
"""Weight that the heads' promises keep in the end."""
_PRIOR = 4.0
"""Words of the whole table that each column's counts are smoothed with."""
_CLIPPED = 3.0
_BROKEN = 3.5
"""The price of a cell that begins within a line behind a wrapped one."""
_LABELS = 1.5
"""Score from which a word opens a row beyond doubt."""
_FEWEST_LABELS = 3
_OPENS, _SHUT = 2.0, 6.0
"""What a row number is worth, and what other words cost where rows open beyond doubt."""


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


class Body:
    """The words of a table's body, prepared to be read with several heads."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.gaps = any(word.gap for word in words)
        self._kinds: dict[str, tuple[Array, Array, Array]] = {}

    @cached_property
    def codes(self) -> tuple[tuple[NDArray[np.int64], Array], ...]:
        """(code of each word, share of each code) by shape, and by shape at a cell's end."""
        return _coded([shape_of(w) for w in self.words]), _coded([closing(w) for w in self.words])

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Indices of words that count the rows."""
        return numbered_rows(self.words)

    @cached_property
    def labels(self) -> int:
        """How many words open a row beyond doubt."""
        return sum(
            row_start(self.words, k, "label") >= _LABELS
            for k, w in enumerate(self.words)
            if w.first
        )

    def scores(self, kind: str) -> tuple[Array, Array, Array]:
        """Fit, begin and stay of every word in a column of this kind."""
        import numpy as np

        if kind not in self._kinds:
            later = range(1, len(self.words))
            self._kinds[kind] = (
                np.array([fit_of(word, kind) for word in self.words]),
                np.array([0.0, *(begin_score(self.words, k, kind) for k in later)]),
                np.array([0.0, *(stay_score(self.words, k, kind) for k in later)]),
            )
        return self._kinds[kind]

    def openings(self, kind: str) -> Array:
        """How well a row opens at every word, seen by what the first column holds."""
        import numpy as np

        places = range(len(self.words))
        numbered = self.numbers if kind not in {"label", "sex"} else frozenset()
        if numbered:
            return np.array([_OPENS if k in numbered else -_SHUT for k in places])
        sure = kind in {"label", "text"} and self.labels >= _FEWEST_LABELS
        opens = np.array([row_start(self.words, k, "label" if sure else kind) for k in places])
        return np.where(opens >= _LABELS, opens, opens - _SHUT) if sure else opens


def _coded(names: Sequence[str]) -> tuple[NDArray[np.int64], Array]:
    import numpy as np

    known = {name: code for code, name in enumerate(dict.fromkeys(names))}
    codes = np.array([known[name] for name in names])
    return codes, np.bincount(codes) / len(codes)


def align(body: Body, kinds: Sequence[str]) -> Aligned:
    """The words of a body under heads of these kinds. Rows begin in the first column.

    Where gaps part cells, none begins without one.
    """
    model = _Model(body, kinds)
    for turn in range(_ROUNDS):
        grown = min(1.0, turn / _GROWING)
        model.promised = 1 - (1 - _PROMISED) * grown
        occupied, begun = model.expect()
        model.learn(occupied, begun, weight=min(1.0, (turn + 1) / _GROWING))
    occupied, _ = model.expect()
    path = model.best_path()
    return Aligned(placed=_placed(model, path, occupied), score=model.score(path))


class _Model:
    """Log-potentials of words and steps; a state is 2 · column + (0 on its first line, else 1)."""

    def __init__(self, body: Body, kinds: Sequence[str]) -> None:
        import numpy as np

        self.body, self.width, self.size = body, len(kinds), len(body.words)
        fit, begin, stay = zip(*(body.scores(kind) for kind in kinds), strict=True)
        self.fit, self.begin, self.stay = (np.stack(part, 1) for part in (fit, begin, stay))
        self.opens = body.openings(kinds[0])
        columns = range(self.width)
        skips = [[_skip(b - a - 1) if b > a else _NEVER for b in columns] for a in columns]
        self.skips = np.array(skips)
        self.closes = np.array([_skip(self.width - 1 - a) for a in columns])
        self.promised = 1.0
        none = np.zeros_like(self.fit)
        self.learned, self.learned_begin, self.learned_end = none, none, none

    def steps(self, k: int) -> Array:
        """Log-potential of each pair of states at words ``k - 1`` and ``k``."""
        import numpy as np

        word, own = self.body.words[k], np.arange(self.width)
        table = np.full((self.width, 2, self.width, 2), _NEVER)
        here = self.promised * self.fit[k] + self.learned[k]
        table[own, 0, own, int(word.first)] = here + self.stay[k]
        table[own, 1, own, 1] = here + self.stay[k]
        if self.body.gaps and not (word.first or word.gap):
            return table.reshape(2 * self.width, -1)
        begin = here + self.begin[k] + self.learned_begin[k]
        left = self.learned_end[k - 1]
        moves = self.skips + begin + left[:, None]
        moves[:, 0] = self.closes + begin[0] + self.opens[k] + left
        for wrapped in (0, 1):
            price = _BROKEN if wrapped and not word.first else 0.0
            table[:, wrapped, :, 0] = np.maximum(table[:, wrapped, :, 0], moves - price)
        return table.reshape(2 * self.width, -1)

    def _ends(self) -> tuple[Array, Array]:
        """(log-potential of each state at the first word, at the end)."""
        import numpy as np

        first = np.full(2 * self.width, _NEVER)
        first[0] = self.promised * self.fit[0, 0] + self.learned[0, 0] + self.opens[0]
        return first, np.repeat(self.closes + self.learned_end[-1], 2)

    def expect(self) -> tuple[Array, Array]:
        """Probability that a word stands in each column, and that it begins a cell there."""
        import numpy as np

        first, last = self._ends()
        steps = [self.steps(k) for k in range(1, self.size)]
        ahead, behind = [first], [last]
        for step in steps:
            ahead.append(_log_sum(ahead[-1][:, None] + step, 0))
        for step in reversed(steps):
            behind.append(_log_sum(step + behind[-1], 1))
        behind.reverse()
        total = _log_sum(ahead[-1] + last, 0)
        both = np.exp(np.array(ahead) + np.array(behind) - total)
        occupied = both.reshape(self.size, self.width, 2).sum(2)
        begun = np.zeros_like(occupied)
        begun[0, 0] = 1.0
        own = np.arange(self.width)
        for k, step in enumerate(steps, start=1):
            pairs = np.exp(ahead[k - 1][:, None] + step + behind[k] - total)
            shaped = pairs.reshape(self.width, 2, self.width, 2).sum((1, 3))
            begun[k] = shaped.sum(0) - shaped[own, own]
        return occupied, begun

    def learn(self, occupied: Array, begun: Array, *, weight: float) -> None:
        """Log-odds of each word's shape in each column, against the whole table."""
        import numpy as np

        (shapes, shares), (closings, closing_shares) = self.body.codes
        ended = np.vstack([np.clip(occupied[:-1] - (occupied - begun)[1:], 0, 1), occupied[-1:]])
        self.learned = weight * _log_odds(shapes, shares, occupied)
        self.learned_begin = weight * _log_odds(shapes, shares, begun)
        self.learned_end = weight * _log_odds(closings, closing_shares, ended)

    def best_path(self) -> list[int]:
        """The most probable states (Viterbi 1967)."""
        value, last = self._ends()
        back: list[NDArray[np.int64]] = []
        for k in range(1, self.size):
            ways = value[:, None] + self.steps(k)
            back.append(ways.argmax(0))
            value = ways.max(0)
        path = [int((value + last).argmax())]
        for origin in reversed(back):
            path.append(int(origin[path[-1]]))
        return path[::-1]

    def opened(self, path: Sequence[int]) -> list[bool]:
        """Which words begin a cell."""
        pairs = zip(path, path[1:], self.body.words[1:], strict=False)
        return [
            True,
            *(b // 2 != a // 2 or (b == 0 and word.first) for a, b, word in pairs),
        ]

    def score(self, path: Sequence[int]) -> float:
        """What the heads promise and the edges of cells are worth, and how alike the cells are."""
        opened = self.opened(path)
        cells: list[tuple[int, list[str]]] = []
        for word, state, begins in zip(self.body.words, path, opened, strict=True):
            if begins:
                cells.append((state // 2, []))
            cells[-1][1].append(shape_of(word))
        return self._plain(path, opened) + likeness(cells)

    def _plain(self, path: Sequence[int], opened: Sequence[bool]) -> float:
        """The path's score without what was learned."""
        total = self.promised * float(self.fit[0, 0]) + float(self.opens[0])
        for k in range(1, self.size):
            before, column = path[k - 1] // 2, path[k] // 2
            total += self.promised * float(self.fit[k, column])
            if not opened[k]:
                total += float(self.stay[k, column])
                continue
            total += float(self.begin[k, column])
            total -= _BROKEN if path[k - 1] % 2 and not self.body.words[k].first else 0.0
            new = column <= before
            total += float(
                self.closes[before] + self.opens[k] if new else self.skips[before, column]
            )
        return total + float(self.closes[path[-1] // 2])


def _skip(count: int) -> float:
    """What columns left empty in a row cost."""
    return 0.0 if count <= 0 else -3.0 - 0.3 * (count - 1)


def _log_sum(values: Array, axis: int) -> Array:
    import numpy as np

    top = values.max(axis=axis, keepdims=True)
    total: Array = (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)
    return total


def _log_odds(codes: NDArray[np.int64], shares: Array, weights: Array) -> Array:
    import numpy as np

    counts = np.stack([np.bincount(codes, own, len(shares)) for own in weights.T])
    smooth = (counts + _PRIOR * shares) / (counts.sum(1, keepdims=True) + _PRIOR)
    odds: Array = np.clip(np.log(smooth / shares), -_CLIPPED, _CLIPPED)[:, codes].T
    return odds


def _placed(model: _Model, path: Sequence[int], occupied: Array) -> tuple[Placed, ...]:
    opened, placed, row = model.opened(path), [], 0
    for k, (word, state) in enumerate(zip(model.body.words, path, strict=True)):
        column = state // 2
        row += k > 0 and opened[k] and column <= path[k - 1] // 2
        fit, sure = float(model.fit[k, column]), float(occupied[k, column])
        placed.append(Placed(word=word, row=row, column=column, fit=fit, sure=sure))
    return tuple(placed)
