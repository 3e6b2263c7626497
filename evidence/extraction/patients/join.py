"""Patients of several tables of one paper joined by their number."""

from __future__ import annotations

import re
from collections import Counter

from evidence.errors import Place, Problem, Severity
from evidence.extraction.patients.table import PatientTable
from evidence.model.series import Patient

_PREFIX = re.compile(r"^(?:p|pt|pat|case|no)?[.\s-]*0*(?=\d)", re.IGNORECASE)


def join_tables(
    tables: list[PatientTable], *, document: str
) -> tuple[tuple[Patient, ...], list[Problem]]:
    """One patient per number over tables whose numbers agree; others stay apart with a Problem."""
    joined: dict[str, Patient] = {}
    problems: list[Problem] = []
    for table in tables:
        shared = [(joined[_key(p)], p) for p in table.patients if _key(p) in joined]
        if joined and not shared:
            problems.append(_apart(table, document, "have no number in common with"))
        elif _are_others(shared):
            problems.append(_apart(table, document, "share numbers, but not sex and age, with"))
            joined |= {f"{p.id} (table {table.label})": p for p in table.patients}
            continue
        for patient in table.patients:
            known = joined.get(_key(patient))
            joined[_key(patient)] = patient if known is None else merge_patients(known, patient)
            if known is not None:
                problems += _conflicts(known, patient, table, document)
    return _with_ids_of_their_own(joined), problems


def _key(patient: Patient) -> str:
    """``P01`` in one table is ``1`` in another."""
    return _PREFIX.sub("", patient.id)


def _are_others(shared: list[tuple[Patient, Patient]]) -> bool:
    """Whether most patients of the same number differ in sex or age: the numbers began anew."""
    told = [(a, b) for a, b in shared if _person(a) and _person(b)]
    differ = [_differs(a.sex, b.sex) or _differs(a.age, b.age) for a, b in told]
    return sum(differ) * 2 > len(differ)


def _person(patient: Patient) -> bool:
    return patient.sex is not None or patient.age is not None


def _differs(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _with_ids_of_their_own(joined: dict[str, Patient]) -> tuple[Patient, ...]:
    ids = Counter(patient.id for patient in joined.values())
    return tuple(
        patient if ids[patient.id] == 1 else patient.model_copy(update={"id": key})
        for key, patient in joined.items()
    )


def merge_patients(first: Patient, second: Patient) -> Patient:
    """The first table's values, completed by the second's."""
    changes: dict[str, object] = {}
    for name in Patient.model_fields:
        mine, other = getattr(first, name), getattr(second, name)
        if isinstance(mine, dict):
            changes[name] = {**other, **mine}
        elif name in ("measurements", "marks"):
            changes[name] = (*mine, *(x for x in other if x not in mine))
        elif mine is None:
            changes[name] = other
    return first.model_copy(update=changes)


def _conflicts(
    first: Patient, second: Patient, table: PatientTable, document: str
) -> list[Problem]:
    place = Place(document=document, page=table.page, table=table.label)
    return [
        Problem(
            code="patient-tables-differ",
            source=place,
            message=f"patient {first.id}: {name} is {mine} in one table and {other} in another",
        )
        for name in ("sex", "age", "died", "response_months", "follow_up_months")
        if (mine := getattr(first, name)) is not None
        and (other := getattr(second, name)) is not None
        and mine != other
    ]


def _apart(table: PatientTable, document: str, how: str) -> Problem:
    return Problem(
        code="patients-not-joined", severity=Severity.NOTE,
        message=f"the patients of this table {how} those of the tables before it",
        source=Place(document=document, page=table.page, table=table.label),
    )  # fmt: skip
