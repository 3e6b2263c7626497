"""Counts of two groups that a sentence compares: ``in the A arm than in the B arm (1 vs 9)``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from evidence.extraction.prose.bound import Bound
from evidence.extraction.prose.mentions import Mention
from evidence.extraction.prose.rates import Rate

_NAME = r"[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,3}?"
_WHAT = r"(?:treatment\s+)?(?:groups?|arms?|cohorts?)"
_THAN = r"(?:than|(?:as\s+)?compared\s+(?:with|to)|versus|vs\.?|and)"
_LETTERED = rf"{_WHAT}\s+(?:(?-i:[A-Z])|\d)\b"
_ONE = (
    rf"[^.;()%\d]{{0,60}}?\b(?:in|for|of|with)\s+(?:the\s+)?"
    rf"(?P<one>{_LETTERED}|{_NAME}(?=\s+{_WHAT}|\s*[(\[]))(?:\s+{_WHAT})?"
)
_OTHER = (
    rf"{_THAN}\s+(?:(?:in|for|with|that in|that of)\s+)?(?:the\s+)?"
    rf"(?P<other>{_LETTERED}|{_NAME}(?=\s+{_WHAT}))(?:\s+{_WHAT})?"
)
_OPEN = r"\s*(?:[(\[]|,|:|\b(?:was|were|had|at)\b)*\s*"
_BOTH_BEFORE = re.compile(rf"{_ONE}\s+{_OTHER}{_OPEN}", re.IGNORECASE)
_VERSUS = re.compile(rf"\s*(?:{_THAN}|,|/)\s*", re.IGNORECASE)
_FIRST_BEFORE = re.compile(rf"{_ONE}{_OPEN}", re.IGNORECASE)
_SECOND_BEFORE = re.compile(rf"[^.;()\d]{{0,20}}?[)\]]?\s*,?\s*{_OTHER}{_OPEN}", re.IGNORECASE)


def find_contrasts(
    text: str, mentions: Sequence[Mention], rates: Sequence[Rate]
) -> list[tuple[Bound, Bound]]:
    """For each outcome counted in two named groups, the count of the one and of the other."""
    found: list[tuple[Bound, Bound]] = []
    for at, mention in enumerate(mentions):
        following = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
        after = [r for r in rates if mention.end <= r.start and r.end <= following]
        for first, second in itertools.pairwise(after[:2]):
            if names := _groups(text, mention, first, second):
                found.append((_bound(mention, first, names[0]), _bound(mention, second, names[1])))
    return found


def _groups(text: str, mention: Mention, first: Rate, second: Rate) -> tuple[str, str] | None:
    both = _BOTH_BEFORE.fullmatch(text, mention.end, first.start)
    if both and _VERSUS.fullmatch(text, first.end, second.start):
        return both["one"], both["other"]
    one = _FIRST_BEFORE.fullmatch(text, mention.end, first.start)
    other = _SECOND_BEFORE.fullmatch(text, first.end, second.start)
    return (one["one"], other["other"]) if one and other else None


def _bound(mention: Mention, rate: Rate, group: str) -> Bound:
    found = Bound(mention=mention, start=rate.start, end=rate.end, group=group)
    found.add(rate)
    return found
