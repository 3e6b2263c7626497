"""The clauses of a sentence that give one drug its dose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

DOSE = re.compile(r"\d\s*(?:mg|g|µg|mcg|IU|MU|Gy|AUC)\b", re.IGNORECASE)
_NEXT_DOSE = re.compile(
    r"(?:(?:and|or|plus|with|,)?\s*\d+(?:\.\d+)?\s*(?:mg|g|µg|mcg|IU|"
    r"MU)(?:\s*/\s*\w+)?\s+(?:(?:for\s+[\w-]+\s+\w+\s+)?of\s+)?|(?:and|plus|with|,)\s+(?!\d+\s)(?:[\w-]+\s+){1,4}?"
    r"(?:infusions?|bolus|injections?)\s+of\s+)?$",
    re.IGNORECASE,
)
"""A dose that stands before the next drug's name is that drug's."""
_LAST_DOSE = re.compile(
    r"^\W{0,3}\d+(?:\.\d+)?\s*(?:mg|g|µg|mcg|IU|MU)(?:\s*/\s*\w+)?", re.IGNORECASE
)
"""A dose that follows another drug's name is that one's."""
_PAST = re.compile(
    r"\b(?:cumulative|previous(?!ly (?:un)?treated)|prior|premedicat|prophyla|mice|rats|in vitro|"
    r"reduc(?:ed|tion)|level\b|currently|standard (?:dose|treatment|therapy|regimen)|approved|"
    r"recommended|usual(?:ly)?|some authors|dose[- ]limiting toxicit\w+ (?:was|were|occurred|at)|"
    r"(?:have|has) (?:been )?used)",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\bwho (?:had|have)\b[^,;]*?\b(?:therap\w+|treatments?|chemotherapy|regimens?)\b",
    re.IGNORECASE,
)
"""What the patients had been given before, in a clause that says who they are."""
_PARTS = re.compile(r";|\band (?=(?:then )?(?:reduced|tapered))|(?<=[a-z]\.)\s+(?=[A-Z][a-z]+\s)")


_WITH = re.compile(
    r"(?:\b(?:plus|with|and|or)|\+)\s+(?P<name>(?-i:[A-Z][A-Z0-9/-]{1,7}))\s+(?=(?:AUC\s*)?\d[\d.,]*\s*"
    r"(?:mg|g|µg|mcg|IU|MU|AUC)\b)",
    re.IGNORECASE,
)
"""A drug given with it that has a dose of its own and only its abbreviation: ``plus CP 75 mg``."""


def find_clauses(
    text: str, names: Sequence[str], vocabulary: Vocabulary, *, alone: bool
) -> list[str]:
    """The dosed clauses of a drug by its ``names``.

    Where it is the ``alone`` drug of the series, clauses that name no drug count too.
    """
    clauses = []
    for part in _PARTS.split(text):
        if _PAST.search(_HISTORY.sub(" ", part)) or not DOSE.search(part):
            continue
        mentions = [t for t in lex(part, vocabulary, ("drugs",)) if t.kind == "drugs"]
        spans = [(t.start, t.end) for t in mentions]
        own = [
            m.span()
            for n in names
            for m in re.finditer(rf"(?<!\w){re.escape(n)}(?!\w)", part, re.I)
        ]
        own += [
            (t.start, t.end)
            for t in mentions
            if t.name in names[:1] and not any(a < t.end and t.start < b for a, b in own)
        ]
        if not own:
            if alone and not spans:
                clauses.append(part)
            continue
        spans += [m.span("name") for m in _WITH.finditer(part)]
        others = [s for s in spans if not any(a < s[1] and s[0] < b for a, b in own)]
        for start, _ in own:
            stop = min((a for a, _ in others if a > start), default=len(part))
            if stop < len(part):
                stop -= len(_NEXT_DOSE.search(part[start:stop])[0])  # type: ignore[index]
            begin = max((b for _, b in others if b <= start), default=0)
            after = part[_before_route(part, begin, start, vocabulary) : stop]
            whole = part[begin:stop]
            if begin:
                whole = _LAST_DOSE.sub("", whole)
            clauses.append(after if DOSE.search(after) else whole)
    return [clause for clause in clauses if DOSE.search(clause)]


def _before_route(part: str, begin: int, start: int, vocabulary: Vocabulary) -> int:
    """Where a clause begins: ``weekly oral temozolomide 150 mg``, with what stands before the
    drug's name."""
    for token in reversed(lex(part[begin:start], vocabulary, ("routes", "schedules"))):
        if token.kind not in ("routes", "schedules"):
            break
        start = begin + token.start
    return start
