"""Grades: ``grade IV``, ``grades 3-4``, ``G3``, ``G3/4``, ``grade ≥3``, ``3+``, ``3 or higher``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.tokens import FOLD, Token, kind_at, word_at

SIGNS = {"≥": ">=", ">": ">", "≤": "<=", "<": "<"}
_GRADE = re.compile(r"^(grad(?:e|es|o|os|i)?|graus?|gr|g|ctcae)$", re.IGNORECASE)
_GLUED_GRADE = re.compile(r"^g([1-5])(?:[-–]g?([1-5]))?$", re.IGNORECASE)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}


def read_grade(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """(grade, index after) of a grade that begins here; None where none does."""
    glued = _GLUED_GRADE.match(tokens[at].text) if at < len(tokens) else None
    if glued and glued[2]:
        return f"{glued[1]}-{glued[2]}", at + 1
    if glued:
        after = tokens[at + 2].text.lower().removeprefix("g") if at + 2 < len(tokens) else ""
        if kind_at(tokens, at + 1) in ("/", "-") and re.fullmatch("[1-5]", after):
            return f"{glued[1]}-{after}", at + 3
        return glued[1], at + 1
    if at >= len(tokens) or not _GRADE.match(tokens[at].text):
        return None
    place, sign = at + 1, ""
    if kind_at(tokens, place) == "compare":
        sign, place = SIGNS[tokens[place].name], place + 1
    first = _number(tokens, place)
    if first is None:
        return None
    label, stop = _to_second(tokens, place + 1, first)
    return sign + label, stop


def find_grade(tokens: Sequence[Token]) -> tuple[str, int, int] | None:
    """(grade, first index, index after) of the first grade among the tokens, with its sign."""
    for at in range(len(tokens)):
        read = read_grade(tokens, at)
        if read is not None:
            label, stop = read
            signed = kind_at(tokens, at - 1) == "compare" and label[0] not in "<>"
            sign = SIGNS[tokens[at - 1].name] if signed else ""
            return sign + label, at - signed, stop
    return None


def find_bare_grade(tokens: Sequence[Token], near: Sequence[str]) -> tuple[str, int, int] | None:
    """The same of ``II–IV acute GVHD``, ``Neutropenia (3/4)``: two grades without their word.

    They stand alone beside a token whose kind is one of ``near``. Arabic ones begin with 2: types
    are counted from 1. One grade needs its sign and its bracket (``Infections (≥3)``).
    """
    for at in range(len(tokens)):
        signed = _bracketed_bound(tokens, at, near)
        if signed is not None:
            return signed
        stop = at + 1
        label = _number(tokens, at)
        if label is not None and kind_at(tokens, stop) == "/" and _number(tokens, stop + 1):
            label, stop = f"{label}-{_number(tokens, stop + 1)}", stop + 2
        rising = re.fullmatch(r"([1-4])-([2-5])", label or "")
        if label is None or rising is None or rising[1] >= rising[2]:
            continue
        roman = tokens[at].kind == "word"
        before = at - 2 if kind_at(tokens, at - 1) in ("(", ",") else at - 1
        beside = kind_at(tokens, before) in near or (at == 0 and kind_at(tokens, stop) in near)
        ends = kind_at(tokens, stop) in ("", ")", ",", "(", "%", *near)
        if beside and ends and (roman or rising[1] != "1"):
            return label, at, stop
    return None


def _bracketed_bound(
    tokens: Sequence[Token], at: int, near: Sequence[str]
) -> tuple[str, int, int] | None:
    """``(≥3)``, ``(>2)`` right behind a token of ``near``."""
    kinds = [kind_at(tokens, place) for place in range(at - 2, at + 3)]
    if kinds[0] not in near or kinds[1:3] != ["(", "compare"] or kinds[4] != ")":
        return None
    bound, sign = _number(tokens, at + 1), SIGNS[tokens[at].name]
    severe = (sign, bound) in ((">=", "3"), (">=", "4"), (">", "2"), (">", "3"))
    return (sign + (bound or ""), at, at + 2) if severe else None


def _to_second(tokens: Sequence[Token], at: int, first: str) -> tuple[str, int]:
    """``3 or 4``, ``III/IV``, ``3 or higher``, ``3+``."""
    if kind_at(tokens, at) == "+":
        return f">={first}", at + 1
    if kind_at(tokens, at) not in ("/", "-") and word_at(tokens, at) not in ("or", "and", "to"):
        return first, at
    second = _number(tokens, at + 1)
    if second is not None:
        return f"{first}-{second}", at + 2
    if word_at(tokens, at) == "or" and word_at(tokens, at + 1) in ("higher", "above", "more"):
        return f">={first}", at + 2
    return first, at


def _number(tokens: Sequence[Token], at: int) -> str | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind in ("fraction", "range") and (token.high or 9) <= 5:
        return f"{int(token.low or 0)}-{int(token.high or 0)}"
    if token.is_count and 1 <= token.count <= 5:
        return str(token.count)
    parts = token.text.translate(FOLD).upper().split("-")
    return "-".join(_ROMAN[part] for part in parts) if all(p in _ROMAN for p in parts) else None
