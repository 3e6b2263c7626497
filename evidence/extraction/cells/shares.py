"""A number printed beside a bracketed fraction, or in its bracket: the percentage it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidence.extraction.tokens import Token, kind_at

ROUNDING = 0.51
"""Half of a printed percent, and what halves may be rounded to."""


def with_shares(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with ``60 (9/15)`` and ``9/15 (60)`` read as 60 %.

    A number before the bracket that is the fraction's own count (``9 (9/15)``) stays a count; one
    in the bracket is a percentage only where the fraction makes it one.
    """
    marked = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind != "number":
            continue
        if kind_at(tokens, at + 1) in ("(", "[") and kind_at(tokens, at + 2) == "fraction":
            if _makes(tokens[at + 2], token) or token.low != tokens[at + 2].low:
                marked[at] = replace(token, kind="percent")
        elif (
            kind_at(tokens, at - 1) in ("(", "[")
            and kind_at(tokens, at - 2) == "fraction"
            and kind_at(tokens, at + 1) in (")", "]")
            and _makes(tokens[at - 2], token)
        ):
            marked[at] = replace(token, kind="percent")
    return marked


def _makes(fraction: Token, percent: Token) -> bool:
    """Whether the fraction is the percentage, as rounded."""
    if not fraction.high or fraction.low is None or percent.low is None:
        return False
    return abs(100 * fraction.low / fraction.high - percent.low) <= ROUNDING
