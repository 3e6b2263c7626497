"""What kind of word stands in a text dump: count, dose, duration, response, name ...

Where a dump lost its columns, the words' types carry them. Only shapes and the word lists decide;
the classifier knows no paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from evidence.documents.text.dump.numbers import SEXES, TIMES, tag_numbers
from evidence.documents.text.dump.words import EDGE, Word
from evidence.vocabulary import Vocabulary, load_vocabulary

PAREN_COUNT = re.compile(r"^\(\d{1,3}\)[.,;:]?$")
PAREN_RANGE = re.compile(r"^\([<>≤≥]?\d[\d.,·]*[-–—](?:[<>≤≥]?\d[\d.,·]*\+?\)[.,;:]?)?$")
"""A range in brackets, or the beginning of one that goes on on the next line."""
_YEAR = re.compile(r"^[(\[]?(?:19|20)\d\d[a-z]?[)\]]?[.,;:]?$")
NUMBER = re.compile(r"^[<>≤≥~≈=±+]*\d[\d.,·’']*(?:[-–—−~]\d[\d.,·]*)?\+?[*†‡]?[.,;:]?$")
_PERCENT = re.compile(r"^[<>≤≥~≈(]*\d[\d.,·]*(?:[-–—]\d[\d.,·]*)?%\)?[.,;:]?$")
_FRACTION = re.compile(r"^\(?\d{1,4}/\d{1,4}\)?[.,;:]?$")
_GLUED = re.compile(r"^[<>≤≥~(]*\d[\d.,]*(?:[-–—]\d[\d.,]*)?([A-Za-zµμ]+(?:/[\w²]+)*)\)?[.,;:]?$")
_EVERY = re.compile(r"^q\d*[-–]?\d*(?:d|w|wk|m|h|weeks?|days?)$", re.I)
_AUTHOR = re.compile(r"^(?:et|al)\b|^al\.|^(?:and|&)$", re.I)
_NAME = re.compile(r"^[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ][\w'’-]*$")
_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z]*[A-Z0-9][\w+-]*$|^[A-Z]{2,}$")
_SMALL = frozenset(
    [
        "of",
        "and",
        "with",
        "in",
        "on",
        "for",
        "to",
        "the",
        "a",
        "an",
        "or",
        "by",
        "at",
        "from",
        "due",
        "after",
        "per",
        "than",
        "&",
        "+",
        "then",
        "as",
        "was",
        "were",
        "but",
        "no.",
        "+/-",
    ]
)
_PEOPLE = {"patients", "patient", "pts", "pts.", "cases", "subjects", "participants", "evaluable"}
_GRADES = {"grade", "grades", "stage", "stages", "phase", "type", "class", "level"}
_DASHES = {"-", "–", "—", "−", "..", "...", "…"}


def tag_words(words: Sequence[Word], vocabulary: Vocabulary | None = None) -> list[Word]:
    """The words with their types."""
    lists = vocabulary or load_vocabulary()
    cores = [word.core for word in words]
    tags: list[str] = ["other"] * len(words)
    inner = [False] * len(words)
    index = 0
    while index < len(words):
        tag, size = _phrase(words[index], cores, index, lists)
        for step in range(size):
            tags[index + step], inner[index + step] = tag, step > 0
        index += size
    tag_numbers(words, tags, inner, lists)
    for k, word in enumerate(words[:-1]):
        dosed = tags[k + 1] == "dose" and words[k + 1].text[:1].isdigit()
        if tags[k] in {"word", "name"} and dosed and word.text.isalpha():
            tags[k] = "drug"
    return [
        replace(word, tag=tag, inner=within)
        for word, tag, within in zip(words, tags, inner, strict=True)
    ]


def _phrase(word: Word, cores: Sequence[str], index: int, lists: Vocabulary) -> tuple[str, int]:
    """(type, how many words it takes) of the phrase that begins here."""
    shape = _shape(word.text)
    if shape is not None:
        return shape, 1
    window = tuple(cores[index : index + 6])
    found = _listed(window, lists)
    graded = index > 0 and cores[index - 1].lower() in _GRADES
    if found is not None and not (graded and found[0] == "route"):
        return found
    return _plain(word, lists), 1


@lru_cache(maxsize=4096)
def _shape(text: str) -> str | None:
    """The type that the characters alone tell."""
    if PAREN_COUNT.match(text) or PAREN_RANGE.match(text):
        return "paren-count"
    if _YEAR.match(text):
        return "year"
    if _FRACTION.match(text):
        return "fraction"
    if _PERCENT.match(text):
        return "percent"
    if NUMBER.match(text):
        return "number"
    if _EVERY.match(text.strip(EDGE)) or TIMES.match(text.strip(EDGE)):
        return "frequency"
    if text in SEXES | {"Male", "Female"}:
        return "sex"
    if text in _DASHES:
        return "status"
    return None


def _listed(window: tuple[str, ...], lists: Vocabulary) -> tuple[str, int] | None:
    """The longest phrase of any word list; a tie goes to the earlier list."""
    best: tuple[str, int] | None = None
    for name in (
        "own",
        "responses",
        "routes",
        "schedules",
        "diseases",
        "statuses",
        "complications",
    ):
        hit = lists.longest(name, window)
        if hit is not None and (best is None or hit.words > best[1]):
            best = "status" if hit.value == "no response" else _TAG_OF[name], hit.words
    if best == ("response", 1) and not window[0][:2].isupper():
        return "response-word", 1
    return best


_TAG_OF = {
    "own": "author",
    "responses": "response",
    "routes": "route",
    "schedules": "frequency",
    "diseases": "disease",
    "statuses": "status",
    "complications": "complication",
}


def _plain(word: Word, lists: Vocabulary) -> str:
    core = word.core
    parts = [part for part in core.split("/") if part]
    if len(parts) > 1 and any(lists.disease(part) for part in parts):
        return "disease"
    if _AUTHOR.match(word.text) and word.text.lower() not in {"and", "&"}:
        return "author"
    if core.lower() in _SMALL:
        return "small"
    if core.lower() in _PEOPLE:
        return "people"
    if _glued(word.text, lists):
        return _glued(word.text, lists) or "other"
    if lists.drug(core):
        return "drug"
    if _ABBREVIATION.match(core):
        return "abbreviation"
    if _NAME.match(core) or (len(core) == 1 and core.isupper()):
        return "name"
    return "word" if core[:1].islower() else "other"


def _glued(text: str, lists: Vocabulary) -> str | None:
    """A number with its unit in one word: ``30mg``, ``6wk``."""
    match = _GLUED.match(text)
    if match is None:
        return None
    unit = match.group(1).split("/")[0]
    if lists.unit(unit):
        return "dose"
    return "duration" if lists.time_unit(unit) else None
