"""Of whom a bound count is: the patients, the compartment, and whether it is one of several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.prose.bound import Bound
from evidence.extraction.prose.mentions import Mention
from evidence.extraction.prose.scopes import (
    ONE_OF_SEVERAL,
    Scope,
    compartment_of,
    is_of_responders,
    scope_after,
    scope_of,
    scope_within,
)
from evidence.vocabulary import Vocabulary

_OF_LESIONS = re.compile(r"^(?!all\b).*\b(?:lesions|tumou?rs)\b", re.IGNORECASE)
"""What is counted in place of patients: ``11 of 16 lesions``."""


def of_whom(
    text: str, found: Bound, bound: list[Bound], mentions: Sequence[Mention],
    vocabulary: Vocabulary,
) -> Scope:  # fmt: skip
    """The patients a bound count is of; a part where a sentence counts several and says of none."""
    if found.group is not None:
        return Scope(name=found.group, kind="arm")
    counts = [text[a:b] for a, b in zip(found.rate_starts, found.rate_ends, strict=True)]
    if found.mention.kind == "response" and any(_OF_LESIONS.search(count) for count in counts):
        return Scope(name="lesions", kind="part")
    scope = _scope(text, found, vocabulary)
    if not scope.kind and (_one_of_several(found, bound) or _compared(text, found, mentions)):
        return Scope(name=ONE_OF_SEVERAL, kind="part")
    return scope


_OF_THE_WHOLE = re.compile(
    r"\b(?:overall|total|altogether|whole|entire|all|both|together)\b", re.IGNORECASE
)


def carried(text: str, start: int, earlier: Sequence[tuple[int, Scope]]) -> Scope:
    """The one arm or disease that all counts before ``start`` are of, each given with its end, for
    what follows a semicolon: ``3 CRs were seen in the GCT cohort; 10 patients had SD``."""
    before = [(end, scope) for end, scope in earlier if end <= start]
    if len({scope for _, scope in before}) != 1:
        return Scope()
    end, scope = before[-1]
    between = text[end:start]
    joined = ";" in between and not _OF_THE_WHOLE.search(between)
    return scope if joined and scope.kind in ("arm", "disease") else Scope()


def place_in_list(found: Bound, bound: list[Bound]) -> tuple[int, int, int] | None:
    """(which, of how many, where the last ends) of counts that one mention has side by side."""
    same = sorted((b for b in bound if b.mention is found.mention), key=lambda b: b.rate_starts)
    if len(same) < 2:
        return None
    return same.index(found), len(same), max(b.rate_ends[-1] for b in same)


def _one_of_several(found: Bound, bound: list[Bound]) -> bool:
    """Whether a sentence counts a response several times over and does not say of whom."""
    if found.mention.kind == "complication":
        same = [b for b in bound if b.mention is found.mention and b.grade == found.grade]
        return len({b.events for b in same}) > 1
    if found.mention.text.lower().startswith("overall"):
        return False
    told = (found.mention.name, found.timepoint, found.compartment)
    others = [b for b in bound if (b.mention.name, b.timepoint, b.compartment) == told]
    return any(
        (b.events is not None and found.events is not None and b.events != found.events)
        or (b.percent is not None and found.percent is not None and b.percent != found.percent)
        for b in others
    )


_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|"
    r"(?<!more )(?<!less )(?<!fewer )(?<!greater )(?<!higher )than)\s+"
    r"(?:[a-z-]+\s+){0,3}\(?\d",
    re.IGNORECASE,
)


def _compared(text: str, found: Bound, mentions: Sequence[Mention]) -> bool:
    """Whether the next number is another group's: ``79 % as compared with 58 %``."""
    end = found.end
    if text.count("(", 0, end) > text.count(")", 0, end):
        end = max(text.find(")", end) + 1, end)
    against = _AGAINST.search(text, end)
    if against is None:
        return False
    between = re.sub(r"\([^()]*\)", "", text[end : against.start()])
    named = any(m.name == found.mention.name and end <= m.start < against.start() for m in mentions)
    return not named and re.search(r"\d|;|\.\s", between) is None


def compartment(text: str, found: Bound) -> str | None:
    """Where a response was seen, named beside the outcome or after its count."""
    if found.mention.kind != "response":
        return None
    mention = found.mention
    beside = compartment_of(text, mention.start, mention.end)
    return beside or compartment_of(text, found.end, found.end)


_LED = re.compile(r"(?:of|among)\b", re.IGNORECASE)
"""A count that begins with its whole: ``Of ten patients with glioma one``."""


def _scope(text: str, found: Bound, vocabulary: Vocabulary) -> Scope:
    """The patients of a bound count: named after it, after the outcome, or over the clause."""
    for end in (*found.rate_ends, found.end):
        after = scope_after(text, end, vocabulary)
        if after.kind:
            return after
    for start, end in zip(found.rate_starts, found.rate_ends, strict=True):
        if _LED.match(text, start) and (within := scope_within(text[start:end], vocabulary)).kind:
            return within
    between = text[found.mention.end : max(found.rate_starts)]
    within = scope_within(between, vocabulary)
    scope = within if within.kind else scope_of(text, found.start, found.end, vocabulary)
    kinds = found.mention.kind == "response" and found.mention.name != "ORR"
    return Scope() if kinds and scope.name and is_of_responders(scope.name) else scope
