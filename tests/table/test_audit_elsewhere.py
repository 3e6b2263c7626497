"""Deaths and adverse events in cells other than the complications; each with a silent twin."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.finding import Finding
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.audit.elsewhere import death_in

NAUSEA = [{"term": "nausea", "preferred": "Nausea", "group": "Gastrointestinal", "events": 3}]


def found(cells: dict[str, str], complications: Any = NAUSEA, **arm: Any) -> list[Finding]:
    base = {"population": {"MM": 14}, "responses": [{"CR": 3, "PR": 4, "PD": 7}], **arm}
    plain = {
        "series": "alder-2011",
        "citation": {"authors": "Alder", "year": 2011},
        "source": {"document": "review.pdf", "table": "1", "row": 1},
        "cells": {key: {"text": text, "page": 2, "column": key} for key, text in cells.items()},
        "arms": [base if complications is None else base | {"complications": complications}],
    }
    return list(audit([Series.model_validate(plain)]))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("comments", "Two fatal infections after day 30"),
        ("patients", "14 (1 died before treatment)"),
        ("treatment_duration", "8 wk; 1 died in week 3"),
        ("regimen", "10 mg daily until progression. One lethal overdose"),
        ("response_duration", "6 mo; 3 patients dead of sepsis"),
        ("deaths", "2"),
    ],
)
def test_a_death_in_any_cell(key: str, text: str) -> None:
    (f,) = found({key: text, "complications": "nausea (3)"})
    assert (f.code, f.field, f.severity) == (
        "death-outside-complications", f"cells.{key}", "medium"
    )  # fmt: skip
    assert f.places[0].page == 2
    assert f.places[0].text == text
    (none,) = found({key: text}, [])
    assert (none.code, none.severity) == ("no-complications-beside-death", "high")


@pytest.mark.parametrize(
    "text",
    ["No deaths", "None died", "All alive at 1 year", "time to death 12 mo",
     "non-fatal events only", "deaths: 0", "given until death or progression",
     "without fatal events", "Deathly quiet"],
)  # fmt: skip
def test_what_is_no_death(text: str) -> None:
    assert death_in(text) is None
    assert found({"comments": text}, []) == []


def test_a_death_that_is_listed_is_left_alone() -> None:
    fatal = [{"term": "sepsis", "events": 1, "fatal": True}]
    assert found({"comments": "one death due to sepsis"}, fatal) == []


@pytest.mark.parametrize(
    ("key", "text", "term"),
    [
        ("treatment_duration", "8 wk, stopped early in 2 for pneumonia", "Pneumonia"),
        ("regimen", "10 mg PO, reduced in 3 for neutropenia", "Neutropenia"),
        ("comments", "One patient had a stroke", "Stroke"),
        ("response", "3 CR, 4 PR; 2 stopped for sepsis", "Sepsis"),
    ],
)
def test_an_event_in_any_cell(key: str, text: str, term: str) -> None:
    result = found({key: text, "complications": "nausea (3)"})
    codes = [(f.code, f.computed) for f in result]
    assert codes == [("event-outside-complications", f"{term} is not among the complications")]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("regimen", "10 mg PO; TB prophylaxis, valaciclovir against herpes zoster prevention"),
        ("comments", "no infections, sepsis or neutropenia"),
        ("comments", "patients with prior sepsis excluded"),
        ("comments", "CMV-negative patients; hepatitis B screening"),
        ("patients", "14 MM, 3 with herpes zoster"),
        ("treatment_duration", "8 wk, stopped in 3 for nausea"),
        ("response", "erythema: 3 CR, 4 PR"),
        ("complications", "nausea (3), sepsis"),
        ("comments", "large cell transformation in 2"),
    ],
)
def test_what_is_no_event_of_treatment(key: str, text: str) -> None:
    assert found({key: text}) == []


@pytest.mark.parametrize(
    ("course", "told"),
    [
        ("Died of sepsis", True),
        ("died at 3 mo", True),
        ("Fatal myocardial infarction", True),
        ("Death due to high-grade NHL", False),
        ("died of disease progression", False),
        ("alive, no fatal event", False),
        ("allogeneic transplant", False),
    ],
)
def test_a_death_in_a_patient_row(course: str, told: bool) -> None:
    rows = [{"id": 1, "age": 60, "course": course}]
    codes = [f.code for f in found({}, patients=rows)]
    assert ("death-in-patients" in codes) == told
