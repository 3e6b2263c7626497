"""What a head says: whether it is a word for a column, two in one, and what it promises below."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence.vocabulary import load_vocabulary

_COUNTS = {"n", "N", "No.", "no."}
_COUNTED = {"series", "reference", "design", "disease", "regimen", "drug", "dose", "route", "year"}
"""Columns of which a count is another column."""
_SHORTEST = 3
"""Letters from which a known head tells one by itself."""
_KINDS = {
    "series": "label",
    "reference": "label",
    "year": "year",
    "patients": "count",
    "total": "count",
    "disease": "disease",
    "regimen": "regimen",
    "drug": "regimen",
    "dose": "regimen",
    "route": "route",
    "schedule": "regimen",
    "treatment_duration": "duration",
    "response_duration": "duration",
    "time_to_response": "duration",
    "follow_up": "duration",
    "survival": "duration",
    "cycles": "number",
    "response": "response",
    "complications": "events",
    "age": "number",
    "sex": "sex",
}
"""Name of a column in the word list → kind of words its cells hold; others are free text."""


@lru_cache(maxsize=8192)
def holds_two(text: str) -> bool:
    """Whether a head that is no known one itself is two that are, or more."""
    tokens = _tokens(text)
    if is_known_head(" ".join(tokens)):
        return False
    half = len(tokens) // 2
    if half > 1 and tokens[:half] == tokens[half:]:
        return True
    for k in range(1, len(tokens)):
        left, right = " ".join(tokens[:k]), " ".join(tokens[k:])
        if right in _COUNTS and load_vocabulary().column(_bare(left)) in _COUNTED:
            return True
        if is_known_head(left) and (is_known_head(right) or holds_two(right)):
            return True
    return False


def is_known_head(phrase: str) -> bool:
    """Whether a phrase is a word for a column by itself."""
    lists = load_vocabulary()
    if len(phrase) < _SHORTEST or not phrase[:1].isupper():
        return False
    ways = (phrase, _bare(phrase))
    return any(lists.column(t) or lists.response(t) or lists.endpoint(t) for t in ways)


def _bare(phrase: str) -> str:
    """Without brackets at the end."""
    return re.sub(r"\s*\([^)]*\)$", "", phrase)


@lru_cache(maxsize=8192)
def known_words(text: str) -> tuple[int, int, bool, int]:
    """(words of the longest known head inside, all words, whether it ends the head, its place)."""
    lists = load_vocabulary()
    tokens = _tokens(text)
    for size in range(len(tokens), 0, -1):
        for start in range(len(tokens) - size, -1, -1):
            phrase = " ".join(tokens[start : start + size])
            if lists.column(phrase) or lists.response(phrase) or lists.endpoint(phrase):
                return size, len(tokens), start + size == len(tokens), start
    return 0, len(tokens), False, 0


def _tokens(text: str) -> list[str]:
    parts = re.sub(r"[◦°º*†‡§]", "", text).split()
    return [part for part in parts if part.lower() not in {"the", "a"}]


@lru_cache(maxsize=8192)
def kind_of_head(text: str) -> str:
    """The kind of words a head promises; ``text`` where it promises none."""
    lists = load_vocabulary()
    bare = re.sub(r"\([^)]*\)|,?\s*(?:n|no\.?)?\s*\(?%\)?$", " ", text)
    tokens = _tokens(bare) or _tokens(text)
    for whole in (text, " ".join(tokens)):
        if lists.column(whole):
            return _KINDS.get(lists.column(whole) or "", "text")
        if lists.response(whole):
            return "rate"
        if lists.endpoint(whole):
            return "duration"
    if any(len(token) > 1 and lists.time_unit(token.strip(",").lower()) for token in tokens[:1]):
        return "duration"
    for size in range(len(tokens) - 1, 0, -1):
        ends = [len(tokens) - size, *range(len(tokens) - size)]
        for place, start in enumerate(ends):
            phrase = " ".join(tokens[start : start + size])
            name = lists.column(phrase) or ("follow_up" if lists.endpoint(phrase) else None)
            if name and size / len(tokens) >= (0.25 if place == 0 else 0.4):
                return _KINDS.get(name, "text")
    return "text"
