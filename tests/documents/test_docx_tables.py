"""Word documents: merged cells, titles above and below, notes; the documents are made here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from evidence.documents import read_document
from evidence.errors import UnreadableDocument

docx = pytest.importorskip("docx", reason="needs the office extra")


def raise_text(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).font.superscript = True


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    document = docx.Document()
    document.core_properties.title = "A trial"
    document.core_properties.author = "a typist"
    document.add_paragraph("A trial")
    document.add_paragraph("Jane Doe, Richard Roe")
    document.add_heading("Results", level=1)
    document.add_paragraph("Nine of 17 responded.")
    document.add_paragraph("Table 1. Responses by dose")
    table = document.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Dose"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Response"
    table.cell(1, 1).text, table.cell(1, 2).text = "CR", "PR"
    table.cell(2, 0).text, table.cell(2, 2).text = "10 mg", "5 (29)"
    raise_text(table.cell(2, 1).paragraphs[0], "")
    table.cell(2, 1).paragraphs[0].add_run("4")
    raise_text(table.cell(2, 1).paragraphs[0], "a")
    table.cell(3, 0).text = "30 mg"
    table.cell(3, 1).paragraphs[0].add_run("10")
    raise_text(table.cell(3, 1).paragraphs[0], "9")
    note = document.add_paragraph()
    raise_text(note, "a")
    note.add_run("One after surgery.")
    document.add_paragraph("The text goes on.")
    below = document.add_table(rows=2, cols=2)
    for index, text in enumerate(("Event", "n", "Sepsis", "2")):
        below.cell(index // 2, index % 2).text = text
    document.add_paragraph("Table 2. Toxicity")
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def test_tables_titles_and_notes(paper: Path) -> None:
    first, second = read_document(paper).grids
    assert (first.label, first.caption) == ("1", "Responses by dose")
    assert [[c.plain if c else None for c in row] for row in first.matrix()] == [
        ["Dose", "Response", "Response"],
        ["Dose", "CR", "PR"],
        ["10 mg", "4", "5 (29)"],
        ["30 mg", "10⁹", ""],
    ]
    assert [mark.text for mark in first.rows[2][1].marks] == ["a"]
    assert [(n.mark, n.text) for n in first.footnotes] == [("a", "One after surgery.")]
    assert (second.label, second.caption) == ("2", "Toxicity")


def test_blocks_and_properties(paper: Path) -> None:
    document = read_document(paper)
    assert (document.info.title, document.info.authors) == (
        "A trial",
        ("Doe, Jane", "Roe, Richard"),
    )
    assert ("paragraph", "Results", "Nine of 17 responded.") in [
        (b.kind, b.section, b.text) for b in document.blocks
    ]


@pytest.mark.parametrize(
    ("below", "title"),
    [(("Petrov A, de Klerk C", "2017"), "Brodalumab in erythroderma"), (("We saw 9.",), None)],
)
def test_a_heading_with_names_below_is_the_title(
    tmp_path: Path, below: tuple[str, ...], title: str | None
) -> None:
    document = docx.Document()
    document.add_paragraph("Brodalumab in erythroderma", style="Heading 1")
    for text in below:
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    info = read_document(tmp_path / "a.docx").info
    assert (info.title, info.authors, info.year) == (
        (title, ("Petrov, A", "de Klerk, C"), 2017) if title else (None, (), None)
    )


def test_a_truncated_document_is_refused(paper: Path) -> None:
    paper.write_bytes(paper.read_bytes()[:2000])
    with pytest.raises(UnreadableDocument, match="truncated"):
        read_document(paper)


def test_a_damaged_part_is_refused(paper: Path, tmp_path: Path) -> None:
    import zipfile

    broken = tmp_path / "b.docx"
    with zipfile.ZipFile(paper) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.namelist():
            damaged = entry == "word/document.xml"
            new.writestr(entry, b"<w:document" if damaged else old.read(entry))
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_document(broken)


def test_without_the_package_the_extra_is_named(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UnreadableDocument, match=r"evidence\[office\]"):
        read_document(paper)
