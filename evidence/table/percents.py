"""Percentages against counts: which counts over a total can be printed as a percentage."""

from __future__ import annotations

import math
import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"\d+(?:[.,·]\d+)?(?=\s*(?:%|percent|per cent))")


def printed_digits(percent: float, text: str | None = None) -> int:
    """Decimals of a percentage as printed; from its words where they are known (``50.0%``)."""
    shortest = _decimals(f"{percent:.10f}".rstrip("0"))
    for word in _NUMBER.findall(text or ""):
        number = re.sub(r"[,·]", ".", word)
        if float(number) == percent:
            return max(shortest, _decimals(number))
    return shortest


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def roundings(events: int, total: int, digits: int, *, cut: bool = False) -> set[Decimal]:
    """How ``events``/``total`` may be printed: rounded half up or half to even.

    With ``cut`` also with further digits cut off, or rounded twice (76.47 to 76.5 to 77).
    """
    exact = Decimal(events) * 100 / Decimal(total)
    unit = Decimal(1).scaleb(-digits)
    found = {exact.quantize(unit, rounding=way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    if cut:
        once = exact.quantize(unit / 10, rounding=ROUND_HALF_UP)
        found |= {exact.quantize(unit, rounding=ROUND_DOWN), once.quantize(unit, ROUND_HALF_UP)}
    return found


def agrees(
    percent: float, events: int, total: int, *, digits: int | None = None, cut: bool = False
) -> bool:
    """Whether a printed percentage is ``events`` of ``total`` in some common rounding.

    Half-way values may go up or to even (Brown & Heathers 2017, Soc Psychol Personal Sci 8:363);
    with ``cut``, further digits may also have been cut off, or the value rounded twice.
    """
    if total <= 0:
        return False
    digits = printed_digits(percent) if digits is None else digits
    stated = Decimal(repr(percent)).quantize(Decimal(1).scaleb(-digits))
    return stated in roundings(events, total, digits, cut=cut)


def counts_for(
    percent: float, total: int, *, digits: int | None = None, cut: bool = False
) -> tuple[int, ...]:
    """Every count of events over ``total`` that is printed as ``percent``; often just one."""
    if total <= 0 or not 0 <= percent <= 100:
        return ()
    digits = printed_digits(percent) if digits is None else digits
    reach = 10**-digits * total / 100 + 1
    middle = percent * total / 100
    low, high = max(0, math.floor(middle - reach)), min(total, math.ceil(middle + reach))
    return tuple(
        c for c in range(low, high + 1) if agrees(percent, c, total, digits=digits, cut=cut)
    )


def only_count(percent: float, total: int | None, *, digits: int | None = None) -> int | None:
    """The one count a percentage can mean; None where it can be none or several."""
    found = counts_for(percent, total, digits=digits) if total else ()
    return found[0] if len(found) == 1 else None


def totals_for(
    percent: float, events: int, *, up_to: int, digits: int | None = None
) -> Iterator[int]:
    """Every total up to ``up_to`` over which ``events`` is printed as ``percent``."""
    for total in range(max(1, events), up_to + 1):
        if agrees(percent, events, total, digits=digits, cut=True):
            yield total


def show_percent(value: float) -> str:
    """``84`` → ``84%``; ``37.5`` → ``37.5%``."""
    return f"{value:g}%"
