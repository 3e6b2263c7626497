"""The reader against real papers that may not be shared (skipped where they are absent)."""

from __future__ import annotations

import unicodedata
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


@pytest.mark.parametrize("name", ["PMC8088944", "PMC5987334", "PMC7844712"])
def test_no_cell_holds_what_its_box_does_not(shared: Path, name: str) -> None:
    """Every character of every cell without doubt stands in the cell's own box."""
    import pypdfium2

    from evidence.documents.pdf_text import read_text_page

    path = shared / "corpus" / "pdf_jats" / name / "paper.pdf"
    document = read_pdf(path)
    cells = [c for g in document.grids for row in g.rows for c in row if c.text]
    assert len(cells) > 100
    pdf = pypdfium2.PdfDocument(path)
    pages = {n: read_text_page(pdf, n).glyphs for n in {c.page for c in cells if c.page}}
    for cell in (c for c in cells if c.doubt is None):
        for line in cell.lines:
            assert line.box_pt is not None and line.page is not None
            x0, top, x1, bottom = line.box_pt
            inside = {
                c
                for g in pages[line.page]
                if (x0 - 2 <= (g.x0 + g.x1) / 2 <= x1 + 2 and top - 4 <= g.base <= bottom + 4)
                or (x0 - 4 <= g.base <= x1 + 4 and top - 2 <= (g.top + g.bottom) / 2 <= bottom + 2)
                for c in unicodedata.normalize("NFKC", g.text).casefold()
            }
            letters = set(unicodedata.normalize("NFKC", line.text).casefold())
            assert {c for c in letters if c.isalnum()} <= inside, (cell.text, line.text)


@pytest.mark.parametrize(
    ("name", "label", "body"),
    [
        ("PMC8088944", "2", 13),  # 13 patients, page 4
        ("PMC7844712", "2", 18),  # 3 sections of 5 rows, page 8; caption below
        ("PMC5987334", "1", 30),  # rotated, three pages
    ],
)
def test_real_tables_have_their_rows(shared: Path, name: str, label: str, body: int) -> None:
    """Counted on the printed pages."""
    document = read_pdf(shared / "corpus" / "pdf_jats" / name / "paper.pdf")
    grid = next(g for g in document.grids if g.label == label)
    assert len(grid.rows) - grid.header_rows == body
