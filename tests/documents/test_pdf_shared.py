"""The reader against real papers that may not be shared (skipped where they are absent)."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents.base import Document
from evidence.documents.pdf import read_pdf

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def actas(shared: Path) -> Document:
    return read_pdf(shared / "sources" / "actas-2015.pdf")


def test_table_4_is_one_grid_over_two_pages(actas: Document) -> None:
    """Table 4 on pages 3-4 lists 14 series in 7 columns; its head is printed twice."""
    grid = next(g for g in actas.grids if g.label == "4")
    assert grid.pages == (3, 4)
    assert grid.header_rows == 1
    assert len(grid.rows) == 1 + 14
    assert {len(row) for row in grid.rows} == {7}
    labels = [row[0].plain for row in grid.rows[1:]]
    assert labels[0] == "Lundin J et al. (1998)"
    assert labels[-1] == "Our series"


def test_reference_marks_are_tagged_not_glued(actas: Document) -> None:
    """Page 3: 'Lundin J et al.' carries reference 7 as a superscript."""
    grid = next(g for g in actas.grids if g.label == "4")
    cell = grid.rows[1][0]
    assert cell.text == "Lundin J et al.⁷ (1998)"
    assert [m.text for m in cell.marks] == ["7"]


def test_wrapped_cells_are_whole(actas: Document) -> None:
    """Page 4, de Masson 2014: a response cell of four lines."""
    grid = next(g for g in actas.grids if g.label == "4")
    masson = next(r for r in grid.rows if r[0].plain.startswith("De Masson"))
    assert masson[4].plain == "OR 51% (70% SS, 25% MF) 7 CR (6 SS, 1 MF) 13 PR (10 SS, 3 MF)"
    assert masson[4].page == 4


def test_table_3_has_five_patients_and_the_median_row(actas: Document) -> None:
    """Table 3 on page 2: five patients in ten columns."""
    grid = next(g for g in actas.grids if g.label == "3")
    assert [row[0].plain for row in grid.rows[1:6]] == ["F (1)", "M (2)", "F (3)", "M (4)", "F (5)"]
    assert {len(row) for row in grid.rows} == {10}
