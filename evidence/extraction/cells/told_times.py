"""Times that a cell of outcomes tells by the name of their endpoint: ``ORR 30%; mPFS 4.1 mo``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.cells.duration import parse_times
from evidence.extraction.cells.time_found import TimeFound
from evidence.extraction.found import close_of
from evidence.extraction.head_forms import MEDIAN_OF
from evidence.extraction.tokens import Token, kind_at, lex, word_at
from evidence.vocabulary import Vocabulary

_LISTS = ("statuses", "endpoints", "statistics", "time_days", "comparators", "small")
_BETWEEN = ("statistics", ":", "=", ",", "small", "comparators", "compare")
_AMOUNTS = ("number", "range")
_NO_TIME = ("percent", "fraction", "prange", "%")


@dataclass(slots=True, kw_only=True)
class TimesTold:
    """The times of a cell, and its text with blanks for them: every other word keeps its place."""

    times: list[TimeFound] = field(default_factory=list)
    rest: str = ""


def told_times(text: str, vocabulary: Vocabulary) -> TimesTold:
    """The times behind the names of endpoints, each with a unit of its own."""
    tokens = lex(MEDIAN_OF.sub(" ", text), vocabulary, _LISTS)
    told = TimesTold(rest=text)
    for at, token in enumerate(tokens):
        stop = _end_of_time(tokens, at) if token.kind == "endpoints" else None
        if stop is None:
            continue
        end = tokens[stop - 1].end
        found = parse_times(text[token.start : end], vocabulary).times
        if len(found) != 1 or found[0].unit is None:
            continue
        start, statistic = _lead(text, tokens, at)
        (time,) = found
        time.start, time.end = time.start + token.start, time.end + token.start
        time.endpoint = token.name if token.name != "DOR" else None
        time.statistic = time.statistic or statistic
        told.times.append(time)
        told.rest = told.rest[:start] + " " * (end - start) + told.rest[end:]
    return told


def _lead(text: str, tokens: Sequence[Token], at: int) -> tuple[int, str | None]:
    """Where the words about an endpoint begin, and the statistic they name (``mPFS``)."""
    before = tokens[at - 1] if at else None
    if before is not None and before.kind == "statistics":
        return before.start, before.name if before.name in ("median", "mean") else None
    start = tokens[at].start
    return (start - 1, "median") if MEDIAN_OF.match(text, start - 1) else (start, None)


def _end_of_time(tokens: Sequence[Token], at: int) -> int | None:
    """Index after the time of the endpoint at a place; None where it has none with a unit.

    ``PFS 55% at 27 months`` and ``PFS at 6 months 40%`` are rates.
    """
    at += 1
    while kind_at(tokens, at) in _BETWEEN and word_at(tokens, at) != "at":
        at += 1
    if kind_at(tokens, at) not in _AMOUNTS:
        return None
    at += 1
    while kind_at(tokens, at) in ("+", "±", "-"):
        at += 1
    if kind_at(tokens, at) != "time_days":
        return None
    at += 1
    if kind_at(tokens, at) in ("(", "["):
        at = close_of(tokens, at) + 1
    after = at + 1 if kind_at(tokens, at) in (",", ":") else at
    return None if kind_at(tokens, after) in _NO_TIME else min(at, len(tokens))
