"""Columns of patients and diagnoses."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.patients import Patients, disease_label, parse_patients
from evidence.extraction.column import Column
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.found import Value
from evidence.vocabulary import Vocabulary

_TWO_SIZES = re.compile(r"\s*(\d+)\s*[(/\[]\s*(\d+)\s*[)\]]?\s*")
_NAME = re.compile(r"[^\W\d_][^\d,;:()]{2,40}")
_EVALUABLE = re.compile(r"evaluable|assessable|evaluated|assessed|analy[sz]ed", re.IGNORECASE)


def read_patients(arm: ArmReader, column: Column, key: str) -> None:
    """Population, total and the larger group."""
    text = arm.text(key)
    if arm.vocabulary.status(text.strip()) is not None:
        return
    two = _TWO_SIZES.fullmatch(text)
    if two:
        _two_sizes(arm, column, key, two)
        return
    found = parse_patients(text, arm.vocabulary)
    if found.size is None and found.within is None:
        read_disease(arm, column, key)
        return
    if arm.patients.size is None and arm.patients.within is None:
        arm.patients, arm.patients_key = found, key
    elif not _add(arm.patients, found, key):
        arm.notes.mark_unread(key, text.strip())
        return
    arm.notes.mark_unread(key, found.unread)
    if found.doubt:
        arm.notes.problem("doubtful-patients", f"{found.doubt}.", key)


def _add(held: Patients, found: Patients, key: str) -> bool:
    """Add what a second cell of patients says; False where there is no place for it."""
    if _numbers(held) == _numbers(found):
        return True
    twice = held.population and found.population
    totals = {patients.total.value for patients in (held, found) if patients.total is not None}
    if twice or found.within is not None or len(totals) > 1:
        return False
    held.population |= {name: value.at(key) for name, value in found.population.items()}
    held.total = held.total or (found.total.at(key) if found.total else None)
    return True


def _numbers(patients: Patients) -> tuple[object, object]:
    total = patients.total.value if patients.total else None
    return total, {name: value.value for name, value in patients.population.items()}


def _two_sizes(arm: ArmReader, column: Column, key: str, two: re.Match[str]) -> None:
    """``30 (28)``: enrolled and evaluable, or eyes and patients, where the head says so."""
    sizes = [Value(value=int(two[at]), start=two.start(at), end=two.end(at)) for at in (1, 2)]
    if column.people is not None:
        arm.patients, arm.patients_key = Patients(total=sizes[column.people]), key
        return
    enrolled, evaluable = sorted(sizes, key=lambda size: -size.value)
    said = _EVALUABLE.search(column.head)
    doubt = None if said else f"two numbers of patients are printed: {two[1]} and {two[2]}"
    arm.patients_key = arm.patients_key or key
    held = arm.patients.total
    if held is None:
        arm.patients.total = replace(enrolled, doubt=doubt, cell=key)
    elif held.value != enrolled.value:
        arm.notes.mark_unread(key, str(enrolled.value))
    if said:
        arm.evaluable = evaluable.at(key)
    if doubt:
        arm.notes.problem("doubtful-patients", f"{doubt}.", key)


def read_total(arm: ArmReader, column: Column, key: str) -> None:
    """Patients who could be evaluated: the total of responses."""
    found = parse_outcome(arm.text(key), arm.vocabulary, form="n")
    if found.count is not None:
        arm.evaluable = found.count.at(key)
    arm.notes.mark_unread(key, found.unread)


def read_disease(arm: ArmReader, column: Column, key: str) -> None:
    """A diagnosis column: one label for all patients, or a split of its own."""
    text = arm.text(key)
    found = parse_patients(text, arm.vocabulary)
    if found.population:
        added = _add(arm.patients, found, key)
        arm.patients_key = arm.patients_key or key
        arm.notes.mark_unread(key, found.unread if added else text.strip())
        return
    label = disease_label(text, arm.vocabulary) or _unknown_disease(text, column, arm.vocabulary)
    if label is not None:
        arm.disease = replace(label, cell=key)
    counted = found.total is not None or found.within is not None
    arm.notes.mark_unread(key, text.strip() if counted else found.unread)


def _unknown_disease(text: str, column: Column, vocabulary: Vocabulary) -> Value[str] | None:
    """The words of a diagnosis no list knows, as they are printed."""
    name = text.strip()
    if column.role != "disease" or not _NAME.fullmatch(name) or vocabulary.status(name) is not None:
        return None
    start = text.index(name)
    doubt = f"{name} is not in the list of diseases"
    return Value(value=name, start=start, end=start + len(name), doubt=doubt)


def read_disease_count(arm: ArmReader, column: Column, key: str) -> None:
    """A column per diagnosis: its cell is a count; ``37/5`` under *PV/PF* are two."""
    names = column.name.split("/")
    if len(names) > 1 and "/" in arm.text(key):
        _read_each(arm, names, key)
        return
    found = parse_outcome(arm.text(key), arm.vocabulary, form=column.form or "n")
    if found.count is not None and found.count.value > 0:
        arm.patients.population[column.name] = found.count.at(key)
        arm.patients_key = arm.patients_key or key
    more = found.percent or found.total or found.unread
    arm.notes.mark_unread(key, arm.text(key).strip() if more else None)


def _read_each(arm: ArmReader, names: list[str], key: str) -> None:
    """A count for each of the diseases, in their order."""
    text = arm.text(key)
    counts = list(re.finditer(r"\d+", text))
    if len(counts) != len(names) or not re.fullmatch(r"[\d\s/]+", text):
        arm.notes.mark_unread(key, text.strip())
        return
    for name, count in zip(names, counts, strict=True):
        value = Value(value=int(count[0]), start=count.start(), end=count.end())
        if value.value > 0:
            arm.patients.population[name] = value.at(key)
    arm.patients_key = arm.patients_key or key
