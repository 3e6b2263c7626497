"""One time of a cell: its number or range, what leads it, and how many patients it is of."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.extraction.cells.time_found import TimeFound, TimesFound
from evidence.extraction.cells.time_tail import read_tail
from evidence.extraction.found import Ledger, close_of
from evidence.extraction.tokens import Token, kind_at, word_at


def read_time(
    tokens: Sequence[Token], at: int, ledger: Ledger, found: TimesFound, unit: str | None
) -> int:
    """Read the time that begins at a place, if one does; returns where to read on."""
    token = tokens[at]
    if token.kind not in ("number", "range", "words"):
        return at + 1
    if kind_at(tokens, at + 1) == "fillers" and token.kind != "range":
        return _patients(tokens, at, ledger, found, unit)
    if kind_at(tokens, at + 1) == "cycles":
        return at + 2
    if token.kind == "words" and kind_at(tokens, at + 1) != "time_days":
        return at + 1
    time = TimeFound(start=token.start, end=token.end)
    _lead(tokens, at, time, ledger)
    after = _range_in_words(tokens, at)
    if after is not None:
        time.low, time.high = token.low, tokens[after].low
        time.censored = True if "+" in {t.kind for t in tokens[at:after]} else None
        ledger.use_range(at, after + 1)
        at, time.end = after, tokens[after].end
    elif token.kind == "range":
        time.low, time.high = token.low, token.high
    else:
        time.point = _number(token)
    ledger.use(at)
    stop = read_tail(tokens, at + 1, time, ledger)
    if time.unit is None and unit is None and not _unit_follows(tokens, stop):
        time.doubt = "no unit of time is printed"
    found.times.append(time)
    return stop


def _number(token: Token) -> float | None:
    if token.kind == "words":
        return float(token.name)
    return token.low


def _range_in_words(tokens: Sequence[Token], at: int) -> int | None:
    """Index of the upper end of ``6 to 12``, ``6+ to 12+``, ``6+-12+``."""
    place = at + 2 if kind_at(tokens, at + 1) == "+" else at + 1
    joined = word_at(tokens, place) == "to" or (place > at + 1 and kind_at(tokens, place) == "-")
    if tokens[at].kind != "number" or not joined or kind_at(tokens, place + 1) != "number":
        return None
    return place + 1 if (tokens[at].low or 0) <= (tokens[place + 1].low or 0) else None


def _unit_follows(tokens: Sequence[Token], at: int) -> bool:
    return any(token.kind == "time_days" for token in tokens[at:])


def _lead(tokens: Sequence[Token], at: int, time: TimeFound, ledger: Ledger) -> None:
    """Comparator, statistic and endpoint before the number."""
    place = at - 1
    while place >= 0 and place not in ledger.used:
        token = tokens[place]
        if token.kind in ("comparators", "compare"):
            time.comparator = token.name
        elif token.kind == "statistics" and token.name in ("median", "mean"):
            time.statistic = token.name
        elif token.kind == "statistics" and token.name == "range":
            time.low = time.high = None
        elif token.kind == "endpoints":
            time.endpoint = token.name
        elif token.kind in ("diseases", "responses"):
            time.scope = token.name
        elif token.kind not in (":", "=", "of", "small", ",", "(") or token.kind == "(":
            break
        ledger.use(place)
        time.start = (
            min(time.start, token.start)
            if token.kind in ("comparators", "compare")
            else (time.start)
        )
        place -= 1


def _patients(
    tokens: Sequence[Token], at: int, ledger: Ledger, found: TimesFound, unit: str | None
) -> int:
    """``6 patients > 24 mo (5 SS, 1 MF)``: a count of patients beyond a bound."""
    place = at + 2
    while kind_at(tokens, place) in ("small", "fillers", ":"):
        place += 1
    if kind_at(tokens, place) not in ("comparators", "compare"):
        return at + 1
    if kind_at(tokens, place + 1) not in ("number",):
        return at + 1
    number = tokens[place + 1]
    time = TimeFound(start=tokens[at].start, end=number.end)
    time.point, time.comparator = number.low, tokens[place].name
    patients = _number(tokens[at])
    time.patients = None if patients is None else int(patients)
    time.statistic = "value"
    ledger.use_range(at, place + 2)
    stop = read_tail(tokens, place + 2, time, ledger)
    if kind_at(tokens, stop) == "(":
        stop = _by_disease(tokens, stop, time, ledger)
    found.times.append(time)
    return stop


def _by_disease(tokens: Sequence[Token], at: int, time: TimeFound, ledger: Ledger) -> int:
    stop = close_of(tokens, at)
    for place in range(at + 1, stop - 1):
        if tokens[place].is_count and tokens[place + 1].kind == "diseases":
            time.by_disease[tokens[place + 1].name] = tokens[place].count
            ledger.use(place, place + 1)
            time.end = tokens[place + 1].end
    return stop + 1
