"""Each family of rules on other drugs, diseases and ways of reporting; each case with a twin."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.series import Series
from evidence.table.audit import audit


def series(name: str = "roe-2011", **fields: Any) -> Series:
    """A series; what is no field of a series is one of its arm."""
    top = {k: fields.pop(k) for k in ("citation", "source", "cells", "decisions") if k in fields}
    arms = fields.pop("arms", None) or [fields]
    plain = {
        "series": name,
        "citation": {"authors": name.split("-")[0].title(), "year": int(name[-4:])},
        "source": {"document": "review.xml", "table": "3"},
        "arms": arms,
        **top,
    }
    return Series.model_validate(plain)


def codes(*items: Series) -> set[str]:
    return {f.code for f in audit(items)} - {"responses-unaccounted"}


GIST = {"population": {"GIST": 40}}
HCC = {"population": {"HCC": 57}}
MEL = {"population": {"melanoma": 23}}


def block(total: int | None, percents: dict[str, float] | None = None, **counts: Any) -> Any:
    stated = {"stated_percent": percents} if percents else {}
    return [{k: v for k, v in {"total": total, **counts, **stated}.items() if v is not None}]


ONE_SERIES = [
    # percentages: (code, what is wrong, what is right)
    ("percent-mislabelled",
     GIST | {"responses": block(40, {"CR": 52.5}, CR=3, PR=18)},
     GIST | {"responses": block(40, {"ORR": 52.5}, CR=3, PR=18)}),
    ("percent-mislabelled",
     HCC | {"responses": block(57, {"ORR": 61}, CR=2, PR=9, SD=24, PD=22)},
     HCC | {"responses": block(57, {"DCR": 61}, CR=2, PR=9, SD=24, PD=22)}),
    ("percent-mislabelled",
     MEL | {"responses": block(23, {"PR": 17}, CR=4, PR=1)},
     MEL | {"responses": block(23, {"CR": 17}, CR=4, PR=1)}),
    ("percent-against-count",
     GIST | {"responses": block(40, {"ORR": 48}, CR=3, PR=18)},
     GIST | {"responses": block(40, {"ORR": 53}, CR=3, PR=18)}),
    ("percent-against-count",
     HCC | {"responses": block(57, {"CR": 5.3}, CR=2, PR=9)},
     HCC | {"responses": block(57, {"CR": 3.5}, CR=2, PR=9)}),
    ("percent-against-count",
     MEL | {"responses": block(23, {"PD": 40.1}, CR=4, PR=1, SD=9, PD=9)},
     MEL | {"responses": block(23, {"PD": 39.1}, CR=4, PR=1, SD=9, PD=9)}),
    ("percent-impossible",
     {"population": {"HCL": 9}, "responses": block(9, {"ORR": 50})},
     {"population": {"HCL": 9}, "responses": block(9, {"ORR": 56})}),
    ("percent-impossible",
     {"population": {"HCL": 13}, "responses": block(13, {"CR": 27.3})},
     {"population": {"HCL": 13}, "responses": block(13, {"CR": 30.8})}),
    ("percent-impossible",
     {"population": {"HCL": 7}, "responses": block(7, {"ORR": 75})},
     {"population": {"HCL": 7}, "responses": block(7, {"OS": 75, "PFS": 60})}),
    ("percents-against-sum",
     GIST | {"responses": block(None, {"ORR": 60, "CR": 20, "PR": 30})},
     GIST | {"responses": block(None, {"ORR": 50, "CR": 20, "PR": 30})}),
    # parts and whole
    ("responses-above-total",
     GIST | {"responses": block(40, None, CR=3, PR=18, SD=11, PD=9)},
     GIST | {"responses": block(40, None, CR=3, PR=18, SD=11, PD=8)}),
    ("responses-above-total",
     MEL | {"responses": block(23, None, CR=4, PR=10, PD=11)},
     MEL | {"responses": block(23, None, CR=4, PR=10, PD=9)}),
    ("responders-against-parts",
     HCC | {"responses": block(57, None, ORR=12, CR=2, PR=9)},
     HCC | {"responses": block(57, None, ORR=11, CR=2, PR=9)}),
    ("diseases-above-patients",
     {"population": {"FL": 21, "MCL": 12}, "total": 31},
     {"population": {"FL": 21, "MCL": 12}, "total": 38}),
    ("scope-above-patients",
     {"population": {"FL": 21}, "responses": block(22, None, CR=3)},
     {"population": {"FL": 21}, "responses": block(19, None, CR=3, NE=2)}),
    ("diseases-against-overall",
     {"population": {"FL": 21, "MCL": 12},
      "responses": [{"total": 33, "CR": 9}, {"scope": "FL", "total": 21, "CR": 6},
                    {"scope": "MCL", "total": 12, "CR": 2}]},
     {"population": {"FL": 21, "MCL": 12},
      "responses": [{"total": 33, "CR": 9}, {"scope": "FL", "total": 21, "CR": 6},
                    {"scope": "MCL", "total": 12, "CR": 3}]}),
    # denominators
    ("denominator-missing",
     {"responses": block(None, {"ORR": 45}, CR=2, PR=7)},
     {"population": {"FL": 20}, "responses": block(20, {"ORR": 45}, CR=2, PR=7)}),
    ("response-scope-smaller",
     {"population": {"FL": 20, "MCL": 9}, "responses": [{"scope": "FL", "total": 20, "CR": 3}]},
     {"population": {"FL": 20, "MCL": 9},
      "responses": [{"scope": "FL", "total": 20, "CR": 3},
                    {"scope": "MCL", "total": 9, "CR": 1}]}),
    ("complications-over-parent",
     {"population": {"MALT": 6}, "within": {"disease": "NHL", "patients": 60},
      "complications": [{"term": "rash", "events": 11}]},
     {"population": {"MALT": 6}, "within": {"disease": "NHL", "patients": 60}}),
    ("complications-restricted",
     GIST | {"complications": [{"term": "rash", "events": 3, "restricted_to": "those on 800 mg"}]},
     GIST | {"complications": [{"term": "rash", "events": 3,
                                "restricted_to": "the 12 patients on 800 mg"}]}),
    ("complication-above-total",
     MEL | {"complications": [{"term": "fever", "events": 24}]},
     MEL | {"complications": [{"term": "fever", "events": 23}]}),
    ("complication-percent-against-count",
     MEL | {"complications": [{"term": "fever", "events": 9, "percent": 36}]},
     MEL | {"complications": [{"term": "fever", "events": 9, "percent": 39}]}),
    # attribution and deaths
    ("attributed-response",
     MEL | {"responses": [{"total": 23, "CR": 2,
                           "exclusions": [{"outcome": "CR", "events": 1,
                                           "reason": "after surgery"}]}]},
     MEL | {"responses": block(23, None, CR=2)}),
    ("no-complications-beside-death",
     MEL | {"responses": block(23, None, CR=2, deaths=1), "complications": []},
     MEL | {"responses": block(23, None, CR=2), "complications": []}),
    ("fatal-without-grade-5",
     MEL | {"complications": [{"term": "colitis", "events": 1, "grade": "3", "fatal": True}]},
     MEL | {"complications": [{"term": "colitis", "events": 1, "grade": "5", "fatal": True}]}),
    ("grade-against-fatal",
     MEL | {"complications": [{"term": "colitis", "events": 1, "grade": "5", "fatal": False}]},
     MEL | {"complications": [{"term": "colitis", "events": 1, "grade": "4", "fatal": False}]}),
    # times against their words
    ("duration-against-words",
     MEL | {"response_months": {"median": 26, "printed": "26 weeks"}},
     MEL | {"response_months": {"median": 5.98, "printed": "26 weeks"}}),
    ("duration-against-words",
     MEL | {"treatment_weeks": {"value": 3, "printed": "3 months"}},
     MEL | {"treatment_weeks": {"value": 13.04, "printed": "3 months"}}),
    ("duration-against-words",
     MEL | {"response_months": {"median": 2, "printed": "2 years"}},
     MEL | {"response_months": {"median": 24, "printed": "2 years"}}),
    # names
    ("organism-mismatch",
     MEL | {"complications": [{"term": "Candida fumigatus sepsis", "events": 1}]},
     MEL | {"complications": [{"term": "Aspergillus fumigatus sepsis", "events": 1}]}),
    ("organism-mismatch",
     MEL | {"complications": [{"term": "Staphylococcus pneumoniae pneumonia", "events": 1}]},
     MEL | {"complications": [{"term": "Streptococcus pneumoniae pneumonia", "events": 1}]}),
    ("organism-mismatch",
     MEL | {"complications": [{"term": "Pneumocystis pneumophila", "events": 1}]},
     MEL | {"complications": [{"term": "Legionella pneumophila", "events": 1}]}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "right"), ONE_SERIES)
def test_one_series(code: str, wrong: dict[str, Any], right: dict[str, Any]) -> None:
    assert code in codes(series(**wrong))
    assert codes(series(**right)) == set()


PATIENTS = [
    {"id": 1, "sex": "F", "age": 61, "treatment_weeks": 26, "response_months": 12,
     "follow_up_months": 20, "response": {"overall": "CR"}},
    {"id": 2, "sex": "M", "age": 48, "treatment_weeks": 12, "response_months": 4,
     "follow_up_months": 9, "response": {"overall": "PR"}},
    {"id": 3, "sex": "F", "age": 70, "treatment_weeks": 6, "follow_up_months": 4,
     "response": {"overall": "PD"}},
]  # fmt: skip
ROW = {
    "population": {"HCL": 3},
    "responses": block(3, None, CR=1, PR=1, PD=1),
    "treatment_weeks": {"median": 12, "low": 6, "high": 26},
    "response_months": {"median": 8, "low": 4, "high": 12},
    "follow_up_months": {"median": 9, "low": 4, "high": 20},
}


def patients(index: int | None = None, **changed: Any) -> dict[str, Any]:
    rows = [dict(row) for row in PATIENTS]
    if index is not None:
        rows[index] |= changed
    return ROW | {"patients": rows}


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("patient-responses-against-row", patients(2, response={"overall": "SD"})),
        ("patient-responses-against-row", patients() | {"responses": block(3, None, CR=2, PD=1)}),
        ("patient-rows-against-total", patients() | {"population": {"HCL": 4}, "responses": []}),
        ("patient-summary-against-row", patients(0, treatment_weeks=30)),
        ("patient-summary-against-row", patients() | {"follow_up_months": {"median": 11}}),
        ("patient-summary-against-row", patients() | {"response_months": {"low": 3, "high": 12}}),
        ("patient-times-above-follow-up", patients(1, follow_up_months=5)),
        ("patient-response-after-follow-up", patients(1, weeks_to_response=60)),
        ("patient-duration-without-response", patients(2, response_months=2)),
    ],
)
def test_patient_rows(code: str, wrong: dict[str, Any]) -> None:
    assert code in codes(series(**wrong))
    assert codes(series(**patients())) == set()


def table(**column: Any) -> list[Series]:
    """Four series of one table, alike but for their counts; ``column`` changes the last."""
    names = ["ash-2001", "birch-2004", "cedar-2009", "elm-2015"]
    made = []
    for i, name in enumerate(names):
        arm = {
            "population": {"HCC": 20 + i},
            "regimen": {"drug": "sorafenib", "routes": ["PO"], "dose_mg": 400},
            "responses": block(20 + i, None, CR=i, PR=3 + i, PD=17 - i),
            "response_months": {"median": 5 + i, "printed": f"{5 + i} mo"},
            "treatment_weeks": {"value": 8 + i, "printed": f"{8 + i} wk"},
        }
        made.append(series(name, **(arm | column if name == names[-1] else arm)))
    return made


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("unit-mixed", {"response_months": {"median": 6, "printed": "26 wk"}}),
        ("unit-mixed", {"response_months": {"median": 24, "printed": "2 years"}}),
        ("unit-mixed", {"treatment_weeks": {"value": 13, "printed": "3 months"}}),
        ("dose-unit-mixed", {"regimen": {"routes": ["PO"], "dose_mg": 10, "dose_unit": "mg/kg"}}),
        ("statistic-mixed", {"response_months": {"low": 2, "high": 9, "printed": "2-9 mo"}}),
        ("statistic-mixed",
         {"response_months": {"median": 9, "comparator": ">", "printed": "> 9 mo"}}),
        ("statistic-mixed", {"response_months": {"mean": 7, "printed": "mean 7 mo"}}),
        ("treatment-statistic-mixed",
         {"treatment_weeks": {"low": 4, "high": 30, "printed": "4-30 wk"}}),
        ("endpoint-mixed",
         {"response_months": {"median": 7, "endpoint": "PFS", "printed": "7 mo"}}),
        ("endpoint-mixed",
         {"response_months": {"median": 7, "endpoint": "TTP", "printed": "7 mo"}}),
        ("endpoint-mixed",
         {"response_months": {"median": 7, "endpoint": "OS", "printed": "7 mo"}}),
    ],
)  # fmt: skip
def test_columns(code: str, column: dict[str, Any]) -> None:
    assert codes(*table(**column)) == {code}
    assert codes(*table()) == set()


@pytest.mark.parametrize(
    ("head", "term", "said"),
    [
        ("Severe adverse events", "subclinical thyroiditis", True),
        ("Severe adverse events", "thyroiditis", False),
        ("Adverse events", "mild thyroiditis", False),
    ],
)
def test_no_serious_event_under_a_head_of_serious_ones(head: str, term: str, said: bool) -> None:
    item = series(
        cells={"complications": {"text": f"{term} (2)", "column": head}},
        **MEL,
        complications=[{"term": term, "events": 2}],
    )
    assert ("seriousness-mixed" in codes(item)) == said


def test_a_row_printed_twice() -> None:
    rows = table()
    twin = rows[1].model_copy(update={"series": "doubleday-2004"})
    assert "identical-cohort" in codes(*rows, twin)


def test_a_small_row_printed_twice() -> None:
    """2 of 6 and nothing more: every field of the row is the same."""
    arm = {
        "population": {"CTCL": 6},
        "regimen": {"routes": ["IV"], "dose_mg": 30},
        "responses": block(6, None, PR=2),
        "treatment_weeks": {"low": 4, "high": 12},
    }
    items = [series("a-2003", **arm), series("b-2004", **arm)]
    assert codes(*items) == {"identical-cohort"}
    items[1] = series("b-2004", **arm | {"treatment_weeks": {"low": 5, "high": 12}})
    assert codes(*items) == set()


@pytest.mark.parametrize(
    ("durations", "said"),
    [
        (({"value": 8}, {"low": 4, "high": 12}), True),  # the one lies in the other
        (({"value": 8}, None), True),
        (({"value": 8}, {"value": 14}), False),  # other patients
    ],
)
def test_equal_counts_are_weighed(durations: tuple[Any, Any], said: bool) -> None:
    items = []
    for name, disease, weeks in zip(("a-2003", "b-2004"), ("FL", "MCL"), durations, strict=True):
        arm = {
            "population": {disease: 18},
            "regimen": {"routes": ["IV"], "dose_mg": 30},
            "responses": block(18, None, CR=4, PR=7, SD=4, PD=3),
        } | ({} if weeks is None else {"treatment_weeks": weeks})
        items.append(series(name, **arm))
    assert ("identical-responses" in codes(*items)) == said


def test_counts_in_groups_that_chance_hardly_gives_twice() -> None:
    blocks = [
        {"scope": "FL", "total": 44, "CR": 11, "PR": 13, "SD": 12, "PD": 8},
        {"scope": "MCL", "total": 37, "CR": 9, "PR": 10, "SD": 7, "PD": 11},
    ]
    arm = {"population": {"FL": 44, "MCL": 37}, "responses": blocks}
    items = [
        series("a-2003", **arm, regimen={"routes": ["IV"]}, treatment_weeks={"value": 8}),
        series("b-2004", **arm, regimen={"routes": ["PO"]}, treatment_weeks={"value": 30}),
    ]
    assert "identical-responses" in codes(*items)
