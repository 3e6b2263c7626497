"""Words and numbers as the reader sees them, and sentences whose values keep their links."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DECIMAL = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![\d.]*\.\d)")
_COMMA: ContextVar[bool] = ContextVar("_COMMA", default=False)
DECIMAL_COMMA = ("es",)
"""Languages that write 67,9 for 67.9."""


@contextmanager
def numbers_in(language: str) -> Iterator[None]:
    """Numbers composed inside are written as in ``language`` (``es``: 67,9)."""
    token = _COMMA.set(language.split("-")[0] in DECIMAL_COMMA)
    try:
        yield
    finally:
        _COMMA.reset(token)


def local_decimals(text: str) -> str:
    """The decimals of ``text`` with the mark of the language; versions (1.2.3) stay."""
    return _DECIMAL.sub(r"\1,\2", text) if _COMMA.get() else text


@dataclass(frozen=True, slots=True)
class Value:
    """A number (or word) on the page that leads to where it comes from."""

    text: str
    href: str | None = None
    """Id of an element of the same page; None only for what has no source (*not reported*)."""
    derived: bool = False
    """Shown with a dagger."""
    hint: str | None = None
    quoted: bool = False
    """Words of a paper, which no language but its own says."""

    def __str__(self) -> str:
        return self.text + ("†" if self.derived else "")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a paper, which no language but its own says."""

    text: str

    def __str__(self) -> str:
        return self.text


Part = str | Value | Quoted
Sentence = tuple[Part, ...]
"""Text with values in it, in order."""

Cell = Part | Sentence | None
"""What a table cell holds; None is shown as *not reported*."""


def plain(content: Cell) -> str:
    """The words alone, as in a table twin or a test."""
    if content is None:
        return "not reported"
    if isinstance(content, tuple):
        return "".join(str(part) for part in content)
    return str(content)


def compose(template: str, **values: Cell | int) -> Sentence:
    """Fill ``{name}`` places of a template with values that keep their links."""
    parts: list[Part] = []
    position = 0
    for found in _PLACEHOLDER.finditer(template):
        parts.append(template[position : found.start()])
        parts.extend(_as_parts(values[found.group(1)]))
        position = found.end()
    parts.append(template[position:])
    return tuple(part for part in parts if part != "")


def _as_parts(value: Cell | int) -> Iterable[Part]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, Value | Quoted | str):
        return (value,)
    return (plain(value) if value is None else str(value),)


def join(items: Iterable[Cell], *, between: str = ", ", last: str | None = None) -> Sentence:
    """Several values as one run of text: ``a, b and c`` with ``last=" and "``."""
    found = list(items)
    parts: list[Part] = []
    for i, item in enumerate(found):
        if i:
            parts.append(last if last is not None and i == len(found) - 1 else between)
        parts.extend(_as_parts(item))
    return tuple(parts)


def percent_number(proportion: float, total: int | None) -> str:
    """A percentage without its sign: no decimals below 100 patients, one from there on.

    Never rounds something to nothing or to all: 1/300 is ``0.3``, 1/1000 of 99 is ``<1``.
    """
    return local_decimals(_percent_number(proportion, total))


def _percent_number(proportion: float, total: int | None) -> str:
    decimals = 1 if total is not None and total >= 100 else 0
    value = 100 * proportion
    smallest = 10.0**-decimals
    text = f"{_half_up(value, decimals):.{decimals}f}"
    if value > 0 and float(text) == 0:
        return f"<{smallest:.{decimals}f}"
    if value < 100 and float(text) == 100:
        return f">{100 - smallest:.{decimals}f}"
    return text


def _half_up(value: float, decimals: int) -> float:
    scale = float(10**decimals)
    return math.floor(value * scale + 0.5 + 1e-9) / scale


def percent(proportion: float | None, total: int | None) -> str:
    """``68%``, ``67.9%`` (100 patients or more), ``n/a`` where there is none."""
    return "n/a" if proportion is None else f"{percent_number(proportion, total)}%"


def interval(low: float | None, high: float | None, total: int | None) -> str:
    """``54–79`` on the percent scale; ``n/a`` where an end does not exist."""
    if low is None or high is None:
        return "n/a"
    ends = [_percent_number(min(max(end, 0.0), 1.0), total) for end in (low, high)]
    shown = ("0" if e == "0.0" else "100" if e == "100.0" else local_decimals(e) for e in ends)
    return span_text(*shown)


def span_text(low: str, high: str) -> str:
    """``54–79``; ``<1 to 34`` where a dash would be misread."""
    to = "a" if _COMMA.get() else "to"
    return f"{low} {to} {high}" if "<" in low + high or ">" in low + high else f"{low}–{high}"


def level_text(level: float) -> str:
    """``95%``"""
    return local_decimals(f"{100 * level:g}%")


def p_text(p: float | None) -> str:
    """``p = 0.03`` without the p: ``0.03``, ``<0.001``, ``n/a``."""
    if p is None:
        return "n/a"
    if p < 0.001:
        return local_decimals("<0.001")
    return local_decimals(f"{p:.3f}" if p < 0.1 else f"{p:.2f}")


def p_equals(p: float | None) -> str:
    """``p = 0.03``, ``p < 0.001``."""
    text = p_text(p)
    return f"p < {text[1:]}" if text.startswith("<") else f"p = {text}"


def number_text(value: float | None, digits: int = 2) -> str:
    """A number with ``digits`` decimals; a large one in full; ``n/a`` for none."""
    if value is None:
        return "n/a"
    if abs(value) >= 1000:
        text = f"{value:,.0f}".replace(",", " " if _COMMA.get() else ",")
    else:
        text = local_decimals(f"{value:.{digits}f}")
    return text.replace("-", "−")


def short_number(value: float) -> str:
    """``30``, ``8.5``, ``−2``: as few digits as the number needs."""
    return local_decimals(f"{value:g}").replace("-", "−")


def ratio_text(ratio: float | None, low: float | None = None, high: float | None = None) -> str:
    """``5.88 (2.55–13.5)``: an odds ratio with its interval, in three digits; ``n/a`` for none."""
    if ratio is None:
        return "n/a"
    if low is None or high is None:
        return _three_digits(ratio)
    return f"{_three_digits(ratio)} ({_three_digits(low)}–{_three_digits(high)})"


def _three_digits(value: float) -> str:
    return number_text(value, 2 if value < 10 else 1 if value < 100 else 0)
