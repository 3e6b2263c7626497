"""A stored value as its sheet shows it: percent, fixed decimals, thousands, dates, words around."""

from __future__ import annotations

import operator
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_CORE = re.compile(r"General|[#0?][#0?,. ]*(?:E[+-]?0+)?")
_FRACTION = re.compile(r"[#0?]\s*/\s*[#0?\d]")
_CONDITION = re.compile(r"\[([<>]=?|=|<>)\s*(-?[\d.]+)\]")
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def shown(value: object, number_format: str | None) -> tuple[str, str | None]:
    """(text as printed, doubt or None) of a value and its number format.

    A date whose format shows no year may have been a range once (``5-10``), a time a ratio
    (``7:3``), and says so.
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
        return _clock(value), "the sheet holds a time of day; it may have been typed as a ratio"
    text = value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    text = text.removesuffix(" 00:00:00")
    if re.search("y", pattern, re.I) and re.search("d", pattern, re.I):
        return text, None
    return text, f"the sheet holds a date, shown as {pattern}; it may have been typed as a range"


def _clock(value: time | timedelta) -> str:
    """Hours and minutes as they are typed (``7:03``), seconds where there are any."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    text = f"{minutes // 60}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _shown_number(value: float, pattern: str) -> str:
    section, signed = _section(value, pattern)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literal = match.group(1) or match.group(2) or ""
        literals.extend([literal] if literal else [])
        return "\x00" if literal else ""

    words = _LITERAL.sub(keep, section)
    core = _CORE.search(words)
    if (core is None and not literals) or _FRACTION.search(words):
        return _general(value)
    exact = abs(Decimal(_general_digits(value))) * 100 ** words.count("%")
    number = "" if core is None else _fixed(exact, core.group(0))
    text = words if core is None else words[: core.start()] + number + words[core.end() :]
    for literal in literals:
        text = text.replace("\x00", literal, 1)
    negative = value < 0 and signed and any(c in "123456789" for c in number)
    return ("-" if negative else "") + (text.strip() or _general(value))


def _section(value: float, pattern: str) -> tuple[str, bool]:
    """The part of a format for this value, by conditions or by sign; whether a minus is shown."""
    parts = re.findall(r'(?:"[^"]*"|\\.|[^;])*', pattern)
    parts = [part for index, part in enumerate(parts) if part or index == 0]
    conditions = [_CONDITION.search(part) for part in parts]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=True):
            if condition is None or _COMPARE[condition.group(1)](value, float(condition.group(2))):
                return str(part), True
        return "General", True
    if value < 0 and len(parts) > 1:
        return str(parts[1]), False
    if value == 0 and len(parts) > 2:
        return str(parts[2]), False
    return str(parts[0]), len(parts) == 1


def _fixed(value: Decimal, core: str) -> str:
    """The digits of a format: rounded half away from zero, as sheets do, not half to even."""
    if core == "General":
        return _general(float(value))
    mantissa, exponent, _ = core.partition("E")
    places = mantissa.rstrip()
    value = value.scaleb(-3 * (len(places) - len(places.rstrip(","))))
    whole, _, decimals = places.rstrip(",").partition(".")
    least, most = decimals.count("0"), sum(decimals.count(c) for c in "0#?")
    if exponent:
        return f"{float(value):.{most}E}"
    with localcontext(prec=400):
        rounded = value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    while most > least and text.endswith("0"):
        text, most = text[:-1], most - 1
    if "0" not in whole and rounded < 1:
        text = text.removeprefix("0")
    before, point, after = text.rstrip(".").partition(".")
    return before.zfill(whole.count("0")) + point + after


def _general_digits(value: float) -> str:
    """The fifteen digits that a sheet keeps of a number."""
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def _general(value: float) -> str:
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.6g}"
    return f"{value:.10g}"
