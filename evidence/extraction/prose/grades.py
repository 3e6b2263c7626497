"""The grade a sentence gives a complication."""

from __future__ import annotations

import re

from evidence.extraction.outcomes_table.toxicity import grade_of

GRADE = (
    r"(?:\b(?:grades?(?:\s*\(G\))?|gr\.?)|(?-i:\bG))\s*[≥>]?=?\s*(?:[1-5]\b|\b(?:IV|I{1,3}|V)\b)"
    r"(?:\s*(?:-|/|and/or|or|and|to|,)\s*(?:grades?\s+)?(?:[1-5]\b|\b(?:IV|I{1,3}|V)\b))*"
    r"(?:\s*(?:or (?:higher|greater|more|above|worse)|and above))?"
)
_GRADED = re.compile(GRADE, re.IGNORECASE)
_HEAD = re.compile(
    r"^[\s,()]*(?:(?:or|and|higher|treatment|drug|therapy|related|emergent|non|(?:non)?ha?ematolog\w+|"
    r"laboratory|most|common|frequent|serious|acute|late|clinical|other|study|adverse|side)[\s-]*)*"
    r"(?:adverse (?:events?|effects?|reactions?)|AEs?|toxicit(?:y|ies)|events?|side effects?|"
    r"complications|reactions|abnormalities)\b",
    re.IGNORECASE,
)
"""What a grade stands before when it holds for a whole list: ``grade 3-4 adverse events were``."""
_OVER_LIST = re.compile(
    rf"(?:toxicit(?:y|ies)|adverse events|AEs|side effects|complications)\s*"
    rf"[(\[](?P<over>{GRADE})[)\]]\s+"
    rf"(?:included|comprised|consisted of|were|was)\s(?:(?!{GRADE}|;|\.\s).)*$",
    re.IGNORECASE,
)
"""A grade over all that a clause lists: ``toxicity (grades 3 and 4) included``."""
_GRADE_AFTER = re.compile(
    rf"\s*(?:(?:[(\[]\s*|,\s*)(?P<grade>{GRADE})\s*[)\],]|of\s+(?P<of>{GRADE})\b|(?:was|were)\s+(?:the\s+)?"
    rf"(?:[a-z-]+\s+){{0,4}}?(?P<most>{GRADE})\s+(?:[a-z-]+\s+){{0,3}}?(?:toxicit|adverse|side|event|complication))",
    re.IGNORECASE,
)
"""``fever (grade 3)``, ``mucositis of grade 2``, ``was the most common grade 4 toxicity``."""


_BEFORE_COUNT = re.compile(
    rf"(?P<grade>{GRADE})\s*(?:toxicity\s+)?(?:in|,|:|\()?\s*$", re.IGNORECASE
)
_EACH = re.compile(r"(?P<one>[1-5]|IV|I{1,3}|V)\s*(?:,|and|/)\s*(?P<other>[1-5]|IV|I{1,3}|V)\s*$")


def grade_of_count(text: str, start: int, end: int) -> str | None:
    """The grade between a complication's ``end`` and a count's ``start``: ``grade 4 in five``."""
    found = _BEFORE_COUNT.search(text[end:start]) if end < start else None
    return grade_of(found["grade"])[0] if found else None


def grades_listed(text: str, start: int) -> list[str]:
    """The two grades a complication's list begins with: ``grade 3 and 4 neutropenia``."""
    graded = next((m for m in _GRADED.finditer(text) if text[m.end() : start].strip() == ""), None)
    each = _EACH.search(graded[0]) if graded else None
    found = [grade_of(f"grade {each[part]}")[0] for part in ("one", "other")] if each else []
    return [grade for grade in found if grade]


def grade_near(text: str, start: int, end: int) -> str | None:
    """The grade right before a complication, or over the list of complications it stands in."""
    clause = max(text.rfind(";", 0, start), text.rfind(". ", 0, start)) + 1
    found = None
    for match in _GRADED.finditer(text, clause, start):
        between = text[match.end() : start]
        near = re.fullmatch(r"[\s()]*(?:[a-z-]+[\s)]+){0,2}", between, re.IGNORECASE)
        if (near and not re.search(r"\b(?:and|or|in|with)\b", between)) or _HEAD.match(between):
            found = match
    if found is None:
        found = _OVER_LIST.search(text, clause, start)
    if found is None:
        return grade_after(text, end)
    return _read(found.groupdict().get("over") or found[0])


def grade_after(text: str, end: int) -> str | None:
    """The grade said right after a complication: ``of grade 3 or 4``, ``(grade 2)``."""
    after = _GRADE_AFTER.match(text, end)
    return _read(after["grade"] or after["of"] or after["most"]) if after else None


def _read(words: str) -> str | None:
    joined = re.sub(r"\s*and/or\s*(?:grades?\s*)?", "-", words, flags=re.IGNORECASE)
    return grade_of(re.sub(r"\bG\s*(?=\d)", "grade ", joined))[0]
