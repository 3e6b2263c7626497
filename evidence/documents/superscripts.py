"""Tell a superscript that is a footnote or reference mark from one that belongs to the value.

``0.05ᵃ`` carries a mark; ``10⁹``, ``mg/m²``, ``CD4⁺`` and ``¹⁸F`` are part of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

Kind = Literal["mark", "exponent", "text"]

SYMBOLS = "*∗⁎†‡§¶#‖∥∧^✝✱★☆◊♦♣Δ\u2020\u2021"
"""Characters that are only ever marks when they are set as superscripts."""

_UP = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NUMBER = re.compile(r"[-−–+]?\d+(?:[.,]\d+)?$")
_TEN = re.compile(r"(?:(?<![\d.,])|(?<=[×x·*]))10$")
_TIMES_TEN = re.compile(r"[×x·*]\s?10$")
_UNIT = re.compile(
    r"(?:^|[\s/·.(\[×*\d])"
    r"(?:[kcdmµμn]?m|in|ft|[kµμmn]?g|m?s|min|hr?|d|days?|wk|weeks?|y|years?|[dmµμ]?[lL]|mol|M)$"
)
_LENGTH = re.compile(r"(?:^|[\s/·.(\[×*\d])(?:[kcdmµμn]?m|in|ft)$")
_STATISTIC = re.compile(r"(?:^|[\s(,;])(?:χ|[Xx]|chi|[Rr]|I|η|ω|ε|φ|τ|σ)$")
_ISOTOPE = re.compile(
    r"(?:F|C|N|O|Tc|I|Y|Lu|Ga|In|P|Sr|Ra|Cs|Co|Xe|H|He|Re|Sm|Tl|Cu|Zr|Er|Mo|Ir|At|Ac|Ho)"
    r"(?![a-z])"
)
_CHARGE = re.compile(r"(?:\d{0,2}[+\-−–]+|[+\-−–]+/[+\-−–]+)$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")
_SEPARATORS = re.compile(r"[\s,;]+")


def superscript_kind(text: str, *, before: str, after: str, declared: Collection[str]) -> Kind:
    """What a superscript is, from what stands around it and the marks the footnotes declare.

    ``before`` and ``after`` are the plain text of the cell on either side.
    """
    if not text or text in "®™℠©":
        return "text"
    if all(char in SYMBOLS or char in ",; " for char in text):
        return "mark"
    if _NUMBER.match(text):
        return _number_kind(text, before=before, after=after, declared=declared)
    if _is_word(text, before=before, after=after, declared=declared):
        return "text"
    return "mark"


def _number_kind(text: str, *, before: str, after: str, declared: Collection[str]) -> Kind:
    negative = text[0] in "-−–"
    if text == "0" and before[-1:].isdigit() and after.lstrip()[:1] in {"C", "F"}:
        return "text"
    if _TIMES_TEN.search(before) or (_TEN.search(before) and text not in declared):
        return "exponent"
    if (negative and _UNIT.search(before)) or (text in {"2", "3"} and _LENGTH.search(before)):
        return "exponent"
    if text == "2" and _STATISTIC.search(before):
        return "exponent"
    if _ISOTOPE.match(after) and (not before or before[-1] in " ([-–/"):
        return "text"
    if text[0] in "+" and before[-1:].isalnum():
        return "text"
    return "exponent" if negative else "mark"


def _is_word(text: str, *, before: str, after: str, declared: Collection[str]) -> bool:
    """Charges, ordinals, degrees, isotopes with ``m``, and words such as ``high``."""
    if text in declared:
        return False
    if _CHARGE.match(text):
        return before[-1:].isalnum() or before.endswith(")")
    if _ORDINAL.match(text):
        return before[-1:].isdigit()
    if text in {"o", "º", "°"}:
        return after.lstrip().startswith(("C", "F")) or before.endswith(("N", "n"))
    if re.fullmatch(r"\d+m", text):
        return bool(_ISOTOPE.match(after))
    letters = [part for part in _SEPARATORS.split(text) if part]
    if letters and all(len(part) <= 2 or set(part) <= set(declared) for part in letters):
        return False
    return bool(re.search(r"[^\W\d_]{3}", text))


def raised(text: str) -> str:
    """The text with digits and signs as Unicode superscripts; letters stay as they are."""
    return text.translate(_UP) if re.fullmatch(r"[\d+\-−–=(),.;\s]+n?", text) else text


def lowered(text: str, *, before: str) -> str:
    """Digits after a digit as Unicode subscripts, so that they never lengthen a number."""
    return text.translate(_DOWN) if before[-1:].isdigit() and text[:1].isdigit() else text


def split_marks(text: str) -> list[str]:
    """The single marks in ``a,b`` or ``*†``; runs of one symbol (``**``) stay one mark."""
    marks: list[str] = []
    for part in _SEPARATORS.split(text.strip()):
        if part and all(char in SYMBOLS for char in part):
            marks += [m.group(0) for m in re.finditer(r"(.)\1*", part)]
        elif part:
            marks.append(part.strip("()[]") or part)
    return marks
