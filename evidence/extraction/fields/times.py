"""Columns of time: treatment duration, response duration, endpoints, follow-up."""

from __future__ import annotations

import re
from typing import Literal

from evidence.extraction.cells.duration import TimeFound, TimesFound, parse_times
from evidence.extraction.column import Column
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.times import to_duration
from evidence.model.quantity import Duration

_TWO = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[(\[]\s*(\d+(?:\.\d+)?)\s*[)\]]\s*")
OF_WHICH = "the head names two kinds of responses, the cell has one time"
UNSAID = "the brackets may hold a range or a confidence interval"


def _parse(arm: ArmReader, column: Column, key: str) -> TimesFound:
    found = parse_times(
        arm.text(key),
        arm.vocabulary,
        unit=column.unit,
        statistic=column.statistic,
        intervals=column.intervals,
    )
    arm.notes.mark_unread(key, found.unread)
    return found


def _duration(arm: ArmReader, time: TimeFound, key: str, unit: str, path: str) -> Duration | None:
    """The duration in the field's unit, noted at its path; None, and named, without a unit."""
    duration = to_duration(time, unit, printed=arm.text(key)[time.start : time.end])
    if duration is None:
        arm.notes.problem(
            "no-unit-of-time",
            f"'{arm.text(key)[time.start : time.end]}' has no unit of time; it was not kept.",
            key,
            remedy="enter the value by hand",
        )
        return None
    arm.notes.note(
        path, key, time.start, time.end, derived=duration.printed is not None, doubt=time.doubt
    )
    return duration


def set_duration(
    arm: ArmReader,
    field: Literal["treatment_weeks", "follow_up_months"],
    time: TimeFound,
    key: str,
    unit: str,
) -> None:
    """Put the time in a field that holds one."""
    duration = _duration(arm, time, key, unit, f"{arm.path}.{field}")
    if duration is not None:
        setattr(arm, field, duration)


def read_treatment_duration(arm: ArmReader, column: Column, key: str) -> None:
    """Treatment duration in weeks; several without a common statistic are named."""
    found = _parse(arm, column, key)
    if len(found.times) > 1:
        _keep_none(arm, key, "treatment durations")
    elif found.times:
        set_duration(arm, "treatment_weeks", found.times[0], key, "week")


def _keep_none(arm: ArmReader, key: str, what: str) -> None:
    arm.notes.problem("several-durations", f"Several {what} are printed; none was kept.", key)
    arm.notes.mark_unread(key, arm.text(key).strip())


def read_follow_up(arm: ArmReader, column: Column, key: str) -> None:
    """Follow-up in months."""
    found = _parse(arm, column, key)
    if len(found.times) == 1:
        set_duration(arm, "follow_up_months", found.times[0], key, "month")
    elif found.times:
        _keep_none(arm, key, "times of follow-up")


def _read_two(arm: ArmReader, column: Column, key: str) -> bool:
    """``8 (12)`` under *DOR (CR)*: the time of all responses, and in brackets of the named ones."""
    two = _TWO.fullmatch(arm.text(key))
    if two is None or column.rest.scope is None:
        return False
    for at, scope in ((1, column.name or None), (2, column.rest.scope)):
        time = TimeFound(start=two.start(at), end=two.end(at), scope=scope, unit=column.unit)
        time.point, time.statistic = float(two[at]), column.statistic
        add_response_time(arm, time, key)
    return True


def doubt_brackets(time: TimeFound, words: str) -> None:
    """Brackets behind a median survival are a range where the words around it say so."""
    if time.point is not None and time.low is not None and "rang" not in words.lower():
        time.doubt = time.doubt or UNSAID


def add_response_time(arm: ArmReader, time: TimeFound, key: str) -> None:
    """One more duration of responses, or time of another endpoint."""
    path = f"{arm.path}.response_months[{len(arm.response_months)}]"
    duration = _duration(arm, time, key, "month", path)
    if duration is not None:
        arm.response_months.append(duration)


def read_response_duration(arm: ArmReader, column: Column, key: str) -> None:
    """Response durations, of the head's outcome where it names one, or another time endpoint."""
    if _read_two(arm, column, key):
        return
    for time in _parse(arm, column, key).times:
        if column.role == "endpoint":
            time.endpoint = time.endpoint or column.name
            doubt_brackets(time, f"{column.head} {arm.text(key)}")
        else:
            time.scope = time.scope or column.name or None
            if column.rest.scope is not None and not column.paired:
                time.scope, time.doubt = column.rest.scope, time.doubt or OF_WHICH
        add_response_time(arm, time, key)
