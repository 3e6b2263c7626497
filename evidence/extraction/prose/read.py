"""The running text of a paper as facts, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from evidence.documents.base import Document
from evidence.extraction.prose.allot import allot
from evidence.extraction.prose.bound import Bound
from evidence.extraction.prose.facts import ProseFact, ProseReading
from evidence.extraction.prose.grades import grade_after, grade_near
from evidence.extraction.prose.mentions import find_mentions
from evidence.extraction.prose.nobody import find_nobody
from evidence.extraction.prose.of_whom import carried, compartment, of_whom, place_in_list
from evidence.extraction.prose.outcomes import bind
from evidence.extraction.prose.people import (
    count_people,
    find_evaluable,
    find_people,
    find_sexes,
    find_shared,
    find_single_case,
)
from evidence.extraction.prose.rates import WORDS, Rate, find_rates
from evidence.extraction.prose.roster import find_roster
from evidence.extraction.prose.scopes import (
    ONE_OF_SEVERAL,
    Scope,
    scope_after,
    scope_of,
    total_of,
)
from evidence.extraction.prose.sentences import Sentence, read_sentences
from evidence.extraction.prose.time_found import TimeStated
from evidence.extraction.prose.times import find_stated_times
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_COUNTS = re.compile(
    rf"\d|\b(?:no|none|without|neither|first|all|both|case|patient|{'|'.join(WORDS)})\b",
    re.IGNORECASE,
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
    r"rarer|commonest|(?:more|less|most) (?:common|frequent)|incidence|"
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
    r"respon\w+ to (?:at least )?(?:\w+ )?other |"
    r"(?:prior|previous|last) (?:chemo\w*|systemic )?(?:therap|treat|regimen|line|chemo)\w*)\b",
    re.IGNORECASE,
)
"""What tells of responses to another treatment, or of the disease as the study began."""
_SAFETY = re.compile(r"toxicit|safety|adverse|tolerab|side.effect|complication", re.IGNORECASE)


def read_prose(document: Document, vocabulary: Vocabulary) -> ProseReading:
    """Every fact of the title, abstract and body; facts about other studies are marked so."""
    sentences = read_sentences(document)
    roster = find_roster(sentences, vocabulary)
    facts = [f for s in sentences for f in read_sentence(s, vocabulary)]
    return ProseReading(facts=tuple(allot(facts, roster)), roster=roster)


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
    outcomes = list(_outcomes(sentence, text, vocabulary))
    yield from outcomes
    scoped = [(f.end, Scope(name=f.scope, kind=f.scope_kind)) for f in outcomes]
    for time in find_stated_times(text):
        scope = _scope_of_time(text, time, vocabulary)
        scope = scope if scope.kind else carried(text, time.start, scoped)
        yield _fact(sentence, "time", time.start, time.end, name=time.endpoint, value=time.value,
                    low=time.low, high=time.high, unit=time.unit, statistic=time.statistic,
                    own=sentence.own or (sentence.enrols and _is_found(time)),
                    place_in_list=time.place_in_list,
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
    if sentence.role.startswith(("title", "abstract")):
        for n, start, end in count_people(text):
            yield _fact(sentence, "people", start, end, events=n, own=sentence.enrols)
    for shared in find_shared(text):
        yield _fact(sentence, "patients", shared.start, shared.end, name="treated",
                    events=shared.n, own=sentence.enrols, scope=shared.what,
                    scope_kind="arm")  # fmt: skip
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


def _scope_of_time(text: str, time: TimeStated, vocabulary: Vocabulary) -> Scope:
    if time.group:
        return Scope(name=time.group, kind="arm")
    if time.place_in_list:
        return Scope(name=ONE_OF_SEVERAL, kind="part")
    return _nearby(text, time.start, time.end, vocabulary)


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
        found.compartment = compartment(text, found)
    scoped: list[tuple[int, Scope]] = []
    for found in bound:
        mention = found.mention
        if mention.kind == "complication" and not unwanted and found.events != 0:
            continue
        scope = of_whom(text, found, bound, mentions, vocabulary)
        if not scope.kind and mention.kind == "response":
            scope = carried(text, found.start, scoped)
        scoped.append((max((found.end, *found.rate_ends)), scope))
        total = found.total
        place = place_in_list(found, bound)
        if total is None and mention.kind == "response" and place is None:
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
                    everyone=found.everyone, excepted=found.excepted,
                    scope=scope.name, scope_kind=scope.kind,
                    compartment=found.compartment, timepoint=found.timepoint,
                    place_in_list=place,
                    own=sentence.own and not _is_earlier(text, found))  # fmt: skip


def _is_earlier(text: str, found: Bound) -> bool:
    """Whether a clause tells of responses to another treatment."""
    end = text.find(";", found.end)
    clause = text[text.rfind(";", 0, found.start) + 1 : end if end >= 0 else len(text)]
    return found.mention.kind == "response" and _BEFORE_STUDY.search(clause) is not None


def _without(zeros: Sequence[Rate], rates: list[Rate]) -> list[Rate]:
    """The rates that stand in no count of nobody."""
    return [r for r in rates if not any(z.start < r.end and r.start < z.end for z in zeros)]


def _grade(text: str, found: Bound) -> str | None:
    """A complication's own grade, or that of the first or after the last in its list."""
    near = [grade_near(text, m.start, m.end) for m in (found.mention, found.leader) if m]
    near += [grade_after(text, found.trailer.end)] if found.trailer else []
    return found.grade or next((grade for grade in near if grade), None)


def _fact(sentence: Sentence, kind: str, start: int, end: int, **values: Any) -> ProseFact:
    values = {"own": sentence.own, **values}
    return ProseFact(
        kind=kind, start=start, end=end, sentence=sentence.text, role=sentence.role,
        page=sentence.page, box_pt=sentence.box_pt, **values,
    )  # fmt: skip
