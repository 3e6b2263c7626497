"""What a sentence says of a time, and how its numbers and units are spelled."""

from __future__ import annotations

from dataclasses import dataclass

NUM = r"\d+(?:\.\d+)?"
UNIT = r"(?:days?|weeks?|wks?|months?|mos?\b|years?|yrs?|meses|mes\b|semanas?|a(?:ñ|n)os?|d[ií]as?)"
BRACKET = r"[(\[][^)\]]*[)\]]"
UNITS = {"d": "day", "w": "week", "m": "month", "y": "year", "s": "week", "a": "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStated:
    """One time in a sentence; ``statistic`` is None where the sentence names none."""

    endpoint: str
    statistic: str | None
    value: float
    low: float | None
    high: float | None
    unit: str
    start: int
    end: int
    value_start: int = 0
    group: str | None = None
    """The arm the value belongs to, where several values share the endpoint."""
    place_in_list: tuple[int, int, int] | None = None
    """Of values side by side: which it is, of how many, and where the last ends."""
