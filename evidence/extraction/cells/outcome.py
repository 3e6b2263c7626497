"""A cell of a column that counts one thing: ``9/15 (60%)``, ``3 (20)``, ``60%``, ``NR``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.extraction.cells.shares import with_shares
from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, kind_at, lex
from evidence.vocabulary import Vocabulary

UNCLEAR_COUNT = "the head does not say whether this is a count"
APPROXIMATE = ("≈", "~", "∼", "±")
LISTS = ("statuses", "words", "fillers", "small", "statistics", "time_days")


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
    tokens = with_shares(lex(text, vocabulary, LISTS))
    ledger = Ledger(tokens)
    found = OutcomeFound()
    numbers = [
        at
        for at, token in enumerate(tokens)
        if token.kind in ("number", "percent", "fraction", "words")
        and kind_at(tokens, at + 1) != "time_days"
    ]
    if form == "paired":
        form = "percent" if len(numbers) > 1 or kind_at(tokens, 0) in ("(", "[") else None
    if any(t.kind == "percent" and not _is_interval(tokens, at) for at, t in enumerate(tokens)):
        form = "n" if form == "percent" else form
    for order, at in enumerate(numbers):
        if _is_interval(tokens, at):
            continue
        if _take(tokens, at, order, form, found):
            ledger.use(at)
            _doubt_bound(tokens, at, found)
    _use_intervals(tokens, ledger, found)
    if any(at not in ledger.used for at in numbers):
        _doubt_all(found, "several numbers are printed")
    statuses = [token.name for token in tokens if token.kind == "statuses"]
    if statuses and found.count is None and found.percent is None:
        found.status = statuses[0]
        if found.status == "none":
            at = next(place for place, token in enumerate(tokens) if token.kind == "statuses")
            found.count = value_of(0, tokens[at], derived=True)
    found.unread = ledger.unread(silent_kinds=("statuses", "fillers", "small", "statistics"))
    if not (ledger.used or statuses) and re.search(r"\w", text):
        found.unread = text.strip()
    return found


def _doubt_all(found: OutcomeFound, why: str) -> None:
    for field in ("count", "percent", "total"):
        value = getattr(found, field)
        if value is not None:
            setattr(found, field, replace(value, doubt=value.doubt or why))


def _doubt_bound(tokens: Sequence[Token], at: int, found: OutcomeFound) -> None:
    """``<5%``, ``≈60%``: no exact amount."""
    before = tokens[at - 1] if at else None
    if before is None or not (before.kind == "compare" or before.text in APPROXIMATE):
        return
    for field in ("count", "percent"):
        value = getattr(found, field)
        if value is not None and value.start == tokens[at].start:
            setattr(
                found, field, replace(value, doubt=f"printed as a bound: {before.text.strip()}")
            )


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
    bracketed = _opens_bracket(tokens, at)
    if bracketed and token.is_count and found.percent is not None and found.count is None:
        found.count = value_of(token.count, token)
        if form == "percent" and found.percent.value == int(found.percent.value):
            _doubt_all(found, "the head does not say which of the two numbers is the percentage")
        return True
    if bracketed and kind_at(tokens, at + 1) == "word":
        return False
    if bracketed and found.count is not None and found.percent is None and form != "n":
        found.percent = value_of(token.low or 0.0, token)
        return True
    if _alone_in_bracket(tokens, at):
        form = {"n-percent": "percent", "percent-n": "n"}.get(form or "", form)
    if order == 0 and (form in ("percent", "percent-n") or not token.is_count):
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


def _alone_in_bracket(tokens: Sequence[Token], at: int) -> bool:
    """``(20)``, ``- (20)``, ``NR (20)``: the second of two amounts, the first is not given."""
    return kind_at(tokens, at - 1) in ("(", "[") and kind_at(tokens, at + 1) in (")", "]")


def _opens_bracket(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number is the first in a bracket, after ``n =`` at most."""
    before = at - 1
    while before >= 0 and tokens[before].kind in ("=", "fillers", "small"):
        before -= 1
    return before >= 0 and tokens[before].kind in "(["


def _is_interval(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number stands in a bracketed confidence interval."""
    return at >= 2 and any(
        token.kind == "statistics" and token.name == "ci" for token in tokens[max(0, at - 3) : at]
    )


def _use_intervals(tokens: Sequence[Token], ledger: Ledger, found: OutcomeFound) -> None:
    """Confidence intervals: named as such, or a bracketed range around the percentage."""
    percent = found.percent.value if found.percent else None
    for at, token in enumerate(tokens):
        if token.kind in ("range", "prange") and percent is not None and at:
            around = (token.low or 0) <= percent <= (token.high or 0)
            if around and tokens[at - 1].kind in "([":
                ledger.use(at)
        if token.kind == "statistics" and token.name == "ci":
            for place in range(at, min(at + 5, len(tokens))):
                if tokens[place].kind in ("number", "range", "prange", "percent"):
                    ledger.use(place)


def parse_outcomes(
    text: str,
    vocabulary: Vocabulary,
    names: Sequence[str],
    *,
    form: str | None = None,
    bracketed: bool = False,
) -> list[OutcomeFound] | None:
    """``2/8/10/4`` under ``CR/PR/SD/PD``: one part per outcome; None where the parts do not fit.

    With ``bracketed`` the head is such as ``ORR (CR)``, and brackets part the cell.
    """
    between = r"[^()\[\]]*[^()\[\]\s][^()\[\]]*" if bracketed else r"[^/;,:]+"
    parts = list(re.finditer(between, text))
    if len(parts) != len(names):
        return None
    form = ("n" if form == "n-percent" else form) if bracketed else form or "n"
    found = []
    for part in parts:
        one = parse_outcome(part.group(), vocabulary, form=form)
        for field in ("count", "percent", "total"):
            value = getattr(one, field)
            if value is not None:
                start = part.start()
                moved = replace(value, start=value.start + start, end=value.end + start)
                setattr(one, field, moved)
        found.append(one)
    return found
