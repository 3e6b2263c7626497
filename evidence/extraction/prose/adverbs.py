"""Responses that adverbs and brackets tell of: ``two responded completely and three partially``."""

from __future__ import annotations

import re

from evidence.extraction.prose.rates import NUMBER, PEOPLE

_RESPONDED = r"\brespond(?:ed|ing)?"
_ADVERB = re.compile(rf"{_RESPONDED}\s+(?P<how>completely|partially)\b", re.IGNORECASE)
_ELLIPTIC = re.compile(
    rf"(?:,|;|\band)\s+(?:{NUMBER})\s+(?:{PEOPLE}\s+)?(?P<how>completely|partially)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    rf"{_RESPONDED}\s*[(\[](?:{NUMBER})\s+(?P<one>complete|partial)(?:ly)?(?:\s*[,;]\s*|\s+)"
    rf"(?:and\s+)?(?:{NUMBER})\s+(?P<other>complete|partial)(?:ly)?\s*[)\]]",
    re.IGNORECASE,
)


def find_kinds(text: str) -> list[tuple[str, int, int]]:
    """(CR or PR, start, end) of the words that say how patients responded."""
    places = [m.span("how") for m in _ADVERB.finditer(text)]
    if places:
        places += [m.span("how") for m in _ELLIPTIC.finditer(text, places[0][1])]
    for match in _BRACKET.finditer(text):
        places += [match.span("one"), match.span("other")]
    return [("CR" if text[a].lower() == "c" else "PR", a, b) for a, b in sorted(places)]


def is_qualified(after: str) -> bool:
    """Whether an adverb right after *responded* makes it one kind of response."""
    return re.match(r"\s+(?:completely|partially)\b", after, re.IGNORECASE) is not None
