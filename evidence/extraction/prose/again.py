"""Further counts of one outcome, of other groups or at other times, beside the first."""

from __future__ import annotations

import itertools
import re

from evidence.extraction.prose.bound import Bound
from evidence.extraction.prose.grades import GRADE
from evidence.extraction.prose.rates import PEOPLE, Rate

_BRACKET = r"(?:\s*[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]])?"
_GROUP = rf"\s*(?:in|at|by|with|for|of(?!\s+(?:the\s+)?{PEOPLE})|on|among|after)\s+[^;()]{{1,50}}?"
_AND_THEN = (
    r",?\s*(?:and|vs\.?|versus|than|to|compared\s+(?:with|to)|whereas|while)"
    r"\s+(?:it\s+)?(?:was\s+)?"
)
_AGAIN = re.compile(
    rf"{_BRACKET}(?:{_GROUP}{_BRACKET}{_AND_THEN}(?:{_GROUP}{_BRACKET})?|"
    rf"{_AND_THEN}{_GROUP}{_BRACKET})"
    r",?\s*(?:(?:was|were|in)\s+)?",
    re.IGNORECASE,
)
"""Between counts of two groups or times: ``41 % at 3 months and 53 % at 6 months``."""
_GRADED = re.compile(
    rf"{_BRACKET}\s*(?:,|\b(?:and|or)\b|\s)+(?:of\s+)?{GRADE}\s+in\s+", re.IGNORECASE
)
"""Between counts of two grades: ``grade 4 in five patients and of grade 3 in nine``."""
_COMMA = re.compile(rf"{_BRACKET}\s*(?:,|,?\s*\b(?:and|or)\b)\s*", re.IGNORECASE)
_OF_GROUP = re.compile(rf"{_BRACKET}\s*(?:in|at|with|for|on|among)\s", re.IGNORECASE)


def count_again(text: str, bound: list[Bound], rate: Rate) -> list[Bound]:
    """A further count of an outcome just counted, of another group or at another time."""
    for one in bound:
        if not one.rate_ends or rate.start < one.end:
            continue
        after = one.mention.end <= one.rate_starts[0]
        listed = after and _COMMA.fullmatch(text, one.end, rate.start)
        graded = one.mention.kind == "complication" and _GRADED.fullmatch(text, one.end, rate.start)
        apart = _AGAIN.fullmatch(text, one.end, rate.start)
        if (
            not listed
            and not graded
            and (not apart or (rate.bare and not _OF_GROUP.match(text, rate.end)))
        ):
            continue
        again = Bound(mention=one.mention, start=rate.start, end=rate.end, leader=one.leader)
        return [again] if again.add(rate) else []
    return []


def counts_before(text: str, bound: list[Bound], rates: list[Rate]) -> list[Bound]:
    """Counts of other groups right before one: ``2 of 5 in arm A and 4 of 7 in B responded``."""
    found: list[Bound] = []
    for rate, following in itertools.pairwise(rates):
        one = next((b for b in bound if following.start in b.rate_starts), None)
        free = not any(rate.start in b.rate_starts for b in bound) and not any(
            rate.end <= b.mention.start < following.start for b in bound
        )
        if (
            free
            and one
            and one.mention.start >= following.end
            and _AGAIN.fullmatch(text, rate.end, following.start)
        ):
            other = Bound(mention=one.mention, start=rate.start, end=rate.end)
            found += [other] if other.add(rate) else []
    return found
