"""Regimens as other fields print them, and patients known only as evaluable ones."""

from __future__ import annotations

import pytest
from extraction_grids import document, grid

from evidence.extraction import extract
from evidence.extraction.cells.regimen import parse_regimen
from evidence.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("40 mg/m² PO d1–5, q28d", "d1–5, q28d"),
        ("40 mg/m2 PO d1–5 q28d", "d1–5 q28d"),
        ("40 mg/m2 PO d1-5 q28d", "d1-5 q28d"),
    ],
)
def test_days_of_a_cycle_are_not_doses_a_week(text: str, schedule: str) -> None:
    found = parse_regimen(text, load_vocabulary())
    assert found.doses_per_week is None and found.unread is None
    assert found.schedule is not None and found.schedule.value == schedule


@pytest.mark.parametrize("schedule", ["2x weekly", "2 times weekly", "2 x weekly"])
def test_route_before_a_count_is_no_drug(schedule: str) -> None:
    found = parse_regimen(f"0.5-1 MU IL {schedule}", load_vocabulary())
    assert found.drug is None
    assert found.routes is not None and found.routes.value == ("IL",)
    assert found.doses_per_week is not None and found.doses_per_week.value.low == 2


def test_evaluable_patients_of_one_diagnosis_are_its_population() -> None:
    table = grid(
        """
Study | Disease | Evaluable, n | CR | PR | SD | PD
Adams 2001 | AML | 14 | 3 | 4 | 4 | 3
Baker 2003 | MDS | 21 | 2 | 7 | 6 | 6
"""
    )
    first, second = extract(document(table)).series
    assert first.arms[0].population == {"AML": 14}
    assert second.arms[0].population == {"MDS": 21}
    assert first.arms[0].total is None and first.arms[0].responses[0].total == 14


def test_doses_of_the_caption_s_drug_say_its_weeks_unless_a_duration_is_printed() -> None:
    table = grid(
        """
Study | Patients, n | Regimen | CR | PR
Adams 2001 | 14 | 375 mg/m2 weekly x 8 + IVIG | 3 | 4
Baker 2003 | 21 | 375 mg/m2 q2w x 6 | 2 | 7
Clark 2004 | 9 | 375 mg/m2 tiw x 6 | 2 | 7
Davis 2005 | 9 | 375 mg/m2 weekly for twelve weeks | 2 | 7
""",
        caption="Table 1. Published series of rituximab",
    )
    arms = [series.arms[0] for series in extract(document(table)).series]
    assert [arm.regimen.drug for arm in arms] == ["rituximab"] * 4
    assert arms[0].regimen.combined_with == ("immunoglobulin",)
    weeks = [arm.treatment_weeks.value if arm.treatment_weeks else None for arm in arms]
    assert weeks == [8, 12, None, 12]
    first = extract(document(table)).series[0].readings["arms[0].treatment_weeks"]
    assert first.how == "derived" and first.text == "weekly x 8" and first.doubt is not None
