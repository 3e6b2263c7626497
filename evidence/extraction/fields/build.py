"""The arm from everything its row said."""

from __future__ import annotations

from dataclasses import replace

from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.fields.response_blocks import build_responses
from evidence.model.series import Arm, Parent


def build_arm(arm: ArmReader, label: str | None) -> Arm:
    """The arm as it is written in files; the place of each of its values is noted."""
    _settle_population(arm)
    patients, key = arm.patients, arm.patients_key
    for name, value in patients.population.items():
        arm.notes.note_value(f"{arm.path}.population.{name}", key, value, doubt=patients.doubt)
    if patients.total is not None:
        arm.notes.note_value(f"{arm.path}.total", key, patients.total, doubt=patients.doubt)
    if patients.within is not None:
        arm.notes.note_value(f"{arm.path}.within.patients", key, patients.within[1])
    return Arm(
        label=label,
        population={name: value.value for name, value in patients.population.items()},
        total=patients.total.value if patients.total else None,
        within=_parent(arm),
        regimen=arm.regimen,
        treatment_weeks=arm.treatment_weeks,
        responses=build_responses(arm),
        response_months=tuple(arm.response_months),
        complications=None if arm.complications is None else tuple(arm.complications),
        follow_up_months=arm.follow_up_months,
    )


def _parent(arm: ArmReader) -> Parent | None:
    if arm.patients.within is None:
        return None
    disease, patients = arm.patients.within
    return Parent(disease=disease, patients=patients.value)


def _settle_population(arm: ArmReader) -> None:
    """One diagnosis for all: the number of patients, or of evaluable ones, is the population."""
    patients = arm.patients
    size = patients.total or arm.evaluable
    if arm.disease is not None and not patients.population and size is not None:
        doubt = arm.disease.doubt or size.doubt
        patients.population = {arm.disease.value: replace(size, doubt=doubt)}
