"""How well a word fits a column, begins a cell, goes on with one, or begins a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.documents.text.dump.types import NUMBER, PAREN_RANGE
from evidence.documents.text.dump.words import Word
from evidence.vocabulary import load_vocabulary

FITS: dict[str, dict[str, float]] = {
    "label": {"author": 3, "name": 1, "year": 1.5, "abbreviation": 0, "small": -0.3}
    | {"paren-count": -0.5, "": -2},
    "year": {"year": 4, "number": 1, "": -3},
    "count": {"number": 1.5, "people": 2, "disease": 2, "word": -0.3, "small": 0, "other": 0}
    | {"abbreviation": 0, "name": -1, "fraction": 1, "status": 0, "percent": -0.5, "": -3},
    "disease": {"disease": 2.5, "word": 0, "small": 0, "abbreviation": 0.5, "name": 0.3}
    | {"number": -0.5, "people": 0, "status": 0, "other": 0, "": -3},
    "regimen": {"dose": 3, "route": 2.5, "frequency": 3, "drug": 2, "small": 0.2, "word": 0}
    | {"name": -0.3, "abbreviation": -0.3, "duration": -0.5, "number": -0.5, "status": -0.5}
    | {"other": 0, "": -3},
    "route": {"route": 3, "dose": 1, "frequency": 0.5, "drug": 0.5, "small": 0.2, "word": 0}
    | {"name": -0.3, "abbreviation": -0.3, "duration": -0.5, "number": -0.5, "status": 0.5}
    | {"other": 0, "": -3},
    "duration": {"duration": 3, "status": 0.5, "number": 0.5, "small": -0.3, "word": -0.8}
    | {"people": -0.5, "disease": -1, "name": -1.5, "response-word": -1, "other": -0.5, "": -3},
    "response": {"response": 3, "response-word": 1, "percent": 1.5, "fraction": 1, "disease": 0}
    | {"number": -0.3, "word": -0.5, "small": -0.2, "status": 0.3, "people": 0, "other": -0.3}
    | {"name": -1, "abbreviation": -0.5, "paren-count": -1, "": -2.5},
    "events": {"complication": 2, "paren-count": 2, "word": 0.7, "name": 0.7, "small": 0.3}
    | {"abbreviation": 0.3, "status": 0.3, "other": 0.3, "response-word": 0, "percent": 0}
    | {"number": 0, "fraction": 0, "people": 0.5, "dose": -0.7, "disease": -0.7, "drug": 0}
    | {"route": -1, "duration": -1.5, "frequency": -2, "response": -2.5, "": -3},
    "sex": {"sex": 4, "paren-count": 1, "number": -1, "name": -1, "": -3},
    "number": {"number": 2, "fraction": 1.5, "percent": 0.5, "status": 0.5, "paren-count": 0.5}
    | {"small": -1, "duration": 0, "": -3},
    "rate": {"number": 1.5, "percent": 2, "fraction": 2, "paren-count": 1, "status": 0.5}
    | {"response": 2, "small": -0.5, "": -2},
    "text": {"word": 1.3, "name": 1.2, "number": 0.8, "author": -0.5, "year": 0.5, "": 1.0},
}
"""Kind of column → how well each type of word fits it; ``""`` is every other type."""

_JOINING = {
    "of",
    "with",
    "and",
    "or",
    "to",
    "due",
    "in",
    "for",
    "from",
    "by",
    "on",
    "than",
    "after",
}
_REFERENCE = re.compile(r"[\[(]\d{1,3}(?:[,–-]\d{1,3})*[\])][.,;:]?$")
_BRACKET, _BRACKETED_YEAR, _RANGE = 2.0, 5.0, 4.0
"""What a cell that opens with a bracket costs, with one around a year, and what a range adds."""
_COUNTED = {"response", "people", "disease"}
_WHOLE = {"duration", "number", "sex", "year", "count", "rate"}


def fit_of(word: Word, kind: str) -> float:
    """How well a word fits a kind of column; less counts inside brackets.

    A number before a word that it may count (``12 PR``) may stand for itself.
    """
    table = FITS[kind]
    value = table.get(word.tag, table[""])
    if word.tag in _COUNTED and NUMBER.match(word.text):
        value = max(value, table.get("number", table[""]))
    return 0.4 * value if word.inside else value


def begin_score(words: Sequence[Word], index: int, kind: str) -> float:
    """How well a cell of this kind begins at this word."""
    word, before = words[index], words[index - 1]
    value = 0.7 if word.blank else 0.0
    if word.inside:
        value -= 6.0
    if word.inner:
        value -= 4.0
    if (word.text[:1].islower() and word.tag != "drug") or word.tag == "small":
        value -= 1.0 if kind in {"events", "text"} else 2.0
    if word.text.startswith(("(", "[")):
        value -= _BRACKET if word.tag != "year" else 0.0 if kind == "year" else _BRACKETED_YEAR
        value -= _RANGE if PAREN_RANGE.match(word.text) else 0.0
    if before.text.endswith((",", ";", "-", ":", "/")) and before.tag != "author":
        value -= 2.5
    if before.text.strip(",").lower() in _JOINING:
        value -= 2.5
    if before.tag == word.tag == "response" and before.text[-1:].isdigit():
        value -= 1.5
    if word.tag == "status":
        value += 0.7
    if before.text.startswith("al") and _REFERENCE.match(word.text):
        value -= 4.0
    if index > 2 and _counts_last(words[index - 3 : index + 1]):
        value -= 6.0
    return value


def _counts_last(words: Sequence[Word]) -> bool:
    """Whether the last of four words is the number of a list: ``CR 4, PR | 2``."""
    numbers = [word.text[:1].isdigit() for word in words]
    return numbers == [False, True, False, True] and words[1].text.endswith(",")


def stay_score(words: Sequence[Word], index: int, kind: str) -> float:
    """How well a cell of this kind goes on with this word."""
    word, before = words[index], words[index - 1]
    value = -0.5 if word.blank else (0.2 if not word.first else 0.0)
    if word.inner or word.inside:
        return value
    if before.tag == "status" and kind != "text":
        value -= 1.5
    if word.tag == "status":
        value -= 1.0
    joined = before.text.endswith((",", ";", "-", "–", "±", "/")) or before.text.lower() in _JOINING
    if before.tag == word.tag == "response" and before.text.isalpha() and word.text.isalpha():
        value -= 3.0
    if kind in _WHOLE and word.tag == before.tag and not joined and not word.text.startswith("("):
        single = kind in {"number", "sex", "rate"}
        value -= 3.0 if single or (kind == "duration" and not word.first) else 1.0
    return value


def row_start(words: Sequence[Word], index: int, kind: str) -> float:
    """How well a row begins at this word, seen by what its first column holds."""
    word = words[index]
    value = 0.0 if word.first else -6.0
    near = words[index : index + 8]
    if kind == "label":
        return value + _label_start(near)
    if kind == "sex":
        return value + (1.0 if word.tag == "sex" else -1.5)
    if kind in {"number", "count", "year"}:
        return value + (0.5 if word.tag in {"number", "year", "people", "disease"} else -2.0)
    return value - (0.5 if word.text[:1].isupper() or word.text[:1].isdigit() else 3.0)


def _label_start(near: Sequence[Word]) -> float:
    """Author names, a year or a number of the reference list stand near a label's first word."""
    if near[0].tag == "author" and not near[0].text.lower().startswith(("et", "al")):
        return 2.0
    if near[0].tag not in {"name", "abbreviation", "disease", "other", "word", "complication"}:
        return -5.0
    if load_vocabulary().column(near[0].core):
        return -5.0
    for place, word in enumerate(near[1:6], start=1):
        if word.tag in {"paren-count", "word", "dose", "duration", "complication"}:
            break
        if word.tag == "author":
            return 2.0 if place <= 3 else 0.5
        if word.tag == "year":
            return 1.5
    return -4.0
