"""Ranges and intervals against their values, units of heads, percentages behind a list."""

from __future__ import annotations

from typing import Any

import pytest
from made_series import series

from evidence.model.finding import Finding
from evidence.model.series import Series
from evidence.table.audit import audit


def found(items: list[Series], code: str) -> list[Finding]:
    return [f for f in audit(items) if f.code == code]


def cell(text: str, column: str = "Response") -> dict[str, Any]:
    return {"response": {"text": text, "column": column}}


@pytest.mark.parametrize(
    ("duration", "off"),
    [
        ({"median": 4, "low": 6, "high": 22}, True),
        ({"median": 24, "low": 6, "high": 22}, True),
        ({"low": 22, "high": 6}, True),
        ({"median": 6, "low": 6, "high": 22}, False),
        ({"low": 6, "high": 22}, False),
        ({"value": 5, "comparator": ">", "low": 6, "high": 22}, False),
    ],
)
def test_a_median_lies_in_its_range(duration: dict[str, Any], off: bool) -> None:
    item = series("roe-2006", response_months=[duration])
    assert bool(found([item], "duration-outside-range")) is off


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("9/15 (60%; 95% CI, 62-84)", True),
        ("60% (95% confidence interval 20% to 55%)", True),
        ("60% (95% CI, 84-32)", True),
        ("18/33 (55%; 95% CI, 36-72)", False),
        ("55% (CI 55.0–72.1)", False),
        ("median survival 12.0 months (95% CI: 7.0–26.6)", False),
        ("PFS 34.1 months, 95% CI 12.2-60.1", False),
        ("55% (95% CI 0.36-0.72)", False),
        ("5 CR (60%), stopped at 95-97", False),
    ],
)
def test_an_estimate_lies_in_its_interval(text: str, off: bool) -> None:
    items = [series("roe-2006", cells=cell(text))]
    assert bool(found(items, "interval-against-percent")) is off


def durations(*printed: str, head: str) -> list[Series]:
    return [
        series(
            f"a-200{i}",
            response_months=[{"median": float(i + 3), "printed": text}],
            cells={"response_duration": {"text": text, "column": head}},
        )
        for i, text in enumerate(printed)
    ]


def test_the_unit_of_bare_numbers_stands_in_their_head() -> None:
    items = durations("7.6", "11 (2-20)", "9", "32 wk", head="Median response, months")
    (f,) = found(items, "unit-mixed")
    assert (f.series, f.arithmetic.split(" are ")[0]) == (
        "a-2003",
        "3 of 4 response durations of this table",
    )
    assert not found(durations("7.6", "11", "9", "12", head="Response, months"), "unit-mixed")
    assert not found(durations("4 cycles", "11", "9", "32 wk", head="Cycles"), "unit-mixed")


def test_two_usual_ways_to_dose_are_said_once() -> None:
    ways = [{"dose_mg": 375, "dose_unit": "mg/m2"}] * 4 + [{"dose_mg": 1000}] * 3
    items = [series(f"a-200{i}", regimen=way) for i, way in enumerate(ways)]
    (f,) = found(items, "dose-unit-mixed")
    assert (f.series, f.severity, f.computed) == (None, "low", "4 in mg/m2, 3 in mg")
    (f,) = found(items[:5], "dose-unit-mixed")
    assert (f.series, f.severity) == ("a-2004", "medium")


@pytest.mark.parametrize(
    ("counts", "off"),
    [
        ({"CR": 20, "PR": 5, "other": {"no response": 4}}, True),
        ({"CR": 20, "PR": 5, "other": {"no response": 2}}, False),
        ({"CR": 20, "PR": 5, "SD": 1, "PD": 1, "other": {"no response": 2}}, False),
        ({"CR": 20, "PR": 5, "other": {"relapse": 14}}, False),
    ],
)
def test_no_response_shares_no_patient_with_a_response(counts: dict[str, Any], off: bool) -> None:
    item = series("kim-2011", population={"PV": 27}, responses=[counts])
    assert bool(found([item], "responses-above-total")) is off


@pytest.mark.parametrize(("relapses", "off"), [(21, True), (20, False)])
def test_only_responders_relapse(relapses: int, off: bool) -> None:
    block = {"CR": 17, "PR": 3, "other": {"relapse": relapses}}
    item = series("roe-2006", population={"PV": 22}, responses=[block])
    assert bool(found([item], "relapses-above-responders")) is off


@pytest.mark.parametrize(
    ("text", "percent", "off"),
    [
        ("13 CR, 14 PR (43%)", "PR (43%", False),
        ("14 PR (43%), 13 CR", "PR (43%", True),
        ("PR 43%: 13 CR, 14 PR", "PR 43%", True),
    ],
)
def test_a_percentage_behind_the_list_is_of_all_responders(
    text: str, percent: str, off: bool
) -> None:
    block = "arms[0].responses[0]"
    readings = {
        f"{block}.CR": {"cell": "response", "text": "13 CR"},
        f"{block}.PR": {"cell": "response", "text": "14 PR"},
        f"{block}.stated_percent.PR": {"cell": "response", "text": percent},
    }
    item = series("roe-2006", population={"MF": 63}, cells=cell(text), readings=readings,
                  responses=[{"CR": 13, "PR": 14, "stated_percent": {"PR": 43}}])  # fmt: skip
    assert bool(found([item], "percent-mislabelled")) is off


def test_diseases_as_printed_above_the_total() -> None:
    cells = {"patients": {"text": "17 (14 MF, 4 SS)", "column": "No."}}
    item = series("roe-2006", population={"MF/SS": 17}, cells=cells)
    (f,) = found([item], "diseases-above-patients")
    assert f.computed == "18 by disease"


def test_a_country_is_no_centre() -> None:
    regimen = {"routes": ["IV"], "dose_mg": 375}
    pair = [
        series(n, regimen=regimen, centre="Italy", cells={"centre": {"text": "Italy", "column": c}})
        for n, c in (("roe-2006", "Country"), ("doe-2009", "Country"))
    ]
    assert not found(pair, "possible-overlap")
    town = [s.model_copy(update={"cells": {}, "centre": "Modena"}) for s in pair]
    assert found(town, "possible-overlap")


def test_a_column_of_another_endpoint_is_its_own_standard() -> None:
    kinds = ["PFS", "PFS", "PFS", "TTP"]
    items = [
        series(f"a-200{i}", response_months=[{"median": 5.0 + i, "endpoint": kind}])
        for i, kind in enumerate(kinds)
    ]
    (f,) = found(items, "endpoint-mixed")
    assert (f.series, f.computed) == ("a-2003", "TTP, not PFS")
    assert f.arithmetic == "3 of 4 of this column are PFS"


@pytest.mark.parametrize("text", ["16 MF (14 evaluable)", "16; evaluable: 14", "14 assessed of 16"])
def test_evaluable_patients_are_a_stated_denominator(text: str) -> None:
    cells = {"patients": {"text": text, "column": "Patients"}}
    block = {"CR": 1, "PR": 7, "SD": 5, "PD": 1, "stated_percent": {"ORR": 57}}
    item = series("roe-2006", population={"MF": 16}, cells=cells, responses=[block])
    assert not found([item], "percent-against-count")
    without = item.model_copy(update={"cells": {}})
    assert found([without], "percent-against-count")
