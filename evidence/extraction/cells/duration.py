"""Times: treatment duration, response duration, follow-up; what in a cell is one, and what not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from evidence.extraction.cells.time_at import read_time
from evidence.extraction.cells.time_found import DAYS, TimeFound, TimesFound
from evidence.extraction.found import Ledger, close_of
from evidence.extraction.tokens import Token, kind_at, lex, word_at
from evidence.vocabulary import Vocabulary

__all__ = ["DAYS", "TimeFound", "TimesFound", "parse_times"]
LISTS = ("statuses", "comparators", "statistics", "endpoints", "time_days", "cycles", "diseases",
         "responses", "fillers", "words", "small")  # fmt: skip


def parse_times(
    text: str,
    vocabulary: Vocabulary,
    *,
    unit: str | None = None,
    statistic: str | None = None,
    intervals: bool = False,
) -> TimesFound:
    """Read the times of a cell; the head may give ``unit`` and ``statistic``.

    With ``intervals`` the head says that brackets hold confidence intervals; they are passed by.
    """
    tokens = [_as_status(token) for token in lex(text, vocabulary, LISTS)]
    ledger = Ledger(tokens)
    found = TimesFound()
    statuses = [token.name for token in tokens if token.kind == "statuses"]
    found.status = statuses[0] if statuses else None
    at = 0
    while at < len(tokens):
        if tokens[at].kind in "([" and kind_at(tokens, at - 1) == "statuses":
            at = close_of(tokens, at) + 1
            continue
        if found.times and tokens[at].kind in "([" and not _is_of_times(tokens, at):
            at = close_of(tokens, at) + 1
            continue
        at = read_time(tokens, at, ledger, found, unit)
    _refuse(tokens, found, ledger)
    for time in found.times if intervals else []:
        if time.point is not None:
            time.low = time.high = None
    _fill_units(found.times, unit)
    if not _words_between(tokens, found.times, ledger):
        found.times = _listed(tokens, found.times)
    else:
        for time in found.times:
            time.doubt = time.doubt or "several times are printed and words part them"
    if statistic and found.times and found.times[0].statistic is None:
        first = found.times[0]
        if first.point is not None and not first.values and first.patients is None:
            first.statistic = statistic
    found.times = [time for time in found.times if not _stands_by_words(tokens, time, ledger)]
    found.unread = ledger.unread(
        silent_kinds=("statuses", "fillers", "small", "endpoints", "statistics", "time_days")
    )
    return found


def _as_status(token: Token) -> Token:
    """``NE`` among times: not estimable, and no patients who could not be evaluated."""
    not_evaluable = token.kind == "responses" and token.name == "NE"
    return replace(token, kind="statuses", name="not reached") if not_evaluable else token


def _refuse(tokens: Sequence[Token], found: TimesFound, ledger: Ledger) -> None:
    """Give back what is no time: a rate at a time, and a range over two units."""
    share = any(token.kind in ("percent", "fraction") for at, token in enumerate(tokens)
                if at not in ledger.used)  # fmt: skip
    ranged = any(
        token.kind == "-" and kind_at(tokens, at - 1) == "time_days"
        and kind_at(tokens, at + 1) == "number"
        for at, token in enumerate(tokens)
    )  # fmt: skip
    if share or ranged:
        for time in found.times:
            ledger.used.difference_update(_places(tokens, time))
        found.times = []


def _places(tokens: Sequence[Token], time: TimeFound) -> list[int]:
    return [at for at, t in enumerate(tokens) if time.start <= t.start and t.end <= time.end]


def _words_between(tokens: Sequence[Token], times: Sequence[TimeFound], ledger: Ledger) -> bool:
    """Whether words that were not understood part the times: then they are no plain list."""
    if len(times) < 2:
        return False
    first, last = times[0].end, times[-1].start
    return any(
        token.kind == "word" and first <= token.start < last and at not in ledger.used
        for at, token in enumerate(tokens)
    )


def _stands_by_words(tokens: Sequence[Token], time: TimeFound, ledger: Ledger) -> bool:
    """Whether a number without a unit of its own stands beside words that were not read.

    Such a number counts something else; it is given back to what is unread.
    """
    places = _places(tokens, time)
    if time.patients is not None or any(tokens[at].kind == "time_days" for at in places):
        return False
    beside = (places[0] - 1, places[-1] + 1)
    foreign = any(
        kind_at(tokens, at) == "word" and at not in ledger.used and word_at(tokens, at) != "vs"
        for at in beside
    )
    if foreign:
        ledger.used.difference_update(places)
    return foreign


def _is_of_times(tokens: Sequence[Token], at: int) -> bool:
    """Whether a bracket after a time holds a time of the same kind, not a remark."""
    inside = tokens[at + 1 : close_of(tokens, at)]
    return not any(token.kind in ("+", "word") for token in inside)


def _fill_units(times: Sequence[TimeFound], unit: str | None) -> None:
    """A unit printed once after a list holds for the whole list."""
    following: str | None = None
    for time in reversed(times):
        following = time.unit or following
        time.unit = time.unit or following or unit


def _comma_joins(tokens: Sequence[Token], one: TimeFound, other: TimeFound) -> bool:
    """``11,5``: two numbers with nothing but a comma between them."""
    comma = [t for t in tokens if one.end <= t.start < other.start and t.kind == ","]
    return bool(comma) and other.start == one.end + 1


def _listed(tokens: Sequence[Token], times: list[TimeFound]) -> list[TimeFound]:
    """Several bare values are one list of individual values."""
    bare = [
        time
        for time in times
        if time.point is not None
        and not (time.statistic or time.comparator or time.patients or time.scope or time.endpoint)
        and time.low is None
    ]
    if len(bare) < 2 or len(bare) != len(times) or len({time.unit for time in bare}) != 1:
        return times
    values = tuple(time.point for time in bare if time.point is not None)
    merged = TimeFound(start=bare[0].start, end=bare[-1].end, values=values, unit=bare[0].unit)
    if any(_comma_joins(tokens, a, b) for a, b in pairwise(bare)):
        merged.doubt = "the comma may be a decimal sign"
    merged.censored = True if any(time.censored for time in bare) else None
    return [merged]
