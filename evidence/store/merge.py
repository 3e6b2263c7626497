"""A paper read again: what a person confirmed, corrected or decided stays."""

from __future__ import annotations

import re
from typing import Any

from evidence.errors import Place, Problem, Severity
from evidence.model.paths import differences, set_value, value_at
from evidence.model.series import Series
from evidence.model.source import How

SETTLED = ("confirmed", "corrected", "rejected")
"""Statuses under which a file is never touched by a rerun."""
_PLACE = re.compile(r"\.box(?:\[|$)")
"""Where a cell stands is no reading of what it says."""
KEPT = ("overlaps", "risk_of_bias", "decisions", "corrections")
"""What only a person writes."""
READ = ("citation", "design", "centre", "period", "criteria", "arms")
"""What is read from the paper."""


def merge_reread(existing: Series, fresh: Series) -> tuple[Series, list[Problem]]:
    """The series to store after reading its paper again.

    A confirmed, corrected or rejected file stays as it is, and readings that differ from it are
    reported. An unverified one takes the new readings, but keeps corrections (applied again),
    values entered by hand, decisions, overlaps, risk of bias and notes.
    """
    if existing.status in SETTLED:
        return existing, _differing(existing, fresh, skip=_corrected(existing))
    plain = fresh.model_dump(mode="json", exclude_none=True)
    old = existing.model_dump(mode="json", exclude_none=True)
    for name in KEPT:
        plain[name] = old.get(name, plain[name])
    if existing.note and not fresh.note:
        plain["note"] = existing.note
    problems = []
    for path, value in _by_hand(existing, old).items():
        if not set_value(plain, path, value):
            problems.append(_lost(existing, path, value))
    for path, note in existing.readings.items():
        if note.how is How.ENTERED:
            plain["readings"][path] = old["readings"][path]
    return Series.model_validate(plain), problems


def _corrected(series: Series) -> set[str]:
    return {c.field for c in series.corrections}


def _by_hand(series: Series, plain: dict[str, Any]) -> dict[str, Any]:
    """Path → value of everything a person corrected or entered in an unverified file."""
    values = {c.field: value_at(plain, c.field) for c in series.corrections}
    for path, note in series.readings.items():
        if note.how is How.ENTERED:
            values[path] = value_at(plain, path)
    return values


def _differing(existing: Series, fresh: Series, *, skip: set[str]) -> list[Problem]:
    was, now = (s.model_dump(mode="json", exclude_none=True) for s in (existing, fresh))
    problems = []
    for name in READ:
        for path, old, new in differences(was.get(name), now.get(name), (name,)):
            if path not in skip and new is not None and not _PLACE.search(path):
                problems.append(_reread(existing, path, old, new))
    return problems


def _reread(series: Series, path: str, old: Any, new: Any) -> Problem:
    return Problem(
        code="reread-differs",
        severity=Severity.WARNING,
        message=f"{path}: the file says {_show(old)} and is {series.status}; "
        f"a new reading gives {_show(new)}. The file was left as it is.",
        remedy="compare it with the paper and correct the file, or leave it as it is",
        source=Place(document=f"{series.series}.yaml"),
    )


def _lost(series: Series, path: str, value: Any) -> Problem:
    return Problem(
        code="correction-lost-its-place",
        severity=Severity.ERROR,
        message=f"{path} was set to {_show(value)} by a person, and the new reading has no such "
        "place; the correction is kept in the list, the value is not in force.",
        remedy="set the value again at its new place, and note the correction",
        source=Place(document=f"{series.series}.yaml"),
    )


def _show(value: Any) -> str:
    return "nothing" if value is None else str(value)
