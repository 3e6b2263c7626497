"""The audit of patient rows: against the series row, against themselves, by the field's rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import seed_series

from evidence.model.finding import Finding
from evidence.model.prose import ProseSentence
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.audit.field_rules import field_rules
from evidence.table.audit.field_rules.overall import overall_response
from evidence.table.audit.field_rules.stage import read_classes, stage_groups

ROWS: list[dict[str, Any]] = [
    {"id": 1, "treatment_weeks": 4, "weeks_to_response": 4, "response_months": 60,
     "follow_up_months": 61, "response": {"skin": "CR", "blood": "CR", "overall": "CR"},
     "complications": [],
     "measurements": [{"name": "Sézary cells", "unit": "%", "before": 30, "after": 2}]},
    {"id": 2, "treatment_weeks": 8, "weeks_to_response": 2, "response_months": 10,
     "follow_up_months": 24, "response": {"skin": "CR", "blood": "PR", "overall": "PR"},
     "complications": [{"term": "CMV"}],
     "measurements": [{"name": "Sézary cells", "unit": "%", "before": 30, "after": 10}]},
    {"id": 3, "treatment_weeks": 12, "follow_up_months": 20,
     "response": {"skin": "PD", "blood": "CR", "overall": "PD"},
     "complications": [{"term": "CMV"}],
     "measurements": [{"name": "Sézary cells", "unit": "/µL", "before": 2000, "after": 0}]},
]  # fmt: skip


def series(rows: list[dict[str, Any]] | None = None, **arm: Any) -> Series:
    base: dict[str, Any] = {
        "population": {"SS": 3},
        "responses": [{"CR": 1, "PR": 1, "PD": 1}],
        "treatment_weeks": {"median": 8, "low": 4, "high": 12},
        "response_months": {"median": 35},
        "follow_up_months": {"median": 24, "low": 20, "high": 61},
        "complications": [{"term": "CMV", "events": 2}],
        "patients": ROWS if rows is None else rows,
    }
    return Series.model_validate(
        {
            "series": "roe-2015",
            "citation": {"authors": "Roe", "year": 2015},
            "source": {"document": "roe.pdf"},
            "arms": [{**base, **arm}],
        }
    )


def changed(index: int, **fields: Any) -> list[dict[str, Any]]:
    return [{**row, **fields} if i == index else row for i, row in enumerate(ROWS)]


def found(item: Series, **options: Any) -> list[Finding]:
    return list(audit([item], **options))


def codes(item: Series, **options: Any) -> list[str]:
    return [f.code for f in found(item, **options)]


def test_rows_that_agree_are_left_alone() -> None:
    assert codes(series()) == []


def test_responses_counted_over_the_rows() -> None:
    result = found(series(responses=[{"CR": 2, "PR": 0, "PD": 1}]))
    assert {f.code for f in result} == {"patient-responses-against-row"}
    assert {f.field for f in result} == {"arms[0].responses[0].CR", "arms[0].responses[0].PR"}
    assert result[0].arithmetic == "rows: 1 CR, 1 PD, 1 PR of 3"


def test_responses_by_compartment() -> None:
    blood = {"compartment": "blood", "CR": 3, "PR": 0}
    blocks = [{"CR": 1, "PR": 1, "PD": 1}, blood]
    assert "patient-responses-against-row" in codes(series(responses=blocks))
    blood |= {"CR": 2, "PR": 1}
    assert codes(series(responses=blocks)) == []


@pytest.mark.parametrize(
    ("field", "duration", "part"),
    [
        ("treatment_weeks", {"median": 10, "low": 4, "high": 12}, "median"),
        ("treatment_weeks", {"value": 8}, None),  # equals the median
        ("treatment_weeks", {"low": 5, "high": 12}, "low"),
        ("follow_up_months", {"median": 24, "low": 23, "high": 61}, "low"),
        ("response_months", {"median": 35.0, "endpoint": "PFS"}, None),
    ],
)
def test_medians_and_ranges(field: str, duration: dict[str, Any], part: str | None) -> None:
    result = found(series(**{field: duration}))
    assert [f.code for f in result] == (["patient-summary-against-row"] if part else [])
    if part:
        assert result[0].field is not None and result[0].field.endswith(f".{part}")


def test_treatment_and_response_longer_than_follow_up() -> None:
    rows = changed(1, response_months=24)
    result = found(series(rows, response_months=[]))
    assert [f.code for f in result] == ["patient-times-above-follow-up"]
    assert "8 weeks + 24 months = 25.8 months" in result[0].arithmetic
    assert codes(series(changed(1, response_months=22.5), response_months=[])) == []


def test_duration_without_a_response() -> None:
    assert codes(series(changed(2, response_months=3), response_months=[])) == [
        "patient-duration-without-response"
    ]


def test_response_after_the_follow_up() -> None:
    assert codes(series(changed(1, weeks_to_response=200))) == ["patient-response-after-follow-up"]


def test_complications_counted_over_the_rows() -> None:
    assert codes(series(complications=[{"term": "CMV", "events": 1}])) == [
        "patient-complications-against-row"
    ]
    assert codes(series(complications=[{"term": "serious CMV", "events": 1}])) == []


def test_more_rows_than_patients_and_a_row_twice() -> None:
    rows = [dict(row) for row in (*ROWS, {**ROWS[0], "id": 4})]
    assert "patient-row-repeated" in codes(series(rows))
    for row in rows:  # short rows of whole weeks and months may well be alike
        row.pop("measurements")
    assert "patient-row-repeated" not in codes(series(rows))
    rows = [{**row, "age": 60 + int(row["id"]) % 3} for row in rows]
    without = {"response_months": [], "follow_up_months": None, "treatment_weeks": None}
    assert codes(series(rows, **without)) == [
        "patient-rows-against-total",
        "patient-row-repeated",
    ]


def test_blood_response_by_cells() -> None:
    cells = {"name": "Sézary cells", "unit": "%", "before": 30}
    for stated, after, expected in [
        ("CR", 6, "not B0"),
        ("CR", 5, None),
        ("PR", 15, "no more than 50%"),
        ("PR", 14, None),
        ("PR", 4, "a complete response"),
    ]:
        response = {"skin": "PR", "blood": stated, "overall": "PR"}
        rows = changed(1, measurements=[{**cells, "after": after}], response=response)
        result = [f for f in found(series(rows)) if f.code == "blood-response"]
        assert [expected in f.computed for f in result] == ([True] if expected else []), after


def test_blood_response_that_cannot_be_verified_says_so() -> None:
    cells = [{"name": "Sézary cells", "unit": "/µL", "before": 2000, "after": 150}]
    (f,) = found(series(changed(0, measurements=cells)))
    assert (f.code, f.severity) == ("blood-response", "low")
    assert "cannot be verified" in f.computed


def test_overall_response_from_the_compartments() -> None:
    rows = changed(1, response={"skin": "PR", "blood": "PD", "overall": "PR"})
    (f,) = [f for f in found(series(rows)) if f.code == "overall-response"]
    assert f.computed == "PD from the compartments"


@pytest.mark.parametrize(
    ("parts", "overall"),
    [
        # Olsen 2011, J Clin Oncol 29:2598, Table on global response.
        ({"skin": "CR", "blood": "CR"}, "CR"),
        ({"skin": "CR", "blood": "NI"}, "CR"),
        ({"skin": "CR", "blood": "SD"}, "PR"),
        ({"skin": "PR", "blood": "CR"}, "PR"),
        ({"skin": "PR", "blood": "SD"}, "SD"),
        ({"skin": "PR", "blood": "NI"}, "PR"),
        ({"skin": "SD", "blood": "CR"}, "SD"),
        ({"skin": "CR", "blood": "PD"}, "PD"),
        ({"skin": "CR"}, None),
    ],
)
def test_overall_rules(parts: dict[str, str], overall: str | None) -> None:
    item = series(changed(0, response=parts)).arms[0].patients[0]
    assert overall_response(item, field_rules("cutaneous_lymphoma")["overall"]) == overall


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        # Olsen 2007, Blood 110:1713, Table 4 (revised staging).
        ("T4 N0 M0 B2", ["IVA1"]),
        ("T4N0M0B0", ["IIIA"]),
        ("T2 N0 M0 B1", ["IB"]),
        ("T3 N1 M0 B0", ["IIB"]),
        ("T4 N3 M0 B1", ["IVA2"]),
        ("T1 N0 M1 B0", ["IVB"]),
    ],
)
def test_stage_groups(text: str, groups: list[str]) -> None:
    assert stage_groups(read_classes(text), field_rules("cutaneous_lymphoma")["stage"]) == groups


def test_stage_in_rows_and_text() -> None:
    assert codes(series(changed(0, stage="IIIA (T4N0M0B2)"))) == ["stage-against-classes"]
    assert codes(series(changed(0, stage="IVA1 (T4N0M0B2)"))) == []
    text = "We treated 3 patients with stage IIIB disease (T4, N0, M0, B2)."
    sentence = ProseSentence(document="roe.pdf", text=text, page=2)
    (f,) = found(series(), sentences=[sentence])
    assert f.code == "stage-against-classes"
    assert f.places[0].page == 2


def test_blood_class_below_the_count() -> None:
    cells = [{"name": "Sézary cells", "unit": "/µL", "before": 554, "after": 0}]
    rows = changed(0, measurements=cells, stage="B2")
    assert codes(series(rows)) == ["blood-class"]
    assert codes(series(changed(0, measurements=cells, stage="B2", marks=["c"]))) == []


@pytest.mark.shared
def test_own_patients_agree_with_their_row(shared: Path) -> None:
    """Table 3 and the last row of Table 4 of the 2015 review agree in every count and median."""
    assert codes(seed_series.own_series(shared)) == []


@pytest.mark.shared
def test_follow_up_range_of_the_text_is_not_that_of_the_rows(shared: Path) -> None:
    """Text: 23-67 months; Table 3 begins at 20 (actas-2015, results and Table 3)."""
    plain = seed_series.own_series(shared).model_dump(mode="json", exclude_none=True)
    plain["arms"][0]["follow_up_months"] = {"median": 27, "low": 23, "high": 67}
    (f,) = found(Series.model_validate(plain))
    assert (f.code, f.field) == ("patient-summary-against-row", "arms[0].follow_up_months.low")
    assert f.arithmetic == "rows, sorted: 20, 24, 27, 32, 67 months"


# By hand: S = 0.8 after 2, 0.8 x 2/3 = 0.53 after 6, 0 after 10: the median is 10; the plain one 6.
CENSORED = [(2, False), (4, True), (6, False), (8, True), (10, False)]


def censored(stated: dict[str, Any], endpoint: str = "DOR") -> list[tuple[str, str]]:
    name, mark = {
        "DOR": ("response_months", "response_censored"),
        "PFS": ("pfs_months", "pfs_censored"),
        "OS": ("os_months", "os_censored"),
    }[endpoint]
    rows = [
        {"id": i, "age": 50 + i, name: months, mark: open_}
        for i, (months, open_) in enumerate(CENSORED, start=1)
    ]
    plain = {
        "series": "km-2010",
        "citation": {"authors": "Meier"},
        "source": {"document": "a.pdf"},
        "arms": [
            {
                "population": {"AML": 5},
                "patients": rows,
                "response_months": {"endpoint": endpoint, **stated},
            }
        ],
    }
    return [(f.severity, f.computed) for f in found(Series.model_validate(plain))]


@pytest.mark.parametrize("endpoint", ["DOR", "PFS", "OS"])
class TestCensoredDurations:
    def test_the_kaplan_meier_median_agrees(self, endpoint: str) -> None:
        assert censored({"median": 10, "low": 2, "high": 10}, endpoint) == []

    def test_a_plain_median_is_said_to_be_one(self, endpoint: str) -> None:
        assert censored({"median": 6}, endpoint) == [
            (
                "low",
                "Kaplan-Meier median of the patient rows is 10 months; the plain median is stated",
            )
        ]

    def test_another_median_is_wrong(self, endpoint: str) -> None:
        assert censored({"median": 7}, endpoint) == [
            ("medium", "Kaplan-Meier median of the patient rows is 10 months")
        ]


def test_a_median_that_is_not_reached() -> None:
    rows = [
        {"id": i, "age": 50 + i, "response_months": m, "response_censored": c}
        for i, (m, c) in enumerate([(3, False), (9, True), (12, True)], start=1)
    ]
    result = found(series(rows, response_months={"median": 11}))
    (f,) = [f for f in result if f.code == "patient-summary-against-row"]
    assert f.computed == "Kaplan-Meier median of the patient rows is not reached"
    assert f.arithmetic == "rows, sorted: 3, 9+, 12+ months"
