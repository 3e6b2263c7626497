"""A hidden Markov model over the words of a table's body: which column each stands in.

A dump prints a table row by row and, in a row, cell by cell. A cell begins at a line's start, or
within a line while the cell before it is still on its first line: a state is
2 · column + (0 on the cell's first line, else 1). All log-potentials are computed at once; the sums
over all paths are scaled word by word (Rabiner 1989, section V.A).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidence.documents.text.dump.body import Body

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_NEVER = -1e9
BROKEN = 3.5
"""The price of a cell that begins within a line behind a wrapped one."""


class Chain:
    """The scores of words and steps under heads of some kinds; rows begin in the first column.

    ``promised`` weighs what the heads promise; ``learned`` is what was learned of each word's
    column, of its opening a cell there, and of its closing one: each (words, columns).
    """

    def __init__(self, body: Body, kinds: Sequence[str]) -> None:
        import numpy as np

        self.body, self.width, self.size = body, len(kinds), len(body.words)
        fit, begin, stay = zip(*(body.scores(kind) for kind in kinds), strict=True)
        self.fit, self.begin, self.stay = (np.stack(part, 1) for part in (fit, begin, stay))
        self.opens = body.openings(kinds[0])
        columns = range(self.width)
        skips = [[skip_cost(b - a - 1) if b > a else _NEVER for b in columns] for a in columns]
        self.skips = np.array(skips)
        self.closes = np.array([skip_cost(self.width - 1 - a) for a in columns])
        self.promised = 1.0
        none = np.zeros_like(self.fit)
        self.learned: tuple[Array, Array, Array] = (none, none, none)
        self._first = np.array([word.first for word in body.words])
        begins = self._first | np.array([word.gap for word in body.words])
        self._begins = begins if body.gaps else np.ones_like(begins)

    def steps(self) -> Array:
        """Log-potential of each pair of states at successive words: (words - 1, states, states)."""
        import numpy as np

        stands, opens, ends = self.learned
        here = (self.promised * self.fit + stands)[1:]
        first, own = self._first[1:], np.arange(self.width)
        table = np.full((self.size - 1, self.width, 2, self.width, 2), _NEVER)
        stay = here + self.stay[1:]
        table[:, own, 0, own, 0] = np.where(first[:, None], _NEVER, stay)
        table[:, own, 0, own, 1] = np.where(first[:, None], stay, _NEVER)
        table[:, own, 1, own, 1] = stay
        begin = here + self.begin[1:] + opens[1:]
        moves = self.skips + begin[:, None, :] + ends[:-1, :, None]
        moves[:, :, 0] = self.closes + (begin[:, 0] + self.opens[1:])[:, None] + ends[:-1]
        moves[~self._begins[1:]] = _NEVER
        broken = np.where(first, 0.0, BROKEN)[:, None, None]
        table[:, :, 0, :, 0] = np.maximum(table[:, :, 0, :, 0], moves)
        table[:, :, 1, :, 0] = np.maximum(table[:, :, 1, :, 0], moves - broken)
        return table.reshape(self.size - 1, 2 * self.width, 2 * self.width)

    def _ends(self) -> tuple[Array, Array]:
        """(log-potential of each state at the first word, at the end)."""
        import numpy as np

        first = np.full(2 * self.width, _NEVER)
        first[0] = self.promised * self.fit[0, 0] + self.learned[0][0, 0] + self.opens[0]
        return first, np.repeat(self.closes + self.learned[2][-1], 2)

    def expect(self) -> tuple[Array, Array]:
        """Probability that a word stands in each column, and that it begins a cell there."""
        import numpy as np

        first, last = (np.exp(end - end.max()) for end in self._ends())
        steps = np.exp(self.steps())
        ahead = np.empty((self.size, 2 * self.width))
        behind = np.empty_like(ahead)
        ahead[0], behind[-1] = first, last
        for k in range(1, self.size):
            ahead[k] = ahead[k - 1] @ steps[k - 1]
            ahead[k] /= ahead[k].sum()
        for k in range(self.size - 2, -1, -1):
            behind[k] = steps[k] @ behind[k + 1]
            behind[k] /= behind[k].sum()
        both = ahead * behind
        both /= both.sum(1, keepdims=True)
        occupied = both.reshape(self.size, self.width, 2).sum(2)
        steps *= ahead[:-1, :, None]
        steps *= behind[1:, None, :]
        steps /= steps.sum((1, 2), keepdims=True)
        pairs = steps.reshape(-1, self.width, 2, self.width, 2).sum((2, 4))
        begun = np.zeros_like(occupied)
        begun[0, 0] = 1.0
        begun[1:] = pairs.sum(1) - np.einsum("kaa->ka", pairs)
        return occupied, begun

    def best_path(self) -> list[int]:
        """The most probable states (Viterbi 1967)."""
        value, last = self._ends()
        back: list[NDArray[np.int64]] = []
        for step in self.steps():
            ways = value[:, None] + step
            back.append(ways.argmax(0))
            value = ways.max(0)
        path = [int((value + last).argmax())]
        for origin in reversed(back):
            path.append(int(origin[path[-1]]))
        return path[::-1]


def skip_cost(count: int) -> float:
    """What columns left empty in a row cost."""
    return 0.0 if count <= 0 else -3.0 - 0.3 * (count - 1)
