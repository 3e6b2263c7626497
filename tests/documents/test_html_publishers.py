"""Saved pages as publishers' sites build them: copies, pop-ups, scripts, page furniture.

Every page holds the table written down in ``html_made.py``; expected values are those there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document
from tests.documents.html_made import (
    BODY,
    CELLS,
    ELSEWHERE,
    FURNITURE,
    HEAD,
    LOOSE,
    NOTES,
    PICTURED,
    PUBLISHERS,
    TITLE,
)


def read(tmp_path: Path, table: str) -> Document:
    path = tmp_path / "page.html"
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body><main>"
        "<article><h2>Results</h2><p>Table 1 shows the responses of all patients.</p>"
        f"{table}<p>The text goes on here, and on.</p></article></main></body></html>"
    )
    path.write_text(page, encoding="utf-8")
    return read_document(path)


def plain(document: Document, at: int = 0) -> list[list[str | None]]:
    return [[cell.plain if cell else None for cell in row] for row in document.grids[at].matrix()]


@pytest.mark.parametrize("name", sorted(PUBLISHERS))
def test_one_table_as_each_site_sets_it(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, PUBLISHERS[name])
    (grid,) = document.grids
    assert (grid.label, grid.caption) == TITLE
    assert plain(document) == CELLS
    assert [(note.mark, note.text) for note in grid.footnotes] == NOTES
    assert grid.header_rows == 2
    assert document.problems == ()


@pytest.mark.parametrize("name", sorted(FURNITURE))
def test_the_page_itself_is_no_table(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, FURNITURE[name] + LOOSE)
    assert [grid.label for grid in document.grids] == ["1"]


@pytest.mark.parametrize("name", sorted(PICTURED))
def test_a_pictured_table_is_named(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, PICTURED[name])
    assert document.grids == ()
    assert [problem.code for problem in document.problems] == ["table-is-image"]


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_table_behind_a_link_is_named(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, ELSEWHERE[name])
    assert document.grids == ()
    assert [problem.code for problem in document.problems] == ["table-not-on-page"]


def test_a_script_that_writes_a_table_is_not_run(tmp_path: Path) -> None:
    script = f"<script>document.write('<table>{HEAD}{BODY}</table>');var a={{b:1}};</script>"
    assert read(tmp_path, script).grids == ()


def test_two_tables_that_agree_but_have_two_numbers_are_two(tmp_path: Path) -> None:
    document = read(tmp_path, LOOSE + LOOSE.replace("Table 1", "Table 2"))
    assert [grid.label for grid in document.grids] == ["1", "2"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # MathJax 2 with its assistive copy, MathJax 3, KaTeX: the formula stands there once
        (
            '<span class="MathJax"><nobr aria-hidden="true"><span>10</span><span>9</span></nobr>'
            '<span class="MJX_Assistive_MathML"><math><msup><mn>10</mn><mn>9</mn></msup></math>'
            '</span></span><script type="math/mml"><math><mn>10</mn></math></script>',
            "10⁹",
        ),
        (
            '<mjx-container><mjx-math aria-hidden="true"><mjx-c></mjx-c></mjx-math>'
            "<mjx-assistive-mml><math><mn>0.5</mn></math></mjx-assistive-mml></mjx-container>",
            "0.5",
        ),
        (
            '<span class="katex"><span class="katex-mathml"><math><semantics><mn>7</mn><annotation>'
            '7</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">7'
            "</span></span>",
            "7",
        ),
        ('<span style="display:none">0012</span>12', "12"),
        ('4 <img src="pm.gif" alt="±"> 1', "4 ± 1"),
        ('2<span style="vertical-align: super">nd</span>', "2nd"),
        ('10<span class="CharOverride-superscript">9</span>', "10⁹"),
        ('H<span class="styleInf">2</span>O', "H2O"),
        ('12<span class="popup">3</span>', "123"),
    ],
)
def test_what_a_cell_shows(tmp_path: Path, cell: str, expected: str) -> None:
    document = read(tmp_path, LOOSE.replace("NR", cell))
    assert plain(document)[3][1] == expected


def test_a_picture_beside_text_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, LOOSE.replace("NR", '12 <img src="formula.png" alt="formula 4">'))
    assert [problem.code for problem in document.problems] == ["cell-is-image"]
    assert document.grids[0].rows[3][1].doubt == "part of the cell is a picture"


def test_notes_without_a_mark_end_where_prose_begins(tmp_path: Path) -> None:
    notes = "<p>CR, complete response; PR, partial response.</p><p>Data are n (%).</p>"
    prose = "<p>CR was seen in four patients.</p>"
    (grid,) = read(tmp_path, LOOSE + notes + prose).grids
    assert [note.text for note in grid.footnotes][2:] == [
        "CR, complete response; PR, partial response.",
        "Data are n (%).",
    ]


def test_rows_with_missing_last_cells_keep_their_columns(tmp_path: Path) -> None:
    document = read(tmp_path, LOOSE.replace("<td>NR</td><td></td>", "<td>NR</td>"))
    assert plain(document)[3] == ["30 mg", "NR", None]


@pytest.mark.parametrize("span", ["99", "100%"])
def test_a_row_across_the_table_is_as_wide_as_the_table(tmp_path: Path, span: str) -> None:
    section = f'<tbody><tr><td colspan="{span}">Second line</td></tr>'
    document = read(tmp_path, LOOSE.replace("<tbody>", section))
    assert plain(document)[2] == ["Second line"] * 3


def test_a_page_named_for_its_layout_still_holds_its_tables(tmp_path: Path) -> None:
    table = f"<table>{HEAD}{BODY}</table>"
    inside = (
        f'<div class="nav-fixed has-sidebar"><h1>A trial</h1><div id="content">{table}</div></div>'
    )
    assert len(read(tmp_path, inside).grids) == 1


ROLES = (
    '<div role="table"><div role="rowgroup"><div role="row"><span role="columnheader">Dose</span>'
    '<span role="columnheader" aria-colspan="2">CR</span></div></div><div role="row">'
    '<span role="cell">10</span><span role="cell">3</span><span role="cell">4</span></div></div>'
)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (ROLES, [["Dose", "CR", "CR"], ["10", "3", "4"]]),
        (
            "<table><thead><tr><th>Dose<th>CR<tbody><tr><td>10<td><table><tr><th>1<th>2</table>"
            "</table>",
            [["Dose", "CR"], ["10", "1 2"]],
        ),
        (
            "<table><thead><tr><th>Dose<th>CR<tbody><tr><td>10<td hidden>9<td>3<del>4</del>"
            "</table>",
            [["Dose", "CR"], ["10", "3"]],
        ),
    ],
)
def test_only_what_the_page_shows_is_in_the_cells_it_shows(
    tmp_path: Path, table: str, expected: list[list[str]]
) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>T</h1><p>Table 1. Responses</p>{table}</body></html>")
    (grid,) = read_document(path).grids
    assert [[c.text if c else None for c in row] for row in grid.matrix()] == expected


def test_rows_that_the_page_folds_away_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><h1>T</h1><p>Table 1. A</p><table><thead><tr><th>A<th>B<tbody><tr><td>x<td>1"
        "<tr style='display: none'><td>y<td>2</table></body></html>"
    )
    document = read_document(path)
    assert len(document.grids[0].rows) == 3
    assert [p.code for p in document.problems] == ["hidden-cells"]
