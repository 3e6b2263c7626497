"""Counts that follow by a named convention, and those that stay not reported."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from made_rows import one, rows_of, series

from evidence.model.series import Series
from evidence.table.derive import block_counts
from evidence.table.select import select
from evidence.table.switches import Switches


def test_one_responder_type_says_there_were_none_of_the_other() -> None:
    rows = rows_of(series("roe-2003", {"PR": 2}))
    cr, orr = one(rows, "CR"), one(rows, "ORR")
    assert (cr.events, cr.how) == (0, "derived")
    assert cr.derivation == "the listing of responders names 2 PR and no CR"
    assert (orr.events, orr.how) == (2, "derived")


def test_unaccounted_patients_are_not_progressive() -> None:
    rows = rows_of(series("roe-2003", {"PR": 2}))
    assert one(rows, "PD").events is None
    assert one(rows, "SD").events is None
    assert one(rows, "DCR").events is None


def test_all_accounted_makes_the_unlisted_none() -> None:
    rows = rows_of(series("roe-2003", {"CR": 4, "PR": 3, "PD": 3}))
    sd = one(rows, "SD")
    assert (sd.events, sd.how) == (0, "derived")
    assert sd.derivation == "all 10 patients are accounted for: 4 CR + 3 PR + 3 PD"


def test_death_is_not_progression() -> None:
    rows = rows_of(series("roe-2003", {"CR": 1, "PR": 8, "deaths": 1}))
    assert one(rows, "PD").events == 0
    assert one(rows, "deaths").events == 1


def test_categories_of_the_papers_own_leave_progression_open() -> None:
    rows = rows_of(series("roe-2003", {"CR": 1, "PR": 5, "other": {"no response": 4}}))
    assert one(rows, "PD").events is None
    assert one(rows, "no response").events == 4


def test_no_listing_is_no_zero() -> None:
    rows = rows_of(series("roe-2003", {"PR": 0}))
    assert one(rows, "CR").events is None


def test_percentage_labelled_cr_that_is_the_overall_response() -> None:
    # Lundin 1998 as the review prints it: 8 MF, "CR 50%", 2 CR (actas-2015 Table 4).
    rows = rows_of(series("roe-1998", {"CR": 2, "total": 8, "stated_percent": {"CR": 50}}))
    assert (one(rows, "ORR").events, one(rows, "PR").events) == (4, 2)
    assert "50% is printed as CR" in (one(rows, "PR").derivation or "")


def test_percentage_that_several_counts_give_is_no_count() -> None:
    block = {"total": 400, "stated_percent": {"ORR": 50}}
    rows = rows_of(series("roe-1998", block, population={"SS": 400}))
    assert one(rows, "ORR").events is None


def test_stated_percentages_alone() -> None:
    # Novelli 2015: 5 of 6 responded, CR 66.7% (abstract).
    block = {"total": 6, "ORR": 5, "stated_percent": {"ORR": 83.3, "CR": 66.7}}
    rows = rows_of(series("roe-2015", block, population={"SS": 6}))
    assert (one(rows, "CR").events, one(rows, "PR").events) == (4, 1)
    assert one(rows, "ORR").how == "stated"


def test_without_derived_counts() -> None:
    rows = rows_of(series("roe-2003", {"PR": 2}), derived=False)
    assert one(rows, "CR").events is None
    assert one(rows, "PR").events == 2
    assert select(rows, "ORR").rows == ()


def test_attributed_events_are_a_switch() -> None:
    block = {
        "CR": 3,
        "PR": 2,
        "exclusions": [{"outcome": "CR", "events": 1, "reason": "after electron beam"}],
    }
    rows = rows_of(series("roe-2014", block))
    assert one(rows, "CR").attributed_events == 1
    assert select(rows, "CR").rows[0].events == 3
    assert select(rows, "CR", switches=Switches(attributed=False)).rows[0].events == 2
    assert select(rows, "ORR", switches=Switches(attributed=False)).rows[0].events == 4
    without = rows_of(series("roe-2014", block), attributed=False)
    assert one(without, "ORR").events == 4
    assert "less 1 (after electron beam)" in (one(without, "ORR").derivation or "")


@settings(deadline=None)
@given(
    st.integers(1, 60),
    st.lists(st.none() | st.integers(0, 60), min_size=4, max_size=4),
)
def test_conventions_never_exceed_the_total(total: int, listed: list[int | None]) -> None:
    names = ("CR", "PR", "SD", "PD")
    known = {n: v for n, v in zip(names, listed, strict=True) if v is not None}
    if sum(known.values()) > total:
        return
    block = Series.model_validate(
        {
            "series": "any",
            "citation": {"authors": "A"},
            "source": {"document": "a"},
            "arms": [{"responses": [{"total": total, **known}]}],
        }
    ).arms[0].responses[0]  # fmt: skip
    counts = block_counts(block, total)
    assert {n: counts[n].events for n in known} == known
    assert sum(counts[n].events for n in names if n in counts) <= total
    if "ORR" in counts:
        assert counts["ORR"].events == counts["CR"].events + counts["PR"].events
    if sum(known.values()) < total and {"SD", "PD"} - set(known):
        assert not ({"SD", "PD"} - set(known)) & set(counts)
