"""Times in one patient's cell, by the grammar of durations: number, unit, bound, ``+`` mark."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.extraction.cells.duration import DAYS, parse_times
from evidence.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One time as printed; a range or a bound is no single value."""

    value: float | None
    unit: str
    exact: bool
    censored: bool
    span: tuple[int, int]

    def to(self, unit: str) -> float | None:
        """The value in ``week`` or ``month`` (30.4375 days)."""
        if self.value is None or self.unit == unit:
            return self.value
        return round(self.value * DAYS[self.unit] / DAYS[unit], 4)


def find_times(text: str, vocabulary: Vocabulary, *, unit: str | None = None) -> list[Time]:
    """Every time in a text; numbers without a unit count only when the head gives ``unit``."""
    times = []
    for found in parse_times(text, vocabulary, unit=unit).times:
        if found.unit is None or found.unit not in DAYS:
            continue
        plus = text[: found.start].rstrip().endswith("+")
        times.append(
            Time(
                value=found.point,
                unit=found.unit,
                exact=found.comparator is None and found.low is None and found.point is not None,
                censored=bool(found.censored) or plus,
                span=(found.start - plus, found.end + (text[found.end : found.end + 1] == "+")),
            )
        )
    return times


def left_over(text: str, spans: list[tuple[int, int]]) -> str | None:
    """What no span covers, punctuation left out; None when everything was read."""
    rest = list(text)
    for start, end in spans:
        rest[start:end] = "\0" * (end - start)
    parts = [part.strip(" ,;:.()[]/\n\t") for part in "".join(rest).split("\0")]
    left = " … ".join(part for part in parts if part)
    return left or None
