"""CSV, TSV and Excel files: delimiters, encodings, titles, ragged rows; the files are made here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.sheet import sniff_delimiter
from evidence.errors import UnreadableDocument

ROWS = [["Séries", "n", "CR, n (%)"], ["Doe, 2003", "17", "9 (53)"], ["Roe", "NR", "0"]]


def texts(path: Path) -> list[list[str]]:
    return [[c.text for c in row] for row in read_document(path).grids[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    lines = [delimiter.join(f'"{field}"' for field in row) for row in ROWS]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert texts(path) == ROWS
    assert read_document(path).problems == ()


def test_an_undeclared_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Séries,n\nDoe,1\n".encode("cp1252"))
    assert texts(path)[0] == ["Séries", "n"]
    assert [p.code for p in read_document(path).problems] == ["encoding-guessed"]


def test_a_single_column_needs_no_delimiter() -> None:
    assert sniff_delimiter("name\nDoe\nRoe\n") == ","


def test_ragged_rows_are_named_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b,c\n"x\ny",2,3\n4,5\n')
    document = read_document(path)
    (problem,) = document.problems
    assert problem.code == "row-length"
    assert problem.source is not None
    assert problem.source.line == 4
    assert [c.text for c in document.grids[0].rows[2]] == ["4", "5", ""]


def test_a_title_and_notes_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("Table S2. Responses\t\t\na\tb\tc\n1\t2*\t3\n* after surgery\t\t\n")
    (grid,) = read_document(path).grids
    assert (grid.label, grid.caption) == ("S2", "Responses")
    assert [[c.text for c in row] for row in grid.rows] == [["a", "b", "c"], ["1", "2*", "3"]]
    assert [(n.mark, n.text) for n in grid.footnotes] == [("*", "after surgery")]


def test_binary_content_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(32)) * 20)
    with pytest.raises(UnreadableDocument):
        read_document(path)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the office extra")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Responses"
    for row in [["Series", "n", "Rate"], ["Doe", 17, 0.529], ["Roe", 12.0, None]]:
        sheet.append(row)
    sheet["C2"].number_format = "0.0%"
    book.create_sheet("Empty")
    other = book.create_sheet("Toxicity")
    other.append(["Table 2. Toxicity"])
    other.append(["Event", "n"])
    other.append(["Sepsis", 2])
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_every_filled_sheet_is_a_grid(workbook: Path) -> None:
    first, second = read_document(workbook).grids
    assert first.caption == "Responses"
    assert [[c.text for c in row] for row in first.rows] == [
        ["Series", "n", "Rate"],
        ["Doe", "17", "52.9%"],
        ["Roe", "12", ""],
    ]
    assert (second.label, second.caption) == ("2", "Toxicity")


def test_a_formula_that_was_never_calculated_is_named(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the office extra")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, "=A2*2"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert [p.code for p in read_document(path).problems] == ["formula-without-value"]


def test_a_truncated_workbook_is_refused(workbook: Path) -> None:
    workbook.write_bytes(workbook.read_bytes()[:1500])
    with pytest.raises(UnreadableDocument):
        read_document(workbook)


def test_without_the_package_the_extra_is_named(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UnreadableDocument, match=r"evidence\[office\]"):
        read_document(workbook)
