"""Two readings of one paper side by side: what differs is named with both texts and its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.documents import read_document
from evidence.documents.base import Cell, Document, DocumentInfo, Grid
from evidence.documents.compare import compare_documents, compare_grids, text_key
from evidence.errors import Severity

ROWS = [
    ["Series", "n", "CR", "PR"],
    ["Doe 2003", "17", "4", "5"],
    ["Roe 2009", "12", "", "3"],
    ["Poe 2012", "20", "9", "1"],
]


def grid(rows: list[list[str]], label: str | None = "1") -> Grid:
    return Grid(
        label=label,
        rows=tuple(tuple(Cell(text=text, page=3) for text in row) for row in rows),
        header_rows=1,
        pages=(3,),
    )


def document(name: str, *grids: Grid) -> Document:
    return Document(name=name, sha256="0" * 64, format="pdf", grids=grids)


def changed(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(r) for r in ROWS]
    rows[row][column] = text
    return rows


def test_equal_readings_have_no_problem() -> None:
    other = [[text.replace("-", "–").upper() for text in row] for row in ROWS]
    assert compare_documents(document("a", grid(ROWS)), document("b", grid(other, "I"))) == []


def test_a_digit_that_differs_is_named_with_its_place() -> None:
    problems = compare_documents(
        document("a.pdf", grid(ROWS)), document("a.xml", grid(changed(2, 3, "8")))
    )
    (problem,) = problems
    assert problem.code == "readings-differ"
    assert "'3'" in problem.message
    assert "a.xml (row 3) reads '8'" in problem.message
    assert problem.source is not None
    assert (problem.source.table, problem.source.row, problem.source.page) == ("1", 3, 3)


def test_a_row_in_one_reading_only() -> None:
    problems = compare_documents(
        document("a", grid(ROWS[:2] + ROWS[3:])), document("b", grid(ROWS))
    )
    assert [p.code for p in problems] == ["row-in-one-reading"]
    assert "Roe 2009" in problems[0].message


def test_a_table_in_one_reading_only() -> None:
    other = grid([["Event", "grade"], ["Sepsis", "high"]], "2")
    problems = compare_documents(document("a", grid(ROWS), other), document("b", grid(ROWS)))
    assert [p.code for p in problems] == ["table-in-one-reading"]
    assert problems[0].source is not None
    assert problems[0].source.table == "2"


def test_rows_that_are_only_cut_differently_are_one_note() -> None:
    joined = [*ROWS[:2], ["Roe 2009 Poe 2012", "12 20", "9", "3 1"]]
    (problem,) = compare_documents(document("a", grid(joined)), document("b", grid(ROWS)))
    assert (problem.code, problem.severity) == ("cut-differently", Severity.NOTE)
    assert "1 row of a and in 2 rows of b" in problem.message


def test_a_cell_in_the_next_row_is_named_with_both_rows() -> None:
    one = [["Group", "n", "CR"], ["SS", "Doe", "1"], ["", "Roe", "2"], ["MF", "Poe", "3"]]
    two = [["Group", "n", "CR"], ["", "Doe", "1"], ["SS", "Roe", "2"], ["", "Poe", "4"], ["MF"]]
    problems = compare_documents(document("a", grid(one)), document("b", grid(two)))
    assert {p.code for p in problems} >= {"cell-elsewhere", "readings-differ"}
    assert any("'SS' stands in row 2 of a and beside row 3 of b" in p.message for p in problems)


def test_parts_of_a_table_are_held_against_the_whole() -> None:
    parts = document("a", grid(ROWS[:3]), grid([ROWS[0], ROWS[3]]))
    assert compare_documents(parts, document("b", grid(ROWS))) == []


def test_only_figures_that_differ_are_warnings() -> None:
    (words,) = compare_documents(
        document("a", grid(ROWS)), document("b", grid(changed(1, 0, "Dae 2003")))
    )
    (figures,) = compare_documents(
        document("a", grid(ROWS)), document("b", grid(changed(1, 2, "7")))
    )
    assert (words.severity, figures.severity) == (Severity.NOTE, Severity.WARNING)


def test_two_papers_are_no_two_readings() -> None:
    one, two = (
        replace(document(name, grid(ROWS)), info=DocumentInfo(doi=f"10.9999/{name}"))
        for name in "ab"
    )
    assert [p.code for p in compare_documents(one, two)] == ["papers-differ"]


def test_a_mark_that_one_reading_kept_is_no_difference() -> None:
    marked = Cell(text="4a", clean="4")
    plain = Grid(label="1", rows=((marked, Cell(text="x")),))
    bare = Grid(label="1", rows=((Cell(text="4"), Cell(text="x")),))
    assert all(pair.agrees for pair in compare_grids(plain, bare))


@pytest.mark.parametrize(("one", "two"), [("1.2", "12"), ("−3", "3"), ("<5", "5"), ("5-6", "56")])
def test_numbers_that_differ_never_compare_equal(one: str, two: str) -> None:
    assert text_key(one) != text_key(two)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "1", "2", "CR", "x y"]), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_every_filled_cell_of_both_readings_is_accounted_for(
    rows: list[list[str]], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(rows), max_size=6))
    one, two = grid(rows), grid(kept)
    pairs = compare_grids(one, two)
    for side, whole in (("first", one), ("second", two)):
        seen = sorted(cell.text for pair in pairs if (cell := getattr(pair, side)))
        assert seen == sorted(cell.text for row in whole.rows for cell in row if cell.text)


def test_a_grid_agrees_with_itself() -> None:
    one = grid(ROWS)
    assert all(pair.agrees for pair in compare_grids(one, replace(one, label=None)))


@pytest.mark.shared
def test_pdf_and_xml_of_a_trial_agree(shared: Path) -> None:
    """PMC8088944, Tables 1 to 3: single-arm trial with responses and toxicity by patient."""
    folder = shared / "corpus" / "pdf_jats" / "PMC8088944"
    xml = read_document(folder / "paper.xml")
    pdf = read_document(folder / "paper.pdf")
    cells = sum(bool(c.text) for g in xml.grids for row in g.rows for c in row)
    assert cells > 200
    assert len(compare_documents(pdf, xml)) <= 0.05 * cells
