"""Any grade and grade 3-4 of one complication are the same patients, counted once."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.series import Series
from evidence.table.build import build_rows
from evidence.table.grades import grade_range
from evidence.table.one_complication import complication_candidates


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


def of_class(outcome: str, *listed: tuple[str, str, str, int]) -> int | None:
    """Events of an organ class, from (term, preferred term, class, events)."""
    entries = [
        dict(zip(("term", "preferred", "group", "events"), one, strict=True)) for one in listed
    ]
    series = Series.model_validate(
        {
            "series": "doe-2020",
            "citation": {"authors": "Doe", "year": 2020},
            "source": {"document": "doe.pdf"},
            "arms": [{"total": 21, "complications": entries}],
        }
    )
    rows, _ = build_rows([series])
    ((row,), _) = complication_candidates(list(rows), f"complication:{outcome}", None)
    return row.events


CMV = ("CMV", "Cytomegalovirus infection", "Infections")
SEPSIS = ("sepsis", "Sepsis", "Infections")


@pytest.mark.parametrize(
    ("whole", "events"),
    [
        (("Infections", "Infection", "Infections", 2), 2),  # 1 CMV and 1 sepsis are the two
        (("infection", "Infection", "Infections", 5), 5),
        (("Infections", "Infection", "Infections", 1), 3),  # fewer than its members: apart
        (("other infections", "Infection", "Infections", 2), 4),
        (("opportunistic infections", "Opportunistic infection", "Infections", 7), 9),
    ],
)
def test_members_are_not_added_to_their_class(whole: Any, events: int) -> None:
    assert of_class("Infections", whole, (*CMV, 1), (*SEPSIS, 1)) == events


def test_a_class_by_its_adjective() -> None:
    arrest = ("arrest", "Cardiac arrest", "Cardiac", 1)
    failure = ("heart failure", "Cardiac failure", "Cardiac", 2)
    both = ("cardiovascular events", "Cardiovascular disorder", "Cardiac", 5)
    assert of_class("Cardiac", both, failure, arrest) == 5
    assert of_class("Cardiac", failure, arrest) == 3


def test_cycles_of_the_same_patients_are_not_added_up() -> None:
    """Lin et al. 2013 (PMC3845560), table 2: anemia in the first and in the second cycle."""
    cycles = [
        {"term": "Anemia", "events": n, "grade": "1", "restricted_to": cycle}
        for n, cycle in ((11, "first cycle"), (25, "second cycle"))
    ]
    block = {"CR": 60, "total": 63, "timepoint": "after radiotherapy"}
    plain = {
        "series": "lin-2013",
        "citation": {"authors": "Lin", "year": 2013},
        "source": {"document": "paper.xml"},
        "arms": [{"total": 63, "responses": [block], "complications": cycles}],
    }
    rows, _ = build_rows([Series.model_validate(plain)])
    (row,) = [r for r in rows if r.outcome == "complication:Anemia"]
    assert row.excluded == "counted apart, perhaps in the same patients (first cycle; second cycle)"
    assert row.timepoint is None
