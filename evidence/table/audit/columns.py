"""The durations of one column of a printed table, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evidence.model.quantity import Duration
from evidence.table.audit.base import Case, Subject
from evidence.table.places import place_of

COLUMNS = {
    "response_months": ("months", "response durations"),
    "treatment_weeks": ("weeks", "treatment durations"),
}
"""Field → the unit it is kept in, and the column's name in words."""


class Timed(NamedTuple):
    """A duration with its place in the file and its words in the paper."""

    subject: Subject
    field: str
    duration: Duration
    words: str
    head: str
    """The head of its column, where the unit of bare numbers stands."""


def columns_of(case: Case, name: str) -> Iterator[list[Timed]]:
    """The durations of each printed table, where three series or more give one."""
    for subjects in case.printed_tables():
        items = [item for subject in subjects for item in timed(subject, name)]
        if len({item.subject.series.series for item in items}) > 2:
            yield items


def timed(subject: Subject, name: str) -> list[Timed]:
    """The durations of one series in a field of its arms."""
    found = []
    for a, arm in enumerate(subject.series.arms):
        value = getattr(arm, name)
        durations = list(value) if isinstance(value, tuple) else [value] if value else []
        for d, duration in enumerate(durations):
            field = f"arms[{a}].{name}"
            field = f"{field}[{d}]" if isinstance(value, tuple) else field
            place = place_of(subject.series, field)
            words = duration.printed or place.text or ""
            found.append(Timed(subject, field, duration, words, place.column or ""))
    return found


def statistic_of(duration: Duration) -> str | None:
    """What a duration is, where it is not one plain value; None where it is."""
    if duration.patients is not None:
        return "a count of patients"
    if duration.comparator is not None:
        return f"a bound ({duration.comparator})"
    if len(duration.values) > 1:
        return "a list of single values"
    if duration.mean is not None:
        return "a mean"
    if duration.point is None and duration.low is not None:
        return "a range"
    return None


def listed_in(item: Timed, items: list[Timed]) -> str | None:
    """Several values of one series without a statistic are a list."""
    mine = [i for i in items if i.subject is item.subject and i.duration.value is not None]
    plain = [i for i in mine if i.duration.patients is None and i.duration.endpoint is None]
    return "one of a list of single values" if len(plain) > 1 and item in plain else None


def show(duration: Duration) -> str:
    """The numbers of a duration."""
    numbers = [duration.point] if duration.point is not None else list(duration.values)
    numbers = numbers or [v for v in (duration.low, duration.high) if v is not None]
    return ", ".join(f"{v:g}" for v in numbers) or "a duration without a value"
