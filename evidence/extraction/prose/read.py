"""The running text of a paper as facts, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from evidence.documents.base import Document
from evidence.extraction.prose.bound import Bound
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.groups import find_sized
from evidence.extraction.prose.mentions import Mention, find_mentions, grade_near
from evidence.extraction.prose.nobody import find_nobody
from evidence.extraction.prose.outcomes import bind
from evidence.extraction.prose.people import (
    find_evaluable,
    find_people,
    find_sexes,
    find_shared,
    find_single_case,
)
from evidence.extraction.prose.rates import WORDS, Rate, find_rates
from evidence.extraction.prose.scopes import (
    Scope,
    compartment_of,
    is_of_responders,
    scope_after,
    scope_of,
    scope_within,
    total_of,
)
from evidence.extraction.prose.sentences import Sentence, read_sentences
from evidence.extraction.prose.time_found import TimeStated
from evidence.extraction.prose.times import find_stated_times
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_COUNTS = re.compile(
    rf"\d|\b(?:no|none|without|neither|first|all|case|patient|{'|'.join(WORDS)})\b", re.IGNORECASE
)
_CLAIM = re.compile(
    r"\b(?:largest|first (?:report|case|series)|not (?:been )?(?:observed|reported) in any|"
    r"no other (?:series|study)|"
    r"\d+ (?:series|case reports|studies))\b",
    re.IGNORECASE,
)
_UNWANTED = re.compile(
    r"\b(?:toxicit\w+|adverse|side effects?|complicat\w+|occurr\w+|develop\w+|experienc\w+|"
    r"complain\w+|mentioned|grades?|events?|reactions?|observed|documented|recorded|reported|"
    r"tolerated|infect\w+|related|suffered|seen|noted|died|"
    r"discontinu\w+|withdr\w+|stop(?:ped)?|"
    r"deaths?|(?:cases?|episodes?|instances?) of|reactivation|G\s?[1-5])\b",
    re.IGNORECASE,
)
"""What a sentence says when the complications it counts are those of the treatment."""
_DIED_OF = re.compile(
    r"\b(?:died (?:of|from|due to|because of)|deaths? (?:from|due to)|fatal)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_AT_ENTRY = re.compile(
    r"\b(?:baseline|at (?:entry|diagnosis|presentation|inclusion|enrol)|prior (?:to|therapy|treat)|"
    r"before (?:treatment|therapy|study)|history of|had received|presented with|median age|"
    r"eligib\w+|exclu\w+|prophyla\w+)\b",
    re.IGNORECASE,
)
_BEFORE_STUDY = re.compile(
    r"\b(?:at (?:study )?(?:entry|baseline|inclusion|enrol\w+|diagnosis)|baseline|to which|"
    r"(?:prior|previous|last) (?:chemo\w*|systemic )?(?:therap|treat|regimen|line|chemo)\w*)\b",
    re.IGNORECASE,
)
"""What tells of responses to another treatment, or of the disease as the study began."""
_SAFETY = re.compile(r"toxicit|safety|adverse|tolerab|side.effect|complication", re.IGNORECASE)


def read_prose(document: Document, vocabulary: Vocabulary) -> ProseReading:
    """Every fact of the title, abstract and body; facts about other studies are marked so."""
    facts = [f for s in read_sentences(document) for f in read_sentence(s, vocabulary)]
    return ProseReading(facts=tuple(facts))


def read_sentence(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[ProseFact]:
    """The facts of one sentence, in the order patients, sexes, responses, complications, times."""
    text = sentence.folded
    if not _COUNTS.search(text) and sentence.role != "title":
        return
    yield from _people(sentence, text, vocabulary)
    sexes = find_sexes(text)
    if sexes:
        for name, n in (("F", sexes[0]), ("M", sexes[1])):
            yield _fact(sentence, "sex", sexes[2], sexes[3], name=name, events=n)
    yield from _outcomes(sentence, text, vocabulary)
    for time in find_stated_times(text):
        scope = Scope(name=time.group, kind="arm") if time.group else _nearby(
            text, time.start, time.end, vocabulary
        )  # fmt: skip
        yield _fact(sentence, "time", time.start, time.end, name=time.endpoint, value=time.value,
                    low=time.low, high=time.high, unit=time.unit, statistic=time.statistic,
                    own=sentence.own or (sentence.enrols and _is_found(time)),
                    scope=scope.name, scope_kind=scope.kind)  # fmt: skip
    if sentence.role == "title":
        for token in lex(text, vocabulary, ("diseases",)):
            if token.kind == "diseases":
                yield _fact(sentence, "disease", token.start, token.end, name=token.name)
    if claim := _CLAIM.search(text):
        yield _fact(sentence, "claim", claim.start(), claim.end(), name=claim[0])


def _people(sentence: Sentence, text: str, vocabulary: Vocabulary) -> Iterator[ProseFact]:
    evaluable = find_evaluable(text)
    places = {people.start for people in evaluable}
    stated = [
        *evaluable,
        *(p for p in find_people(text, title=sentence.role == "title") if p.start not in places),
    ]
    for shared in find_shared(text):
        yield _fact(sentence, "patients", shared.start, shared.end, name="treated",
                    events=shared.n, own=sentence.enrols, scope=shared.what,
                    scope_kind="arm")  # fmt: skip
    for label, n, start, end in find_sized(text, vocabulary):
        yield _fact(sentence, "patients", start, end, name="treated", events=n,
                    own=sentence.enrols, scope=label, scope_kind="arm")  # fmt: skip
    case = find_single_case(text)
    for people in (*stated, *([case] if case else [])):
        scope = _nearby(text, people.start, people.end, vocabulary)
        yield _fact(sentence, "patients", people.start, people.end, name=people.what,
                    events=people.n, own=sentence.enrols,
                    scope=scope.name if scope.kind == "arm" else None,
                    scope_kind=scope.kind if scope.kind == "arm" else "")  # fmt: skip


def _is_found(time: TimeStated) -> bool:
    """Whether a time is a finding where methods state it too: a median of follow-up."""
    return time.statistic is not None and time.endpoint in ("treatment", "follow-up")


def _nearby(text: str, start: int, end: int, vocabulary: Vocabulary) -> Scope:
    after = scope_after(text, end, vocabulary)
    return after if after.kind else scope_of(text, start, end, vocabulary)


def _outcomes(sentence: Sentence, text: str, vocabulary: Vocabulary) -> Iterator[ProseFact]:
    mentions, zeros = find_nobody(text, find_mentions(text, vocabulary))
    rates = sorted([*zeros, *_without(zeros, find_rates(text))], key=lambda rate: rate.start)
    if not mentions or not rates:
        return
    evaluable = find_evaluable(text)
    unwanted = _SAFETY.search(sentence.section or "") or (
        _UNWANTED.search(text) and not _AT_ENTRY.search(text)
    )
    bound = bind(text, mentions, rates)
    for found in bound:
        found.compartment = _compartment(text, found)
    before = _BEFORE_STUDY.search(text) is not None
    for found in bound:
        mention = found.mention
        if mention.kind == "complication" and not unwanted and found.events != 0:
            continue
        scope = _scope(text, found, vocabulary)
        if not scope.kind and (_one_of_several(found, bound) or _compared(text, found, mentions)):
            scope = Scope(name="one of several counts in the sentence", kind="part")
        total = found.total
        if total is None and mention.kind == "response":
            total = total_of(text, found.start)
            if not scope.kind:
                assessed = (p.n for p in reversed(evaluable) if p.start < found.start)
                total = next(assessed, total)
            if total is not None and (found.events or 0) > total:
                total = None
        grade = _grade(text, found) if mention.kind == "complication" else None
        yield _fact(sentence, mention.kind, found.start, found.end, name=mention.name,
                    events=found.events, total=total, percent=found.percent, grade=grade,
                    term=mention.text, fatal=_DIED_OF.search(text[: mention.start]) is not None,
                    everyone=found.everyone, scope=scope.name, scope_kind=scope.kind,
                    compartment=found.compartment, timepoint=found.timepoint,
                    own=sentence.own and not (before and mention.kind == "response"))  # fmt: skip


def _without(zeros: Sequence[Rate], rates: list[Rate]) -> list[Rate]:
    """The rates that stand in no count of nobody."""
    return [r for r in rates if not any(z.start < r.end and r.start < z.end for z in zeros)]


def _grade(text: str, found: Bound) -> str | None:
    """A complication's own grade, or that of the first in its list."""
    grade = grade_near(text, found.mention)
    return grade or (grade_near(text, found.leader) if found.leader else None)


def _one_of_several(found: Bound, bound: list[Bound]) -> bool:
    """Whether a sentence counts a response several times over and does not say of whom."""
    if found.mention.kind != "response" or found.mention.text.lower().startswith("overall"):
        return False
    told = (found.mention.name, found.timepoint, found.compartment)
    others = [b for b in bound if (b.mention.name, b.timepoint, b.compartment) == told]
    return any(
        (b.events is not None and found.events is not None and b.events != found.events)
        or (b.percent is not None and found.percent is not None and b.percent != found.percent)
        for b in others
    )


_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than)\s+"
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


def _compartment(text: str, found: Bound) -> str | None:
    """Where a response was seen, named beside the outcome or after its count."""
    if found.mention.kind != "response":
        return None
    mention = found.mention
    beside = compartment_of(text, mention.start, mention.end)
    return beside or compartment_of(text, found.end, found.end)


def _scope(text: str, found: Bound, vocabulary: Vocabulary) -> Scope:
    """The patients of a bound count: named after it, after the outcome, or over the clause."""
    for end in (*found.rate_ends, found.end):
        after = scope_after(text, end, vocabulary)
        if after.kind:
            return after
    between = text[found.mention.end : max(found.rate_starts)]
    within = scope_within(between, vocabulary)
    scope = within if within.kind else scope_of(text, found.start, found.end, vocabulary)
    kinds = found.mention.kind == "response" and found.mention.name != "ORR"
    return Scope() if kinds and scope.name and is_of_responders(scope.name) else scope


def _fact(sentence: Sentence, kind: str, start: int, end: int, **values: Any) -> ProseFact:
    values = {"own": sentence.own, **values}
    return ProseFact(
        kind=kind, start=start, end=end, sentence=sentence.text, role=sentence.role,
        page=sentence.page, box_pt=sentence.box_pt, **values,
    )  # fmt: skip
