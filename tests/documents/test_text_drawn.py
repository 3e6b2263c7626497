"""Tables drawn in characters: Markdown, reStructuredText, boxes, tabs, gaps out of line."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Grid
from evidence.documents.text.pages import CHAR_PT, LINE_PT

MARKDOWN = """\
Text before it.

Table 1. Responses by arm
of the study

| Arm | n  | CR (%)   |
|-----|---:|----------|
| A   | 20 | 4 (20)   |
| B   |    | 3 (14)   |

Abbreviations: CR, complete response.

Text after it.
"""
BOXES = """\
Table 1. Responses

+------------+------------+-----------+
| Arm        | Patients   | Response  |
+============+============+===========+
| of long    | 20         | CR in     |
| names      |            | four      |
+------------+------------+-----------+
| B          | 21         | none      |
+------------+------------+-----------+
"""
DASHES = """\
Table 1. Responses

Arm        n   Response
-------  ---   -----------
A         20   CR in
               four
B         21   none
"""
RAGGED = """\
Table 1. Responses

Arm  n  Response
of a long name  20  CR in four
B  21  none
"""
TABS = "Table 1. Responses\n\nArm\tn\tResponse\nof a long name\t20\t\nB\t21\tnone\n"
STROKES = """\
┌─────┬────┐
│ Arm │ n  │
├─────┼────┤
│ A   │ 20 │
│ B   │ 21 │
└─────┴────┘
"""


def grid_of(folder: Path, text: str) -> Grid:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    (grid,) = read_document(path).grids
    return grid


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (MARKDOWN, [["Arm", "n", "CR (%)"], ["A", "20", "4 (20)"], ["B", "", "3 (14)"]]),
        (
            BOXES,
            [
                ["Arm", "Patients", "Response"],
                ["of long names", "20", "CR in four"],
                ["B", "21", "none"],
            ],
        ),
        (DASHES, [["Arm", "n", "Response"], ["A", "20", "CR in four"], ["B", "21", "none"]]),
        (
            RAGGED,
            [["Arm", "n", "Response"], ["of a long name", "20", "CR in four"], ["B", "21", "none"]],
        ),
        (TABS, [["Arm", "n", "Response"], ["of a long name", "20", ""], ["B", "21", "none"]]),
        (STROKES, [["Arm", "n"], ["A", "20"], ["B", "21"]]),
    ],
)
def test_drawn_tables(tmp_path: Path, text: str, rows: list[list[str]]) -> None:
    grid = grid_of(tmp_path, text)
    assert [[cell.text for cell in row] for row in grid.rows] == rows
    assert grid.header_rows == 1
    for row in grid.rows:
        for line in (line for cell in row for line in cell.lines):
            assert line.box_pt is not None
            x0, top, x1, _ = (round(v) for v in line.box_pt)
            printed = text.split("\n")[top // round(LINE_PT)].expandtabs(8)
            assert printed[x0 // round(CHAR_PT) : x1 // round(CHAR_PT)] == line.text


def test_title_and_notes_of_a_drawn_table(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, MARKDOWN)
    assert (grid.label, grid.caption) == ("1", "Responses by arm of the study")
    assert [note.text for note in grid.footnotes] == ["Abbreviations: CR, complete response."]
    blocks = read_document(tmp_path / "a.txt").blocks
    assert [b.text for b in blocks if b.kind == "paragraph"] == [
        "Text before it.",
        "Text after it.",
    ]


@pytest.mark.parametrize(
    "text", ["1938   |      DOE et al.\n\nWords.\n", "a | b\n", "1.\tOne\n2.\tTwo\n"]
)
def test_bars_and_tabs_in_running_text_are_no_table(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert read_document(path).grids == ()


TIERS = """\
Table 1. Adverse events.
Event\tDrug (n = 9)\tPlacebo (n = 8)
Any\tGrade 3\tAny\tGrade 3
Skin
Rash\t4\t1\t2\t0
Itch\t3\t0\t–\t0
Pain\t1\t0\t2\t1
"""


def test_tabs_in_two_tiers_and_sections(tmp_path: Path) -> None:
    """As a browser copies them: no blanks in front of a row, a section on a line of its own."""
    grid = grid_of(tmp_path, TIERS)
    assert grid.header_rows == 2
    assert [[cell.text for cell in row if cell] for row in grid.matrix()] == [
        ["Event", "Drug (n = 9)", "Drug (n = 9)", "Placebo (n = 8)", "Placebo (n = 8)"],
        ["Event", "Any", "Grade 3", "Any", "Grade 3"],
        ["Skin", "", "", "", ""],
        ["Rash", "4", "1", "2", "0"],
        ["Itch", "3", "0", "–", "0"],
        ["Pain", "1", "0", "2", "1"],
    ]


def test_a_head_less_than_columns_stands_over_the_values(tmp_path: Path) -> None:
    grid = grid_of(tmp_path, "Table 1. Ends.\nA\tB\nCR\t4\t2\nPR\t1\t0\n")
    assert [cell.text for cell in grid.rows[0]] == ["", "A", "B"]
    assert all(cell.doubt for cell in grid.rows[0])
