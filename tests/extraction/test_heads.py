"""What a head says of its column: counts, percentages or times, by its words and its unit."""

from __future__ import annotations

import pytest
from extraction_grids import document, grid

from evidence.extraction import Extraction, extract
from evidence.extraction.head_forms import form_of, time_unit_of
from evidence.extraction.heads import read_head
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary()


@pytest.mark.parametrize(
    ("head", "role", "name"),
    [
        ("First response, weeks", "endpoint", "TTR"),
        ("Onset of response (wk)", "endpoint", "TTR"),
        ("Weeks to progression", "endpoint", "TTP"),
        ("Remission, months", "response_duration", ""),
        ("Median response, months (range)", "response_duration", ""),
        ("Duration of CR (mo)", "response_duration", "CR"),
        ("Duration of CR/PR, months", "response_duration", ""),
        ("Observation, months", "follow_up", ""),
        ("Weeks of treatment", "treatment_duration", ""),
        ("Treatment (wk)", "treatment_duration", ""),
        ("Bexarotene, weeks", "treatment_duration", ""),
        ("Survival, months", "endpoint", "OS"),
    ],
)
def test_a_unit_of_time_makes_a_column_of_times(head: str, role: str, name: str) -> None:
    says = read_head([head], WORDS)
    assert (says.role, says.name) == (role, name)
    assert time_unit_of(head, WORDS) in ("week", "month")


@pytest.mark.parametrize(
    "head",
    ["Time to relapse, median (mo)", "Relapse, months", "Time to CR, weeks", "SD, months",
     "First remission, months", "Neutropenia, days", "Time, weeks", "Outcome, months",
     "Duration of symptoms (mo)"],
)  # fmt: skip
def test_a_time_without_a_field_is_left_unread(head: str) -> None:
    assert read_head([head], WORDS).role is None


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        ("CR at 12 weeks", "CR", None),
        ("12-week CR (%)", "CR", "percent"),
        ("Remission at 1 year (%)", "remission", "percent"),
        ("ORR, 24 weeks", "ORR", None),
        ("Relapse within 12 months, n", "relapse", "n"),
        ("CR [n (%)]", "CR", "n-percent"),
        ("Responders/evaluable", "ORR", None),
        ("CR/N", "CR", "n"),
        ("No. of CRs", "CR", "n"),
        ("CR or PR, %", "ORR", "percent"),
    ],
)
def test_a_head_of_one_outcome(head: str, name: str, form: str | None) -> None:
    says = read_head([head], WORDS)
    assert (says.role, says.name, form_of(head)) == ("outcome", name, form)


def test_a_unit_in_a_row_of_its_own() -> None:
    assert read_head(["Remission", "months"], WORDS).role == "response_duration"
    assert read_head(["Treatment", "weeks"], WORDS).role == "treatment_duration"
    assert read_head(["Efficacy", "weeks"], WORDS).role is None


def read(head: str, *cells: str) -> Extraction:
    rows = [f"Author{letter} 201{at} | 15 | {cell}" for at, (letter, cell) in
            enumerate(zip("ABCDEF", cells, strict=False))]  # fmt: skip
    return extract(document(grid("\n".join([f"Study | N | {head}", *rows]))))


def test_a_bracket_alone_holds_the_second_of_two_amounts() -> None:
    for head, count, percent in (("CR, n (%)", None, 12), ("CR, % (n)", 12, None)):
        for series in read(head, "(12)", "- (12)", "NR (12)").series:
            (block,) = series.arms[0].responses
            assert (block.CR, block.stated_percent.get("CR")) == (count, percent)


def test_a_number_alone_among_pairs_may_be_either() -> None:
    found = read("CR (%)", "3 (20)", "6 (40)", "9 (60)", "5")
    assert found.series[3].arms[0].responses[0].CR == 5
    assert found.series[3].readings["arms[0].responses[0].CR"].doubt


def test_a_time_in_a_cell_is_no_count() -> None:
    series = read("CR", "8 months", "3 (20%)").series[0]
    assert not series.arms[0].responses
    assert series.cells["cr"].unread == "8 months"


def test_more_responses_than_patients_are_in_doubt() -> None:
    series = read("CR/PR, n", "9/15", "3/4").series
    assert series[0].readings["arms[0].responses[0].PR"].doubt
    assert series[1].readings["arms[0].responses[0].PR"].doubt is None


def test_brackets_of_an_outcome_inside_another() -> None:
    found = read("ORR (CR), %", "60 (20)", "NR (20)", "45", "9 (60)")
    percents = [one.arms[0].responses[0].stated_percent for one in found.series]
    assert percents[:3] == [{"ORR": 60, "CR": 20}, {"CR": 20}, {"ORR": 45}]
    assert "above" in (
        found.series[3].readings["arms[0].responses[0].stated_percent.CR"].doubt or ""
    )
    (block,) = read("Responders (CR), n", "9 (4)", "6 (1)").series[0].arms[0].responses
    assert (block.ORR, block.CR, block.stated_percent) == (9, 4, {})
    assert read_head(["Complete response (CR)"], WORDS).name == "CR"


def test_a_head_without_a_field_is_named() -> None:
    problems = read("CR (n) | Time to relapse, median (mo)", "3 | 8", "5 | 6").problems
    assert any("Time to relapse" in p.message for p in problems if p.code == "column-not-read")


def test_a_row_of_units_below_the_heads() -> None:
    found = extract(
        document(
            grid(
                "Study | N | Dose | CR | Remission | OS\n"
                " | | (mg/m2) | n (%) | (months) | 1-yr (%)\n"
                "Moreno 2011 | 15 | 1000 | (20) | 8 | 60\nLang 2013 | 20 | 14 | 2 (10) | 6+ | 45"
            )
        )
    )
    first, second = (series.arms[0] for series in found.series)
    assert (first.responses[0].CR, first.responses[0].stated_percent) == (None, {"CR": 20})
    assert (second.responses[0].CR, second.response_months[0].point) == (2, 6)
