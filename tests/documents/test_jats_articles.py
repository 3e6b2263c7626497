"""JATS XML: every table with spans, heads, notes and marks; nothing outside the file followed.

Expected values are those written in tests/documents/data/trial.nxml; over real papers, those an
independent reading of the same XML gives.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document, Grid
from evidence.errors import UnreadableDocument

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def trial() -> Document:
    return read_document(DATA / "trial.nxml")


def texts(grid: Grid) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in grid.matrix()]


def test_every_table_is_found_wherever_it_floats(trial: Document) -> None:
    assert [(g.label, g.caption) for g in trial.grids] == [
        ("1", "Responses by dose"),
        ("2", "Two parts"),
        ("2", "Two parts"),
        ("S1", "Afloat"),
    ]


def test_a_table_that_is_a_picture_is_named(trial: Document) -> None:
    (problem,) = [p for p in trial.problems if p.code == "table-is-image"]
    assert problem.source is not None
    assert problem.source.table == "3"
    assert "t3.jpg" in problem.message
    assert "ocr" in (problem.remedy or "")


def test_spans_and_heads(trial: Document) -> None:
    grid = trial.grids[0]
    assert grid.header_rows == 2
    assert texts(grid)[:2] == [
        ["Dosea", "Response, n (%)", "Response, n (%)", "Cells × 10⁹/L"],
        ["Dosea", "CR", "PR", "Cells × 10⁹/L"],
    ]
    assert trial.grids[1].header_rows == 1


def test_marks_leave_the_clean_text_and_exponents_stay(trial: Document) -> None:
    rows = trial.grids[0].rows
    assert [c.plain for c in rows[2]] == ["10 mg/m²", "4", "5 (29)", "1.2×10⁹"]
    assert [[m.text for m in c.marks] for c in rows[2]] == [[], ["*"], ["b"], []]
    assert [c.plain for c in rows[3]] == ["Doe et al. (2003)", "0.05", "NR", "CD4⁺ second line"]
    assert [(m.text, m.offset) for m in rows[3][0].marks] == [("7", 10)]
    assert [m.text for m in rows[3][1].marks] == ["a", "b"]
    assert [line.text for line in rows[3][3].lines] == ["CD4⁺", "second line"]


def test_a_numeric_mark_never_lengthens_a_number(trial: Document) -> None:
    assert "7" not in trial.grids[0].rows[3][0].text
    assert "⁷" in trial.grids[0].rows[3][0].text


@pytest.mark.parametrize(
    ("cell", "clean", "marks"),
    [
        ("<sup>99m</sup>Tc, <sup>18</sup>F-FDG", "99mTc, ¹⁸F-FDG", []),
        ("R<sup>2</sup>=0.5; 5<sup>th</sup>; min<sup>-1</sup>", "R²=0.5; 5th; min⁻¹", []),
        ("10<sup>−3</sup> to 2 &#215; 10<sup>5</sup>", "10⁻³ to 2 × 10⁵", []),
        ("12<sup>1,2</sup>", "12", ["1", "2"]),
        ('Doe et al. <xref ref-type="bibr" rid="b">12</xref>', "Doe et al.", ["12"]),
        ('Doe et al. [<xref ref-type="bibr" rid="b">12</xref>]', "Doe et al. [12]", []),
        ('<xref ref-type="bibr" rid="b">12</xref>', "12", []),
        ("IC<sub>50</sub> 5*", "IC50 5", ["*"]),
    ],
)
def test_what_is_a_mark_and_what_is_a_value(
    tmp_path: Path, cell: str, clean: str, marks: list[str]
) -> None:
    found = read(tmp_path, WRAP.format(f"<tr><td>{cell}</td></tr>")).grids[0].rows[0][0]
    assert found.plain == clean
    assert [mark.text for mark in found.marks] == marks


def test_footnotes_carry_their_marks(trial: Document) -> None:
    assert [(f.mark, f.text) for f in trial.grids[0].footnotes] == [
        ("a", "Given weekly."),
        ("*", "One after surgery."),
        ("b", "Confirmed."),
        (None, "CR, complete response."),
    ]


def test_formulas_are_read_once_and_pictures_in_cells_are_named(trial: Document) -> None:
    row = trial.grids[0].rows[4]
    assert row[3].text == "x²"
    assert row[1].text == ""
    assert row[1].doubt
    assert [p.code for p in trial.problems].count("cell-is-image") == 1


def test_what_the_article_says_about_itself(trial: Document) -> None:
    info = trial.info
    assert info.title == "A trial of examplimab in two diseases"
    assert info.authors == ("Doe, Jane", "The Study Group")
    assert (info.journal, info.year) == ("Journal of Made-up Trials", 2020)
    assert (info.doi, info.pmid) == ("10.9999/jmt.2020.1", "00000001")


def test_blocks_in_reading_order_with_their_sections(trial: Document) -> None:
    assert [(b.kind, b.section, b.text) for b in trial.blocks if b.kind != "caption"] == [
        ("title", None, "A trial of examplimab in two diseases"),
        ("heading", "Abstract", "Results"),
        ("abstract", "Abstract / Results", "Of 17 patients, 9 responded (53%)."),
        ("heading", None, "Results"),
        ("paragraph", "Results", "Before the table. After the table."),
        ("heading", "Results", "Toxicity"),
        ("paragraph", "Results / Toxicity", "No deaths."),
    ]
    assert "Table 1. Responses by dose" in [b.text for b in trial.blocks if b.kind == "caption"]


WRAP = "<article><body><table-wrap><label>1</label><table>{}</table></table-wrap></body></article>"


def read(tmp_path: Path, content: str | bytes, name: str = "a.xml") -> Document:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path)


def test_external_and_nested_entities_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    head = (
        f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a "ha">'
        '<!ENTITY b "&a;&a;"><!ENTITY % p SYSTEM "http://remote.invalid/p.dtd"> %p;]>'
    )
    document = read(tmp_path, head + WRAP.format("<tr><td>&x;</td><td>&b;</td><td>&a;</td></tr>"))
    assert [cell.text for cell in document.grids[0].rows[0]] == ["&x;", "&b;", "ha"]
    assert [p.code for p in document.problems] == ["entity-refused", "entity-refused"]


def test_a_billion_laughs_stay_unexpanded(tmp_path: Path) -> None:
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10)
    )
    document = read(
        tmp_path, f"<!DOCTYPE article [{entities}]>" + WRAP.format("<tr><td>&l9;</td></tr>")
    )
    assert document.grids[0].rows[0][0].text == "&l9;"


def test_named_entities_without_their_dtd_are_kept(tmp_path: Path) -> None:
    document = read(tmp_path, WRAP.format("<tr><td>&ge;3&nbsp;&mu;g &mystery; 1 &lt; 2</td></tr>"))
    assert document.grids[0].rows[0][0].text == "≥3 μg &mystery; 1 < 2"
    assert [p.code for p in document.problems] == ["entity-unknown"]


def test_spans_of_any_size_cost_no_memory(tmp_path: Path) -> None:
    cell = '<tr><td rowspan="999999999" colspan="999999999">x</td></tr>'
    (grid,) = read(tmp_path, WRAP.format(cell)).grids
    assert len(grid.matrix()) == 1


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<article><body><p>cut", "stops before </article>"),
        (b"<?xml version='1.0' encoding='utf-8'?><article>\x00\x01</article>", "binary"),
        ("<article><front/>", "stops before"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, content: str | bytes, found: str) -> None:
    with pytest.raises(UnreadableDocument, match=found):
        read(tmp_path, content)


def test_a_stray_ampersand_costs_a_problem_not_the_paper(tmp_path: Path) -> None:
    document = read(tmp_path, WRAP.format("<tr><td>A & B</td><td>2</td></tr>"))
    assert document.grids[0].rows[0][1].text == "2"
    assert [p.code for p in document.problems] == ["xml-not-well-formed"]


def test_wrong_encoding_is_said(tmp_path: Path) -> None:
    content = WRAP.format("<tr><td>Sézary</td></tr>").encode("cp1252")
    document = read(tmp_path, content)
    assert document.grids[0].rows[0][0].text == "Sézary"
    assert [p.code for p in document.problems] == ["encoding-guessed"]


def test_tables_of_the_exchange_model_are_read(tmp_path: Path) -> None:
    table = (
        '<tgroup cols="3"><colspec colname="c1"/><colspec colname="c2"/><colspec colname="c3"/>'
        '<thead><row><entry morerows="1">A</entry><entry namest="c2" nameend="c3">B</entry></row>'
        "<row><entry>C</entry><entry>D</entry></row></thead>"
        "<tbody><row><entry>1</entry><entry>2</entry><entry>3</entry></row></tbody></tgroup>"
    )
    (grid,) = read(tmp_path, WRAP.format(table)).grids
    assert texts(grid) == [["A", "B", "B"], ["A", "C", "D"], ["1", "2", "3"]]
    assert grid.header_rows == 2


@pytest.fixture(scope="module")
def gold(shared: Path) -> ModuleType:
    """An independent reading of the same XML."""
    sys.path.insert(0, str(shared / "corpus"))
    spec = importlib.util.spec_from_file_location("score", shared / "corpus" / "score_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_every_table_and_cell_of_real_papers(shared: Path, gold: ModuleType) -> None:
    corpus = shared / "corpus"
    paths = [*sorted(corpus.glob("jats_only/*ml")), *sorted(corpus.glob("pdf_jats/*/paper.xml"))]
    found = expected = right = cells = 0
    for path in paths:
        grids = list(read_document(path).grids)
        tables = [t for _, _, ts, _ in gold.tables(gold.parse(str(path))) for t in ts]
        assert len(grids) == len(tables), path
        for grid, table in zip(grids, tables, strict=True):
            places, words, _ = gold.gold_cells(table)
            matrix = grid.matrix()
            found += [len(row) for row in matrix] == [len(row) for row in places]
            expected += 1
            for ours, theirs in zip(matrix, places, strict=False):
                for cell, index in zip(ours, theirs, strict=False):
                    cells += 1
                    right += gold.key(cell.text if cell else "") == (
                        words[index][2] if index >= 0 else ""
                    )
    assert found == expected
    assert right >= 0.999 * cells
