"""Deaths and adverse events told in another cell than the complications."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model.finding import Finding
from evidence.model.series import Arm, Responses, Series
from evidence.model.source import CellSource
from evidence.table.audit.base import Case, Subject, finding, patients
from evidence.table.places import (
    COMPLICATION_CELLS,
    LABELS,
    RESPONSE_CELLS,
    TREATMENT_CELLS,
    place_of,
)
from evidence.table.population import is_whole
from evidence.table.words import NUMBER
from evidence.vocabulary import load_vocabulary

DEATH = re.compile(
    r"\b(?:deaths?|died|dead|fatal(?:it(?:y|ies))?|lethal|exitus|deceased)\b", re.IGNORECASE
)
_NOT = re.compile(
    r"\b(?:no|not|non|none|without|zero|0|never|nor|alive|time\s+to|until|before|free)\b",
    re.IGNORECASE,
)
"""Words before a death or an event after which it did not happen, or is an endpoint."""
_NONE = re.compile(r"\W*(?:in\s+)?(?:0|none|no|nil)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:prior|previous|history|prophyla\w+|prevent\w*|negative|exclu\w+|screen\w*|baseline|"
    r"pre-?existing|monitor\w*|if|unless|related|refractory|associated|risk|contraindicat\w*|"
    r"surviv\w*|vaccin\w*|treated\s+for)\b",
    re.IGNORECASE,
)
"""Words of a clause in which an event is a reason, a risk or the past."""
_HAPPENED = re.compile(
    rf"\b(?:stopp\w+|discontinu\w+|withdr[ae]w\w*|interrupt\w+|halted|due\s+to|because\s+of|owing\s+to"
    rf"|develop\w+|had|suffered|experienced|occurr\w+|toxicit\w+|in\s+{NUMBER}"
    rf"|{NUMBER}\s+(?:patients?|cases?|with|grade)|(?:reduc|delay)\w+\s+(?:for|after))\b|\(\d+\)",
    re.IGNORECASE,
)
"""Words by which an event is one that happened, not an aim, an outcome or a model."""
_RESPONSE = re.compile(r":|\b(?:CR|PR|SD|PD|respon\w*|remission\w*|clear\w*|lesions?)\b")
"""An event's word in a clause about responses is a kind of patients (*erythroderma: 3 CR*)."""
_PROGRESSION = re.compile(r"\b(?:disease|progress\w*|relapse\w*|transform\w*|tumou?r)\b", re.I)
_SENTENCE = re.compile(r"[.;\n](?!\d)|\bbut\b")
_CLAUSE = re.compile(r"[,()]|\band\b")
_COUNT = re.compile(r"[1-9]\d*\s*(?:\(.*\))?")
_BEFORE = frozenset({"Neoplasms", None})
"""Classes of events that are the disease itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A death or an event, as one cell other than the complications tells it."""

    words: str
    field: str
    """The field of the file, or of ``cells``, it stands in."""


def death_elsewhere(subject: Subject, case: Case) -> Iterator[Finding]:
    """A death in another cell that the complications do not mention."""
    for a, arm, told in _told_by_arm(subject):
        if arm.complications == () or _lists_death(arm):
            continue
        listed = len(arm.complications or ())
        for death in told:
            yield finding(
                "death-outside-complications",
                "medium",
                subject,
                death.field,
                stated=f"{death.words} {_where(subject, death.field)}",
                computed="no death among the complications"
                if listed
                else "complications not stated",
                arithmetic=f"a death in this cell; of {listed} listed complications none is fatal"
                if listed
                else "a death in this cell; no complication is listed beside it",
                would_change="deaths and fatal complications; a death is not progressive disease",
                also=(f"arms[{a}].complications",),
            )


def _told_by_arm(subject: Subject) -> Iterator[tuple[int, Arm, list[Told]]]:
    """Deaths by arm; the words of a row's cells go to its first arm."""
    for a, arm in enumerate(subject.series.arms):
        yield a, arm, [*_deaths_read(subject, arm), *(() if a else _deaths_in_cells(subject))]


def death_in_patients(subject: Subject, case: Case) -> Iterator[Finding]:
    """Patients whose course ends in a death not of the disease, and no death is listed."""
    for a, arm in enumerate(subject.series.arms):
        died = [(p, row) for p, row in enumerate(arm.patients) if _of_no_disease(row.course or "")]
        if not died or not arm.complications or _lists_death(arm):
            continue
        p, _ = died[0]
        yield finding(
            "death-in-patients",
            "low",
            subject,
            f"arms[{a}].patients[{p}].course",
            stated="; ".join(f"patient {row.id}: {row.course}" for _, row in died),
            computed="no death among the complications",
            arithmetic=f"{len(died)} of {patients(len(arm.patients))} died, "
            f"{len(arm.complications)} complications are listed, none of them fatal",
            would_change="deaths and fatal complications, unless the disease was the cause",
            also=(f"arms[{a}].complications",),
        )


def none_beside_death(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications are printed as none, and another cell tells of a death."""
    for a, arm, told in _told_by_arm(subject):
        for death in told[:1] if arm.complications == () else ():
            yield finding(
                "no-complications-beside-death",
                "high",
                subject,
                f"arms[{a}].complications",
                stated="no complications",
                computed=f"{death.words} {_where(subject, death.field)}",
                arithmetic=f"the complications are printed as none; the same row has {death.words}",
                would_change="complications are counted as none, which a death contradicts",
                also=(death.field,),
            )


def event_elsewhere(subject: Subject, case: Case) -> Iterator[Finding]:
    """An adverse event in another cell that the complications do not list."""
    series = subject.series
    listed = {name for arm in series.arms for name in _listed(arm)}
    silent = all(arm.complications is None for arm in series.arms)
    none = any(arm.complications == () for arm in series.arms)
    for key, cell in _other_cells(series):
        for term, clause in events_in(cell.text) if key in TREATMENT_CELLS else ():
            if term.casefold() in listed:
                continue
            yield finding(
                "event-outside-complications",
                "medium",
                subject,
                f"cells.{key}",
                stated=f"'{clause}' {_where(subject, f'cells.{key}')}",
                computed="complications printed as none"
                if none
                else "complications not stated"
                if silent
                else f"{term} is not among the complications",
                arithmetic=f"{term} happened by this cell; the complications name "
                + (f"{len(listed)} others" if listed else "none"),
                would_change=f"the rate of {term}",
                also=("arms[0].complications",),
            )
            listed.add(term.casefold())


def events_in(text: str) -> list[tuple[str, str]]:
    """(preferred term, clause) of the known adverse events a cell says happened."""
    vocabulary = load_vocabulary()
    found = []
    for sentence in _SENTENCE.split(text):
        if DEATH.search(sentence) or not _HAPPENED.search(sentence):
            continue
        said = ""
        for clause in _CLAUSE.split(sentence):
            said += clause
            known = vocabulary.complication(clause.strip())
            aside = _ASIDE.search(clause) or _NOT.search(said) or _RESPONSE.search(clause)
            if known is not None and not aside and known[1] not in _BEFORE:
                found.append((known[0], clause.strip()))
    return found


def death_in(text: str) -> str | None:
    """The sentence of a cell that says someone died; None where none does."""
    for sentence in _SENTENCE.split(text):
        for match in DEATH.finditer(sentence):
            denied = _NOT.search(sentence[: match.start()]) or _NONE.match(sentence[match.end() :])
            if not denied:
                return sentence.strip()
    return None


def _of_no_disease(text: str) -> bool:
    """Whether a course ends in death, and not by the words of a disease or its progression."""
    told = death_in(text)
    if told is None or _PROGRESSION.search(told):
        return False
    vocabulary = load_vocabulary()
    known = vocabulary.complication(told)
    words = re.findall(r"[\w-]+", told)
    return (known is None or known[1] not in _BEFORE) and not any(map(vocabulary.disease, words))


def _deaths_read(subject: Subject, arm: Arm) -> list[Told]:
    """The deaths counted among an arm's responses: in all patients, else in a disease."""
    blocks = [b for b in subject.blocks if b.arm is arm and b.responses.deaths]
    blocks = [b for b in blocks if is_whole(b.responses)] or blocks
    return [Told(words=deaths_words(b.responses), field=f"{b.path}.deaths") for b in blocks[:1]]


def _deaths_in_cells(subject: Subject) -> list[Told]:
    """Deaths in the words of cells, those of the response cell only where none was counted."""
    counted = any(b.responses.deaths is not None for b in subject.blocks)
    found = []
    for key, cell in _other_cells(subject.series):
        if counted and key in RESPONSE_CELLS:
            continue
        told = death_in(cell.text)
        if told is None and DEATH.search(cell.column or "") and _COUNT.fullmatch(cell.text.strip()):
            told = f"{cell.column}: {cell.text.strip()}"
        if told is not None:
            found.append(Told(words=f"'{told}'", field=f"cells.{key}"))
    return found


def _other_cells(series: Series) -> Iterator[tuple[str, CellSource]]:
    """The cells of the row but its labels, its heads and the complications."""
    for key, cell in series.cells.items():
        aside = key in LABELS or key in COMPLICATION_CELLS or key.endswith("_head")
        if not aside and not key.startswith(("sentence", "table ")):
            yield key, cell


def _lists_death(arm: Arm) -> bool:
    return any(c.fatal or DEATH.search(c.term) for c in arm.complications or ())


def _listed(arm: Arm) -> Iterator[str]:
    for c in arm.complications or ():
        yield from (name.casefold() for name in (c.term, c.preferred or "", *c.with_terms))


def _where(subject: Subject, field: str) -> str:
    """The cell's column, as the paper heads it."""
    column = place_of(subject.series, field).column
    return f"under '{column}'" if column else "in another cell"


def deaths_words(block: Responses) -> str:
    """``2 deaths (sepsis)``."""
    words = "1 death" if block.deaths == 1 else f"{block.deaths} deaths"
    return f"{words} ({block.death_cause})" if block.death_cause else words
