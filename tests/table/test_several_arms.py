"""Series with several arms: each patient once, by disease, by trait, over times and sources.

Every expected number is the sum, by hand, of the counts in the test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made_rows import PROTOCOL, one, rows_of, sums

from evidence.model.series import Series
from evidence.store.files import StoredSeries
from evidence.table.audit import audit
from evidence.table.build import build_rows
from evidence.table.select import select
from evidence.table.sizes import series_sizes
from evidence.table.switches import Switches


def arm(label: str | None, population: dict[str, int], *blocks: Any, **more: Any) -> dict[str, Any]:
    return {"label": label, "population": population, "responses": list(blocks), **more}


def series(*arms: dict[str, Any], document: str = "paper.pdf", **more: Any) -> Series:
    return Series.model_validate(
        {
            "series": "roe-2009",
            "citation": {"authors": "Roe", "year": 2009},
            "source": {"document": document},
            "arms": list(arms),
            **more,
        }
    )


def stored(item: Series, source: str) -> StoredSeries:
    return StoredSeries(series=item, path=Path(f"{source}.yaml"), source=source, sha="")


FEW = {"CR": 1, "PR": 2}
MORE = {"CR": 3, "PR": 3}
SC: dict[str, Any] = {"regimen": {"routes": ["SC"]}}
IV: dict[str, Any] = {"regimen": {"routes": ["IV"]}}


class TestDiseases:
    def test_arms_of_one_disease_each_are_the_split(self) -> None:
        rows = rows_of(series(arm("A", {"MF": 10}, FEW), arm("B", {"SS": 12}, MORE)))
        assert sums(select(rows, "ORR", by="disease")) == {"MF": (1, 3, 10), "SS": (1, 6, 12)}
        assert sums(select(rows, "ORR")) == {"all": (1, 9, 22)}

    def test_an_arm_of_one_disease_joins_that_disease_of_the_others(self) -> None:
        split = arm("B", {"SS": 12, "MF": 5}, {"scope": "SS", **MORE}, {"scope": "MF", **FEW})
        rows = rows_of(series(arm("A", {"MF": 10}, FEW), split))
        assert sums(select(rows, "ORR", by="disease")) == {"MF": (1, 6, 15), "SS": (1, 6, 12)}

    def test_names_of_one_disease_are_one_group(self) -> None:
        long = "Sézary syndrome"
        rows = rows_of(series(arm(None, {long: 10}, FEW)))
        assert one(rows, "ORR").disease == "SS"

    def test_sources_that_name_diseases_otherwise_count_once(self) -> None:
        long = "Sézary syndrome"
        first = series(arm(None, {"SS": 10, "MF": 5}, {"scope": "SS", **FEW}))
        second = series(arm(None, {long: 10, "MF": 5}, {"scope": long, **FEW}), document="b.pdf")
        rows, _ = build_rows([stored(first, "a"), stored(second, "b")], PROTOCOL)
        assert sums(select(rows, "ORR", by="disease")) == {"SS": (1, 3, 10)}


class TestTraits:
    def two(self) -> Series:
        return series(arm("A", {"MF": 10}, FEW, **SC), arm("B", {"MF": 12}, MORE, **IV))

    def test_an_arm_answers_to_a_condition_that_the_whole_does_not(self) -> None:
        rows = rows_of(self.two())
        assert sums(select(rows, "ORR", where={"route": "SC"})) == {"all": (1, 3, 10)}
        chosen = select(rows, "ORR", by="route", where={"disease": "MF"})
        assert sums(chosen) == {"SC": (1, 3, 10), "IV": (1, 6, 12)}

    def test_arms_under_other_labels_in_another_source_count_once(self) -> None:
        other = series(
            arm("under the skin", {"MF": 10}, FEW, **SC),
            arm("into the vein", {"MF": 12}, MORE, **IV),
            document="review.pdf",
        )
        rows, _ = build_rows([stored(self.two(), "a"), stored(other, "b")], PROTOCOL)
        assert sums(select(rows, "ORR", by="route")) == {"SC": (1, 3, 10), "IV": (1, 6, 12)}

    def test_doses_in_two_units_have_no_span(self) -> None:
        of_area = {"regimen": {"dose_mg": 30, "dose_unit": "mg/m2"}}
        of_weight = {"regimen": {"dose_mg": 3, "dose_unit": "mg/kg"}}
        first = arm("A", {"MF": 10}, FEW, **of_area)
        row = one(rows_of(series(first, arm("B", {"MF": 9}, FEW, **of_weight))), "ORR")
        assert (row.dose_mg_low, row.dose_mg_high) == (None, None)
        row = one(rows_of(series(arm("A", {"MF": 9}, FEW), arm("B", {"MF": 9}, FEW, **of_weight))),
                  "ORR")  # fmt: skip
        assert (row.dose_mg_high, row.dose_unit) == (3, "mg/kg")

    def test_arms_of_one_label_are_two(self) -> None:
        times = [{"timepoint": "3 months"}, {"timepoint": "6 months"}]
        rows = rows_of(series(*(arm("A", {"MF": 10}, FEW | time) for time in times)))
        assert {r.arm for r in rows if r.arm} == {"A (arm 1)", "A (arm 2)"}
        assert series_sizes(rows) == {"roe-2009": 20}


class TestTimes:
    def early_and_late(self) -> Series:
        sepsis = [{"term": "sepsis", "events": 2}]
        return series(
            arm("A", {"MF": 10}, {**FEW, "timepoint": "3 months"}, complications=sepsis),
            arm("B", {"MF": 12}, {**MORE, "timepoint": "6 months"}, complications=sepsis),
        )

    def test_complications_stay_where_responses_are_not_added_up(self) -> None:
        rows, problems = build_rows([self.early_and_late()], PROTOCOL)
        assert sums(select(rows, "complication:sepsis")) == {"all": (1, 4, 22)}
        assert sums(select(rows, "ORR")) == {"all": (2, 9, 22)}
        (told,) = [p for p in problems if p.code == "several-timepoints"]
        assert told.message.endswith("counted are those at: 3 months; 6 months.")

    def test_diseases_are_held_against_the_whole_of_their_time(self) -> None:
        blocks = [
            {**counts, "scope": scope, "timepoint": time}
            for time, whole in (("3 months", 2), ("6 months", 5))
            for scope, counts in (
                ("all", {"CR": whole}), ("MF", {"CR": 1}), ("SS", {"CR": whole - 1})
            )
        ]  # fmt: skip
        item = series(arm(None, {"MF": 10, "SS": 6}, *blocks))
        rows, _ = build_rows([item], PROTOCOL)
        codes = [f.code for f in audit([item], rows, PROTOCOL)]
        assert "diseases-against-overall" not in codes

    def test_patient_rows_are_held_against_the_first_time(self) -> None:
        patients = [{"id": str(n), "response": {"overall": r}} for n, r in enumerate(("CR", "PD"))]
        later = {"CR": 0, "PD": 2, "timepoint": "12 months"}
        for first, found in (({"CR": 1, "PD": 1}, 0), ({"CR": 0, "PD": 2}, 2)):
            item = series(arm(None, {"MF": 2}, first, later, patients=patients))
            codes = [f.code for f in audit([item], (), PROTOCOL)]
            assert codes.count("patient-responses-against-row") == found

    def test_sources_of_other_times_fill_nothing_and_are_told_apart(self) -> None:
        first = series(arm(None, {"MF": 10}, {"CR": 1, "PR": 2, "timepoint": "3 months"}))
        late = {"CR": 1, "PR": 2, "SD": 4, "timepoint": "12 months"}
        second = series(arm(None, {"MF": 10}, late), document="review.pdf")
        rows, _ = build_rows([stored(first, "a"), stored(second, "b")], PROTOCOL)
        assert one(rows, "SD").events is None


def test_one_arm_is_not_held_against_both() -> None:
    def with_sepsis(n: int) -> dict[str, Any]:
        return {"complications": [{"term": "sepsis", "events": n}]}

    both = series(arm("A", {"MF": 10}, FEW, **with_sepsis(2)),
                  arm("B", {"MF": 12}, MORE, **with_sepsis(3)))  # fmt: skip
    whole = series(
        arm(None, {"MF": 22}, {"CR": 4, "PR": 5}, **with_sepsis(5)), document="review.pdf"
    )
    items = [stored(both, "a"), stored(whole, "b")]
    assert [f for f in audit(items, (), PROTOCOL) if f.code == "sources-differ"] == []


def test_one_complication_over_different_patients_has_no_total() -> None:
    entries = [
        {"term": "early sepsis", "preferred": "sepsis", "events": 2, "total": 10},
        {"term": "late sepsis", "preferred": "sepsis", "events": 1, "total": 7},
    ]
    rows = rows_of(series(arm(None, {"MF": 10}, FEW, complications=entries)))
    row = one(rows, "complication:sepsis")
    assert (row.events, row.total) == (3, None)


def test_one_patient_of_a_larger_series_is_no_case_report() -> None:
    blocks = [{"scope": "MF", **FEW}, {"scope": "SS", "CR": 1, "PR": 0}]
    rows = rows_of(series(arm(None, {"MF": 10, "SS": 1}, *blocks)))
    chosen = select(rows, "ORR", by="disease", switches=Switches(case_reports=False))
    assert sums(chosen) == {"MF": (1, 3, 10), "SS": (1, 1, 1)}
    alone = rows_of(series(arm(None, {"SS": 1}, {"CR": 1, "PR": 0})))
    chosen = select(alone, "ORR", switches=Switches(case_reports=False))
    assert [e.reason for e in chosen.excluded] == ["a case report"]


@pytest.mark.parametrize("status", ["rejected", "unverified"])
def test_a_rejected_series_counts_nobody_of_its_cluster(status: str) -> None:
    large = series(arm(None, {"MF": 30}, MORE), status=status).model_copy(
        update={"series": "big-2001"}
    )
    small = series(
        arm(None, {"MF": 10}, FEW), overlaps=[{"series": "big-2001", "relation": "part of"}]
    )
    chosen = select(rows_of(large, small), "ORR")
    expected = (1, 3, 10) if status == "rejected" else (1, 6, 30)
    assert sums(chosen) == {"all": expected}


def test_a_cluster_is_ranked_by_relevant_patients() -> None:
    within = {"disease": "lymphoma", "patients": 50}
    part = series(arm(None, {"MF": 8}, FEW, within=within, complications=[
        {"term": "sepsis", "events": 2}
    ])).model_copy(update={"series": "big-2001"})  # fmt: skip
    other = series(
        arm(None, {"MF": 20}, MORE), overlaps=[{"series": "big-2001", "relation": "overlaps"}]
    )
    assert sums(select(rows_of(part, other), "ORR")) == {"all": (1, 6, 20)}


def test_a_parent_group_of_two_arms_is_assessed_once() -> None:
    """Lundin et al. 1998 counts complications over 50 lymphomas; two arms of them are no 100."""
    within = {"disease": "low-grade lymphoma", "patients": 50}
    arms = [
        {"label": label, "total": 4, "within": within, "responses": [{"CR": 1, "total": 4}],
         "complications": [{"term": "sepsis", "events": n}]}
        for label, n in (("a", 2), ("b", 1))
    ]  # fmt: skip
    plain = {
        "series": "lundin-1998",
        "citation": {"authors": "Lundin", "year": 1998},
        "source": {"document": "paper.xml"},
        "arms": arms,
    }
    rows, _ = build_rows([Series.model_validate(plain)])
    (row,) = [r for r in rows if r.outcome == "complication:sepsis"]
    assert (row.events, row.total) == (3, 50)
