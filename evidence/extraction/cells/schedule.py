"""Schedules: how often a dose is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.extraction.found import Ledger, Value
from evidence.extraction.tokens import Token, kind_at, word_at
from evidence.model.quantity import Amount

_TIMES = {
    "x", "×", "times", "time", "d", "day", "days", "dose", "doses", "infusion", "infusions",
    "injection", "injections", "session", "sessions",
}  # fmt: skip
_COUNTED = ("time_days", "dose", "schedules", "number", "word", "cycles")
"""What a number after a multiplication sign counts, when it is no number of times."""
_DAYS_PER_WEEK = 7.0
_COMPACT = re.compile(r"q(\d{1,3})(-\d{1,3})?(d|w|wk|wks|mo|m)?$", re.IGNORECASE)
_GLUED_TIMES = re.compile(r"[x×](\d{1,3})([-–]\d{1,3})?$", re.IGNORECASE)
_DAY = re.compile(r"(?:d|days?)\d{1,2}(?:-\d{1,2})?$", re.IGNORECASE)


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
        read = None if at in ledger.used else _schedule_at(tokens, at)
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
    if days is None or held is None or held.value.low % _DAYS_PER_WEEK or not counted:
        return None
    a_day = held.value.low / _DAYS_PER_WEEK
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
    cycle = tokens[at].kind == "word" and bool(_COMPACT.match(word_at(tokens, at)))
    days = tokens[at - 1].kind == "time_days" and tokens[at - 1].name == "day"
    free = not {at - 2, at - 1} & ledger.used
    return cycle and days and free and tokens[at - 2].kind in ("number", "range")


def _even(number: float) -> Amount:
    return Amount(low=number, high=number)


def _schedule_at(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """(doses a week or None, index after) of a schedule that begins here."""
    token = tokens[at]
    if word_at(tokens, at) == "single" and kind_at(tokens, at + 1) == "cycles":
        return None, at + 2
    if token.kind == "schedules":
        return (None if token.name == "monthly" else _even(float(token.name))), at + 1
    for rule in (_cycle, _on_off, _times_per, _every, _compact, _days):
        read = rule(tokens, at)
        if read is not None:
            return read
    return None


def _cycle(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``of a 28-day cycle``, ``in 28-day cycles``, ``every 28 days``: the length of a cycle."""
    stop = at
    while word_at(tokens, stop) in ("of", "in", "per", "each", "every", "a", "repeated", "on"):
        stop += 1
    if kind_at(tokens, stop) not in ("number", "words"):
        return None
    stop += 2 if kind_at(tokens, stop + 1) == "-" else 1
    if kind_at(tokens, stop) != "time_days" or kind_at(tokens, stop + 1) != "cycles":
        return None
    return None, stop + 2


def _on_off(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``4 weeks on / 2 weeks off``."""
    stop = at
    for word in ("on", "off"):
        if stop > at and word_at(tokens, stop) in ("/", ",", "and", "then", "followed"):
            stop += 1
        timed = kind_at(tokens, stop) == "number" and kind_at(tokens, stop + 1) == "time_days"
        if not timed or word_at(tokens, stop + 2) != word:
            return None
        stop += 3
    return None, stop


def _times_per(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``3 d/wk``, ``3x/week``, ``2-3 times weekly``, ``x 3/day``, ``3 doses per week``."""
    token = tokens[at]
    if token.kind not in ("number", "range", "words"):
        return None
    low = float(token.name) if token.kind == "words" else (token.low or 0.0)
    high = low if token.kind == "words" else (token.high or low)
    stop = at + 1
    if word_at(tokens, stop) in _TIMES:
        stop += 1
    unit = _per_time(tokens, stop)
    if unit is None:
        return None
    week_factor, after = unit
    if _counts_doses(tokens, at, stop):
        return None, after
    return Amount(low=low * week_factor, high=high * week_factor), after


def _counts_doses(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """``4 weekly doses``, ``x 8 weekly``: a number of doses; none is given eight days a week."""
    words = word_at(tokens, stop).split()
    weekly = words[:1] == ["weekly"] and stop == at + 1
    led = word_at(tokens, at - 1) in ("x", "×") and (tokens[at].low or 0) > _DAYS_PER_WEEK
    return weekly and (len(words) > 1 or led)


def _per_time(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    if kind_at(tokens, at) in ("per", "schedules"):
        factor = {"/d": 7.0, "7": 7.0, "/wk": 1.0, "1": 1.0}.get(tokens[at].name)
        return None if factor is None else (factor, at + 1)
    if word_at(tokens, at) in ("/", "per", "a", "each") and kind_at(tokens, at + 1) == "time_days":
        factor = {"day": 7.0, "week": 1.0}.get(tokens[at + 1].name)
        return None if factor is None else (factor, at + 2)
    return None


def _every(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``every 2 weeks``, ``q 3 weeks``, ``300 mg/4 wk``."""
    of_dose = word_at(tokens, at) == "/" and kind_at(tokens, at - 1) in ("dose", "per", "number")
    if not of_dose and word_at(tokens, at) not in ("every", "q", "each"):
        return None
    if (
        kind_at(tokens, at + 1) not in ("number", "words", "range")
        or kind_at(tokens, at + 2) != "time_days"
    ):
        return None
    number = tokens[at + 1]
    if number.kind == "range":
        return None, at + 3
    size = float(number.name) if number.kind == "words" else (number.low or 0.0)
    return _interval(size, tokens[at + 2].name), at + 3


def _interval(size: float, unit: str) -> Amount | None:
    if size <= 0:
        return None
    if unit == "week":
        return _even(round(1 / size, 3))
    if unit == "day" and size < _DAYS_PER_WEEK:
        return _even(round(_DAYS_PER_WEEK / size, 3))
    if unit == "day" and size % 7 == 0:
        return _even(round(_DAYS_PER_WEEK / size, 3))
    return None


def _compact(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``q2w``, ``q28d``, ``q3wk``."""
    found = _COMPACT.match(word_at(tokens, at)) if tokens[at].kind == "word" else None
    if not found:
        return None
    size, unit = int(found[1]), (found[3] or "").lower()[:1]
    stop = at + 1
    if not unit and kind_at(tokens, stop) == "time_days":
        unit, stop = tokens[stop].name[:1], stop + 1
    name = None if found[2] else {"d": "day", "w": "week", "": "day"}.get(unit)
    return (_interval(float(size), name) if name else None), stop


def _days(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``d1, 8, 15``, ``days 1-5``, ``day 1``: days of a cycle."""
    if tokens[at].kind == "word" and _DAY.match(word_at(tokens, at)):
        stop = at + 1
    elif word_at(tokens, at) in ("d", "day", "days", "on days") and kind_at(tokens, at + 1) in (
        "number", "range",
    ):  # fmt: skip
        stop = at + 2
    else:
        return None
    while (
        stop + 1 < len(tokens)
        and (tokens[stop].kind in (",", "&", "+", "/", "-") or word_at(tokens, stop) == "and")
        and (
            tokens[stop + 1].kind in ("number", "range", "fraction")
            or _DAY.match(word_at(tokens, stop + 1))
        )
        and kind_at(tokens, stop + 2) != "dose"
    ):
        stop += 2
        if tokens[stop - 1].kind == "fraction":  # the last day and the days of the cycle: 15/28
            break
    counted = kind_at(tokens, stop + 2) in ("-", "time_days", "cycles")
    if word_at(tokens, stop) == "of" and kind_at(tokens, stop + 1) == "number" and not counted:
        return None, stop + 2
    if kind_at(tokens, stop) == "," and word_at(tokens, stop + 1) == "and":
        stop += 3 if kind_at(tokens, stop + 2) == "number" else 0
    return None, stop
