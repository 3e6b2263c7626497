"""Kinds of response told without the noun: ``complete in three``, ``two responded partially``."""

from __future__ import annotations

import re

from evidence.extraction.prose.rates import NUMBER, PEOPLE

_KIND = re.compile(r"\b(?P<cr>complete|completely)\b|\b(?:partial|partially)\b", re.IGNORECASE)
_NOUN = r"(?:(?:clinical|objective|confirmed)\s+)?(?:response|remission|clearance|regression)s?\b"
_HEAD = re.compile(rf"\brespon(?:d|s)|\b{_NOUN}", re.IGNORECASE)
_BRACKET = r"(?:[(\[][^)\]]*[)\]]\s*)"
_COUNT = (
    rf"(?:in\s+)?(?:(?:an?|the)\s+)?(?:{NUMBER})?\s*(?:{PEOPLE}\s*)?{_BRACKET}?(?:had\s+)?"
    r"(?:an?\s+)?"
)
_BEFORE_NOUN = re.compile(
    rf"\s*(?:{_BRACKET}{_NOUN}|{_BRACKET}?(?:,\s*|\b(?:and|n?or)\s*)+{_COUNT}"
    rf"(?:(?:complete|partial|minor|minimal)(?:,?\s+n?or\s+|,\s+)?)+\s*{_BRACKET}?{_NOUN})",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?:{NUMBER})\s*(?:{PEOPLE}\s*)?{_BRACKET}?"
    rf"(?:(?:of\s+(?:these|the|them|whom|which)\s+)?(?:{_NOUN}\s*)?)?(?:(?:were|was|had|being)\s+)?"
    rf"(?:an?\s+)?(?:respond\w*\s+)?$",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:were|was|being|responded|responding)\s+$", re.IGNORECASE)
_ELLIPTIC = re.compile(r"(?:[,;:]|\band)\s+$", re.IGNORECASE)
_IN = re.compile(rf"\s+(?:in|for)\s+(?:{NUMBER}|\d)", re.IGNORECASE)
_CLOSED = re.compile(r"\s*(?:$|[,.;:()\[\]]|(?:and|or|in|while|but|with)\b)", re.IGNORECASE)


def find_kinds(text: str) -> list[tuple[str, int, int]]:
    """(CR or PR, start, end) of words that say how patients responded, beside no noun of their own.

    They stand before a noun shared with the next (*two complete and six partial responses*), after
    a verb (*the response was complete in three, partial in seven*), or right after a count
    (*nine responded, five completely*), in a sentence that speaks of responses.
    """
    head = _HEAD.search(text)
    if head is None:
        return []
    return [
        ("CR" if match["cr"] else "PR", match.start(), match.end())
        for match in _KIND.finditer(text)
        if _tells(text, match, told=head.start() < match.start())
    ]


def _tells(text: str, match: re.Match[str], *, told: bool) -> bool:
    before = text[: match.start()]
    if _BEFORE_NOUN.match(text, match.end()):
        return True
    if not told or not _CLOSED.match(text, match.end()):
        return False
    if _COUNTED.search(before) or _SAID.search(before):
        return True
    return bool(_ELLIPTIC.search(before) and _IN.match(text, match.end()))


def is_qualified(after: str) -> bool:
    """Whether what follows makes a response one of a kind: ``responded completely``."""
    return (
        re.match(
            r"\s+(?:(?:was|were)\s+)?(?:complete(?:ly)?|partial(?:ly)?)\b(?!\s*(?:in|for)\s+all)",
            after, re.IGNORECASE,
        )
        is not None
    )  # fmt: skip
