"""The count in a cell of an outcome table, read by the grammar of single-outcome cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.cells.outcome import parse_outcome
from evidence.vocabulary import Vocabulary

_BELOW = re.compile(r"\(\s*[<≤]\s*\d+(?:\.\d+)?\s*%?\s*\)")
"""``(<1)`` beside a count: a bound that says no more than the count."""
_DECIMAL = re.compile(r"^(\d+[.·]\d+)(?=\s*\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """What one cell counts; ``percent`` as printed (0–100)."""

    events: int | None = None
    total: int | None = None
    percent: float | None = None
    unread: str | None = None


def read_count(
    text: str, vocabulary: Vocabulary, *, percent_only: bool = False
) -> CellCount | None:
    """The count of a cell; None where it holds no number.

    ``percent_only`` says that the column's head promises percentages without counts. A decimal
    before a bracket is a percentage: ``0.00 (0/18)``.
    """
    if not re.search(r"\w", text):
        return None
    plain = _DECIMAL.sub(r"\1%", _BELOW.sub("", " ".join(text.split())))
    found = parse_outcome(plain, vocabulary, form="percent" if percent_only else None)
    if found.count is None and found.percent is None:
        return None
    return CellCount(
        events=found.count.value if found.count else None,
        total=found.total.value if found.total else None,
        percent=found.percent.value if found.percent else None,
        unread=found.unread,
    )
