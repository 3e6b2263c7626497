"""Any grade and grade 3-4 of one complication are the same patients, counted once."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.series import Series
from evidence.table.build import build_rows
from evidence.table.grades import grade_range


@pytest.mark.parametrize(
    ("grade", "bounds"),
    [
        (None, (1, 5)), ("4", (4, 4)), ("3-4", (3, 4)), (">=3", (3, 5)), (">2", (3, 5)),
        ("<3", (1, 2)), ("<=2", (1, 2)), ("severe", None),
    ],
)  # fmt: skip
def test_grades_as_bounds(grade: str | None, bounds: tuple[int, int] | None) -> None:
    assert grade_range(grade) == bounds


def events_of(*listed: dict[str, Any]) -> int | None:
    series = Series.model_validate(
        {
            "series": "doe-2020",
            "citation": {"authors": "Doe", "year": 2020},
            "source": {"document": "doe.pdf"},
            "arms": [{"total": 21, "complications": list(listed)}],
        }
    )
    rows, _ = build_rows([series])
    (row,) = [r for r in rows if r.outcome == "complication:Neutropenia"]
    return row.events


def neutropenia(events: int, grade: str | None = None, term: str = "neutropenia") -> dict[str, Any]:
    return {"term": term, "preferred": "Neutropenia", "events": events, "grade": grade}


def test_a_grade_is_part_of_any_grade() -> None:
    assert events_of(neutropenia(13), neutropenia(7, "3-4")) == 13
    assert events_of(neutropenia(7, ">=3"), neutropenia(2, "4")) == 7


def test_the_fatal_ones_are_part_of_all() -> None:
    fatal = {**neutropenia(1), "fatal": True}
    assert events_of(neutropenia(13), fatal) == 13


def test_grades_apart_are_added() -> None:
    assert events_of(neutropenia(6, "1-2"), neutropenia(7, "3-4")) == 13


def test_a_grade_that_exceeds_any_grade_is_not_taken_for_a_part() -> None:
    assert events_of(neutropenia(3), neutropenia(7, "3-4")) == 10


def test_other_terms_of_one_name_are_added_as_before() -> None:
    assert events_of(neutropenia(3), neutropenia(2, "4", term="neutrophils low")) == 5
