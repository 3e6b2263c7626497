"""Times in one patient's cell: a number, its unit, a bound, and the ``+`` of a censored value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.patients.heads import UNIT

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_UNITS = "|".join(sorted(UNIT, key=len, reverse=True))
_TIME = re.compile(
    rf"(?P<bound>[<>≤≥~]|less than|more than|over|at least)?\s*(?P<plus>\+)?"
    rf"(?P<value>\d+(?:[.,·]\d+)?)\s*(?P<plus2>\+)?"
    rf"(?:\s*[-–]\s*(?P<high>\d+(?:[.,·]\d+)?))?"
    rf"\s*(?P<unit>(?:{_UNITS})\b\.?)?\s*(?P<plus3>\+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One time as printed; ``unit`` is None where neither cell nor head states it."""

    value: float
    high: float | None
    unit: str | None
    bound: str | None
    censored: bool
    span: tuple[int, int]

    def to(self, unit: str) -> float | None:
        """The value in ``week`` or ``month`` (30.4375 days); None without a unit of its own."""
        if self.unit is None:
            return None
        if self.unit == unit:
            return self.value
        return round(self.value * DAYS[self.unit] / DAYS[unit], 4)


def find_times(text: str, *, unit: str | None = None) -> list[Time]:
    """Every time in a text; numbers without a unit count only when the head gives ``unit``."""
    times = []
    for match in _TIME.finditer(text):
        printed = (match["unit"] or "").rstrip(".").lower()
        known = UNIT.get(printed, unit)
        if known is None:
            continue
        times.append(
            Time(
                value=to_number(match["value"]),
                high=to_number(match["high"]) if match["high"] else None,
                unit=known,
                bound=match["bound"],
                censored=bool(match["plus"] or match["plus2"] or match["plus3"]),
                span=match.span(),
            )
        )
    return times


def to_number(text: str) -> float:
    """A printed number: comma or raised dot as decimal sign."""
    return float(text.replace(",", ".").replace("·", "."))


def left_over(text: str, spans: list[tuple[int, int]]) -> str | None:
    """What no span covers, punctuation left out; None when everything was read."""
    rest = list(text)
    for start, end in spans:
        rest[start:end] = "\0" * (end - start)
    parts = [part.strip(" ,;:.()[]/\n\t") for part in "".join(rest).split("\0")]
    left = " … ".join(part for part in parts if part)
    return left or None
