"""Names of sections between the rows of a rebuilt table: lines of their own before a label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evidence.documents.text.dump.align import Placed
from evidence.documents.text.dump.scores import row_start
from evidence.documents.text.dump.words import Word

_LABEL = 1.5
"""Score from which a word opens a row beyond doubt."""
_WORDS = frozenset(["disease", "word", "name", "other", "small", "abbreviation", "complication"])
"""Types of the words of a section's name."""
_MISFIT = -0.5
"""Mean fit below which the last lines of a row do not look like their column."""

Cells = list[list[Placed]]
"""The words of each cell of a row."""


def part_sections(rows: Sequence[Cells]) -> list[tuple[list[Word], Cells]]:
    """(words that name the section a row opens, the row) for each row.

    They are taken out of its label, or out of the last cell of the row before.
    """
    counts = [_before([item.word for item in row[0]]) for row in rows]
    parted = [
        ([item.word for item in row[0][:count]], [row[0][count:], *row[1:]])
        for row, count in zip(rows, counts, strict=True)
    ]
    if not any(counts):
        return parted
    for (_, row), (name, _) in pairwise(parted):
        last = max((k for k, cell in enumerate(row) if cell), default=0)
        count = _at_end(row[last]) if last and not name else 0
        if count:
            name += [item.word for item in row[last][-count:]]
            del row[last][-count:]
    return parted


def _before(words: Sequence[Word]) -> int:
    """How many words before a row's label name a section: whole lines, then authors or a year."""
    for k in range(1, len(words)):
        opens = words[k].first and row_start(words, k, "label") >= _LABEL
        goes_on = words[k - 1].tag == "small" or words[k - 1].text.endswith((",", ";", "-", "&"))
        if opens and not goes_on and _is_name(words[:k]):
            return k
    return 0


def _at_end(items: Sequence[Placed]) -> int:
    """How many words at the end of a cell stand on a line of their own and look like no part."""
    start = next((k for k in range(len(items) - 1, -1, -1) if items[k].word.first), 0)
    tail = items[start:]
    misfit = sum(item.fit for item in tail) < _MISFIT * len(tail)
    return len(tail) if misfit and _is_name([item.word for item in tail]) else 0


def _is_name(words: Sequence[Word]) -> bool:
    plain = all(word.tag in _WORDS and not word.inside for word in words)
    return bool(words) and plain and words[0].first and words[0].text[:1].isupper()
