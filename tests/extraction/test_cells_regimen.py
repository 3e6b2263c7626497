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
