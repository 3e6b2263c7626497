"""Whether a paper only plans a study: a protocol, which reports no result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.prose.sentences import Sentence

_TITLED = re.compile(
    r"\b(?:study|trial) (?:protocol|design)\b|\bprotocol (?:for|of) (?:an?|the) [^:.]{0,60}?"
    r"\b(?:trial|study)\b(?! group)",
    re.IGNORECASE,
)
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
    return _TITLED.search(title) is not None or (abstract and not results) or len(future) >= OFTEN
