"""Columns of treatment in tables of patients: made-up tables in the layout of case series."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.extraction import extract
from evidence.extraction.patients.columns import type_columns
from evidence.model.quantity import Amount
from evidence.model.series import Series
from evidence.vocabulary import Vocabulary

DOSES = (
    "100 mg SC daily", "100 mg SC daily", "100 mg SC daily", "100 mg SC daily", "200 mg SC daily",
    "100 mg SC q.o.d.",
)  # fmt: skip
PEOPLE = ("45/F;CR", "67/M;PR", "34/F;CR", "29/F;NR", "51/M;PR", "70/M;CR")


def series_of(tmp_path: Path, heads: str, cells: tuple[str, ...]) -> Series:
    """The series of a file of six patients with further columns between diagnosis and response."""
    lines = ["Table 1. Characteristics of the 6 patients"]
    lines.append(f"Patient;Age/Sex;Diagnosis;{heads};Best response")
    for number, (person, cell) in enumerate(zip(PEOPLE, cells, strict=True), start=1):
        who, response = person.split(";")
        lines.append(f"{number};{who};AOSD;{cell};{response}")
    path = tmp_path / "patients.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    (series,) = extract(read_document(path)).series
    return series


def test_doses_of_the_patients_are_the_range_of_the_arm(tmp_path: Path) -> None:
    weeks = (24, 12, 52, 8, 16, 30)
    cells = tuple(f"{dose};{n}" for dose, n in zip(DOSES, weeks, strict=True))
    series = series_of(tmp_path, "Anakinra dose;Duration, weeks", cells)
    (arm,) = series.arms
    assert (arm.regimen.drug, arm.regimen.routes) == ("anakinra", ("SC",))
    assert arm.regimen.dose_mg == Amount(low=100, high=200)
    assert arm.regimen.doses_per_week is None
    assert [p.treatment_weeks for p in arm.patients] == list(weeks)
    note = series.readings["arms[0].regimen.dose_mg"]
    assert (note.how, note.text) == ("derived", "100 mg SC daily")
    assert series.readings["arms[0].regimen.drug"].text == "Anakinra dose"


def test_doses_a_week_that_all_patients_share(tmp_path: Path) -> None:
    cells = tuple(f"anakinra {d} mg;SC;daily" for d in (100, 100, 150, 100, 200, 100))
    (arm,) = series_of(tmp_path, "Treatment;Route;Schedule", cells).arms
    assert (arm.regimen.drug, arm.regimen.routes) == ("anakinra", ("SC",))
    assert arm.regimen.dose_mg == Amount(low=100, high=200)
    assert arm.regimen.doses_per_week == Amount(low=7, high=7)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Anakinra dose", (*DOSES[:5], "see text")),
        ("Anakinra dose", (*DOSES[:5], "")),
        ("Anakinra dose", (*DOSES[:5], "2 mg/kg SC daily")),
        ("Treatment", ("anakinra 100 mg SC",) * 5 + ("rituximab 500 mg IV",)),
        ("Prior treatment", ("anakinra 100 mg SC",) * 6),
        ("Total dose", ("100 mg",) * 6),
    ],
)
def test_a_column_that_does_not_speak_for_all_adds_nothing(
    tmp_path: Path, head: str, cells: tuple[str, ...]
) -> None:
    (arm,) = series_of(tmp_path, head, cells).arms
    assert arm.regimen.dose_mg is None and arm.regimen.drug is None and not arm.regimen.routes
    assert arm.patients[0].characteristics[head] == cells[0]


@pytest.mark.parametrize(
    ("before", "head", "field"),
    [
        ("Dose", "Duration, weeks", "treatment_time"),
        ("Diagnosis", "Anakinra duration (weeks)", "treatment_time"),
        ("Response", "Duration, weeks", "other"),
        ("Diagnosis", "Duration (years)", "other"),
    ],
)
def test_a_bare_duration_is_of_the_treatment_it_follows(
    before: str, head: str, field: str, vocabulary: Vocabulary
) -> None:
    columns = type_columns([before, head], [["x"], ["8"]], vocabulary)
    assert columns[1].field == field
