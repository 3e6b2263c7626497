"""The regimen of one arm: the drug its label or the title names, and the clause that doses it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.documents.base import Document
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.prose.arm_names import is_control
from evidence.extraction.prose.arms import ArmGroup, arm_key
from evidence.extraction.prose.drugs import aliases, drugs_in, study_drugs
from evidence.extraction.prose.notes import Notes
from evidence.extraction.prose.regimen import RegimenStated, find_regimen
from evidence.extraction.prose.roles import METHODS, OWN
from evidence.extraction.prose.routes import find_routes
from evidence.extraction.prose.sentences import Sentence
from evidence.model.series import Regimen
from evidence.vocabulary import Vocabulary


def read_regimen(
    path: str, group: ArmGroup, document: Document, sentences: Sequence[Sentence],
    vocabulary: Vocabulary, notes: Notes,
) -> Regimen:  # fmt: skip
    """The regimen with the place of each part; empty where no drug is certain."""
    here = f"{path}.regimen"
    titles = " ".join(s.folded for s in sentences if s.role == "title") or document.info.title or ""
    labelled = group.label is not None
    drugs = _labelled(group, vocabulary) if labelled else study_drugs(titles, vocabulary)
    if not drugs and not labelled:
        drugs = _dosed_drugs(sentences, vocabulary)
    told = parse_regimen(group.label or "", vocabulary)
    listed = group.listed
    shared = labelled and not drugs and _is_shared(group, vocabulary)
    if labelled and not drugs and (told.dose is not None or told.routes is not None or shared):
        drugs = study_drugs(titles, vocabulary)
    several = len(drugs) > 1 and not listed and drugs_in(titles, vocabulary) == []
    if several or (labelled and not drugs):
        return Regimen()
    stated = find_regimen(
        drugs, document, sentences, vocabulary, named=labelled and not shared, listed=listed
    )
    if stated is None:
        regimen = Regimen(drug=drugs[0], combined_with=tuple(drugs[1:])) if drugs else Regimen()
    else:
        regimen = _as_regimen(here, stated, notes, shared=labelled)
    if group.label is not None:
        regimen = _by_label(here, regimen, group.label, sentences, vocabulary, notes)
    if regimen.drug is None:
        return regimen
    _note_drug(here, regimen.drug, document, sentences, vocabulary, notes)
    if regimen.routes or len(drugs) > 1:
        return regimen
    routed = find_routes(regimen.drug, document, sentences, vocabulary)
    if routed is None:
        return regimen
    notes.words(f"{here}.routes", routed.sentence, routed.words)
    return regimen.model_copy(update={"routes": routed.routes})


def _labelled(group: ArmGroup, vocabulary: Vocabulary) -> list[str]:
    """The drugs of an arm by its label, else by the words that list it."""
    drugs = drugs_in(group.label or "", vocabulary)
    return drugs or (list(group.listed.drugs) if group.listed else [])


def _is_shared(group: ArmGroup, vocabulary: Vocabulary) -> bool:
    """Whether an arm is a group of patients that were all given one drug: ``HER2-negative``."""
    label = group.label or ""
    named = len(arm_key(label)) > _LETTERED and not is_control(label, vocabulary)
    return group.listed is not None and named


_LETTERED = 3
"""Letters of a label that says nothing of its arm: ``A``, ``2``, ``NP``."""


def _by_label(
    path: str, regimen: Regimen, label: str, sentences: Sequence[Sentence],
    vocabulary: Vocabulary, notes: Notes,
) -> Regimen:  # fmt: skip
    """The dose and frequency an arm's label states: ``weekly paclitaxel group``, ``10 mg``."""
    told = parse_regimen(label, vocabulary)
    naming = next((s for s in sentences if label.lower() in s.folded.lower()), None)
    if naming is None:
        return regimen
    at = naming.folded.lower().index(label.lower())
    words = naming.text[at : at + len(label)]
    if told.dose is not None:
        notes.words(f"{path}.dose_mg", naming, words)
        update = {"dose_mg": told.dose.value, "dose_unit": told.dose_unit}
        regimen = regimen.model_copy(update=update)
    if told.routes is not None:
        notes.words(f"{path}.routes", naming, words)
        regimen = regimen.model_copy(update={"routes": told.routes.value})
    if told.doses_per_week is not None:
        notes.words(f"{path}.doses_per_week", naming, words)
        update = {"doses_per_week": told.doses_per_week.value, "schedule": None}
        notes.readings.pop(f"{path}.schedule", None)
        regimen = regimen.model_copy(update=update)
    return regimen


def _note_drug(
    path: str, drug: str, document: Document, sentences: Sequence[Sentence],
    vocabulary: Vocabulary, notes: Notes,
) -> None:  # fmt: skip
    """Where the drug is named first; checked where title and methods (or abstract) both name it."""
    names = [name.lower() for name in aliases(drug, document)]
    naming = [
        s
        for s in sentences
        if (s.role == "title" or s.role.startswith("abstract") or s.role in METHODS)
        and (drug in drugs_in(s.folded, vocabulary) or names[-1] in s.folded.lower().split())
    ]
    if not naming:
        return
    first = naming[0]
    found = next((m for n in names if (m := re.search(re.escape(n), first.text, re.I))), None)
    twice = first.role == "title" and any(s.enrols and s.role != "title" for s in naming)
    notes.words(f"{path}.drug", first, found[0] if found else first.text,
                checked=("second-reading",) if twice else ())  # fmt: skip


def _dosed_drugs(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[str]:
    """Drugs of the abstract's sentences that state a dose."""
    found: list[str] = []
    for sentence in sentences:
        told = sentence.role in OWN | METHODS or sentence.enrols
        if (
            told
            and sentence.role.startswith("abstract")
            and re.search(r"\d\s*(?:mg|g|µg|Gy)\b", sentence.folded)
        ):
            found += drugs_in(sentence.folded, vocabulary)
    return list(dict.fromkeys(found))


def _as_regimen(path: str, stated: RegimenStated, notes: Notes, *, shared: bool) -> Regimen:
    """The clause as ``Regimen``; of several doses none is an arm's that ``shared`` the drug."""
    found = stated.found
    dose = None if shared and found.doubt else found.dose
    parts = {
        "dose_mg": dose, "routes": found.routes, "doses_per_week": found.doses_per_week,
        "schedule": found.schedule,
    }  # fmt: skip
    for name, value in parts.items():
        if value is not None:
            checked = ("second-reading",) if name in stated.confirmed else ()
            doubt = found.doubt if name == "dose_mg" and not checked else None
            notes.words(
                f"{path}.{name}", stated.sentence, stated.clause, checked=checked, doubt=doubt
            )
    return Regimen(
        drug=stated.drug, dose_mg=dose.value if dose else None,
        dose_unit=found.dose_unit if dose else "mg",
        routes=found.routes.value if found.routes else (),
        doses_per_week=found.doses_per_week.value if found.doses_per_week else None,
        schedule=found.schedule.value if found.schedule else None,
        escalation_mg=stated.escalation or (found.escalation.value if found.escalation else ()),
        combined_with=stated.combined_with,
    )  # fmt: skip
