"""What a second reading looks at: the cell's text and the value as first read."""

from __future__ import annotations

import re
from typing import Any

from evidence.extraction.source import Notes
from evidence.model.series import Arm, Series
from evidence.vocabulary import Vocabulary

DASH = str.maketrans("‐‑‒–—−·", "------.")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NUMBER = r"\d+(?:\.\d+)?"


class Reading:
    """What a rule may look at: the cell's text and the value as first read."""

    __slots__ = ("notes", "path", "series", "text", "unit", "value", "vocabulary")

    def __init__(
        self, *, text: str, value: Any, path: str, series: Series, notes: Notes,
        vocabulary: Vocabulary, unit: str,
    ) -> None:  # fmt: skip
        self.text, self.value, self.path, self.unit = " ".join(text.split()), value, path, unit
        self.series, self.notes, self.vocabulary = series, notes, vocabulary

    @property
    def arm(self) -> Arm:
        """The arm the path lies in."""
        found = re.match(r"arms\[(\d+)\]", self.path)
        return self.series.arms[int(found.group(1))] if found else self.series.arms[0]


def value_at(series: Series, path: str) -> Any:
    """The value at a path such as ``arms[0].responses[1].CR``; None where there is none."""
    value: Any = series
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if index:
            value = value[int(index)] if int(index) < len(value) else None
        elif isinstance(value, dict):
            rest = path[path.index(name) :]
            value = value.get(name, value.get(rest))
        else:
            value = getattr(value, name, None)
        if value is None:
            return None
    return value


def numbers_in(text: str) -> list[int]:
    """Whole numbers of a text that are no percentage, range or decimal."""
    without = re.sub(rf"{NUMBER}\s*%|{NUMBER}\s*-\s*{NUMBER}|\d+\.\d+", " ", text)
    return [int(number) for number in re.findall(r"(?<![\w.])\d+(?![\w.]*\d)", without)]
