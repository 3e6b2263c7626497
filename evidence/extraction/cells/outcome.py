"""A cell of a column that counts one thing: ``9/15 (60%)``, ``3 (20)``, ``60%``, ``NR``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

UNCLEAR_COUNT = "the head does not say whether this is a count"
LISTS = ("statuses", "words", "fillers", "small", "statistics")


@dataclass(slots=True, kw_only=True)
class OutcomeFound:
    """Count, percentage and total as printed; None where the cell does not print them."""

    count: Value[int] | None = None
    percent: Value[float] | None = None
    total: Value[int] | None = None
    status: str | None = None
    unread: str | None = None
    doubt: str | None = None


def parse_outcome(text: str, vocabulary: Vocabulary, *, form: str | None = None) -> OutcomeFound:
    """Read the cell; ``form`` (from the head) says whether a bare number is n or a percentage."""
    tokens = lex(text, vocabulary, LISTS)
    ledger = Ledger(tokens)
    found = OutcomeFound()
    numbers = [
        at for at, t in enumerate(tokens) if t.kind in ("number", "percent", "fraction", "words")
    ]
    for order, at in enumerate(numbers):
        if _is_interval(tokens, at):
            continue
        if _take(tokens, at, order, form, found):
            ledger.use(at)
    _use_intervals(tokens, ledger)
    if any(at not in ledger.used for at in numbers):
        _doubt_all(found, "several numbers are printed")
    statuses = [token.name for token in tokens if token.kind == "statuses"]
    if statuses and found.count is None and found.percent is None:
        found.status = statuses[0]
        if found.status == "none":
            at = next(place for place, token in enumerate(tokens) if token.kind == "statuses")
            found.count = value_of(0, tokens[at])
    found.unread = ledger.unread(silent_kinds=("statuses", "fillers", "small", "statistics"))
    return found


def _doubt_all(found: OutcomeFound, why: str) -> None:
    for field in ("count", "percent", "total"):
        value = getattr(found, field)
        if value is not None:
            setattr(found, field, replace(value, doubt=value.doubt or why))


def _take(
    tokens: Sequence[Token], at: int, order: int, form: str | None, found: OutcomeFound
) -> bool:
    token = tokens[at]
    if token.kind == "fraction":
        if found.count is None:
            found.count = value_of(int(token.low or 0), token)
            found.total = value_of(int(token.high or 0), token)
            return True
        return False
    if token.kind == "percent":
        found.percent = found.percent or value_of(token.low or 0.0, token)
        return found.percent.start == token.start
    if token.kind == "words":
        found.count = found.count or value_of(int(token.name), token)
        return found.count.start == token.start
    bracketed = at > 0 and tokens[at - 1].kind in "(["
    if bracketed and found.count is not None and found.percent is None and form != "n":
        found.percent = value_of(token.low or 0.0, token)
        return True
    if order == 0 and (form == "percent" or not token.is_count):
        found.percent = value_of(token.low or 0.0, token)
        if form is None:
            found.percent = value_of(token.low or 0.0, token, doubt="no percent sign is printed")
        return True
    if order == 0:
        unclear = form is None and token.count > 0
        doubt = UNCLEAR_COUNT if unclear else None
        found.count = value_of(token.count, token, doubt=doubt)
        return True
    if found.count is not None and found.total is None and tokens[at - 1].text.lower() == "of":
        found.total = value_of(token.count, token)
        return True
    return False


def _is_interval(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number stands in a bracketed confidence interval."""
    return at >= 2 and any(
        token.kind == "statistics" and token.name == "ci" for token in tokens[max(0, at - 3) : at]
    )


def _use_intervals(tokens: Sequence[Token], ledger: Ledger) -> None:
    for at, token in enumerate(tokens):
        if token.kind == "statistics" and token.name == "ci":
            for place in range(at, min(at + 5, len(tokens))):
                if tokens[place].kind in ("number", "range", "prange", "percent"):
                    ledger.use(place)


def parse_outcomes(
    text: str, vocabulary: Vocabulary, names: Sequence[str], *, form: str | None = None
) -> list[OutcomeFound] | None:
    """``2/8/10/4`` under ``CR/PR/SD/PD``: one part per outcome; None where the parts do not fit."""
    parts = list(re.finditer(r"[^/;,:]+", text))
    if len(parts) != len(names):
        return None
    found = []
    for part in parts:
        one = parse_outcome(part.group(), vocabulary, form=form or "n")
        for field in ("count", "percent", "total"):
            value = getattr(one, field)
            if value is not None:
                start = part.start()
                moved = replace(value, start=value.start + start, end=value.end + start)
                setattr(one, field, moved)
        found.append(one)
    return found
