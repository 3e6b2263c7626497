"""The regimen that a table of patients prints row by row, as one regimen of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.errors import Place, Problem
from evidence.extraction.cells.regimen import RegimenFound, parse_regimen
from evidence.extraction.head_forms import dose_unit_of, drug_in
from evidence.extraction.patients.heads import is_treatment_head
from evidence.model.quantity import Amount
from evidence.model.series import Patient, Regimen
from evidence.model.source import CellSource
from evidence.vocabulary import Vocabulary


def complete_regimen(
    regimen: Regimen, patients: Sequence[Patient], vocabulary: Vocabulary
) -> tuple[Regimen, dict[str, CellSource]]:
    """``regimen`` with what it lacks from the patients' columns of treatment, and their cells.

    A column counts where every patient's cell is read whole and no two name different drugs. The
    dose is the range over the patients; doses per week are kept where all patients agree. A column
    of another drug than the regimen's adds nothing.
    """
    cells: dict[str, CellSource] = {}
    for head in _treatment_heads(patients, vocabulary):
        rows = [_read(patient, head, vocabulary) for patient in patients]
        read = [found for found in rows if found is not None]
        if len(read) < len(patients) or not patients:
            continue
        values = _of_all(read, head, vocabulary)
        if values is None or values.get("drug", regimen.drug) != (
            regimen.drug or values.get("drug")
        ):
            continue
        new = {k: v for k, v in values.items() if getattr(regimen, k) in (None, ())}
        if "dose_mg" in new:
            new["dose_unit"] = read[0].dose_unit
        for name in set(new) - {"dose_unit", "combined_with"}:
            cells[name] = _source(patients[0].cells[head], read, name)
        regimen = regimen.model_copy(update=new)
    return regimen, {name: cells[name] for name in sorted(cells)}


def unread_doses(
    patients: Sequence[Patient], vocabulary: Vocabulary, document: str
) -> list[Problem]:
    """A warning for each column of doses of which single cells were not read: it gives no dose."""
    problems: list[Problem] = []
    for head in _treatment_heads(patients, vocabulary):
        rows = [(patient, _read(patient, head, vocabulary)) for patient in patients]
        missed = [p.cells[head] for p, found in rows if found is None]
        if missed and any(found and found.dose for _, found in rows):
            words = ", ".join(repr(cell.text) for cell in missed)
            problems.append(
                Problem(
                    code="unread-text", source=_place(missed[0], document),
                    message=f"{words} under '{head}' was not read; the doses of these patients are "
                            "given as printed, and no dose of all",
                )
            )  # fmt: skip
    return problems


def _place(cell: CellSource, document: str) -> Place:
    return Place(
        document=document, page=cell.page, table=cell.table, row=cell.row, column=cell.column,
        box_pt=cell.box, text=cell.text,
    )  # fmt: skip


def _treatment_heads(patients: Sequence[Patient], vocabulary: Vocabulary) -> list[str]:
    """Heads of treatment under which every patient has a cell, as printed."""
    heads = list(patients[0].characteristics) if patients else []
    shared = [h for h in heads if all(h in p.characteristics and h in p.cells for p in patients)]
    return [head for head in shared if is_treatment_head(head, vocabulary)]


def _read(patient: Patient, head: str, vocabulary: Vocabulary) -> RegimenFound | None:
    """One patient's cell; None where words are left unread or nothing was said."""
    text = patient.characteristics[head]
    found = parse_regimen(text, vocabulary, dose_unit=dose_unit_of(head, vocabulary))
    parts = (found.drug, found.dose, found.routes, found.doses_per_week)
    plain = found.unread is None and found.doubt is None and found.escalation is None
    return found if plain and any(part is not None for part in parts) else None


def _of_all(
    read: Sequence[RegimenFound], head: str, vocabulary: Vocabulary
) -> dict[str, object] | None:
    """The regimen's fields over all patients; None where they differ in drug or unit of dose."""
    of_head = drug_in(head, vocabulary)
    drugs = {found.drug.value if found.drug else None for found in read}
    drugs |= {of_head.value} if of_head else set()
    named = drugs - {None}
    if len(named) > 1 or (None in drugs and named and of_head is None):
        return None
    values: dict[str, object] = {"drug": next(iter(named))} if named else {}
    doses = [found.dose.value for found in read if found.dose]
    if len(doses) == len(read):
        if len({found.dose_unit for found in read}) > 1:
            return None
        low, high = min(d.low for d in doses), max(d.high for d in doses)
        values["dose_mg"] = Amount(low=low, high=high)
    routes = [found.routes.value for found in read if found.routes]
    if len(routes) == len(read):
        values["routes"] = tuple(dict.fromkeys(name for names in routes for name in names))
    paces = {found.doses_per_week.value if found.doses_per_week else None for found in read}
    if len(paces) == 1 and (pace := paces.pop()) is not None:
        values["doses_per_week"] = pace
    others = {tuple(found.combined_with) for found in read}
    if len(others) == 1 and (given := others.pop()):
        values["combined_with"] = given
    return values


def _source(first: CellSource, read: Sequence[RegimenFound], name: str) -> CellSource:
    """The first patient's cell; the head's words for a drug that the cells do not name."""
    if name != "drug" or read[0].drug is not None:
        return first
    return first.model_copy(update={"text": first.column or first.text, "row": None, "box": None})
