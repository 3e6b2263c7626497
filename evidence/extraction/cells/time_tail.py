"""What follows the number of a time: its unit, a plus sign, its range or interval, its scope."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.extraction.cells.time_found import TimeFound
from evidence.extraction.found import Ledger, close_of
from evidence.extraction.tokens import Token, kind_at, word_at


def read_tail(tokens: Sequence[Token], at: int, time: TimeFound, ledger: Ledger) -> int:
    """A plus sign, the unit, and a bracketed range after the number."""
    while at < len(tokens):
        kind = tokens[at].kind
        if kind == "+":
            time.censored = True
        elif kind == "time_days" and time.unit is None:
            time.unit = tokens[at].name
            time.end = tokens[at].end
        elif (
            kind == "("
            and kind_at(tokens, at + 1) == "endpoints"
            and (kind_at(tokens, at + 2) == ")")
        ):
            time.endpoint = tokens[at + 1].name
            ledger.use(at + 1)
            at += 2
        elif kind in "([" and _bracket_range(tokens, at, time, ledger):
            at = close_of(tokens, at)
        elif (
            kind == ","
            and kind_at(tokens, at + 1) == "statistics"
            and tokens[at + 1].name == "range"
        ):
            pass
        elif (
            kind == "statistics"
            and tokens[at].name == "range"
            and kind_at(tokens, at + 1) == "range"
        ):
            time.low, time.high = tokens[at + 1].low, tokens[at + 1].high
            ledger.use(at, at + 1)
            at += 1
        elif kind == "-" and kind_at(tokens, at + 1) == "time_days":
            pass
        elif kind == "±" and kind_at(tokens, at + 1) == "number":
            time.statistic, at = time.statistic or "mean", at + 2
            continue
        elif _scope_at(tokens, at) is not None:
            at = _scope_at(tokens, at) or at
            time.scope = time.scope or tokens[at].name
        else:
            break
        ledger.use(at)
        at += 1
    return at


def _scope_at(tokens: Sequence[Token], at: int) -> int | None:
    """``18 mo in CR``: the place of what the time before it is of."""
    led = word_at(tokens, at) in ("in", "for", "of", "after")
    after = at + 1
    while led and kind_at(tokens, after) == "fillers":
        after += 1
    return after if led and kind_at(tokens, after) in ("responses", "diseases") else None


def _bracket_range(tokens: Sequence[Token], at: int, time: TimeFound, ledger: Ledger) -> bool:
    """``(2-14)``, ``(range 2-14 mo)``; a confidence interval is passed by."""
    stop = close_of(tokens, at)
    inside = tokens[at + 1 : stop]
    if any(token.kind in ("diseases", "responses") for token in inside):
        return False
    numbers = [token for token in inside if token.kind in ("range", "number")]
    is_ci = any(token.kind == "statistics" and token.name in ("ci", "iqr") for token in inside)
    is_ci = is_ci or _is_open(inside)
    if (len(numbers) == 1 and numbers[0].kind == "range") or (len(numbers) == 2 and not is_ci):
        if not is_ci and time.low is None:
            time.low, time.high = numbers[0].low, numbers[-1].high
            time.end = numbers[-1].end
            if time.low is not None and time.high is not None and time.low > time.high:
                time.low = time.high = None
                time.doubt = "the range is printed upside down"
        if any(token.kind == "+" for token in inside):
            time.censored = True
        for token in inside:
            if token.kind == "time_days" and time.unit is None:
                time.unit = token.name
        ledger.use_range(at, stop + 1)
        return True
    if is_ci:
        ledger.use_range(at, stop + 1)
    return is_ci


def _is_open(inside: Sequence[Token]) -> bool:
    """``(5.1-NR)``: an interval without an upper end."""
    quiet = ("-", ",", "small", "statistics", "%", "+")
    kinds = [token.kind for token in inside if token.kind not in quiet]
    return kinds in (["number", "statuses"], ["number", "∞"])
