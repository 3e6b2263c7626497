"""Patients of several tables of one paper joined by their number."""

from __future__ import annotations

from evidence.errors import Place, Problem, Severity
from evidence.extraction.patients.table import PatientTable
from evidence.model.series import Patient


def join_tables(
    tables: list[PatientTable], *, document: str
) -> tuple[tuple[Patient, ...], list[Problem]]:
    """One patient per number over tables whose numbers agree; others stay apart with a Problem."""
    if not tables:
        return (), []
    joined = {patient.id: patient for patient in tables[0].patients}
    problems: list[Problem] = []
    for table in tables[1:]:
        ids = {p.id for p in table.patients}
        if not ids & set(joined):
            problems.append(_apart(table, document))
        for patient in table.patients:
            known = joined.get(patient.id)
            joined[patient.id] = patient if known is None else merge_patients(known, patient)
            if known is not None:
                problems += _conflicts(known, patient, table, document)
    return tuple(joined.values()), problems


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


def _apart(table: PatientTable, document: str) -> Problem:
    return Problem(
        code="patients-not-joined", severity=Severity.NOTE,
        message="the patients of this table have no number in common with the tables before it",
        source=Place(document=document, page=table.page, table=table.label),
    )  # fmt: skip
