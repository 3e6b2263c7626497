"""The words of a dumped table's body, scored for every kind of column, once for all heads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from evidence.documents.text.dump.scores import begin_score, fit_of, row_start, stay_score
from evidence.documents.text.dump.shapes import closing, numbered_rows, shape_of
from evidence.documents.text.dump.words import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Codes = tuple[NDArray[np.int64], Array]

_LABELS = 1.5
"""Score from which a word opens a row beyond doubt."""
_FEWEST_LABELS = 3
_OPENS, _SHUT = 2.0, 6.0
"""What a row number is worth, and what other words cost where rows open beyond doubt."""


class Body:
    """The words of a table's body, prepared to be read with several heads."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.gaps = any(word.gap for word in words)
        self._kinds: dict[str, tuple[Array, Array, Array]] = {}

    @cached_property
    def codes(self) -> tuple[Codes, Codes]:
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


def _coded(names: Sequence[str]) -> Codes:
    import numpy as np

    known = {name: code for code, name in enumerate(dict.fromkeys(names))}
    codes = np.array([known[name] for name in names])
    return codes, np.bincount(codes) / len(codes)
