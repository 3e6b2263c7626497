"""Heads of review tables and the cells below them, in the manners of several journals."""

from __future__ import annotations

import pytest
from extraction_grids import document, grid

from evidence.documents.base import Cell
from evidence.extraction import extract
from evidence.extraction.cells.label import parse_label
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.head_forms import grade_of, ungraded
from evidence.model.series import Arm
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary()


def arms_of(text: str, **more: object) -> tuple[Arm, ...]:
    return extract(document(grid(text, **more))).series[0].arms  # type: ignore[arg-type]


@pytest.mark.parametrize("head", ["Comparison", "Arms", "Regimen"])
def test_a_captions_drug_is_not_given_to_the_arm_compared_with_it(head: str) -> None:
    first, second = arms_of(
        f"Study | {head} | Patients, n | CR, %\n"
        "Reed 2009 [8] | Azacitidine vs conventional care | 179 vs 170 | 17 vs 8\n"
        "Wood 2002 [9] | Azacitidine vs supportive care | 99 vs 92 | 7 vs 0",
        caption="Table 3. Comparative studies of azacitidine",
    )
    assert first.regimen.drug == "azacitidine"
    assert second.regimen.drug is None
    assert (second.total, second.label) == (170, "conventional care")


@pytest.mark.parametrize(
    ("head", "grade", "term"),
    [
        ("II–IV acute GVHD", "2-4", "acute GVHD"),
        ("Acute GVHD III-IV", "3-4", "Acute GVHD"),
        ("Neutropenia (3/4)", "3-4", "Neutropenia ( )"),
        ("Severe neutropenia III/IV, n", "3-4", "Severe neutropenia , n"),
        ("ORR in stage III–IV", None, "ORR in stage III–IV"),
        ("HSV 1/2", None, "HSV 1/2"),
        ("Infections 3-5 months", None, "Infections 3-5 months"),
    ],
)
def test_grades_without_their_word_stand_beside_the_complication(
    head: str, grade: str | None, term: str
) -> None:
    assert grade_of(head, WORDS) == grade
    assert ungraded(head, WORDS) == term


def test_diseases_counted_beside_the_patients_are_complications() -> None:
    (arm,) = arms_of(
        "Study | n | CR, n | MDS/leukaemia, n | III–IV acute GVHD (%)\n"
        "Reed 2009 [8] | 74 | 5 | 1 | 7\n"
        "Wood 2002 [9] | 68 | 3 | 0 | 12"
    )
    leukaemia, gvhd = arm.complications or ()
    assert (leukaemia.term, leukaemia.events) == ("MDS/leukaemia", 1)
    assert (gvhd.term, gvhd.percent, gvhd.grade) == ("acute GVHD", 7, "3-4")


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Phase II (Weber et al 2003)", "Weber et al"),
        ("SPECTRUM (Vermorken 2013) [35]", "Vermorken"),
        ("Weber et al (2003)", "Weber et al"),
        ("ECOG 5397 (2005) [34]", "ECOG 5397"),
    ],
)
def test_the_bracket_that_cites_a_trial_names_its_series(text: str, authors: str) -> None:
    label = parse_label(Cell(text=text), WORDS)
    assert label.authors == authors
    assert label.year is not None
    assert text[label.year.start : label.year.end] == str(label.year.value)


def test_daily_doses_and_durations_in_other_languages() -> None:
    (arm,) = arms_of(
        "Auteur, année | Effectif | Dose quotidienne (mg) | Durée (mois) | Échec, n\n"
        "Reed, 2009 | 50 | 400 | 6 | 17\n"
        "Wood, 2002 | 17 | 600 | 3 | 2"
    )
    assert (arm.total, arm.regimen.dose_unit) == (50, "mg/d")
    assert arm.treatment_weeks is not None and round(arm.treatment_weeks.point or 0) == 26
    assert arm.responses[0].other == {"no response": 17}


def test_a_count_for_each_of_the_diseases_in_the_head() -> None:
    (arm,) = arms_of(
        "Study | PV/PF, n | CR, n (%) | Fever, n\n"
        "Reed 2011 [1] | 37/5 | 36 (86) | 2\n"
        "Wood 2013 [2] | 42/3 | 24 (53) | 0"
    )
    assert list(arm.population.values()) == [37, 5]


@pytest.mark.parametrize(
    ("head", "cell", "patients"),
    [("Pts (lesions)", "94 (123)", 94), ("Eyes (patients)", "123 (94)", 94),
     ("Lesions/patients", "123/94", 94)],
)  # fmt: skip
def test_patients_beside_what_of_them_was_treated(head: str, cell: str, patients: int) -> None:
    (arm,) = arms_of(
        f"Study | {head} | Pain, n\nReed 2003 [7] | {cell} | 60\nWood 2005 [8] | {cell} | 55"
    )
    assert arm.total == patients
    assert arm.responses == ()


@pytest.mark.parametrize(
    ("cell", "dose", "per_week"),
    [
        ("20 / 2 wk", 20, 0.5),
        ("300 mg/4 wk", 300, 0.25),
        ("Fludarabine 25 d 1–3 × 6 cycles", 25, None),
        ("fludarabine 4 weeks", None, None),
        ("5 weekly", 5, 1),
    ],
)
def test_a_dose_and_its_interval_in_one_cell(
    cell: str, dose: float | None, per_week: float | None
) -> None:
    found = parse_regimen(cell, WORDS, dose_unit="mg/m2")
    assert (found.dose.value.low if found.dose else None) == dose
    assert (found.doses_per_week.value.low if found.doses_per_week else None) == per_week


@pytest.mark.parametrize(
    ("heads", "patients"),
    [("Autologous, n | Allogeneic, n | Total", 120), ("Grade 1, n | Grade 2, n | Total", None),
     ("CR, n | PR, n | Total", None)],
)  # fmt: skip
def test_a_total_of_parts_of_the_patients_is_their_number(heads: str, patients: int | None) -> None:
    (arm,) = arms_of(
        f"Study | {heads} | Dysgeusia, n\nReed 2019 [1] | 47 | 73 | 120 | 8\n"
        "Wood 2022 [2] | 93 | 142 | 235 | 7"
    )
    assert arm.total == patients
