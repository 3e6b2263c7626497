"""Laboratory values before and after treatment, as one cell prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.patients.times import left_over
from evidence.extraction.patients.words import pattern
from evidence.model.series import Measurement

_NUMBER = re.compile(
    r"(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:[.·]\d+)?)\s*(?P<unit>%|[/a-zA-Zµμ][\w/µμ]*)?"
)
_ARROW = re.compile(r"(?<=\d)[^→]{0,12}→")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    side: str
    value: float
    unit: str | None


def read_measures(text: str, head: str) -> tuple[tuple[Measurement, ...], str | None]:
    """Values by unit: ``Pre→1050 (7%) Post→0 (0%)`` under *Cells/µL and %* gives two.

    Returns the measurements and the words left unread (None: every word was used).
    """
    name, units = split_head(head)
    sides = _sides(text)
    values: list[_Value] = []
    spans: list[tuple[int, int]] = []
    for side, start, marker_end, end in sides:
        spans.append((start, marker_end))
        for match in _NUMBER.finditer(text, marker_end, end):
            unit = match["unit"] or (units[0] if units else None)
            values.append(_Value(side=side, value=_number(match["value"]), unit=unit))
            spans.append(match.span())
    found = tuple(_pair(name, unit, values) for unit in dict.fromkeys(v.unit for v in values))
    return found, left_over(text.replace("→", " "), spans)


def split_head(head: str) -> tuple[str, list[str]]:
    """Name and units of a head: ``B cells/ µL and %`` is *B cells* in ``/µL`` and ``%``."""
    joined = re.sub(r"/\s+", "/", " ".join(head.split()))
    first, *others = re.split(r"\s+and\s+|,\s*|\s*;\s*", joined)
    match = re.match(r"(?P<name>[^/(]+?)\s*(?:(?P<per>/\S+)|\((?P<unit>[^)]*)\))?$", first)
    if match is None:
        return first, [other.strip() for other in others]
    unit = match["per"] or match["unit"]
    return match["name"].strip(), [u.strip() for u in [unit, *others] if u and u.strip()]


def _sides(text: str) -> list[tuple[str, int, int, int]]:
    """(before or after, start, end of its word, end of its stretch) along the text."""
    marks = [("before", m.start(), m.end()) for m in pattern("before").finditer(text)]
    marks += [("after", m.start(), m.end()) for m in pattern("after").finditer(text)]
    if not marks and (arrow := _ARROW.search(text)):
        return [("before", 0, 0, arrow.end()), ("after", arrow.end(), arrow.end(), len(text))]
    marks.sort(key=lambda mark: mark[1])
    ends = [*(start for _, start, _ in marks[1:]), len(text)][: len(marks)]
    return [(side, a, b, end) for (side, a, b), end in zip(marks, ends, strict=True)]


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("·", "."))


def _pair(name: str, unit: str | None, values: list[_Value]) -> Measurement:
    def one(side: str) -> float | None:
        return next((v.value for v in values if v.unit == unit and v.side == side), None)

    return Measurement(name=name, unit=unit, before=one("before"), after=one("after"))
