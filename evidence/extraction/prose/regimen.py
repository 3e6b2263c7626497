"""The regimen from running text: the fullest of the clauses that give a drug its dose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.documents.base import Document
from evidence.extraction.cells.regimen import RegimenFound, parse_regimen
from evidence.extraction.found import Value
from evidence.extraction.prose.clauses import DOSE, find_clauses
from evidence.extraction.prose.dosing import (
    COURSE,
    INDUCTION,
    as_cells_word_it,
    unit_given,
    without_names,
)
from evidence.extraction.prose.drugs import aliases, drugs_in
from evidence.extraction.prose.roles import CONCLUSION, METHODS, OPENING
from evidence.extraction.prose.roster import RosterArm
from evidence.extraction.prose.sentences import Sentence
from evidence.vocabulary import Vocabulary

_GIVEN = re.compile(
    r"\b(?:used|started|begun|took|taken|taking|commenced|receiv\w+|administ\w+|given|treat\w+|dos(?:e|es|ed|age)|regimen|schedule|"
    r"infus\w+|inject\w+|MTD|recommended|randomi[sz]ed|assigned|allocated|consist\w+)\b",
    re.I,
)
_STEPS = re.compile(
    r"\b(?:(?:initial|starting|first|loading|test)\s+(?:doses?|dosage)s?|"
    r"(?:starting|beginning|started|begun)\s+(?:at|with))\b(?P<before>.{0,80}?)\b(?:followed by|"
    r"and then|then|increas\w+ to|raised to|rising to|escalat\w+ to|thereafter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimenStated:
    """A regimen read from one clause of a sentence."""

    found: RegimenFound
    drug: str | None
    combined_with: tuple[str, ...]
    escalation: tuple[float, ...]
    sentence: Sentence
    clause: str
    confirmed: frozenset[str] = frozenset()
    """Parts that a clause of another sentence states alike."""


def find_regimen(
    drugs: Sequence[str], document: Document, sentences: Sequence[Sentence],
    vocabulary: Vocabulary, *, named: bool = False, listed: RosterArm | None = None,
) -> RegimenStated | None:  # fmt: skip
    """The fullest regimen of the first drug; a clause without a drug's name counts when it is
    the only drug of the series, and never when it must be ``named`` (another arm may be meant).
    Of an arm that is ``listed`` with its dose, the words of the list are all its clauses. None when
    no clause states a dose."""
    names = aliases(drugs[0], document) if drugs else ()
    stated: list[RegimenStated] = []
    if listed is not None and DOSE.search(listed.told):
        for clause in find_clauses(listed.told, names, vocabulary, alone=len(drugs) <= 1):
            stated.append(_read(clause, names[1:], listed.sentence, drugs, vocabulary))
        return max((s for s in stated if s.found.dose is not None), key=_score, default=None)
    for sentence in sentences:
        if (
            sentence.role in ("other", "title", CONCLUSION)
            or (sentence.role == OPENING and not sentence.enrols)
            or (sentence.cited and sentence.role not in METHODS)
        ):
            continue
        text = sentence.folded
        if not DOSE.search(text) or not _GIVEN.search(text):
            continue
        inside = drugs_in(text, vocabulary)
        if not drugs and inside:
            continue
        for clause in find_clauses(text, names, vocabulary, alone=len(drugs) <= 1 and not named):
            read = _read(clause, names[1:], sentence, drugs, vocabulary)
            stated += [read] if read.found.dose is not None else []
    if not stated:
        return None
    best = max(stated, key=_score)
    others = [read for read in stated if read.sentence.text != best.sentence.text]
    return replace(best, confirmed=_confirmed(best.found, [read.found for read in others]))


def _read(
    clause: str, short: tuple[str, ...], sentence: Sentence, drugs: Sequence[str],
    vocabulary: Vocabulary,
) -> RegimenStated:  # fmt: skip
    """The clause's regimen, read with the ``short`` names of the drug as blanks."""
    words = without_names(clause, short)
    steps = _STEPS.search(words)
    rest = words[steps.end() :] if steps else ""
    escalation: tuple[float, ...] = ()
    read = words
    if steps and DOSE.search(rest):
        escalation = tuple(
            float(n) for n in re.findall(r"(\d+(?:\.\d+)?)\s*(?:mg|g|µg)", steps["before"])
        )
        read = rest
    found = parse_regimen(as_cells_word_it(read), vocabulary)
    if steps and not found.routes:
        found.routes = parse_regimen(words, vocabulary).routes
    found.dose_unit = unit_given(found.dose_unit, read)
    if found.schedule is None and (weeks := INDUCTION.search(read) or COURSE.search(read)):
        found.schedule = Value(value=weeks[0], start=weeks.start(), end=weeks.end())
        found.doses_per_week = None
    inside = drugs_in(sentence.folded, vocabulary)
    main = drugs[0] if drugs else (inside[0] if inside else None)
    return RegimenStated(
        found=found, drug=main, escalation=escalation, sentence=sentence, clause=clause,
        combined_with=tuple(d for d in drugs[1:] if d != main),
    )  # fmt: skip


def _confirmed(best: RegimenFound, others: list[RegimenFound]) -> frozenset[str]:
    """Parts of a regimen that another reading has too; a dose needs its unit alike."""

    def same(name: str, other: RegimenFound) -> bool:
        mine, its = getattr(best, name), getattr(other, name)
        return mine is not None and its is not None and mine.value == its.value

    found = {n for n in ("routes", "doses_per_week", "schedule") if any(same(n, o) for o in others)}
    if any(same("dose", o) and o.dose_unit == best.dose_unit for o in others):
        found.add("dose_mg")
    return frozenset(found)


def _score(stated: RegimenStated) -> int:
    found = stated.found
    score = 4 * (found.dose is not None) + 2 * (found.routes is not None)
    score += 2 * (found.doses_per_week is not None or found.schedule is not None)
    score += 1 * (stated.sentence.role in METHODS or stated.sentence.own)
    return score - 3 * (found.doubt is not None)
