"""Rich text, OpenDocument and EPUB, each written by pandoc from the same page and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.errors import UnreadableDocument

pypandoc = pytest.importorskip("pypandoc", reason="needs the docx extra")
PAGE = (
    "<h1>A trial</h1><p>Nine responded.</p><p>Table 1. Responses</p><table><thead><tr><th>Dose</th>"
    "<th>CR</th></tr></thead><tbody><tr><td>10 mg</td><td>4<sup>a</sup></td></tr><tr><td>30 mg</td>"
    "<td>10<sup>9</sup></td></tr></tbody></table><p><sup>a</sup>One after surgery.</p>"
)


@pytest.fixture(params=["rtf", "odt", "epub"])
def paper(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / f"a.{request.param}"
    pypandoc.convert_text(
        PAGE, request.param, format="html", outputfile=str(path), extra_args=["--standalone"]
    )
    return path


def test_a_table_with_its_title_marks_and_notes(paper: Path) -> None:
    document = read_document(paper)
    (grid,) = document.grids
    assert (grid.label, grid.caption) == ("1", "Responses")
    assert [[cell.plain for cell in row] for row in grid.rows][1:] == [
        ["10 mg", "4"],
        ["30 mg", "10⁹"],
    ]
    assert [m.text for m in grid.rows[1][1].marks] == ["a"]
    assert [(n.mark, n.text) for n in grid.footnotes] == [("a", "One after surgery.")]
    assert (document.name, document.format) == (paper.name, paper.suffix[1:])
    assert [p.code for p in document.problems] == ["converted"]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 \\u99999999999999999999 {\\trowd")
    try:
        read_document(path)
    except UnreadableDocument as error:
        assert all(problem.remedy for problem in error.problems)
