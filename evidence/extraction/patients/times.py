"""Times in one patient's cell, by the grammar of durations: number, unit, bound, ``+`` mark."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    return _compound(text, times)


def _compound(text: str, times: list[Time]) -> list[Time]:
    """``1 y 2 mo`` is one time: years and months with nothing between them."""
    joined: list[Time] = []
    for time in times:
        last = joined[-1] if joined else None
        if last is None or not _goes_on(text, last, time):
            joined.append(time)
            continue
        months = (last.to("month") or 0) + (time.to("month") or 0)
        span = (last.span[0], time.span[1])
        joined[-1] = replace(time, value=round(months, 4), unit="month", span=span)
    return joined


def _goes_on(text: str, last: Time, time: Time) -> bool:
    between = text[last.span[1] : time.span[0]].strip(" ,.")
    smaller = DAYS[time.unit] < DAYS[last.unit] and last.unit in ("year", "month")
    return last.exact and time.exact and smaller and between in ("", "and")


def left_over(text: str, spans: list[tuple[int, int]]) -> str | None:
    """What no span covers, punctuation left out; None when everything was read."""
    rest = list(text)
    for start, end in spans:
        rest[start:end] = "\0" * (end - start)
    parts = [part.strip(" ,;:.()[]/\n\t") for part in "".join(rest).split("\0")]
    left = " … ".join(part for part in parts if part)
    return left or None
