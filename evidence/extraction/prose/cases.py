"""The outcome of a paper on a single patient, which no count states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.prose.mentions import Mention, find_mentions
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.sentences import Sentence
from evidence.model.series import Responses
from evidence.model.source import How
from evidence.vocabulary import Vocabulary

_REACHED = re.compile(
    r"\b(?:achiev\w+|obtain\w+|attain\w+|reach\w+|experienc\w+|show\w+|demonstrat\w+|resulted in|"
    r"resulting in|led to|leading to|induced?|with|had|in|into)\s+(?:an?\s+|the\s+)?"
    r"(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(r"\b(?:not|no|without|can|may|might|could|patients|before|until)\b", re.I)
BEST = ("CR", "PR")


def single_outcome(
    path: str, sentences: Sequence[Sentence], vocabulary: Vocabulary, notes: Notes
) -> Responses | None:
    """CR or PR of the only patient, where the sentences of the case tell of one kind alone."""
    found: dict[str, tuple[Sentence, Mention]] = {}
    for sentence in (s for s in sentences if s.own and s.role != "title"):
        text = sentence.folded
        if _NOT_OURS.search(text):
            continue
        for mention in find_mentions(text, vocabulary):
            if mention.kind == "response" and _REACHED.search(text[: mention.start]):
                found.setdefault(mention.name, (sentence, mention))
    kinds = [name for name in BEST if name in found]
    if len(kinds) != 1 or "PD" in found:
        return None
    sentence, mention = found[kinds[0]]
    words = sentence.text[mention.start : mention.end]
    notes.words(f"{path}.{kinds[0]}", sentence, words, how=How.DERIVED)
    return Responses(total=None, **{kinds[0]: 1})
