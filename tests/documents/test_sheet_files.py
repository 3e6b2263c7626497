"""CSV, TSV and Excel files: delimiters, encodings, titles, ragged rows; the files are made here."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.sheet.delimited import sniff_delimiter
from evidence.documents.sheet.numbers import shown
from evidence.errors import UnreadableDocument
from tests.documents.office_made import workbook_with_shared_strings, zipped

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


def rows_of(path: Path, at: int = 0) -> list[list[str | None]]:
    return [[c.text if c else None for c in row] for row in read_document(path).grids[at].matrix()]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.6, "0%", "60%"),
        (0.529, "0.0%", "52.9%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (3.14159, "0.00", "3.14"),
        (2.5, "0.0##", "2.5"),
        (-3.5, "0.0", "-3.5"),
        (-3.5, "0.0_);(0.0)", "(3.5)"),
        (12, '0" mg"', "12 mg"),
        (17, '"n = "0', "n = 17"),
        (0.00012, "0.0E+00", "1.2E-04"),
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "General", "12"),
        (0, '0;-0;"–"', "–"),
        (True, "General", "TRUE"),
        (0.125, "0%", "13%"),
        (2.5, "0", "3"),
        (0.35, "0.0", "0.4"),
        (0.02, '[<0.001]"<0.001";0.000', "0.020"),
        (0.0001, '[<0.001]"<0.001";0.000', "<0.001"),
        (0, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', "-"),
        (12345, "#,##0,", "12"),
        (7, "000", "007"),
        (0, "#", "0"),
        (dt.time(7, 3), "h:mm", "7:03"),
        ("007", "@", "007"),
        (None, "0", ""),
    ],
)
def test_a_value_is_read_as_the_sheet_shows_it(
    value: object, number_format: str, text: str
) -> None:
    assert shown(value, number_format)[0] == text


@pytest.mark.parametrize(
    ("column", "doubted"),
    [
        (["3/10", "15-Mar", "7/14"], [1]),
        (["3–10", "Mar-15", "02/03/2004"], [1, 2]),
        (["5-10", "7-14", "45366"], [2]),
        (["2001-05-03", "2002-07-09", "NR"], []),
        (["45366", "51200", "38000"], []),
        (["may be", "CD-30", "Pt-12"], []),
    ],
)
def test_what_a_spreadsheet_took_for_a_date_is_doubted(
    tmp_path: Path, column: list[str], doubted: list[int]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Study,CR\n" + "\n".join(f"Doe,{text}" for text in column))
    cells = [row[1] for row in read_document(path).grids[0].rows[1:]]
    assert [at for at, cell in enumerate(cells) if cell.doubt] == doubted


def test_a_quoted_field_after_a_space(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Study, n, CI\nDoe, 3, "1, 2"\nRoe, 4, "3, 4"\n')
    assert texts(path)[1:] == [["Doe", "3", "1, 2"], ["Roe", "4", "3, 4"]]


def test_a_quote_that_stays_open_is_named_where_it_opens(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Study,n\nDoe,3\n"Roe,4\nPoe,5\n')
    (problem,) = read_document(path).problems
    assert (problem.code, problem.severity, problem.source.line) == ("csv-broken", "error", 3)


def test_a_title_without_a_blank_row_before_it_opens_a_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Table 1. A,\nStudy,CR\nDoe,1\nTable 2. B,\nStudy,SD\nDoe,5\n")
    assert [(g.label, len(g.rows)) for g in read_document(path).grids] == [("1", 2), ("2", 2)]


def test_cells_outside_the_declared_size_are_read(workbook: Path) -> None:
    parts = {}
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(workbook, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part))
    assert all(len(grid.rows) > 1 for grid in read_document(workbook).grids)


def test_a_date_without_a_year_is_doubted() -> None:
    assert shown(dt.datetime(2015, 5, 1), "yyyy-mm-dd") == ("2015-05-01", None)
    text, doubt = shown(dt.datetime(2015, 10, 5), "d-mmm")
    assert text == "2015-10-05"
    assert doubt is not None


@pytest.fixture
def supplement(tmp_path: Path) -> Path:
    """Two tables on one sheet: titles above, merged heads, notes below, things hidden."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs the office extra")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Supplement"
    rows = [
        ["Supplementary Table S1. Responses"],
        ["All patients"],
        ["Series", "Response", None],
        [None, "CR", "PR"],
        ["Doe 2003", 9, 3],
        ["Roe 2004", "#DIV/0!", 2],
        [],
        ["CR, complete response; PR, partial response."],
        [],
        ["Table S2. Toxicity"],
        ["Event", "n"],
        ["Sepsis", 2],
    ]
    for row in rows:
        sheet.append(row)
    for merge in ("B3:C3", "A3:A4", "A1:C1"):
        sheet.merge_cells(merge)
    sheet["B6"].data_type = "e"
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].hidden = True
    path = tmp_path / "s.xlsx"
    book.save(path)
    return path


def test_several_tables_of_a_sheet_with_heads_and_notes(supplement: Path) -> None:
    first, second = read_document(supplement).grids
    assert (first.label, first.caption) == ("S1", "Responses All patients")
    assert rows_of(supplement) == [
        ["Series", "Response", "Response"],
        ["Series", "CR", "PR"],
        ["Doe 2003", "9", "3"],
        ["Roe 2004", "#DIV/0!", "2"],
    ]
    assert first.header_rows == 2
    assert [n.text for n in first.footnotes] == ["CR, complete response; PR, partial response."]
    assert (second.label, second.caption, second.footnotes) == ("S2", "Toxicity", ())
    assert rows_of(supplement, 1) == [["Event", "n"], ["Sepsis", "2"]]


def test_what_a_workbook_hides_and_where_it_errs_is_said(supplement: Path) -> None:
    messages = {p.code: p.message for p in read_document(supplement).problems}
    assert messages["hidden-cells"].endswith("read all the same: row 6, column 3.")
    assert "1 cells show an error" in messages["cell-is-error"]
    assert read_document(supplement).grids[0].rows[3][1].doubt == (
        "the sheet shows the error #DIV/0!"
    )


def test_raised_marks_of_a_workbook_stay_marks(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="needs the office extra")

    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_with_shared_strings())
    (grid,) = read_document(path).grids
    cell = grid.rows[1][1]
    assert (cell.plain, [m.text for m in cell.marks]) == ("12", ["a"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Study;Mean;SD\nDoe;1,5;0,2\nRoe;2,25;1,0\n", ["Doe", "1,5", "0,2"]),
        ("1,5;0,2\n2,5;1,0\n", ["2,5", "1,0"]),
        ("sep=;\na;b\n1;2\n", ["1", "2"]),
        ("a\tb\n1,5\t2\n", ["1,5", "2"]),
    ],
)
def test_decimal_commas_and_declared_delimiters(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    assert expected in rows_of(path)


def test_two_tables_of_one_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Drug,n\nA,1\n\nEvent,Grade 3\nSepsis,2\n,\nNote: any grade,\n")
    first, second = read_document(path).grids
    assert (rows_of(path), rows_of(path, 1)) == (
        [["Drug", "n"], ["A", "1"]],
        [["Event", "Grade 3"], ["Sepsis", "2"]],
    )
    assert first.footnotes == ()
    assert [n.text for n in second.footnotes] == ["Note: any grade"]


def test_a_data_set_is_no_table_of_a_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("1,2,3,4,5,6,7,8,9,10\n" * 100_001)
    with pytest.raises(UnreadableDocument, match="cells"):
        read_document(path)


def test_commas_of_prose_and_of_decimals_do_not_delimit() -> None:
    text = (
        "Tabla 2. Series publicadas\n"
        "Autor, año;N;RG, n (%);Complicaciones\n"
        "Pérez 2001;20;12 (60,5%);Astenia (5), fiebre (2)\n"
        "Núñez 2008;11;3 (27,3%);Fiebre; 1 muerte\n"
    )
    assert sniff_delimiter(text) == ";"


def test_tables_side_by_side_with_an_empty_column_between(tmp_path: Path) -> None:
    path = tmp_path / "beside.csv"
    path.write_text(
        "Table 1. Efficacy,,,,Table 2. Toxicity,\n"
        "Study,n,CR,,Study,Rash\nReed 2010,12,3,,Reed 2010,4\nWood 2012,8,2,,Wood 2012,1\n"
    )
    first, second = read_document(path).grids
    assert (first.label, second.label) == ("1", "2")
    assert [[cell.text for cell in row] for row in second.rows] == [
        ["Study", "Rash"], ["Reed 2010", "4"], ["Wood 2012", "1"],
    ]  # fmt: skip


def test_an_empty_column_inside_a_table_is_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "gap.csv"
    path.write_text("Study,n,,Response,CR\nReed 2010,12,,good,3\nWood 2012,8,,fair,2\n")
    (table,) = read_document(path).grids
    assert len(table.matrix()[0]) == 5


def test_unlike_tables_apart_by_two_columns_are_two(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Study,n,,,Drug,Dose\nDoe,12,,,A,10\nRoe,20,,,B,20\n")
    assert [[c.text for c in g.rows[1]] for g in read_document(path).grids] == [
        ["Doe", "12"],
        ["A", "10"],
    ]


def test_a_sentence_right_below_a_table_is_its_note(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Study,n\nDoe,12\nDoses are in mg.,\n")
    (grid,) = read_document(path).grids
    assert [note.text for note in grid.footnotes] == ["Doses are in mg."]


def test_comments_of_a_workbook_are_named(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the office extra")
    book = openpyxl.Workbook()
    book.active.append(["Study", "n"])
    book.active.append(["Doe", 12])
    book.active["B2"].comment = openpyxl.comments.Comment("in fact 13", "x")
    book.save(tmp_path / "a.xlsx")
    codes = [problem.code for problem in read_document(tmp_path / "a.xlsx").problems]
    assert codes == ["cell-comments"]


def test_a_row_that_is_numbered_without_end_is_not_waited_for(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="needs the office extra")
    content = workbook_with_shared_strings()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    sheet = str(parts["xl/worksheets/sheet1.xml"], "utf-8")
    parts["xl/worksheets/sheet1.xml"] = sheet.replace('<row r="2">', '<row r="99999999999">')
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts))
    assert [problem.code for problem in read_document(path).problems] == ["sheet-too-large"]
