"""Whether a paper has results of its own: not a protocol, not a review of other studies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.prose.sentences import Sentence

_TITLED = re.compile(
    r"\b(?:study|trial) (?:protocol|design)\b|\bprotocol (?:for|of) (?:an?|the) [^:.]{0,60}?"
    r"\b(?:trial|study)\b(?! group)",
    re.IGNORECASE,
)
_REGISTERED = re.compile(
    r"\b(?:projected accrual|(?:estimated|anticipated|planned) (?:enrol+ment|accrual|"
    r"study completion)|recruitment status|primary outcome measures?:)",
    re.IGNORECASE,
)
"""What the record of a trial says that a report of results does not."""
_FUTURE = re.compile(r"\bwill \w+")
_NUMBER = re.compile(r"(?<!table )(?<!figure )\b\d", re.IGNORECASE)
OFTEN = 12
"""Sentences in the future tense that no report of results has."""


def is_plan(sentences: Sequence[Sentence]) -> bool:
    """Whether the title says so, the abstract tells its methods in the future, or most does."""
    title = " ".join(s.text for s in sentences if s.role == "title")
    future = [s for s in sentences if _FUTURE.search(s.text)]
    abstract = any(s.role in ("abstract-methods", "abstract-results") for s in future)
    results = any(
        s.role == "abstract-results" and _NUMBER.search(s.text) and s not in future
        for s in sentences
    )
    if any(_REGISTERED.search(s.text) for s in sentences if s.role.startswith("abstract")):
        return True
    return _TITLED.search(title) is not None or (abstract and not results) or len(future) >= OFTEN


_REVIEWING = re.compile(
    r"\b(?:PubMed|MEDLINE|Embase|Cochrane|PRISMA|LILACS|Scopus)\b|\bliterature (?:search|review)\b|"
    r"\bsystematic(?:ally)? (?:search\w*|review\w*)|\bmeta-?analy|\bpooled analysis\b|"
    r"\b(?:this|the present|our) (?:\w+ )?review\b(?! of (?:the )?(?:\w+ )?(?:records|charts|cases|"
    r"patients|files))|"
    r"\bwe (?:here )?(?:summari[sz]e|discuss|review) (?:the )?(?:current|available|"
    r"literature|recent)|"
    r"\b(?:studies|articles|trials|reports|papers|publications) (?:were (?:found|included|"
    r"identified|reviewed|selected|retrieved|eligible)|involving|met\b)|"
    r"\bthis (?:article|paper|overview|review|commentary|editorial) (?:reviews|summari[sz]es|"
    r"discusses|describes the (?:current|available))\b",
    re.IGNORECASE,
)
_OWN_CASES = re.compile(
    r"\b(?:case|cases|case series|patients?)\b.{0,60}\b(?:and|with)\b.{0,40}\breview\b|"
    r"\bwe (?:present|report|describe|treated|identified|studied)\b",
    re.IGNORECASE,
)


def is_review(sentences: Sequence[Sentence]) -> bool:
    """Whether the abstract says that other studies were searched, and reports no own cases."""
    abstract = [
        s
        for s in sentences
        if s.role.startswith(("title", "abstract")) or "abstract" in (s.section or "").lower()
    ]
    return any(_REVIEWING.search(s.text) for s in abstract) and not any(
        _OWN_CASES.search(s.text) for s in abstract
    )
