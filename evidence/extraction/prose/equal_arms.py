"""The size that a sentence gives each of its arms: ``(n = 40 each)``, ``two equal groups``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.extraction.prose.people import count_people
from evidence.extraction.prose.rates import NUMBER, PERSONS, to_int

_WHAT = r"(?:treatment\s+|study\s+)?(?:groups?|arms?)\b"
_EACH = re.compile(
    rf"[nN]\s*=\s*(?P<n>\d+)\s*(?:,\s*)?(?:each\b|(?:in|per|for)\s+(?:each|both)\b)|"
    rf"\beach\s+{_WHAT}\s*\(\s*[nN]\s*=\s*(?P<of>\d+)\s*\)|"
    rf"(?P<people>{NUMBER})\s+(?:{PERSONS}\s+)?(?:(?:in|to)\s+each\s+{_WHAT}|per\s+{_WHAT})|"
    rf"{_WHAT}\s+of\s+(?P<several>{NUMBER})\s+(?:{PERSONS}\s+)?each\b",
    re.IGNORECASE,
)
_EQUAL = re.compile(
    rf"\b(?P<arms>{NUMBER})\s+equal(?:ly\s+sized|-sized)?\s+{_WHAT}|"
    rf"\bequally\s+(?:into|to|between|among)\s+(?P<into>{NUMBER})\s+{_WHAT}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualSize:
    """How many patients each arm has; ``derived`` where it is a share of all of them."""

    n: int
    derived: bool = False
    at: int
    """Which of the texts says it."""
    start: int
    end: int


def equal_size(texts: Iterable[str], arms: int) -> EqualSize | None:
    """The size of each of so many ``arms``, stated or the equal share of the most patients; None
    where no text says it, several differ or the patients do not part equally."""
    parts = list(texts)
    stated = [(at, m) for at, text in enumerate(parts) for m in _EACH.finditer(text)]
    sizes = {to_int(next(n for n in m.groups() if n)) for _, m in stated}
    if len(sizes) == 1:
        at, match = stated[0]
        return EqualSize(n=sizes.pop(), at=at, start=match.start(), end=match.end())
    most = max((n for text in parts for n, _, _ in count_people(text)), default=0)
    for at, text in enumerate(parts):
        equal = _EQUAL.search(text)
        said = to_int(equal["arms"] or equal["into"]) if equal else 0
        if equal and not stated and said == arms and most and most % arms == 0:
            return EqualSize(
                n=most // arms, derived=True, at=at, start=equal.start(), end=equal.end()
            )
    return None
