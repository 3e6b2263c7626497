"""How many patients a review holds: each once, whatever the rows of their series."""

from __future__ import annotations

from typing import Any

from evidence.model.series import Series
from evidence.table.build import build_rows
from evidence.table.sizes import series_sizes


def series(name: str, *arms: dict[str, Any], **more: Any) -> Series:
    plain = {
        "series": name,
        "citation": {"authors": "Roe", "year": 2010},
        "source": {"document": "roe.pdf"},
        "arms": list(arms),
        **more,
    }
    return Series.model_validate(plain)


def sizes(*arms: dict[str, Any]) -> dict[str, int]:
    return series_sizes(build_rows([series("roe-2010", *arms)])[0])


def arm(label: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"label": label, "responses": list(blocks), **more}


def test_arms_and_their_sum_count_once() -> None:
    low = arm("low", {"CR": 2, "total": 40})
    high = arm("high", {"CR": 3, "total": 49})
    assert sizes(low, high) == {"roe-2010": 89}


def test_arms_count_together_where_no_row_holds_their_sum() -> None:
    low = arm("low", {"CR": 2, "total": 40, "timepoint": "6 months"})
    high = arm("high", {"CR": 3, "total": 49, "timepoint": "14 months"})
    assert sizes(low, high) == {"roe-2010": 89}


def test_groups_that_may_overlap_are_not_added_up() -> None:
    nervous = {"scope": "CNS disease", "CR": 44, "total": 75}
    systemic = {"scope": "systemic disease", "CR": 40, "total": 60}
    assert sizes(arm("", nervous, systemic)) == {}


def test_patients_counted_in_a_larger_series_are_counted_there() -> None:
    part = [{"series": "all-2012", "relation": "part of", "by": "M. Roe"}]
    items = [
        series("part-2010", arm("", {"CR": 2, "total": 8}), overlaps=part),
        series("all-2012", arm("", {"CR": 6, "total": 30})),
    ]
    assert series_sizes(build_rows(items)[0]) == {"all-2012": 30}
