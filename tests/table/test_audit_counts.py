"""Counts held against totals, deaths and complications; and what is no contradiction."""

from __future__ import annotations

from typing import Any

import pytest
import seed_series
from made_blocks import codes, found, series

from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.build import build_rows


class TestSilence:
    @pytest.mark.parametrize(
        "block",
        [
            {"CR": 9, "PR": 7, "PD": 3, "stated_percent": {"ORR": 84}},
            {"CR": 9, "PR": 7, "PD": 3, "stated_percent": {"ORR": 84.2, "CR": 47, "PR": 37}},
            {"CR": 9, "PR": 7, "PD": 3, "stated_percent": {"CR": 47.36}},  # cut off, not rounded
            {"total": 8, "PR": 3, "SD": 2, "PD": 3, "stated_percent": {"ORR": 38}},
            {"total": 8, "PR": 3, "SD": 2, "PD": 3, "stated_percent": {"ORR": 37}},
            {"total": 40, "CR": 1, "PR": 0, "SD": 39, "stated_percent": {"CR": 2}},  # half to even
            {"total": 40, "CR": 1, "PR": 0, "SD": 39, "stated_percent": {"CR": 3}},  # half up
        ],
    )
    def test_roundings_agree(self, block: dict[str, Any]) -> None:
        assert codes(block, population={"SS": block.get("total", 19)}) == []

    def test_percentage_over_the_evaluable(self) -> None:
        block = {"CR": 9, "PR": 7, "PD": 2, "NE": 1, "stated_percent": {"ORR": 88.9}}
        assert codes(block) == []

    def test_unclassified_patients_are_no_error(self) -> None:
        # 308 patients of whom 93 + 147 are classified by disease: 68 unclassified.
        assert codes(
            {"total": 308, "CR": 100, "PR": 100, "SD": 108},
            population={"SS": 93, "MF": 147},
            total=308,
        ) == []  # fmt: skip

    def test_survival_estimate_is_no_count(self) -> None:
        assert codes(
            {"CR": 4, "PR": 1, "PD": 1, "total": 6, "stated_percent": {"OS": 60, "DFS": 33.3}},
            population={"SS": 6},
        ) == []  # fmt: skip

    def test_death_among_the_progressive(self) -> None:
        block = {"CR": 9, "PR": 7, "PD": 3, "deaths": 1}
        listed = [{"term": "death", "events": 1, "fatal": True}]
        assert codes(block, complications=listed) == []

    def test_by_disease_that_adds_up(self) -> None:
        # de Masson 2014 as printed (actas-2015 Table 4), with the rest stable.
        assert codes(
            {"CR": 7, "PR": 13, "SD": 19, "stated_percent": {"ORR": 51}},
            {"scope": "SS", "CR": 6, "PR": 10, "SD": 7, "stated_percent": {"ORR": 70}},
            {"scope": "MF", "CR": 1, "PR": 3, "SD": 12, "stated_percent": {"ORR": 25}},
            population={"SS": 23, "MF": 16},
        ) == []  # fmt: skip


class TestTotals:
    def test_too_many(self) -> None:
        (f,) = found(series({"CR": 9, "PR": 8, "PD": 3}))
        assert (f.code, f.severity) == ("responses-above-total", "high")
        assert f.arithmetic == "9 CR + 8 PR + 3 PD = 20, 1 more than the 19 patients"

    def test_too_many_with_deaths(self) -> None:
        block = {"CR": 9, "PR": 7, "PD": 2, "deaths": 2}
        (f,) = [f for f in found(series(block)) if f.code == "responses-above-total"]
        assert (f.severity, f.arithmetic) == (
            "low",
            "9 CR + 7 PR + 2 PD + 2 deaths = 20, 1 more than the 19 patients",
        )

    def test_more_responders_of_one_type_than_the_overall_percentage(self) -> None:
        block = {"PR": 12, "stated_percent": {"ORR": 42}}
        assert "percent-against-count" in codes(block)
        assert "percent-against-count" not in codes({**block, "PR": 7})

    def test_denominator_that_is_nowhere(self) -> None:
        block = {"PR": 3, "CR": 0, "stated_percent": {"ORR": 38}}
        (f,) = found(series(block, population={}))
        assert (f.code, f.computed) == ("denominator-missing", "agrees with the percentages over 8")

    def test_unaccounted_are_named(self) -> None:
        (f,) = found(series({"PR": 2}, population={"SS": 6}))
        assert (f.code, f.severity) == ("responses-unaccounted", "low")
        assert f.arithmetic == "2 PR = 2; 6 - 2 = 4"
        (f,) = found(series({"CR": 9, "PR": 7, "PD": 2}))
        assert f.severity == "low"
        (f,) = found(series({"CR": 9, "PR": 6, "SD": 1, "PD": 2}))
        assert f.severity == "medium"

    def test_stated_responders_against_their_parts(self) -> None:
        assert "responders-against-parts" in codes({"CR": 9, "PR": 7, "PD": 3, "ORR": 15})

    def test_diseases_above_patients(self) -> None:
        assert "diseases-above-patients" in codes(
            {"CR": 9, "PR": 10}, population={"SS": 17, "MF": 4}, total=19
        )

    def test_by_disease_against_overall(self) -> None:
        (f,) = found(
            series(
                {"CR": 8, "PR": 12, "SD": 19},
                {"scope": "SS", "CR": 6, "PR": 9, "SD": 8},
                {"scope": "MF", "CR": 1, "PR": 3, "SD": 12},
                population={"SS": 23, "MF": 16},
            )
        )[:1]
        assert f.code == "diseases-against-overall"
        assert "6 SS + 1 MF = 7, not 8" in f.arithmetic

    def test_responses_of_more_than_were_treated(self) -> None:
        assert "scope-above-patients" in codes({"total": 20, "CR": 10, "PR": 10})

    def test_responses_of_a_part(self) -> None:
        (f,) = [
            f
            for f in found(series({"scope": "MF", "PR": 4}, population={"MF": 4, "PTCL": 6}))
            if f.code == "response-scope-smaller"
        ]
        assert f.computed == "no responses of 6 PTCL"


class TestDeaths:
    def test_death_in_the_response_cell_and_no_complications(self) -> None:
        # Capalbo 2003 (actas-2015 Table 4): "1 CR, 1 PR, 1 death (AMI)", complications "No".
        block = {"CR": 1, "PR": 1, "deaths": 1, "death_cause": "AMI"}
        (f,) = found(series(block, population={"SS": 3}, complications=[]))
        assert f.code == "no-complications-beside-death"
        assert codes(block, population={"SS": 3}) == ["death-outside-complications"]

    def test_fatal_event_of_grade_four(self) -> None:
        entry = {"term": "pancytopenia", "grade": 4, "events": 1, "fatal": True}
        block = {"CR": 9, "PR": 7, "PD": 3}
        assert codes(block, complications=[entry]) == ["fatal-without-grade-5"]
        assert codes(block, complications=[{**entry, "grade": 5}]) == []
        assert codes(block, complications=[{**entry, "grade": 5, "fatal": False}]) == [
            "grade-against-fatal"
        ]

    def test_attributed_response(self) -> None:
        exclusion = {"outcome": "CR", "events": 1, "reason": "after electron beam"}
        assert codes({"CR": 9, "PR": 7, "PD": 3, "exclusions": [exclusion]}) == [
            "attributed-response"
        ]

    def test_more_attributed_than_counted(self) -> None:
        exclusion = {"outcome": "PR", "events": 8, "reason": "after radiotherapy"}
        block = {"CR": 9, "PR": 7, "PD": 3, "exclusions": [exclusion]}
        assert "attributed-above-count" in codes(block)


class TestComplications:
    def test_counted_over_a_larger_group(self) -> None:
        entry = {"term": "sepsis", "events": 9}
        block = {"CR": 9, "PR": 7, "PD": 3}
        assert codes(block, complications=[entry], within={"disease": "NHL", "patients": 50}) == [
            "complications-over-parent"
        ]

    def test_above_total_and_percent(self) -> None:
        block = {"CR": 9, "PR": 7, "PD": 3}
        assert codes(block, complications=[{"term": "sepsis", "events": 20}]) == [
            "complication-above-total"
        ]
        entry = {"term": "sepsis", "events": 4, "percent": 31}
        assert codes(block, complications=[entry]) == ["complication-percent-against-count"]
        assert codes(block, complications=[{**entry, "percent": 21}]) == []


def test_decision_closes_a_finding() -> None:
    decision = {
        "finding": "percent-against-count",
        "field": "arms[0].responses[0].stated_percent.ORR",
        "action": "accept",
        "by": "M. Roe",
        "on": "2026-01-31",
        "why": "over the evaluable",
    }
    block = {"CR": 9, "PR": 7, "PD": 3, "stated_percent": {"ORR": 74}}
    (f,) = found(series(block, decisions=[decision]))
    assert f.status == "accepted"
    assert f.decided == "M. Roe, 2026-01-31: over the evaluable"
    (f,) = found(series(block, decisions=[{**decision, "field": "arms[0].responses[0].CR"}]))
    assert f.status == "open"


def test_place_has_page_and_box() -> None:
    cells = {"response": {"page": 6, "box": (1, 2, 3, 4), "text": "OR 74% 9 CR, 7 PR, 3 DP"}}
    block = {"CR": 9, "PR": 7, "PD": 3, "stated_percent": {"ORR": 74}}
    (f,) = found(series(block, cells=cells))
    place = f.places[0]
    assert (place.document, place.page, place.table, place.row) == ("review.pdf", 6, "4", 2)
    assert place.box_pt == (1, 2, 3, 4)
    assert f.to_dict()["places"][0]["box"] == [1, 2, 3, 4]  # type: ignore[index]


@pytest.mark.shared
def test_seed_table(table4: list[Series]) -> None:
    """What is wrong in Table 4 of the 2015 review, and nothing else of these kinds."""
    rows, _ = build_rows(table4, seed_series.PROTOCOL)
    high = {
        (f.series, f.code)
        for f in audit(table4, rows, seed_series.PROTOCOL)
        if f.severity == "high"
    }
    assert high == {
        ("lundin1998", "percent-mislabelled"),
        ("lundin2003", "percent-mislabelled"),
        ("capalbo2003", "no-complications-beside-death"),
        ("watanabe2014", "attributed-response"),
    }
