"""Heads obey the law of cells: every word is read, placed, or named and doubted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from extraction_grids import document, grid

from evidence.documents.base import Cell
from evidence.extraction import Extraction, extract
from evidence.extraction.column_types import type_column
from evidence.extraction.head_forms import grade_of
from evidence.extraction.head_rest import HeadRest, rest_of_head
from evidence.extraction.heads import read_head
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary()


def rest(head: str) -> HeadRest:
    return rest_of_head(head, read_head([head], WORDS), WORDS)


@pytest.mark.parametrize(
    "head",
    ["Median duration of response, months (range)", "Complete response (CR), n (%)",
     "Overall response rate (RECIST), %", "No. of evaluable patients", "Participants (age range)",
     "Grade 3–4 neutropenia, n (%)", "Serious adverse events", "Intervention duration",
     "Median follow-up, months", "Best overall response"],
)  # fmt: skip
def test_heads_that_are_understood_whole(head: str) -> None:
    assert rest(head) == HeadRest()


@pytest.mark.parametrize(
    ("head", "left"),
    [
        ("Durable CR, n (%)", ("Durable",)),
        ("CR, control arm (%)", ("control", "arm")),
        ("CR in relapsed patients", ("relapsed",)),
        ("Second-cycle CR", ("Second-cycle",)),
        ("Patients screened, n", ("screened",)),
        ("Prior neutropenia, n", ("Prior",)),
        ("Time to response in blood, weeks", ("blood",)),
    ],
)
def test_words_no_list_knows_are_left(head: str, left: tuple[str, ...]) -> None:
    assert rest(head).left == left
    assert rest(head).doubt is not None


def test_words_that_have_a_place() -> None:
    assert rest("CR at 12 weeks, n (%)").timepoint == "12 weeks"
    assert rest("PASI 75, week 16").timepoint == "16 weeks"
    assert rest("Skin response, n/N").compartment == "skin"
    assert rest("ORR in CTCL (%)").scope == "CTCL"


def read(text: str) -> Extraction:
    return extract(document(grid(text)))


def test_what_such_a_column_says_is_in_doubt_whatever_its_percentage() -> None:
    series = read("Study | n | Durable CR, n (%)\nReed 2010 | 20 | 5 (25)\nWood 2012 | 40 | 8 (20)")
    readings = series.series[0].readings
    for path in ("arms[0].responses[0].CR", "arms[0].responses[0].stated_percent.CR"):
        assert "Durable" in (readings[path].doubt or "")
        assert not readings[path].checked


def test_other_columns_that_add_up_settle_the_doubt() -> None:
    found = read(
        "Study | n | Confirmed CR | PR | SD | PD\nReed 2010 | 20 | 5 | 5 | 4 | 6\n"
        "Wood 2012 | 40 | 8 | 9 | 9 | 9"
    )
    first, second = (one.readings["arms[0].responses[0].CR"] for one in found.series)
    assert (first.checked, first.doubt) == (("sum",), None)
    assert second.doubt and not second.checked


def test_a_column_understood_whole_goes_before_one_that_is_not() -> None:
    found = read(
        "Study | n | CR, retreated (n) | CR (n) | PFS test, months | PFS control, months\n"
        "Reed 2010 | 20 | 5 | 8 | 4 | 3\nWood 2012 | 40 | 8 | 9 | 7 | 6"
    )
    arms = [one.arms[0] for one in found.series]
    assert [arm.responses[0].CR for arm in arms] == [8, 9]
    assert not any(arm.response_months for arm in arms)
    (left,) = (p.message for p in found.problems if p.code == "column-not-read")
    assert "CR, retreated" in left
    assert "PFS test" in left


def test_counts_at_two_times_are_blocks_of_their_own() -> None:
    found = read(
        "Study | n | CR at 3 months, n (%) | CR at 12 months, n (%)\n"
        "Reed 2010 | 20 | 8 (40) | 5 (25)\nWood 2012 | 40 | 9 (23) | 8 (20)"
    )
    blocks = found.series[0].arms[0].responses
    assert [(b.timepoint, b.CR, b.total) for b in blocks] == [
        ("3 months", 8, 20), ("12 months", 5, 20),
    ]  # fmt: skip


def test_counts_of_one_compartment_are_not_of_the_whole() -> None:
    found = read(
        "Study | n | Skin response, n/N | ORR, n (%)\nReed 2010 | 20 | 12/18 | 8 (40)\n"
        "Wood 2012 | 40 | 9/30 | 7 (18)"
    )
    blocks = found.series[0].arms[0].responses
    assert [(b.compartment, b.ORR, b.total) for b in blocks] == [(None, 8, 20), ("skin", 12, 18)]


def test_eyes_are_no_patients() -> None:
    found = read(
        "Study | Eyes (infants) | Cured, n (%) | Cataract, n\nReed 2010 | 30 (16) | 24 (80) | 1\n"
        "Wood 2012 | 12 (6) | 9 (75) | 0"
    )
    arm = found.series[0].arms[0]
    assert arm.total == 16
    assert all(
        note.doubt
        for path, note in found.series[0].readings.items()
        if "responses[0].other" in path
    )


def test_an_outcome_with_a_part_in_brackets_beside_n_and_percent() -> None:
    found = read(
        "Study | n | ORR (CR), n (%) | DOR (CR), months\nReed 2010 | 74 | 25 (3) | 8 (12)\n"
        "Wood 2012 | 40 | 10 (25) | 9"
    )
    first, second = (one.arms[0] for one in found.series)
    assert (first.responses[0].ORR, first.responses[0].CR) == (25, 3)
    assert (second.responses[0].ORR, second.responses[0].CR) == (10, None)
    assert [(d.scope, d.point) for d in first.response_months] == [(None, 8), ("CR", 12)]
    assert [(d.scope, d.point) for d in second.response_months] == [(None, 9)]


def test_a_grade_is_of_toxicity_and_a_unit_of_dose_is_of_no_count() -> None:
    assert read_head(["Grade 3–4, weeks"], WORDS).role is None
    assert read_head(["Proteinuria (g/d)"], WORDS).role is None


def test_count_and_percentage_before_their_term() -> None:
    found = read(
        "Study | n | CR | Toxicity\nReed 2010 | 20 | 5 | 3 (15%) rash, 10 (50%) neutropenia\n"
        "Wood 2012 | 40 | 8 | 2 (5%) fever"
    )
    items = found.series[0].arms[0].complications or ()
    assert [(c.term, c.events, c.percent) for c in items] == [
        ("rash", 3, 15), ("neutropenia", 10, 50),
    ]  # fmt: skip


def test_sections_and_captions_of_a_part_of_the_patients() -> None:
    text = (
        "Study | n | CR, n (%)\nReed 2010 | 20 | 5 (25)\nPaediatric subgroup\n"
        "Wood 2012 | 40 | 8 (20)"
    )
    table = grid(text)
    section = replace(table.rows[2][0], colspan=3)
    found = extract(document(replace(table, rows=(*table.rows[:2], (section,), table.rows[3]))))
    path = "arms[0].responses[0].CR"
    first, second = (one.readings[path] for one in found.series)
    assert first.checked and "subgroup" in (second.doubt or "")
    whole = extract(document(replace(grid(text), caption="Outcome of the second cycle")))
    assert "second cycle" in (whole.series[0].readings[path].doubt or "")


def test_a_response_of_another_kind_counts_no_responders() -> None:
    found = read(
        "Study | n | Loss of response, n (%) | CR\nReed 2010 | 20 | 5 (25) | 3\n"
        "Wood 2012 | 40 | 8 (20) | 4"
    )
    (block,) = found.series[0].arms[0].responses
    assert (block.ORR, block.CR) == (None, 3)


def test_a_count_that_its_percentage_denies_is_not_checked() -> None:
    readings = read("Study | n | CR, n (%)\nReed 2010 | 20 | 5 (35)\nWood 2012 | 40 | 8 (20)")
    assert "not 35%" in (readings.series[0].readings["arms[0].responses[0].CR"].doubt or "")


@pytest.mark.parametrize(
    ("head", "role"),
    [("No CR, n", None), ("No recurrence, n (%)", None), ("Failure to achieve CR, n", None),
     ("No. of CR (%)", "outcome"), ("No patients with CR", "outcome"), ("CR, no (%)", "outcome"),
     ("No response, n", "outcome"), ("No infection, n", None)],
)  # fmt: skip
def test_a_head_that_denies_counts_the_others(head: str, role: str | None) -> None:
    cells = [Cell(text="4 (20%)"), Cell(text="5 (25%)")]
    assert type_column(1, [head], cells, WORDS).role == role


def test_words_left_in_the_head_of_a_dose_are_doubted_and_yield() -> None:
    series = read(
        "Study | N | Planned dose, mg | Dose (mg/m2) and interval | CR, n\n"
        "Reed 2010 | 20 | 100 | 25 every 2 weeks | 4\nWood 2012 | 30 | 100 | 30 every 3 weeks | 5"
    ).series
    regimen = series[0].arms[0].regimen
    assert regimen.dose_mg is not None
    assert (regimen.dose_mg.low, regimen.dose_unit) == (25, "mg/m2")
    assert rest("Cumulative dose, mg").left == ("Cumulative",)
    assert rest("Initial dose (mg/kg/d)") == HeadRest()


def test_what_adds_up_in_fewer_rows_than_not_settles_nothing() -> None:
    found = read(
        "Study | n | Confirmed CR | PR | SD | PD\nReed 2010 | 20 | 5 | 5 | 4 | 6\n"
        "Wood 2012 | 40 | 8 | 9 | 9 | 9\nHale 2013 | 30 | 3 | 9 | 9 | 5"
    )
    first = found.series[0].readings["arms[0].responses[0].CR"]
    assert first.checked == () and first.doubt is not None


@pytest.mark.parametrize(
    ("head", "grade"),
    [("Neutropenia G3/4 %", "3-4"), ("Neutropenia grade 3–4 %", "3-4"), ("Infections (≥3)", ">=3")],
)
def test_the_percent_sign_of_the_cells_is_no_part_of_a_grade(head: str, grade: str) -> None:
    assert grade_of(head, WORDS) == grade


def test_heads_in_capitals() -> None:
    assert rest("CR AT 6 MO, N (%)").timepoint == "6 months"
    assert read_head(["QTC PROLONGATION, NO."], WORDS).words == "QTC PROLONGATION"
