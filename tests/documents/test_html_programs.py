"""Pages that programs save, and what sites set in ways of their own.

Every page holds the table written down in CELLS; expected values are those there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document

CELLS = [["Study", "n", "CR"], ["Doe 2001", "12", "4"], ["Roe 2002", "20", "10"]]
HEAD = "<thead><tr><th>Study</th><th>n</th><th>CR</th></tr></thead>"
TITLE = "<p><b>Table 1.</b> Responses by study</p>"


def rows(*lines: tuple[str, ...]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line)}</tr>" for line in lines)


BODY = f"<tbody>{rows(('Doe 2001', '12', '4'), ('Roe 2002', '20', '10'))}</tbody>"
TABLE = f"<table>{HEAD}{BODY}</table>"


def read(tmp_path: Path, body: str) -> Document:
    path = tmp_path / "page.html"
    page = (
        "<!DOCTYPE html><html><head><title>x</title></head><body><h1>A trial</h1>"
        f"<p>Table 1 shows the responses.</p>{body}<p>The text goes on, and on.</p></body></html>"
    )
    path.write_text(page, encoding="utf-8")
    return read_document(path)


def plain(document: Document, at: int = 0) -> list[list[str]]:
    return [[c.plain if c else "" for c in row] for row in document.grids[at].matrix()]


def notes(document: Document) -> list[tuple[str | None, str]]:
    return [(note.mark, note.text) for note in document.grids[0].footnotes]


@pytest.mark.parametrize(
    "body",
    [
        f'<h4><i class="material-icons">table_chart</i>Table 1. Responses by study</h4>{TABLE}',
        f"<form id='aspnetForm'><h2>Results</h2>{TITLE}{TABLE}</form>",
        f"{TITLE}<pre>\nStudy       n   CR\n-------------------\nDoe 2001   12    4\n"
        "Roe 2002   20   10\n</pre>",
        "<pre>Table 1. Responses by study\n\n+----------+----+----+\n| Study    | n  | CR |\n"
        "+----------+----+----+\n| Doe 2001 | 12 | 4  |\n| Roe 2002 | 20 | 10 |\n"
        "+----------+----+----+\n</pre>",
        f"{TITLE}<table>{rows(('<b>Study</b>', '<b>n</b>', '<b>CR</b>'))}{BODY}</table>",
    ],
)
def test_one_table_as_programs_and_sites_set_it(tmp_path: Path, body: str) -> None:
    document = read(tmp_path, body)
    (grid,) = document.grids
    assert (grid.label, grid.caption, grid.header_rows) == ("1", "Responses by study", 1)
    assert plain(document) == CELLS
    assert document.problems == ()


def test_a_page_of_a_word_processor_keeps_levels_and_notes(tmp_path: Path) -> None:
    end = "<o:p></o:p>"
    table = rows(("Study", f"<p class=MsoNormal>n<sup>a</sup>{end}</p>", f"10<sup>9</sup>/L{end}"))
    page = (
        f"{TITLE[:-4]}{end}</p><table>{table}{BODY}</table><p><sup>a</sup>In 10<sup>9</sup>.{end}"
    )
    document = read(tmp_path, page)
    assert plain(document)[0] == ["Study", "n", "10⁹/L"]
    assert notes(document) == [("a", "In 10⁹.")]


def test_text_beside_blocks_keeps_its_levels(tmp_path: Path) -> None:
    foot = "<div><sup>a</sup>Weekly, 3×10<sup>6</sup> units.<div>Source: trial.</div></div>"
    document = read(tmp_path, f'<div class="table-wrap">{TITLE}{TABLE}{foot}</div>')
    assert notes(document) == [("a", "Weekly, 3×10⁶ units."), (None, "Source: trial.")]


def test_each_paragraph_of_a_foot_is_a_note(tmp_path: Path) -> None:
    foot = (
        "<tfoot><tr><td colspan=3><ol><li><sup>a</sup><p>Weekly.</p></li><li>CR, complete "
        "response.</li></ol></td></tr></tfoot>"
    )
    document = read(tmp_path, TITLE + TABLE.replace("</thead>", f"</thead>{foot}"))
    assert notes(document) == [("a", "Weekly."), (None, "CR, complete response.")]
    assert plain(document) == CELLS


def test_a_list_numbers_its_notes(tmp_path: Path) -> None:
    foot = '<ol type="a"><li>Weekly.</li><li>Daily.</li></ol>'
    document = read(tmp_path, f'<div class="table-wrap">{TITLE}{TABLE}{foot}</div>')
    assert notes(document) == [("a", "Weekly."), ("b", "Daily.")]


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("n number, CR complete response", True),
        ("n: number; CR: complete response", True),
        ("CR was seen in four patients of Doe 2001.", False),
        ("CR, n and age were not told in the paper.", False),
    ],
)
def test_loose_words_that_explain_the_table_are_its_notes(
    tmp_path: Path, below: str, kept: bool
) -> None:
    document = read(tmp_path, f"{TITLE}{TABLE}<p>{below}</p>")
    assert [text for _, text in notes(document)] == ([below] if kept else [])


def test_a_paragraph_with_a_mark_of_the_table_is_its_note(tmp_path: Path) -> None:
    table = TABLE.replace(">4<", ">4<sup>¶</sup><")
    document = read(tmp_path, f"{TITLE}{table}<p>Rates of all patients. <sup>¶</sup>Weekly.</p>")
    assert notes(document) == [(None, "Rates of all patients."), ("¶", "Weekly.")]


def test_parts_of_a_table_share_its_title_and_notes(tmp_path: Path) -> None:
    second = f"<table>{HEAD}{rows(('Poe 2003', '7', '1'))}</table>"
    wrap = f'<div class="tables">{TITLE}<div>{TABLE}{second}</div><p>n, number.</p></div>'
    document = read(tmp_path, wrap)
    assert [grid.label for grid in document.grids] == ["1", "1"]
    assert [len(grid.footnotes) for grid in document.grids] == [1, 1]
    assert plain(document, 1)[1] == ["Poe 2003", "7", "1"]


@pytest.mark.parametrize("table", ["<table x:str>", "<table><td class=xl65>"])
def test_dates_of_a_spreadsheet_are_in_doubt(tmp_path: Path, table: str) -> None:
    lines = rows(("Doe 2001", "12", "4-Dec"), ("Roe 2002", "20", "10/20"))
    document = read(tmp_path, f"{TITLE}{table}{HEAD}{lines}</table>")
    doubted = [c.text for row in document.grids[0].rows for c in row if c.doubt]
    assert doubted == ["4-Dec"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (r'<span class="mathjax-tex">\(10^{9}\)</span>', "10⁹"),
        (r"12 \(\pm \) 3", "12 ± 3"),
        (r"\(\frac{4}{10}\)", "4/10"),
        (r"\(\begin{matrix}a\end{matrix}\)", r"\(\begin{matrix}a\end{matrix}\)"),
        (r"\(a}b\)", r"\(a}b\)"),
        ("4<svg class='icon'><text>x</text></svg>", "4"),
        ('4<span class="u-hide">9</span>', "4"),
        ('4<span class="d-none d-md-inline">9</span>', "49"),
        ('4<span aria-hidden="true">▲▼</span>', "4"),
    ],
)
def test_what_a_cell_shows_of_formulas_and_controls(
    tmp_path: Path, cell: str, expected: str
) -> None:
    document = read(tmp_path, f"{TITLE}<table>{HEAD}{rows(('Doe 2001', '12', cell))}</table>")
    assert plain(document)[1][2] == expected
    assert document.problems == ()


def test_a_drawn_formula_is_named(tmp_path: Path) -> None:
    drawn = "p &lt; <svg viewBox='0 0 1 1'><path d='M0 0'/></svg>"
    document = read(tmp_path, f"{TITLE}<table>{HEAD}{rows(('Doe 2001', '12', drawn))}</table>")
    assert [problem.code for problem in document.problems] == ["cell-is-image"]


def test_a_picture_titled_by_its_own_words_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, '<a href="t.html"><img alt="Table 1. Responses by study"></a>')
    assert document.problems[0].code == "table-is-image"


def test_tables_published_online_have_numbers_of_their_own(tmp_path: Path) -> None:
    document = read(tmp_path, f"<p><b>eTable 1.</b> Doses</p>{TABLE}{TITLE}{TABLE}")
    assert [grid.label for grid in document.grids] == ["e1", "1"]


def test_a_page_without_the_ends_it_may_leave_out_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = f"<html lang=en><meta charset=utf-8><body><main><h1>A</h1>{TITLE}{TABLE}"
    path.write_text(f"{page}<p>Words.</main>", encoding="utf-8")
    assert read_document(path).problems == ()
    path.write_text(page, encoding="utf-8")
    assert [problem.code for problem in read_document(path).problems] == ["html-cut-short"]
