"""The audit of counts, percentages, denominators and deaths: found with arithmetic, or silent."""

from __future__ import annotations

from typing import Any

import pytest
import seed_series

from evidence.model.finding import Finding
from evidence.model.protocol import Population, Protocol
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.build import build_rows

PROTOCOL = Protocol(population=Population(include=("SS", "MF")))


def series(*blocks: dict[str, Any], **more: Any) -> Series:
    top = {k: more.pop(k) for k in ("decisions", "cells", "readings", "status") if k in more}
    arm = {"population": {"SS": 19}, "responses": list(blocks), **more}
    return Series.model_validate(
        {
            "series": "roe-2009",
            "citation": {"authors": "Roe", "year": 2009},
            "source": {"document": "review.pdf", "table": "4", "row": 2},
            "arms": [arm],
            **top,
        }
    )


def found(item: Series) -> list[Finding]:
    rows, _ = build_rows([item], PROTOCOL)
    return list(audit([item], rows, PROTOCOL))


def codes(*blocks: dict[str, Any], **more: Any) -> list[str]:
    return [f.code for f in found(series(*blocks, **more))]


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


class TestPercentages:
    def test_overall_response_printed_as_complete(self) -> None:
        # Lundin 2003 (actas-2015 Table 4): "CR 55%, 7 CR, 5 PR, 3 SD, 7 DP" of 22.
        block = {"CR": 7, "PR": 5, "SD": 3, "PD": 7, "stated_percent": {"CR": 55}}
        (f,) = found(series(block, population={"SS": 22}))
        assert (f.code, f.severity) == ("percent-mislabelled", "high")
        assert f.field == "arms[0].responses[0].stated_percent.CR"
        assert "12 of 22 is 54.5%" in f.arithmetic
        assert "printed as CR, equals CR + PR" in f.arithmetic

    def test_altered_percentage(self) -> None:
        (f,) = found(series({"CR": 9, "PR": 7, "PD": 3, "stated_percent": {"ORR": 74}}))
        assert f.code == "percent-against-count"
        assert "16 of 19 is 84.2%, not 74%; 74% of 19 is 14" in f.arithmetic

    def test_percentage_no_count_can_give(self) -> None:
        (f,) = found(series({"total": 8, "stated_percent": {"ORR": 45}}, population={"SS": 8}))
        assert (f.code, f.severity) == ("percent-impossible", "high")
        assert f.arithmetic == "3 of 8 is 37.5%, 4 of 8 is 50.0%; neither is 45%"

    def test_printed_digits_are_kept(self) -> None:
        # 50% of 19 cannot be, neither can 50.0%; 47% is 9 of 19, 47.0% is not.
        block = {"total": 19, "CR": 9, "PR": 10, "stated_percent": {"CR": 47.0}}
        note = {"arms[0].responses[0].stated_percent.CR": {"text": "CR 47.0%"}}
        assert codes(block) == []
        assert codes(block, readings=note) == ["percent-against-count"]

    def test_total_that_makes_them_agree_is_named(self) -> None:
        (f,) = found(
            series({"PR": 3, "CR": 0, "PD": 5, "total": 8, "stated_percent": {"ORR": 43}},
                   population={"SS": 8})
        )  # fmt: skip
        assert "it fits 3 of 7" in f.arithmetic

    def test_percentages_that_do_not_add_up(self) -> None:
        stated = {"ORR": 60, "CR": 30, "PR": 20}
        assert codes({"total": 10, "stated_percent": stated}, population={"SS": 10}) == [
            "percents-against-sum"
        ]


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


class TestRealPapers:
    """Conventions of published trials (corpus of open-access papers) that are no errors."""

    @pytest.mark.parametrize(
        ("events", "total", "stated"),
        [(26, 34, 77), (33, 52, 64), (7, 52, 14), (42, 78, 53.9), (55, 61, 90.1)],
    )
    def test_rounded_twice_or_cut_off(self, events: int, total: int, stated: float) -> None:
        block = {"CR": events, "PR": 0, "SD": total - events, "stated_percent": {"CR": stated}}
        assert codes(block, population={"SS": total}) == []

    def test_off_by_a_tenth_is_of_low_weight(self) -> None:
        block = {"CR": 9, "PR": 0, "SD": 69, "stated_percent": {"CR": 11.6}}
        (f,) = found(series(block, population={"SS": 78}))
        assert (f.code, f.severity) == ("percent-against-count", "low")

    def test_disease_control_of_some_duration(self) -> None:
        block = {"CR": 1, "PR": 11, "SD": 26, "PD": 14, "DCR": 22}
        (f,) = found(series(block, population={"SS": 52}))
        assert (f.code, f.severity) == ("responders-against-parts", "low")
        (f,) = found(series({**block, "DCR": 40}, population={"SS": 52}))
        assert f.severity == "high"

    def test_one_other_denominator_explains_several(self) -> None:
        entries = [
            {"term": f"t{n}", "events": n, "percent": p}
            for n, p in ((13, 48), (4, 15), (10, 37), (7, 26), (3, 11))
        ]
        block = {"CR": 9, "PR": 0, "SD": 20}
        (f,) = found(series(block, population={"SS": 29}, complications=entries))
        assert f.computed == "all agree over 27"
