"""Percentages held against counts: roundings agree, what no count can give is named."""

from __future__ import annotations

import pytest
from made_blocks import codes, found, series


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
