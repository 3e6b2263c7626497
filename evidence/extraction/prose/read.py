"""The running text of a paper as facts, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evidence.documents.base import Document
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.groups import group_after, subset_after
from evidence.extraction.prose.outcomes import bind, find_mentions, grade_near, scope_of
from evidence.extraction.prose.people import find_people, find_sexes
from evidence.extraction.prose.rates import WORDS, find_rates
from evidence.extraction.prose.sentences import Sentence, read_sentences
from evidence.extraction.prose.times import find_stated_times
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_COUNTS = re.compile(rf"\d|\b(?:no|none|without|neither|first|{'|'.join(WORDS)})\b", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:largest|first (?:report|case|series)|not (?:been )?(?:observed|reported) in any|"
    r"no other (?:series|study)|"
    r"\d+ (?:series|case reports|studies))\b",
    re.IGNORECASE,
)
_ZERO = re.compile(
    r"\b(?:no|without|neither|none of (?:the |these )?(?:\w+ )?patients (?:achieved|had|"
    r"showed|obtained)"
    r"(?: an?)?)\s+(?!differences?\b|significant\b|unexpected\b|new\b|other\b|"
    r"further\b)(?:[\w-]+\s+){0,4}?(?<!differences in )(?P<what>complete responses?|partial "
    r"responses?|objective responses?|responses?|"
    r"treatment-related deaths?|[^\W\d][\w-]* (?:complications|toxicit(?:y|ies)|adverse events|"
    r"side effects))\b",
    re.IGNORECASE,
)


def read_prose(document: Document, vocabulary: Vocabulary) -> ProseReading:
    """Every fact of the title, abstract and body; facts about other studies are marked so."""
    facts = [f for s in read_sentences(document) for f in read_sentence(s, vocabulary)]
    return ProseReading(facts=tuple(facts))


def read_sentence(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[ProseFact]:
    """The facts of one sentence, in the order patients, sexes, responses, complications, times."""
    text = sentence.folded
    if not _COUNTS.search(text) and sentence.role != "title":
        return
    for people in find_people(text):
        yield _fact(sentence, "patients", people.start, people.end, name=people.what,
                    events=people.n, scope=scope_of(text, people.start))  # fmt: skip
    sexes = find_sexes(text)
    if sexes:
        for name, n in (("F", sexes[0]), ("M", sexes[1])):
            yield _fact(sentence, "sex", sexes[2], sexes[3], name=name, events=n)
    yield from _outcomes(sentence, text, vocabulary)
    for time in find_stated_times(text):
        yield _fact(sentence, "time", time.start, time.end, name=time.endpoint, value=time.value,
                    low=time.low, high=time.high, unit=time.unit, statistic=time.statistic,
                    scope=time.group or scope_of(text, time.start))  # fmt: skip
    if sentence.role == "title":
        for token in lex(text, vocabulary, ("diseases",)):
            if token.kind == "diseases":
                yield _fact(sentence, "disease", token.start, token.end, name=token.name)
    if claim := _CLAIM.search(text):
        yield _fact(sentence, "claim", claim.start(), claim.end(), name=claim[0])


def _outcomes(sentence: Sentence, text: str, vocabulary: Vocabulary) -> Iterator[ProseFact]:
    rates = find_rates(text)
    mentions = find_mentions(text, vocabulary) if rates else []
    for found in bind(text, mentions, rates):
        mention = found.mention
        grade = grade_near(text, mention) if mention.kind == "complication" else None
        scope = (
            group_after(text, found.end)
            or subset_after(text, found.end)
            or scope_of(text, mention.start)
        )
        yield _fact(sentence, mention.kind, found.start, found.end, name=mention.name,
                    events=found.events, total=found.total, percent=found.percent, grade=grade,
                    scope=scope)  # fmt: skip
    for zero in _ZERO.finditer(text):
        outcome = vocabulary.response(zero["what"])
        if re.fullmatch("responses?", zero["what"], re.IGNORECASE):
            outcome = "ORR"
        kind = "response" if outcome in ("CR", "PR", "ORR") else "complication"
        yield _fact(sentence, kind, zero.start(), zero.end(), events=0,
                    name=outcome if kind == "response" and outcome else zero["what"],
                    scope=scope_of(text, zero.start()))  # fmt: skip


def _fact(sentence: Sentence, kind: str, start: int, end: int, **values: Any) -> ProseFact:
    return ProseFact(
        kind=kind, start=start, end=end, sentence=sentence.text, role=sentence.role,
        own=sentence.own, page=sentence.page, box_pt=sentence.box_pt, **values,
    )  # fmt: skip
