"""How often a dose is given, by the words that begin at one place: each rule of the grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.tokens import Token, kind_at, word_at
from evidence.model.quantity import Amount

_TIMES = {
    "x", "×", "times", "time", "d", "day", "days", "dose", "doses", "infusion", "infusions",
    "injection", "injections", "session", "sessions",
}  # fmt: skip
DAYS_PER_WEEK = 7.0
HOURS_PER_WEEK = 168.0
OF_A_DAY = (6, 8, 12, 24)
"""Hours between doses behind a stroke (``20 mg/12 h``); of others an infusion is long."""
COMPACT = re.compile(r"q(\d{1,3})(-\d{1,3})?(d|w|wk|wks|mo|m|h|hr|hrs)?$", re.IGNORECASE)
_DAY = re.compile(r"(?:d|days?)\d{1,2}(?:-\d{1,2})?$", re.IGNORECASE)


def pace_at(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
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


def _even(number: float) -> Amount:
    return Amount(low=number, high=number)


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
    led = word_at(tokens, at - 1) in ("x", "×") and (tokens[at].low or 0) > DAYS_PER_WEEK
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
    if not of_dose and kind_at(tokens, at) != "every":
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
    if of_dose and tokens[at + 2].name == "hour" and size not in OF_A_DAY:
        return None
    return _interval(size, tokens[at + 2].name), at + 3


def _interval(size: float, unit: str) -> Amount | None:
    if size <= 0:
        return None
    if unit == "week":
        return _even(round(1 / size, 3))
    if unit == "day" and size < DAYS_PER_WEEK:
        return _even(round(DAYS_PER_WEEK / size, 3))
    if unit == "day" and size % 7 == 0:
        return _even(round(DAYS_PER_WEEK / size, 3))
    if unit == "hour":
        return _even(round(HOURS_PER_WEEK / size, 3))
    return None


def _compact(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``q2w``, ``q28d``, ``q3wk``."""
    found = COMPACT.match(word_at(tokens, at)) if tokens[at].kind == "word" else None
    if not found:
        return None
    size, unit = int(found[1]), (found[3] or "").lower()[:1]
    stop = at + 1
    if not unit and kind_at(tokens, stop) == "time_days":
        unit, stop = tokens[stop].name[:1], stop + 1
    name = None if found[2] else {"d": "day", "w": "week", "h": "hour", "": "day"}.get(unit)
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
