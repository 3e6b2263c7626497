"""Regimen cells: dose, unit, routes, schedule."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.extraction.cells.regimen import RegimenFound, parse_regimen
from evidence.vocabulary import load_vocabulary


def plain(found: RegimenFound) -> dict[str, Any]:
    """What was found, without places."""
    result: dict[str, Any] = {}
    if found.dose is not None:
        low, high = found.dose.value.low, found.dose.value.high
        result["dose"] = low if low == high else (low, high)
        result["unit"] = found.dose_unit
    for name in ("drug", "routes", "schedule", "escalation"):
        value = getattr(found, name)
        if value is not None:
            result[name] = value.value
    if found.doses_per_week is not None:
        low, high = found.doses_per_week.value.low, found.doses_per_week.value.high
        result["week"] = low if low == high else (low, high)
    if found.route_order:
        result["order"] = found.route_order
    return result


CASES: dict[str, dict[str, Any]] = {
    "30 mg IV on 3 d/wk": {"dose": 30, "unit": "mg", "routes": ("IV",), "week": 3},
    "10-15 mg SC 3 d/wk": {"dose": (10, 15), "unit": "mg", "routes": ("SC",), "week": 3},
    "30 mg IV and SC 3 d/wk": {"dose": 30, "unit": "mg", "routes": ("IV", "SC"), "week": 3},
    "30 mg s.c. or i.v. tiw": {
        "dose": 30, "unit": "mg", "routes": ("SC", "IV"), "week": 3, "order": "alternative",
    },
    "25 mg/m2 PO daily": {"dose": 25, "unit": "mg/m2", "routes": ("PO",), "week": 7},
    "1.5 mg/m² d1, 8, 15 q28d": {"dose": 1.5, "unit": "mg/m2", "schedule": "d1, 8, 15 q28d"},
    "10 mg per lesion IL every 2 weeks": {
        "dose": 10, "unit": "mg per lesion", "routes": ("IL",), "week": 0.5,
    },
    "5 mg/kg i.v. q3w": {"dose": 5, "unit": "mg/kg", "routes": ("IV",), "week": 0.333},
    "3 MU SC alternate days": {"dose": 3, "unit": "MU", "routes": ("SC",), "week": 3.5},
    "8 Gy": {"dose": 8, "unit": "Gy"},
    "2.5 g 4 times/day": {"dose": 2.5, "unit": "g", "week": 28},
    "80 mg/d": {"dose": 80, "unit": "mg/d"},
    "3, 10, 30 mg IV 3x/wk": {
        "dose": 30, "unit": "mg", "escalation": (3, 10, 30), "routes": ("IV",), "week": 3,
    },
    "500 mg × 3/day": {"dose": 500, "unit": "mg", "week": 21},
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_regimen(text: str) -> None:
    found = parse_regimen(text, load_vocabulary())
    assert plain(found) == CASES[text]
    assert found.unread is None
    assert found.doubt is None


def test_the_head_gives_the_unit_of_a_bare_number() -> None:
    found = parse_regimen("1,250", load_vocabulary(), dose_unit="mg/m2")
    assert plain(found) == {"dose": 1250, "unit": "mg/m2"}


def test_several_drugs_leave_only_what_belongs_to_the_first() -> None:
    found = parse_regimen("interferon 3 MU SC tiw + acitretin 25 mg PO daily", load_vocabulary())
    assert plain(found) == {
        "drug": "interferon", "dose": 3, "unit": "MU", "routes": ("SC",), "week": 3,
    }  # fmt: skip
    assert found.combined_with == ["acitretin"]


def test_alternatives_between_drugs_are_doubted() -> None:
    found = parse_regimen("etanercept 50 mg SC weekly or adalimumab 40 mg SC", load_vocabulary())
    assert found.doubt is not None


@pytest.mark.parametrize(
    ("text", "schedule", "others"),
    [
        ("375 mg/m2 weekly x 8 + IVIG", "weekly x 8", ["immunoglobulin"]),
        ("375 mg/m2 weekly ×4 plus low-dose oral prednisone", "weekly ×4", ["prednisone"]),
        ("375 mg/m2 weekly (x4) with prednisone 20 mg daily", "weekly (x4)", ["prednisone"]),
        ("prednisone + 375 mg/m2 weekly x 4", "weekly x 4", ["prednisone"]),
        ("375 mg/m2 weekly x4 and MTX + prednisone", "weekly x4", ["methotrexate", "prednisone"]),
    ],
)
def test_a_drug_joined_to_a_dose_is_not_the_drug_of_that_dose(
    text: str, schedule: str, others: list[str]
) -> None:
    found = parse_regimen(text, load_vocabulary())
    assert plain(found) == {"dose": 375, "unit": "mg/m2", "week": 1, "schedule": schedule}
    assert found.combined_with == others


def test_the_review_s_own_drug_keeps_its_own_dose_after_another() -> None:
    text = "75 mg/m2 q3w + rituximab 375 mg/m2 weekly"
    found = parse_regimen(text, load_vocabulary(), drugs=frozenset({"rituximab"}))
    assert found.drug is not None and found.drug.value == "rituximab"


@pytest.mark.parametrize(
    ("text", "week", "schedule", "doses"),
    [
        ("375 mg/m2 weekly x 8", 1, "weekly x 8", 8),
        ("375 mg/m2 weekly × 4", 1, "weekly × 4", 4),
        ("375 mg/m2 q2w x6", 0.5, "q2w x6", 6),
        ("375 mg/m2 weekly x 4-8", 1, "weekly x 4-8", None),
        ("375 mg/m2 weekly x 4 then monthly x 6", 1, "weekly x 4 then monthly x 6", None),
        ("375 mg/m2 x 4", None, "x 4", None),
        ("375 mg/m2 x 4 weekly doses", None, "4 weekly doses", None),
        ("375 mg/m2 x 8 weekly", None, "8 weekly", None),
    ],
)
def test_a_number_after_a_schedule_counts_doses(
    text: str, week: float | None, schedule: str, doses: int | None
) -> None:
    found = parse_regimen(text, load_vocabulary())
    per_week = found.doses_per_week.value.low if found.doses_per_week else None
    assert (per_week, found.schedule.value if found.schedule else None) == (week, schedule)
    assert (found.doses.value if found.doses else None) == doses
    assert found.unread is None


@pytest.mark.parametrize("words", ["x 12 weeks", "for 12 weeks", "for twelve weeks"])
def test_a_number_of_weeks_is_a_duration(words: str) -> None:
    found = parse_regimen(f"100 mg SC daily {words}", load_vocabulary())
    assert found.duration is not None and found.doses is None and found.unread is None
    start, end = found.duration
    assert f"100 mg SC daily {words}"[start:end] == words.split(" ", 1)[1]
