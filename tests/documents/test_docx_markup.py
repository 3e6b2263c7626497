"""What Word keeps in a document beside plain text: changes, boxes, formulas, notes, odd rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document
from tests.documents.office_made import word_document

pytest.importorskip("docx", reason="needs the office extra")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<w:p") else paragraph(run(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    whole = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{whole}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(tmp_path: Path, body: str, **notes: dict[int, str]) -> Document:
    path = tmp_path / "a.docx"
    path.write_bytes(word_document(body, **notes))
    return read_document(path)


def plain(document: Document) -> list[list[str | None]]:
    (grid,) = document.grids
    return [[c.plain if c else None for c in line] for line in grid.matrix()]


HEAD = row("Series", "n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (paragraph(run("1"), f"<w:del>{run('9')}</w:del>", f"<w:ins>{run('7')}</w:ins>"), "17"),
        (paragraph(f"<w:moveFrom>{run('9')}</w:moveFrom>", run("17")), "17"),
        (paragraph(run("17"), run("hidden", "<w:vanish/>")), "17"),
        (paragraph(run("16", "<w:strike/>"), run("17", '<w:strike w:val="0"/>')), "17"),
        (paragraph(run("10"), run("9", '<w:vertAlign w:val="superscript"/>')), "10⁹"),
        (paragraph(run("10"), run("9", '<w:position w:val="6"/>')), "10⁹"),
        (
            paragraph(
                "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>9</m:t>"
                "</m:r></m:sup></m:sSup></m:oMath>"
            ),
            "10⁹",
        ),
        (paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("3")), "≥3"),
        (paragraph(run("4"), "<w:r><w:noBreakHyphen/></w:r>", run("6")), "4-6"),
        (
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SEQ</w:instrText></w:r>',
                run("5"),
            ),
            "5",
        ),
    ],
)
def test_the_text_of_a_cell(tmp_path: Path, content: str, expected: str) -> None:
    document = read(tmp_path, table(HEAD, row("Doe", cell(content))))
    assert plain(document)[1] == ["Doe", expected]


def test_tracked_changes_are_said_and_deleted_rows_left_out(tmp_path: Path) -> None:
    gone = row("Roe", "5", properties="<w:del/>")
    document = read(tmp_path, table(HEAD, row("Doe", "17"), gone))
    assert plain(document) == [["Series", "n"], ["Doe", "17"]]
    assert [p.code for p in document.problems] == ["tracked-changes"]


def test_rows_that_begin_or_end_later_keep_their_columns(tmp_path: Path) -> None:
    late = row("2", properties='<w:gridBefore w:val="1"/>')
    early = row("Roe", properties='<w:gridAfter w:val="1"/>')
    assert plain(read(tmp_path, table(HEAD, late, early))) == [
        ["Series", "n"],
        ["", "2"],
        ["Roe", ""],
    ]


def test_old_horizontal_merges(tmp_path: Path) -> None:
    wide = row(cell("All", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"))
    document = read(tmp_path, table(wide, HEAD, row("Doe", "17")))
    assert plain(document)[0] == ["All", "All"]
    assert document.grids[0].header_rows == 1


def test_footnotes_of_the_program_become_notes_of_the_table(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    body = paragraph(run("As shown"), '<w:r><w:footnoteReference w:id="3"/></w:r>')
    body += table(HEAD, row("Doe", cell(paragraph(run("17"), reference))))
    document = read(tmp_path, body, footnotes={3: "Elsewhere.", 7: "One was lost."})
    (grid,) = document.grids
    assert grid.rows[1][1].plain == "17"
    assert [m.text for m in grid.rows[1][1].marks] == ["2"]
    assert [(n.mark, n.text) for n in grid.footnotes] == [("2", "One was lost.")]


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    inside = paragraph(run("Table 3. Responses")) + table(HEAD, row("Doe", "17"))
    document = read(tmp_path, paragraph(run("Text."), BOX.format(inside)))
    assert [grid.label for grid in document.grids] == ["3"]
    assert [b.text for b in document.blocks] == ["Text.", "Table 3. Responses"]


def test_a_frame_around_a_table_is_no_table(tmp_path: Path) -> None:
    inside = paragraph(run("Table 4. Toxicity")) + table(HEAD, row("Sepsis", "2"))
    document = read(tmp_path, table(row(cell(inside))))
    assert [grid.label for grid in document.grids] == ["4"]
    assert plain(document) == [["Series", "n"], ["Sepsis", "2"]]


def test_a_table_inside_a_cell_is_doubted(tmp_path: Path) -> None:
    inner = paragraph(run("both:")) + table(row("CR", "2"))
    document = read(tmp_path, table(HEAD, row("Doe", cell(inner))))
    assert document.grids[0].rows[1][1].text == "both: CR 2"
    assert document.grids[0].rows[1][1].doubt == "the cell holds a table of its own"


def test_title_and_note_in_rows_of_the_table(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    title, note = cell("Table 5. Responses", wide), cell("Abbreviations: n, number.", wide)
    (grid,) = read(tmp_path, table(row(title), HEAD, row("Doe", "17"), row(note))).grids
    assert (grid.label, grid.caption, len(grid.rows)) == ("5", "Responses", 2)
    assert [n.text for n in grid.footnotes] == ["Abbreviations: n, number."]


def test_an_unknown_sign_is_doubted(tmp_path: Path) -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    document = read(tmp_path, table(HEAD, row("Doe", cell(paragraph(sign)))))
    assert document.grids[0].rows[1][1].doubt == "a sign of a symbol font could not be read"


def test_a_document_with_macros_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(word_document(table(HEAD, row("Doe", "17")), macros=True))
    assert plain(read_document(path))[1] == ["Doe", "17"]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val='
    '"decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="6">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Table %1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2">'
    '<w:abstractNumId w:val="6"/></w:num>'
)


def numbered(text: str, list_id: int) -> str:
    place = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr>{run(text)}</w:p>"


def test_numbers_that_the_program_prints_are_read(tmp_path: Path) -> None:
    patients = table(row("Patient", "Age"), *(row(cell(numbered("", 1)), a) for a in ("61", "70")))
    path = tmp_path / "a.docx"
    body = numbered("Ages", 2) + patients + numbered("A list of the text", 1)
    path.write_bytes(word_document(body, numbering=NUMBERING))
    document = read_document(path)
    assert plain(document) == [["Patient", "Age"], ["1", "61"], ["2", "70"]]
    assert (document.grids[0].label, document.grids[0].caption) == ("I", "Ages")
    assert document.blocks[-1].text == "A list of the text"


@pytest.mark.parametrize(
    ("below", "code"),
    [
        (paragraph("<w:r><w:drawing/></w:r>"), "table-is-image"),
        (paragraph("<w:r><w:t>Doe</w:t><w:tab/><w:t>9</w:t></w:r>") * 2, "table-not-read"),
    ],
)
def test_a_title_without_cells_is_named(tmp_path: Path, below: str, code: str) -> None:
    document = read(tmp_path, paragraph(run("Table 3. Doses")) + below)
    assert [(p.code, p.source and p.source.table) for p in document.problems] == [(code, "3")]
