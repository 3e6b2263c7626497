"""Schedules: all that a regimen says of how often, as doses a week or in its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.extraction.cells.pace import COMPACT, DAYS_PER_WEEK, pace_at
from evidence.extraction.found import Ledger, Value
from evidence.extraction.tokens import Token, kind_at, word_at
from evidence.model.quantity import Amount

_COUNTED = ("time_days", "dose", "schedules", "number", "word", "cycles")
"""What a number after a multiplication sign counts, when it is no number of times."""
_GLUED_TIMES = re.compile(r"[x×](\d{1,3})([-–]\d{1,3})?$", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class ScheduleFound:
    """Doses a week, and the words where a number cannot say it."""

    doses_per_week: Value[Amount] | None = None
    schedule: Value[str] | None = None
    doses: Value[int] | None = None
    """How many doses at that pace, where one schedule is followed by one number (``x 4``)."""


def read_schedule(text: str, tokens: Sequence[Token], ledger: Ledger) -> ScheduleFound:
    """All schedules of a regimen: doses a week where they say so, else their words."""
    found = ScheduleFound()
    for at in range(len(tokens)):
        read = None if at in ledger.used else pace_at(tokens, at)
        if read is not None:
            _add(text, tokens, at, read, ledger, found)
    if found.schedule is not None and found.doses_per_week is not None:
        _join(text, found)
    _add_repeats(text, tokens, ledger, found)
    if found.schedule is not None:
        found.schedule = _closed(text, found.schedule)
    return found


def _closed(text: str, said: Value[str]) -> Value[str]:
    """The words with the bracket that closes them (``weekly (x4)``)."""
    opened = said.value.count("(") > said.value.count(")")
    if not opened or text[said.end : said.end + 1] != ")":
        return said
    return Value(value=f"{said.value})", start=said.start, end=said.end + 1)


def _add_repeats(text: str, tokens: Sequence[Token], ledger: Ledger, found: ScheduleFound) -> None:
    """``weekly x 4``, ``6 cycles``: how often the schedule was given, kept in its words."""
    alone = found.schedule is None
    said = found.schedule or found.doses_per_week
    counts: list[int | None] = []
    for at in range(len(tokens)):
        times = _times_at(tokens, at) if ledger.used else None
        cycles = kind_at(tokens, at) in ("number", "range") and kind_at(tokens, at + 1) == "cycles"
        stop = at + 2 if cycles else times[1] if times else at
        if stop == at or set(range(at, stop)) & ledger.used:
            continue
        said = said or Value(value="", start=tokens[at].start, end=tokens[at].end)
        start, end = min(said.start, tokens[at].start), max(said.end, tokens[stop - 1].end)
        found.schedule = said = Value(value=text[start:end], start=start, end=end)
        ledger.use_range(at, stop)
        counts.append(times[0] if times else None)
    if alone and found.doses_per_week and len(counts) == 1 and counts[0] is not None:
        found.doses = Value(value=counts[0], start=said.start, end=said.end) if said else None


def _times_at(tokens: Sequence[Token], at: int) -> tuple[int | None, int] | None:
    """(number of times, index after) of ``x 4``, ``x4``, ``x 4-8``; a range is no one number."""
    glued = _GLUED_TIMES.match(word_at(tokens, at))
    if glued:
        return (None if glued[2] else int(glued[1])), at + 1
    if word_at(tokens, at) not in ("x", "×") or kind_at(tokens, at + 1) not in ("number", "range"):
        return None
    if kind_at(tokens, at + 2) in _COUNTED:
        return None
    number = tokens[at + 1]
    return (number.count if number.is_count else None), at + 2


def _add(
    text: str,
    tokens: Sequence[Token],
    at: int,
    read: tuple[Amount | None, int],
    ledger: Ledger,
    found: ScheduleFound,
) -> None:
    per_week, stop = read
    first = at
    if word_at(tokens, at - 1) in ("x", "×"):
        ledger.use(at - 1)
    if at >= 2 and _is_days_of_cycle(tokens, at, ledger):
        per_week, first = None, at - 2
    ledger.use_range(first, stop)
    start, end = tokens[first].start, tokens[stop - 1].end
    if per_week is not None and found.doses_per_week is None and found.schedule is None:
        found.doses_per_week = Value(value=per_week, start=start, end=end)
    elif (on_days := _on_days(tokens, at, per_week, found.doses_per_week)) is not None:
        start, end = min(start, on_days.start), max(end, on_days.end)
        found.doses_per_week = replace(on_days, start=start, end=end)
    elif found.schedule is None:
        found.schedule = Value(value=text[start:end], start=start, end=end)
    elif found.schedule.end <= start:
        start = found.schedule.start
        found.schedule = Value(value=text[start:end], start=start, end=end)


def _on_days(
    tokens: Sequence[Token], at: int, days: Amount | None, held: Value[Amount] | None
) -> Value[Amount] | None:
    """``bid 3 d/wk``: six doses a week, where the number at ``at`` counts days."""
    counted = kind_at(tokens, at + 1) == "time_days" and tokens[at + 1].name == "day"
    if days is None or held is None or held.value.low % DAYS_PER_WEEK or not counted:
        return None
    a_day = held.value.low / DAYS_PER_WEEK
    return replace(held, value=Amount(low=a_day * days.low, high=a_day * days.high))


def _join(text: str, found: ScheduleFound) -> None:
    """One run of words; days and length of a cycle say no doses per week by themselves."""
    assert found.schedule is not None and found.doses_per_week is not None
    start = min(found.schedule.start, found.doses_per_week.start)
    end = max(found.schedule.end, found.doses_per_week.end)
    found.schedule = Value(value=text[start:end], start=start, end=end)
    if found.doses_per_week.value.high < 1:
        found.doses_per_week = None


def _is_days_of_cycle(tokens: Sequence[Token], at: int, ledger: Ledger) -> bool:
    """``7 d q28d``: days of treatment before the length of a cycle."""
    cycle = tokens[at].kind == "word" and bool(COMPACT.match(word_at(tokens, at)))
    days = tokens[at - 1].kind == "time_days" and tokens[at - 1].name == "day"
    free = not {at - 2, at - 1} & ledger.used
    return cycle and days and free and tokens[at - 2].kind in ("number", "range")
