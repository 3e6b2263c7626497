"""A value at a border that may be wrong is in doubt, and no second reading of it says otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from extraction_grids import document, grid

from evidence.extraction import Extraction, extract
from evidence.extraction.borders import BESIDE, OUT_OF_HABIT, TWO_LABELS

HEADS = "Series | Patients | Regimen | Response | Complications\n"
OTHERS = (
    "Wood 2012 [2] | 8 MF | 10 mg SC tiw | 2 CR | sepsis (1)\n"
    "Hill 2013 [3] | 9 MF | 10 mg SC tiw | 3 CR | rash (2)\n"
    "Moor 2014 [4] | 7 MF | 10 mg SC tiw | 1 CR | anemia (1)"
)


def read(row: str, file_format: str = "pdf") -> Extraction:
    return extract(replace(document(grid(HEADS + row + "\n" + OTHERS)), format=file_format))


ROW = "Reed 2011 [1] | 12 MF | 30 mg IV weekly | 7 CR zorg | fungal pneumonia (2)"


def test_words_left_at_a_border_doubt_what_stands_beside_it() -> None:
    notes = read(ROW).series[0].readings
    assert notes["arms[0].complications[0].term"].doubt == BESIDE
    assert notes["arms[0].complications[0].term"].checked == ()
    assert "second-reading" in notes["arms[0].complications[0].events"].checked


@pytest.mark.parametrize("file_format", ["jats", "html", "csv", "docx"])
def test_borders_that_the_file_itself_states_are_sure(file_format: str) -> None:
    notes = read(ROW, file_format).series[0].readings
    assert notes["arms[0].complications[0].term"].doubt is None


def test_two_rows_read_as_one_confirm_nothing() -> None:
    found = read("Reed 2011 [1] Dale 2010 [9] | 12 MF | 30 mg IV weekly | 12 CR | sepsis (2)")
    assert {note.doubt for note in found.series[0].readings.values()} == {TWO_LABELS}
    assert not any(note.checked for note in found.series[0].readings.values())
    assert "two-series-in-a-row" in {problem.code for problem in found.problems}


def test_one_group_with_two_papers_is_one_series() -> None:
    found = read("Reed 2010, 2011 [1, 9] | 12 MF | 30 mg IV weekly | 7 CR | sepsis (2)")
    assert "two-series-in-a-row" not in {problem.code for problem in found.problems}


def test_a_bare_number_among_counts_with_diseases_is_doubted() -> None:
    notes = read("Reed 2011 [1] | 3 | 30 mg IV weekly | 2 CR | sepsis (2)").series[0].readings
    assert notes["arms[0].total"].doubt == OUT_OF_HABIT


@pytest.mark.parametrize("cell", ["10 mo", "4 weeks (+3-week pause)", "3 d/wk", "12 mg"])
def test_a_number_with_a_unit_counts_nobody(cell: str) -> None:
    arm = read(f"Reed 2011 [1] | {cell} | 30 mg IV weekly | 7 CR | {cell}").series[0].arms[0]
    assert (arm.total, arm.within, arm.population) == (None, None, {})
    assert not arm.complications


def test_the_head_names_no_drug_for_a_row_where_the_others_name_their_own() -> None:
    table = grid(
        "Series | Patients | Interferon regimen | Response\n"
        "Reed 2011 [1] | 12 MF | 30 mg IV weekly | 7 CR\n"
        "Wood 2012 [2] | 8 MF | interferon beta-1a 10 mg SC tiw | 2 CR\n"
        "Hill 2013 [3] | 9 MF | interferon beta-1b 10 mg SC tiw | 3 CR"
    )
    note = extract(document(table)).series[0].readings["arms[0].regimen.drug"]
    assert note.doubt is not None
    assert note.checked == ()
