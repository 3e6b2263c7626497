"""The rows of one pooled number: chosen once, left out by name."""

from __future__ import annotations

import pytest
from made_rows import PROTOCOL, rows_of, series

from evidence.errors import WrongUsage
from evidence.table.build import build_rows
from evidence.table.select import select
from evidence.table.switches import Switches


def test_unknown_names_list_the_known() -> None:
    rows = rows_of(series("roe-2003", {"PR": 2}))
    for call in (
        lambda: select(rows, "XX"),
        lambda: select(rows, "ORR", by="colour"),
        lambda: select(rows, "ORR", where={"colour": "red"}),
        lambda: select(rows, "complication:XX"),
    ):
        with pytest.raises(WrongUsage, match=r"Unknown .* Known: "):
            call()


def test_rejected_and_excluded_series_are_named() -> None:
    decision = {"finding": "x", "action": "exclude", "by": "M. Roe", "on": "2026-01-31",
                "why": "same patients"}  # fmt: skip
    rows = rows_of(
        series("a-2001", {"PR": 2}, status="rejected"),
        series("b-2002", {"PR": 2}, decisions=[decision]),
        series("c-2003", {"PR": 2}),
    )
    selection = select(rows, "ORR")
    assert [r.label for r in selection.rows] == ["C 2003"]
    assert {e.series: e.reason for e in selection.excluded} == {
        "A 2001": "rejected by the reviewer",
        "B 2002": "excluded by M. Roe on 2026-01-31: same patients",
    }


def test_overlapping_series_count_once_by_default() -> None:
    rows = rows_of(
        series("a-2012", {"PR": 2}, population={"SS": 8}),
        series("b-2014", {"PR": 5}, overlaps=[{"series": "a-2012", "relation": "contains"}]),
    )
    selection = select(rows, "ORR")
    assert [r.label for r in selection.rows] == ["B 2014"]
    assert selection.excluded[0].reason == "its patients are counted in b-2014"
    assert len(select(rows, "ORR", switches=Switches(overlaps=True)).rows) == 2


def test_switches() -> None:
    rows = rows_of(
        series("a-2001", {"PR": 2, "CR": 1}, regimen={"routes": ["IV", "SC"]}),
        series("b-2002", {"PR": 2, "CR": 1}, status="confirmed"),
        series("c-2003", {"PR": 1, "CR": 0}, population={"SS": 1}),
    )

    def names(**off: bool) -> list[str]:
        return [r.label[0] for r in select(rows, "ORR", switches=Switches(**off)).rows]

    assert names() == ["A", "B", "C"]
    assert names(unverified=False) == ["B"]
    assert names(mixed_routes=False) == ["B", "C"]
    assert names(case_reports=False) == ["A", "B"]


def test_impossible_counts_are_refused_with_the_row() -> None:
    item = series("a-2001", {"CR": 6, "PR": 6})
    rows, problems = build_rows([item], PROTOCOL)
    assert [p.code for p in problems] == ["impossible-count"]
    assert select(rows, "ORR").rows == ()
    assert select(rows, "ORR").excluded[0].reason == "12 events among 10 patients"
