"""Columns of treatment: a whole regimen, or drug, dose, route and schedule apart."""

from __future__ import annotations

import re
from typing import Any

from evidence.extraction.cells.duration import parse_times
from evidence.extraction.cells.patients import Patients
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.cells.regimen_found import RegimenFound
from evidence.extraction.column import Column
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.fields.times import set_duration
from evidence.extraction.found import Value
from evidence.extraction.head_forms import drugs_in, names_people
from evidence.model.quantity import Duration
from evidence.vocabulary import Vocabulary

_SIZE = re.compile(r"\bn\s*=\s*(\d+)", re.IGNORECASE)
_IN_BRACKET = re.compile(r"[(\[]\s*(\d+)\s*[)\]]\s*$")
"""The size of an arm, where the head says ``Arm (patients)``."""
PER_TIME = ("/d", "/wk")
PER_DAY_TWICE = "the head says a daily dose, the cell that it is given several times a day"
BY_DOSES = "the number of doses and their interval say the weeks, no duration is printed"


def read_regimen(arm: ArmReader, column: Column, key: str) -> None:
    """Dose, route, schedule and drug of one cell."""
    found = parse_regimen(
        arm.text(key), arm.vocabulary, dose_unit=column.dose_unit, drugs=arm.drugs
    )
    _take(arm, column, key, found)


def read_drug(arm: ArmReader, column: Column, key: str) -> None:
    """A column of drugs: the whole cell is the drug where no list knows it."""
    text = arm.text(key)
    found = parse_regimen(text, arm.vocabulary, dose_unit=column.dose_unit, drugs=arm.drugs)
    name = text.strip()
    known = arm.vocabulary.drug(name)
    if found.drug is None and known is not None:
        start = text.index(name)
        found = RegimenFound(drug=Value(value=known, start=start, end=start + len(name)))
    if found.drug is None and found.dose is None and arm.vocabulary.status(name) is None:
        start = text.index(name)
        found = RegimenFound(drug=Value(value=name.lower(), start=start, end=start + len(name)))
    _take(arm, column, key, found)


def read_concomitant(arm: ArmReader, column: Column, key: str) -> None:
    """Drugs given along with the arm's own; words for other therapies are kept as text."""
    drugs = list(drugs_in(arm.text(key), arm.vocabulary))
    merge_regimen(arm, RegimenFound(combined_with=drugs), key)


def read_arm(arm: ArmReader, column: Column, key: str) -> None:
    """The name of an arm, which may be its drug, its dose, its number of patients or all."""
    text = arm.text(key)
    size = _SIZE.search(text)
    if size is None and names_people(column.head, arm.vocabulary):
        size = _IN_BRACKET.search(text)
    if size is not None and arm.patients.size is None:
        total = Value(value=int(size[1]), start=size.start(1), end=size.end(1))
        arm.patients, arm.patients_key = Patients(total=total), key
    found = parse_regimen(text, arm.vocabulary, dose_unit=column.dose_unit)
    if found.drug is not None or found.dose is not None:
        merge_regimen(arm, found, key)


def _take(arm: ArmReader, column: Column, key: str, found: RegimenFound) -> None:
    merge_regimen(arm, found, key, per=column.dose_per)
    if found.duration is not None and _says_interval(column.head, arm.vocabulary):
        start, end = found.duration
        arm.notes.mark_unread(key, arm.text(key)[start:end])
    elif found.duration is not None and arm.treatment_weeks is None:
        start, end = found.duration
        times = parse_times(arm.text(key)[start:end], arm.vocabulary)
        if len(times.times) == 1:
            time = times.times[0]
            time.start, time.end = time.start + start, time.end + start
            set_duration(arm, "treatment_weeks", time, key, "week")
    elif found.doses is not None and arm.treatment_weeks is None:
        _set_weeks_of_doses(arm, found, key)
    arm.notes.mark_unread(key, found.unread)
    if found.doubt:
        arm.notes.problem("doubtful-regimen", f"{found.doubt}.", key)


def _says_interval(head: str, vocabulary: Vocabulary) -> bool:
    """``Dose, mg (interval)``: brackets hold the time between doses, and no duration."""
    inside = re.findall(r"[(\[]([^()\[\]]+)[)\]]", head)
    return any(vocabulary.column(words) == "schedule" for words in inside)


def _set_weeks_of_doses(arm: ArmReader, found: RegimenFound, key: str) -> None:
    """Four weekly doses are four weeks of treatment; more than one dose a week says no weeks."""
    assert found.doses is not None and found.doses_per_week is not None
    pace = found.doses_per_week.value
    if pace.low != pace.high or not 0 < pace.high <= 1:
        return
    doses = found.doses
    weeks = doses.value * round(1 / pace.high)
    arm.treatment_weeks = Duration(
        value=float(weeks), printed=arm.text(key)[doses.start : doses.end]
    )
    arm.notes.note(
        f"{arm.path}.treatment_weeks", key, doses.start, doses.end, derived=True, doubt=BY_DOSES
    )


def _with_per(unit: str, per: str) -> str:
    """``mg/kg`` under *Weekly dose* is ``mg/kg/wk``; a unit has one body and one time at most."""
    timed = unit.endswith(PER_TIME)
    joins = not timed if per in PER_TIME else "/" not in unit
    return unit + per if joins else unit


def merge_regimen(arm: ArmReader, found: RegimenFound, key: str, *, per: str = "") -> None:
    """Add what the arm's regimen does not say yet, and note each value.

    ``per`` is what the head says a dose is per.
    """
    per = "" if found.dose_unit.endswith(per) else per
    if per == "/d" and found.doses_per_week is not None and found.doses_per_week.value.high > 7:
        per, found.doubt = "", found.doubt or PER_DAY_TWICE
    values: dict[str, Value[Any] | None] = {
        "drug": found.drug,
        "dose_mg": found.dose,
        "routes": found.routes,
        "doses_per_week": found.doses_per_week,
        "schedule": found.schedule,
        "escalation_mg": found.escalation,
    }
    update: dict[str, object] = {}
    for name, value in values.items():
        if value is None or getattr(arm.regimen, name) not in (None, ()):
            continue
        update[name] = value.value
        arm.notes.note_value(f"{arm.path}.regimen.{name}", key, value, doubt=found.doubt)
        if name == "dose_mg":
            update["dose_unit"] = _with_per(found.dose_unit, per)
        if name == "routes":
            update["route_order"] = found.route_order
    if found.combined_with:
        given = dict.fromkeys((*arm.regimen.combined_with, *found.combined_with))
        update["combined_with"] = tuple(given)
    arm.regimen = arm.regimen.model_copy(update=update)
