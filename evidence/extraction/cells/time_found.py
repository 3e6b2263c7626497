"""A time as printed, its numbers still in the printed unit."""

from __future__ import annotations

from dataclasses import dataclass, field

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25, "hour": 1 / 24}
"""Days in each unit; a month is a twelfth of 365.25 days."""


@dataclass(slots=True, kw_only=True)
class TimeFound:
    """One time as printed, with its numbers still in the printed unit."""

    start: int
    end: int
    statistic: str | None = None
    point: float | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()
    unit: str | None = None
    comparator: str | None = None
    censored: bool | None = None
    patients: int | None = None
    by_disease: dict[str, int] = field(default_factory=dict)
    scope: str | None = None
    endpoint: str | None = None
    doubt: str | None = None


@dataclass(slots=True, kw_only=True)
class TimesFound:
    """All times of a cell and what was left."""

    times: list[TimeFound] = field(default_factory=list)
    unread: str | None = None
    status: str | None = None
