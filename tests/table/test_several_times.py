"""Responses printed at several times, and arms of one series in one group: said, never mixed.

The counts are those of Bogdahn et al. 2010 (PMC3018908), table 2: three arms at 6 and 14 months.
"""

from __future__ import annotations

from typing import Any

from evidence.model.protocol import Protocol
from evidence.model.series import Series
from evidence.review.analysis import pool_rows
from evidence.table.build import build_rows
from evidence.table.select import select

LOW = {"label": "10 µM", "regimen": {"routes": ["IL"]}, "population": {"glioma": 40}}
HIGH = {"label": "80 µM", "regimen": {"routes": ["IL"]}, "population": {"glioma": 49}}
CHEMOTHERAPY = {"label": "TMZ/PCV", "regimen": {}, "population": {"glioma": 45}}


def at(time: str | None, responders: int, total: int) -> dict[str, Any]:
    return {"timepoint": time, "ORR": responders, "total": total}


def bogdahn(*arms: dict[str, Any]) -> Series:
    return Series.model_validate(
        {
            "series": "bogdahn-2010",
            "citation": {"authors": "Bogdahn", "year": 2010},
            "source": {"document": "PMC3018908.nxml"},
            "arms": list(arms),
        }
    )


PRINTED = bogdahn(
    LOW | {"responses": [at("6 months", 2, 40), at("14 months", 6, 40)]},
    HIGH | {"responses": [at("6 months", 3, 49), at("14 months", 3, 49)]},
    CHEMOTHERAPY | {"responses": [at("6 months", 3, 45), at("14 months", 2, 45)]},
)


def test_the_time_counted_stands_in_the_row_and_the_others_are_named() -> None:
    rows, problems = build_rows([PRINTED])
    (whole,) = [r for r in rows if r.outcome == "ORR" and r.arm is None]
    assert (whole.events, whole.total, whole.timepoint) == (8, 134, "6 months")
    (told,) = [p for p in problems if p.code == "several-timepoints"]
    assert "6 months; 14 months" in told.message


def test_counts_of_different_times_are_not_added_up() -> None:
    early = LOW | {"responses": [at("6 months", 2, 40)]}
    late = HIGH | {"responses": [at("14 months", 3, 49)]}
    rows, _ = build_rows([bogdahn(early, late)])
    assert [r.arm for r in rows if r.outcome == "ORR"] == ["10 µM", "80 µM"]


def test_a_route_that_one_arm_leaves_out_makes_no_mixture() -> None:
    rows, _ = build_rows([PRINTED])
    assert {r.route for r in rows if r.arm is None} == {None}


def test_an_arm_left_out_is_named() -> None:
    rows, _ = build_rows([PRINTED])
    (left,) = select(rows, "ORR", by="route").excluded
    assert left.series == "Bogdahn 2010 (TMZ/PCV)"


def test_two_arms_in_one_group_are_said_to_count_as_two_series() -> None:
    rows, _ = build_rows([PRINTED])
    result = pool_rows(rows, Protocol(), "ORR", by="route")
    (said,) = [p for p in result.problems if p.code == "arms-of-one-series"]
    assert "2 arms in route IL" in said.message
    alone = pool_rows(rows, Protocol(), "ORR")
    assert "arms-of-one-series" not in {p.code for p in alone.problems}
