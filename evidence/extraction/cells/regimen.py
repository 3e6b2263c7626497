"""Dose, route and schedule: in one cell or in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import FOLD, Token, lex
from evidence.model.quantity import Amount
from evidence.vocabulary import Vocabulary

LISTS = ("statuses", "schedules", "per", "dose", "routes", "drugs", "time_days", "cycles",
         "comparators", "words", "statistics", "fillers", "small")  # fmt: skip
_TIMES = {
    "x", "×", "times", "time", "d", "day", "days", "dose", "doses", "infusion", "infusions",
    "injection", "injections", "session", "sessions",
}  # fmt: skip
_LEADING = {"for", "x", "×", "during", "over"}
_BETWEEN_DRUGS = {"+", ";", ",", "/", "and", "with", "plus", "or", "then", "followed", "&", "("}
_DAYS_PER_WEEK = 7.0
_COMPACT = re.compile(r"q(\d{1,3})(d|w|wk|wks|mo|m)?$", re.IGNORECASE)
_DAY = re.compile(r"(?:d|days?)\d{1,2}(?:-\d{1,2})?$", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class RegimenFound:
    """What was given, each part with its words."""

    drug: Value[str] | None = None
    dose: Value[Amount] | None = None
    dose_unit: str = "mg"
    routes: Value[tuple[str, ...]] | None = None
    route_order: str | None = None
    doses_per_week: Value[Amount] | None = None
    schedule: Value[str] | None = None
    escalation: Value[tuple[float, ...]] | None = None
    combined_with: list[str] = field(default_factory=list)
    duration: tuple[int, int] | None = None
    """Place of a treatment duration inside the regimen (``for 12 weeks``)."""
    unread: str | None = None
    doubt: str | None = None


def parse_regimen(
    text: str,
    vocabulary: Vocabulary,
    *,
    dose_unit: str | None = None,
    drugs: frozenset[str] = frozenset(),
) -> RegimenFound:
    """Read a regimen; ``dose_unit`` is the unit the head gives to bare numbers.

    Where several drugs are printed, only what stands with the first of ``drugs`` (the review's
    own, else with the first drug of the cell) is read.
    """
    tokens = lex(text, vocabulary, LISTS)
    ledger = Ledger(tokens)
    found = RegimenFound()
    own = _own_part(tokens, found, drugs)
    part = tokens[own.start : own.stop]
    inner = Ledger(part)
    _read_dose(part, inner, found, dose_unit)
    _read_routes(text, part, inner, found)
    _read_schedule(text, part, inner, found)
    _read_duration(part, inner, found)
    ledger.use(*(own.start + at for at in inner.used))
    _read_drugs(tokens, ledger, found, own)
    found.unread = ledger.unread(
        silent_kinds=("fillers", "small", "statuses", "cycles", "comparators")
    )
    return found


def _read_dose(
    tokens: Sequence[Token], ledger: Ledger, found: RegimenFound, unit: str | None
) -> None:
    for at, token in enumerate(tokens):
        if token.kind != "dose" or at == 0 or tokens[at - 1].kind not in ("number", "range"):
            continue
        first = _first_of_series(tokens, at - 1)
        stop, label = _per(tokens, at)
        if found.dose is None:
            _set_dose(tokens, first, at, found)
            found.dose_unit = token.name + label
            ledger.use_range(first, stop)
        elif (token.name + label, _amount(tokens[at - 1])) != (found.dose_unit, found.dose.value):
            found.doubt = "several doses are printed"
    if found.dose is None and unit is not None:
        numbers = [t for t in tokens if t.kind in ("number", "range")]
        if len(numbers) == 1:
            found.dose, found.dose_unit = value_of(_amount(numbers[0]), numbers[0]), unit
            ledger.use(tokens.index(numbers[0]))


def _first_of_series(tokens: Sequence[Token], at: int) -> int:
    """Start of a list of doses such as ``3, 10, 30`` or ``3-10-30``."""
    first = at
    while (
        first >= 2
        and tokens[first - 1].kind in (",", "-", "/", "→", ">", "compare")
        and tokens[first - 2].kind in ("number", "range")
    ):
        first -= 2
    return first


def _amount(token: Token) -> Amount:
    assert token.low is not None and token.high is not None
    return Amount(low=token.low, high=token.high)


def _set_dose(tokens: Sequence[Token], first: int, unit_at: int, found: RegimenFound) -> None:
    run = [t for t in tokens[first:unit_at] if t.kind in ("number", "range")]
    found.dose = value_of(_amount(run[-1]), run[-1], tokens[unit_at])
    if len(run) > 1:
        steps = tuple(t.low for t in run if t.low is not None)
        if list(steps) == sorted(steps):
            found.escalation = value_of(steps, *run)
        else:
            found.doubt = "several doses are printed"
            low, high = min(steps), max(t.high or 0 for t in run)
            found.dose = value_of(Amount(low=low, high=high), *run, tokens[unit_at])


def _per(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """(index after the unit, what the dose is per): ``mg/m2``, ``mg/kg``, ``mg per lesion``."""
    stop, label = at + 1, ""
    while stop < len(tokens) and tokens[stop].kind == "per" and len(label) < 12:
        label += tokens[stop].name
        stop += 1
    return stop, label


def _read_routes(text: str, tokens: Sequence[Token], ledger: Ledger, found: RegimenFound) -> None:
    places = [at for at, token in enumerate(tokens) if token.kind == "routes"]
    if not places:
        return
    names = tuple(dict.fromkeys(tokens[at].name for at in places))
    found.routes = value_of(names, *(tokens[at] for at in places))
    ledger.use(*places)
    if len(names) > 1:
        between = text[tokens[places[0]].end : tokens[places[-1]].start].lower()
        if re.search(r"\bor\b|/", between):
            found.route_order = "alternative"
        elif re.search(r"follow|then|→|->|switch|there ?after|subsequent", between):
            found.route_order = "sequence"
        for at in range(places[0], places[-1]):
            if tokens[at].kind == "word" and tokens[at].text.lower() in (
                "followed", "then", "thereafter", "switched", "subsequently",
            ):  # fmt: skip
                ledger.use(at)


def _read_schedule(text: str, tokens: Sequence[Token], ledger: Ledger, found: RegimenFound) -> None:
    for at, token in enumerate(tokens):
        read = None if at in ledger.used else _schedule_at(tokens, at)
        if read is None:
            continue
        per_week, stop = read
        if at and _low(tokens, at - 1) in ("x", "×"):
            ledger.use(at - 1)
        words = text[token.start : tokens[stop - 1].end]
        ledger.use_range(at, stop)
        value = Value(value=words, start=token.start, end=tokens[stop - 1].end)
        if at >= 2 and _is_days_of_cycle(tokens, at, ledger):
            per_week, first = None, tokens[at - 2]
            ledger.use(at - 2, at - 1)
            value = Value(value=text[first.start : value.end], start=first.start, end=value.end)
        if found.schedule is None and found.doses_per_week is None:
            if per_week is None:
                found.schedule = value
            else:
                found.doses_per_week = Value(value=per_week, start=value.start, end=value.end)
        elif found.schedule is None:
            found.schedule = value
        elif found.schedule.end <= value.start:
            start = found.schedule.start
            found.schedule = Value(value=text[start : value.end], start=start, end=value.end)
    if found.schedule is not None and found.doses_per_week is not None:
        if found.doses_per_week.value.high < 1:
            _whole_schedule(text, found)
            return
        start = min(found.schedule.start, found.doses_per_week.start)
        end = max(found.schedule.end, found.doses_per_week.end)
        found.schedule = Value(value=text[start:end], start=start, end=end)


def _is_days_of_cycle(tokens: Sequence[Token], at: int, ledger: Ledger) -> bool:
    """``7 d q28d``: days of treatment before the length of a cycle."""
    cycle = tokens[at].kind == "word" and bool(_COMPACT.match(tokens[at].text))
    days = tokens[at - 1].kind == "time_days" and tokens[at - 1].name == "day"
    free = not {at - 2, at - 1} & ledger.used
    return cycle and days and free and tokens[at - 2].kind in ("number", "range")


def _whole_schedule(text: str, found: RegimenFound) -> None:
    """Days and length of a cycle say no doses per week by themselves: both stay words."""
    assert found.schedule is not None and found.doses_per_week is not None
    start = min(found.schedule.start, found.doses_per_week.start)
    end = max(found.schedule.end, found.doses_per_week.end)
    found.schedule = Value(value=text[start:end], start=start, end=end)
    found.doses_per_week = None


def _even(number: float) -> Amount:
    return Amount(low=number, high=number)


def _schedule_at(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """(doses a week or None, index after) of a schedule that begins here."""
    token = tokens[at]
    if token.kind == "schedules":
        return (None if token.name == "monthly" else _even(float(token.name))), at + 1
    for rule in (_on_off, _times_per, _every, _compact, _days):
        read = rule(tokens, at)
        if read is not None:
            return read
    return None


def _on_off(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``4 weeks on / 2 weeks off``."""
    stop = at
    for word in ("on", "off"):
        if stop > at and _low(tokens, stop) in ("/", ",", "and", "then", "followed"):
            stop += 1
        timed = _kind(tokens, stop) == "number" and _kind(tokens, stop + 1) == "time_days"
        if not timed or _low(tokens, stop + 2) != word:
            return None
        stop += 3
    return None, stop


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if at < len(tokens) else ""


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.translate(FOLD).lower() if at < len(tokens) else ""


def _times_per(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``3 d/wk``, ``3x/week``, ``2-3 times weekly``, ``x 3/day``, ``3 doses per week``."""
    token = tokens[at]
    if token.kind not in ("number", "range", "words"):
        return None
    low = float(token.name) if token.kind == "words" else (token.low or 0.0)
    high = low if token.kind == "words" else (token.high or low)
    stop = at + 1
    if _low(tokens, stop) in _TIMES:
        stop += 1
    unit = _per_time(tokens, stop)
    if unit is None:
        return None
    week_factor, after = unit
    return Amount(low=low * week_factor, high=high * week_factor), after


def _per_time(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    if _kind(tokens, at) in ("per", "schedules"):
        factor = {"/d": 7.0, "7": 7.0, "/wk": 1.0, "1": 1.0}.get(tokens[at].name)
        return None if factor is None else (factor, at + 1)
    if _low(tokens, at) in ("/", "per", "a", "each") and _kind(tokens, at + 1) == "time_days":
        factor = {"day": 7.0, "week": 1.0}.get(tokens[at + 1].name)
        return None if factor is None else (factor, at + 2)
    return None


def _every(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``every 2 weeks``, ``q 3 weeks``."""
    if _low(tokens, at) not in ("every", "q", "each"):
        return None
    if (
        _kind(tokens, at + 1) not in ("number", "words", "range")
        or _kind(tokens, at + 2) != "time_days"
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
    found = _COMPACT.match(tokens[at].text) if tokens[at].kind == "word" else None
    if not found:
        return None
    size, unit = int(found.group(1)), (found.group(2) or "").lower()[:1]
    stop = at + 1
    if not unit and _kind(tokens, stop) == "time_days":
        unit, stop = tokens[stop].name[:1], stop + 1
    name = {"d": "day", "w": "week", "": "day"}.get(unit)
    return (_interval(float(size), name) if name else None), stop


def _days(tokens: Sequence[Token], at: int) -> tuple[Amount | None, int] | None:
    """``d1, 8, 15``, ``days 1-5``, ``day 1``: days of a cycle."""
    if tokens[at].kind == "word" and _DAY.match(tokens[at].text):
        stop = at + 1
    elif _low(tokens, at) in ("d", "day", "days", "on days") and _kind(tokens, at + 1) in (
        "number", "range",
    ):  # fmt: skip
        stop = at + 2
    else:
        return None
    while (
        stop + 1 < len(tokens)
        and (tokens[stop].kind in (",", "&", "+", "/", "-") or _low(tokens, stop) == "and")
        and (tokens[stop + 1].kind in ("number", "range") or _DAY.match(tokens[stop + 1].text))
        and _kind(tokens, stop + 2) != "dose"
    ):
        stop += 2
    if _kind(tokens, stop) == "," and _low(tokens, stop + 1) == "and":
        stop += 3 if _kind(tokens, stop + 2) == "number" else 0
    return None, stop


def _read_duration(tokens: Sequence[Token], ledger: Ledger, found: RegimenFound) -> None:
    """``for 12 weeks``, ``up to 6 months``, ``x 4 weeks``; several are left unread, so named."""
    led = [at for at in range(1, len(tokens)) if _is_duration(tokens, at, ledger)]
    times = [at for at in led if tokens[at + 1].kind == "time_days"]
    if len(times) == 1:
        at = times[0]
        bound = tokens[at - 1].kind == "comparators" and _low(tokens, at - 1) != "over"
        first = tokens[at - 1] if bound else tokens[at]
        found.duration = (first.start, tokens[at + 1].end)
    for at in led:
        if tokens[at + 1].kind == "cycles" or len(times) == 1:
            ledger.use_range(at - 1, at + 2)
    for at, token in enumerate(tokens[:-1]):
        if token.kind in ("number", "range") and tokens[at + 1].kind == "cycles":
            ledger.use(at, at + 1)


def _is_duration(tokens: Sequence[Token], at: int, ledger: Ledger) -> bool:
    """A number and a unit of time (or cycles) after a word that makes them a duration."""
    unit = _kind(tokens, at + 1)
    free = at not in ledger.used and at + 1 not in ledger.used
    amount = tokens[at].kind in ("number", "range") and unit in ("time_days", "cycles")
    led = _low(tokens, at - 1) in _LEADING or _kind(tokens, at - 1) == "comparators"
    return free and amount and led


def _own_part(tokens: Sequence[Token], found: RegimenFound, drugs: frozenset[str]) -> range:
    """The tokens that speak of one drug: the review's own, else the first that is named."""
    places = [at for at, token in enumerate(tokens) if token.kind == "drugs"]
    names = [tokens[at].name for at in places]
    if len(set(names)) < 2:
        return range(len(tokens))
    chosen = next((at for at, name in enumerate(names) if name in drugs), 0)
    start, stop = 0, len(tokens)
    if chosen > 0:
        start = _border(tokens, places[chosen - 1], places[chosen], found)
    if chosen + 1 < len(places):
        stop = _border(tokens, places[chosen], places[chosen + 1], found)
    return range(start, stop)


def _border(tokens: Sequence[Token], first: int, second: int, found: RegimenFound) -> int:
    """Where the words about one drug end and those about the next begin."""
    for at in range(second - 1, first, -1):
        word = _low(tokens, at)
        if word == "or":
            found.doubt = "several drugs are printed as alternatives"
        if word in _BETWEEN_DRUGS:
            return at
    found.doubt = "several drugs are printed and nothing parts them"
    return second


def _read_drugs(tokens: Sequence[Token], ledger: Ledger, found: RegimenFound, own: range) -> None:
    for at, token in enumerate(tokens):
        if token.kind != "drugs":
            continue
        ledger.use(at)
        if found.drug is None and at in own:
            found.drug = value_of(token.name, token)
    held = found.drug.value if found.drug else None
    others = [token.name for token in tokens if token.kind == "drugs" and token.name != held]
    found.combined_with = list(dict.fromkeys(others))
