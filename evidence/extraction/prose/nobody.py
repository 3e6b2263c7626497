"""Outcomes and complications that nobody had: ``no complete responses``, ``no nausea or rash``."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extraction.prose.grades import GRADE
from evidence.extraction.prose.mentions import Mention
from evidence.extraction.prose.rates import NUMBER, PERSONS, Rate

_ADJECTIVES = (
    rf"(?:(?:{GRADE}|(?!differences?\b|significant|unexpected\b|new\b|other\b|further\b|clear\b|n?or\b|and\b|"
    r"evidence\b|history\b|prior\b|previous\b|prophyla)[\w-]+)\s+){0,3}"
)
_NO = re.compile(rf"\b(?:no|neither)\s+{_ADJECTIVES}$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?:%|\d|\b(?:{NUMBER}))\s*(?:[)\]]\s*)?(?:(?:of\s+(?:the\s+)?)?{PERSONS}\s+)?(?:[(\[][^)\]]*[)\]]\s*)?"
    r"(?:(?:was|were)\s+)?(?:in|had|showed|with|achieved|obtained|experienced)\s+$",
    re.IGNORECASE,
)
"""Counted patients before a *no*, who alone had none: ``14.3% were in no remission``."""
_OR = re.compile(rf"\s*(?:,|\b(?P<last>or|nor)\b)+\s*{_ADJECTIVES}", re.IGNORECASE)
_SEEN = re.compile(
    r"\s*(?:[.;,]|$)|\s+(?:in|among)\b|\s+(?:(?:was|were)\s+(?:seen|observed|noted|documented|recorded|obtained|"
    r"reported)|occurred)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    rf"(?:\s+(?:was|were)\s+\w+)?\s+in\s+(?:the\s+(?:other|remaining|first|last)\s+)?(?:{NUMBER}|\d)",
    re.IGNORECASE,
)
"""Those who had none, counted: ``no response was seen in nine patients (19%)``."""
_THERE = re.compile(r"(?:^|\bthere (?:was|were)\s+|[;,]\s+(?:and\s+|but\s+)?)$", re.IGNORECASE)
_GENERAL = re.compile(
    r"\bno\s+(?P<what>(?!other|further|new|unexpected|significant)[^\W\d_][\w-]*\s+(?:complications|"
    r"toxicit(?:y|ies)|adverse events|side effects))\b",
    re.IGNORECASE,
)


def find_nobody(text: str, mentions: list[Mention]) -> tuple[list[Mention], list[Rate]]:
    """The mentions, with *no responses were seen* as responses, and a count of 0 before each that
    the sentence denies everybody."""
    told = [_as_denied(text, mention) for mention in mentions]
    told += [
        Mention(kind="complication", name=m["what"], text=m["what"], start=m.start("what"),
                end=m.end("what"))
        for m in _GENERAL.finditer(text)
        if not any(t.start < m.end("what") and m.start("what") < t.end for t in told)
    ]  # fmt: skip
    told.sort(key=lambda m: m.start)
    zeros: list[Rate] = []
    chain: list[Mention] = []
    for mention in told:
        no = _NO.search(text, 0, mention.start)
        if no and (_COUNTED.search(text[: no.start()]) or _SOME.match(text, mention.end)):
            no = None
        if no:
            zeros.append(_zero(no.start(), mention.start))
            chain = [mention]
        elif chain and (joint := _OR.fullmatch(text, chain[-1].end, mention.start)):
            chain.append(mention)
            if joint["last"]:
                zeros += [_zero(m.start, m.start) for m in chain[1:]]
                chain = [mention]
        else:
            chain = []
    return told, zeros


def _as_denied(text: str, mention: Mention) -> Mention:
    """*No responses were seen* denies responses; *two showed no response* counts two without."""
    if not re.fullmatch(r"no responses?", mention.text, re.IGNORECASE):
        return mention
    alone = _THERE.search(text[: mention.start]) and _SEEN.match(text, mention.end)
    if not alone or _SOME.match(text, mention.end):
        return mention
    return replace(mention, name="ORR", start=mention.start + 3, text=mention.text[3:])


def _zero(start: int, end: int) -> Rate:
    return Rate(start=start, end=end, events=0, total=None, percent=None)
