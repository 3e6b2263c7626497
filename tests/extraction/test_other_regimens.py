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
