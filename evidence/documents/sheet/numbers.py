"""A stored value as its sheet shows it: percent, fixed decimals, thousands, dates, words around."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_CORE = re.compile(r"General|[#0?][#0?,. ]*(?:E[+-]?0+)?")
_FRACTION = re.compile(r"[#0?]\s*/\s*[#0?\d]")


def shown(value: object, number_format: str | None) -> tuple[str, str | None]:
    """(text as printed, doubt or None) of a value and its number format.

    A date whose format shows no year may have been a range once (``5-10``), and says so.
    """
    pattern = number_format or "General"
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).upper(), None
    if isinstance(value, (date, time, timedelta)):
        return _shown_time(value, pattern)
    if isinstance(value, (int, float)):
        return _shown_number(value, pattern), None
    return str(value), None


def _shown_time(value: date | time | timedelta, pattern: str) -> tuple[str, str | None]:
    if not isinstance(value, date):
        return str(value), None
    text = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    text = text.removesuffix(" 00:00:00")
    if re.search("y", pattern, re.I) and re.search("d", pattern, re.I):
        return text, None
    return text, f"the sheet holds a date, shown as {pattern}; it may have been typed as a range"


def _shown_number(value: float, pattern: str) -> str:
    section = _section(value, pattern)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literal = match.group(1) or match.group(2) or ""
        literals.extend([literal] if literal else [])
        return "\x00" if literal else ""

    words = _LITERAL.sub(keep, section)
    core = _CORE.search(words)
    if (core is None and not literals) or _FRACTION.search(words):
        return _general(value)
    number = "" if core is None else _fixed(abs(value) * 100 ** words.count("%"), core.group(0))
    text = words if core is None else words[: core.start()] + number + words[core.end() :]
    for literal in literals:
        text = text.replace("\x00", literal, 1)
    negative = value < 0 and ";" not in pattern and any(c in "123456789" for c in number)
    return ("-" if negative else "") + text.strip()


def _section(value: float, pattern: str) -> str:
    """The part of a format for positive, negative or zero values."""
    parts = re.findall(r'(?:"[^"]*"|\\.|[^;])*', pattern)
    parts = [part for index, part in enumerate(parts) if part or index == 0]
    if value < 0 and len(parts) > 1:
        return str(parts[1])
    if value == 0 and len(parts) > 2:
        return str(parts[2])
    return str(parts[0])


def _fixed(value: float, core: str) -> str:
    if core == "General":
        return _general(value)
    mantissa, exponent, _ = core.partition("E")
    whole, _, decimals = mantissa.rstrip().rstrip(",").partition(".")
    least, most = decimals.count("0"), sum(decimals.count(c) for c in "0#?")
    if exponent:
        return f"{value:.{most}E}"
    text = f"{value:,.{most}f}" if "," in whole else f"{value:.{most}f}"
    while most > least and text.endswith("0"):
        text, most = text[:-1], most - 1
    return text.rstrip(".")


def _general(value: float) -> str:
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.6g}"
    return f"{value:.10g}"
