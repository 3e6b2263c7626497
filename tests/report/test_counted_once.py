"""What the report adds up itself: each patient once, as in the pooled numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from report_full_example import full_example

from evidence.model.series import Arm
from evidence.report.harms import harm_lines, harms_left_out
from evidence.report.sections import complications
from evidence.report.sections.answer import compose_answer, status_items
from evidence.report.text import plain


def test_complications_of_an_overlapping_series_are_not_added() -> None:
    whole = full_example()
    line = max(harm_lines(whole), key=lambda line: len({row.series for row in line.rows}))
    part, kept = line.rows[0], line.rows[1:]
    rows = tuple(
        replace(row, overlaps=("larger-2020",)) if row.series == part.series else row
        for row in whole.rows
    )
    ctx = replace(whole, rows=rows)
    (now,) = [found for found in harm_lines(ctx) if found.term == line.term]
    assert sum(cell.events for cell in now.cells.values()) == sum(r.events or 0 for r in kept)
    assert [left.series for left in harms_left_out(ctx)] == [part.label]
    assert harms_left_out(whole) == ()
    table = complications.build(ctx).complications
    assert table is not None
    assert "larger-2020" in plain(table.notes[-1])


def test_the_answer_names_as_many_series_as_its_patients_come_from() -> None:
    ctx = full_example()
    name = ctx.rows[0].series
    rows = tuple(replace(r, excluded="rejected") if r.series == name else r for r in ctx.rows)
    ctx = replace(ctx, rows=rows)
    counted = len({row.series for row in rows}) - 1
    assert f"{counted} series" in plain(compose_answer(ctx)[0])
    assert plain((status_items(ctx)[0].value,)) == f"{counted}/{len(ctx.series)}"


def test_deaths_of_several_blocks_are_told_once() -> None:
    def told(*blocks: dict[str, Any]) -> list[int]:
        arm = Arm.model_validate({"responses": blocks})
        return [block.deaths or 0 for _, block in complications._told_once(arm)]

    assert told({"deaths": 3}, {"scope": "MF", "deaths": 2}, {"scope": "SS", "deaths": 1}) == [3]
    assert told({"scope": "MF", "deaths": 2}, {"scope": "SS", "deaths": 1}) == [2, 1]
    assert told({"deaths": 1, "timepoint": "3 months"},
                {"deaths": 4, "timepoint": "12 months"}) == [4]  # fmt: skip
