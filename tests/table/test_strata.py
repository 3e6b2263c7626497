"""Whole series and strata: nothing counted twice, and only the patients of the review."""

from __future__ import annotations

from made_rows import one, rows_of, series, sums

from evidence.model.series import Series
from evidence.table.select import select


def test_whole_series_is_the_sum_of_its_diseases_where_only_they_are_given() -> None:
    rows = rows_of(
        series(
            "roe-2014",
            {"scope": "SS", "CR": 13, "PR": 4},
            {"scope": "MF", "CR": 1, "PD": 5},
            population={"SS": 17, "MF": 6},
        )
    )
    assert (one(rows, "ORR").events, one(rows, "ORR").total) == (18, 23)
    assert (one(rows, "PD", "MF").events, one(rows, "PD").events) == (5, 5)
    assert one(rows, "ORR").disease is None


def test_a_second_block_of_the_same_patients_counts_over_its_own_total() -> None:
    rows = rows_of(
        series(
            "roe-2014",
            {"CR": 4, "total": 22},
            {"ORR": 10, "other": {"relapse": 2}, "total": 20},
        )
    )
    assert [(one(rows, n).events, one(rows, n).total) for n in ("CR", "ORR", "relapse")] == [
        (4, 22), (10, 20), (2, 20)
    ]  # fmt: skip
    assert one(rows, "PR").events is None  # not 0: the responders are printed beside the CR


def test_only_the_relevant_patients_of_a_mixed_series() -> None:
    # Zinzani 2005: 4 MF and 6 peripheral T-cell lymphoma; 3 PR of the 4 MF (actas-2015).
    rows = rows_of(series("roe-2005", {"scope": "MF", "PR": 3}, population={"MF": 4, "PTCL": 6}))
    row = one(rows, "ORR")
    assert (row.events, row.total, row.disease) == (3, 4, "MF")


def test_mixed_series_that_is_not_separated_is_left_out_by_name() -> None:
    rows = rows_of(series("roe-2005", {"CR": 3, "PR": 1}, population={"MF": 4, "PTCL": 6}))
    selection = select(rows, "ORR")
    assert selection.rows == ()
    assert "not separated from PTCL" in selection.excluded[0].reason


def test_part_of_a_larger_group() -> None:
    # Lundin 1998: 8 MF inside 50 lymphomas (actas-2015 Table 4).
    rows = rows_of(
        series(
            "roe-1998",
            {"scope": "all", "total": 50, "stated_percent": {"ORR": 20}},
            {"scope": "MF", "total": 8, "CR": 2, "stated_percent": {"CR": 50}},
            population={"MF": 8},
            within={"disease": "NHL", "patients": 50},
            complications=[{"term": "sepsis", "events": 9}],
        )
    )
    assert (one(rows, "ORR").events, one(rows, "ORR").total) == (4, 8)
    assert one(rows, "complication:sepsis").total == 50


def test_pooled_label_is_no_split() -> None:
    rows = rows_of(series("roe-2003", {"CR": 7, "PR": 5}, population={"MF/SS": 22}))
    assert one(rows, "ORR").disease is None
    selection = select(rows, "ORR", by="disease")
    assert selection.rows == ()
    assert "without a split (22 MF/SS)" in selection.excluded[0].reason
    assert sums(select(rows, "ORR")) == {"all": (1, 12, 22)}


def test_full_name_and_abbreviation_are_one_disease() -> None:
    rows = rows_of(
        series(
            "roe-2014",
            {"scope": "sézary syndrome", "PR": 3, "total": 4},
            {"scope": "MF", "PR": 1, "total": 6},
            population={"SS": 4, "MF": 6},
        )
    )
    assert one(rows, "ORR", "SS").events == 3


def test_strata_never_count_twice() -> None:
    rows = rows_of(
        series(
            "roe-2014",
            {"CR": 7, "PR": 13, "total": 39},
            {"scope": "SS", "CR": 6, "PR": 10},
            {"scope": "MF", "CR": 1, "PR": 3},
            population={"SS": 23, "MF": 16},
        ),
        series("doe-2007", {"CR": 5}, {"scope": "SS", "CR": 5}, population={"SS": 5}),
    )
    assert sums(select(rows, "ORR")) == {"all": (2, 25, 44)}
    assert sums(select(rows, "ORR", by="disease")) == {"SS": (2, 21, 28), "MF": (1, 4, 16)}
    assert sums(select(rows, "ORR", where={"disease": "SS"})) == {"all": (2, 21, 28)}
    assert sums(select(rows, "ORR", by="route")) == {"SC": (2, 25, 44)}


def test_skin_response_is_not_the_overall_response() -> None:
    rows = rows_of(series("roe-2014", {"CR": 7, "compartment": "skin"}))
    assert one(rows, "CR").events is None


def test_arms_that_differ_are_grouped_apart_and_counted_once() -> None:
    arms = [
        {"label": "A", "population": {"SS": 4}, "responses": [{"CR": 1, "PR": 1}],
         "regimen": {"routes": ["IV"], "dose_mg": 30}},
        {"label": "B", "population": {"SS": 6}, "responses": [{"CR": 2, "PR": 1}],
         "regimen": {"routes": ["SC"], "dose_mg": 10}},
    ]  # fmt: skip
    plain = series("roe-2007").model_dump(mode="json", exclude_none=True)
    rows = rows_of(Series.model_validate({**plain, "arms": arms}))
    assert sums(select(rows, "ORR")) == {"all": (1, 5, 10)}
    assert sums(select(rows, "ORR", by="route")) == {"IV": (1, 2, 4), "SC": (1, 3, 6)}
    assert sums(select(rows, "ORR", by="disease")) == {"SS": (1, 5, 10)}


def test_arm_of_another_drug_takes_no_part() -> None:
    arms = [
        {"label": "A", "population": {"SS": 4}, "responses": [{"CR": 1}],
         "regimen": {"drug": "Alemtuzumab"}},
        {"label": "B", "population": {"SS": 6}, "responses": [{"CR": 2}],
         "regimen": {"drug": "bexarotene"}},
    ]  # fmt: skip
    plain = series("roe-2007").model_dump(mode="json", exclude_none=True)
    rows = rows_of(Series.model_validate({**plain, "arms": arms}))
    assert sums(select(rows, "CR")) == {"all": (1, 1, 4)}


class TestPatientRows:
    ROWS = [
        {"id": i, "disease": d, "response": {"overall": r}}
        for i, (d, r) in enumerate([("SS", "CR"), ("SS", "PD"), ("MF", "PR")])
    ]

    def test_rows_give_the_series_row_where_none_is_printed(self) -> None:
        rows = rows_of(series("roe-2015", population={"SS": 2, "MF": 1}, patients=self.ROWS))
        orr = one(rows, "ORR")
        assert (orr.events, orr.total, orr.how) == (2, 3, "derived")
        assert orr.derivation == "counted over 3 patient rows"
        assert (one(rows, "PD", "SS").events, one(rows, "PD", "SS").total) == (1, 2)
        assert one(rows, "SD").events == 0

    def test_a_printed_row_goes_first(self) -> None:
        block = {"CR": 1, "PR": 0, "PD": 2}
        rows = rows_of(series("roe-2015", block, population={"SS": 3}, patients=self.ROWS))
        assert (one(rows, "PR").events, one(rows, "PR").how) == (0, "stated")

    def test_rows_with_a_gap_give_nothing(self) -> None:
        gap = [*self.ROWS[:2], {"id": 9}]
        rows = rows_of(series("roe-2015", population={"SS": 3}, patients=gap))
        assert one(rows, "ORR").events is None

    def test_fewer_rows_than_patients_give_nothing(self) -> None:
        rows = rows_of(series("roe-2015", population={"SS": 5}, patients=self.ROWS))
        assert one(rows, "ORR").events is None
