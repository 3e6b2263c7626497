"""Whether a line goes on with the cell above it or opens a new one, from the print alone."""

from __future__ import annotations

import re

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import DASH, Piece

SPACE = 0.26
"""Width of a word space as a share of the font size."""
NUMBER = re.compile(
    r"^[\s<>≤≥=±+−–—~(\[\])\d.,·/%×:;*†‡§-]*\d[\s<>≤≥=±+−–—~(\[\])\d.,·/%×:;*†‡§-]*$"
)
GOES_ON = re.compile(
    r"(?:[-–—,/(+&]|\b(?:and|or|of|the|to|with|in|for|by|a|an|at|on|from|vs\.?|than|et))$", re.I
)
UNFINISHED = re.compile(r"[±×=<>≤≥]$|./$|\d\s?[–—-]$")
"""A value whose second half must follow: a mean without its deviation, a range without its end."""
SHORT = 6


def evidence(upper: Piece, lower: Piece, columns: list[Column]) -> float:
    """Above 0: ``lower`` opens a new cell; below 0: it goes on with ``upper``."""
    above, text = plain(upper), plain(lower)
    if not above or not text:
        return 0.0
    if above.count("(") > above.count(")") or above.count("[") > above.count("]"):
        return -2.5
    if above == text and len(text) <= 24:
        return 2.5
    if UNFINISHED.search(above) and text[0].isdigit():
        return -2.5
    if NUMBER.match(above) and NUMBER.match(text):
        bracket = text[0] in "([" and above[-1] not in ")]"
        percent = text[-1] == "%" and "%" not in above
        return -0.75 if bracket or percent else 2.5
    if _mostly_number(above) and _mostly_number(text) and text[0] not in "([":
        return 1.5
    if DASH.match(above) or DASH.match(text):
        return 2.5 if _is_value(above) and _is_value(text) else 1.5
    if GOES_ON.search(above):
        return -2.0
    if lower.first == 0 and above.endswith(":") and not text[0].islower():
        return 1.5
    single = len(upper.words) == 1 and len(lower.words) == 1 and text[0] not in "(["
    if single and len(above) <= SHORT and len(text) <= SHORT:
        return 0.0 if text.isalpha() and text.islower() else 1.5
    return _by_shape(upper, lower, columns, above, text)


def _by_shape(upper: Piece, lower: Piece, columns: list[Column], above: str, text: str) -> float:
    score = _spacing(upper, lower)
    if text[0].islower() and not above[0].islower():
        score -= 1.5
    elif text[0] in ")]%/+,.;:–-" or text[0] in "([":
        score -= 1.0
    label = lower.first == 0
    left = upper.x0 if label else min(c.x0 for c in columns[lower.first : lower.last + 1])
    right = max(c.x1 for c in columns[lower.first : lower.last + 1])
    first = lower.words[0]
    need = upper.x1 - upper.x0 + SPACE * upper.size + (first.x1 - first.x0)
    fits = need <= (right - left) - 0.15 * upper.size
    if fits:
        score += 1.2
    elif right - left > 5 * upper.size:
        score -= 0.8
    indent = (lower.x0 - upper.x0) / lower.size
    if label:
        if indent < -0.5:
            score += 1.2
        elif indent > 0.5 and not fits:
            score -= 0.6
        elif text[0].isupper() and indent < 0.5:
            score += 1.2
    if upper.words[-1].bold != lower.words[0].bold:
        score += 2.0
    if _opens_with_number(above) and _opens_with_number(text):
        score += 1.2
    elif len(above) > 3 and above.split()[0] == text.split()[0]:
        score += 1.5
    ours, theirs = text.split(), above.split()
    if min(len(ours), len(theirs)) >= 2:
        alike = len(set(ours) & set(theirs)) / max(len(ours), len(theirs))
        score += 2.0 * (alike >= 0.5)
    return score


def _spacing(upper: Piece, lower: Piece) -> float:
    """Lines of one cell are rarely set more than 1.4 times the font size apart."""
    pitch = (lower.base - upper.base) / lower.size
    return min(1.5, max(-0.5, 4 * (pitch - 1.3)))


def _is_value(text: str) -> bool:
    return bool(DASH.match(text)) or _mostly_number(text)


def _opens_with_number(text: str) -> bool:
    return (
        any(c.isdigit() for c in text.split()[0]) and not text[0].isalpha() and text[0] not in "(["
    )


def _mostly_number(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return letters <= 0.3 * len(text) and any(c.isdigit() for c in text)


def plain(piece: Piece) -> str:
    """The piece without raised and lowered characters."""
    return " ".join(
        t for w in piece.words if (t := "".join(g.text for g in w.glyphs if g.level == 0))
    )
