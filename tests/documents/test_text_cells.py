"""Dumps with a cell a line, a column a block, and rows that lack values."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.documents.text.dump.missing import places
from evidence.documents.text.dump.periodic import kind_of
from evidence.documents.text.pages import CHAR_PT, LINE_PT

HEAD = ["Series", "Patients", "CR, n (%)", "Median months"]
ROWS = [
    ["Doe 2003", "17", "4 (24)", "12.5 mo"],
    ["Roe 2009", "22", "9 (41)", "8.0 mo"],
    ["Poe 2012", "10", "0 (0)", "6.1 mo"],
    ["Loe 2013", "31", "2 (6)", "4.4 mo"],
]
WORDS = [["Name", "Place", "Kind"], ["Oak", "Wood", "Tree"], ["Reed", "Pond", "Grass"]]


def read(folder: Path, lines: list[str]) -> Document:
    path = folder / "a.txt"
    path.write_text("\n".join(["Table 1  Title.", "", *lines, "", "Note: x.", ""]))
    return read_document(path)


@pytest.mark.parametrize("apart", [False, True])
def test_a_cell_a_line(tmp_path: Path, apart: bool) -> None:
    cells = [cell for row in [HEAD, *ROWS] for cell in row]
    lines = [line for cell in cells for line in ((cell, "") if apart else (cell,))]
    (grid,) = read(tmp_path, lines).grids
    assert [[c.text for c in row] for row in grid.rows] == [HEAD, *ROWS]
    assert grid.doubt


def test_a_column_a_block(tmp_path: Path) -> None:
    columns = zip(HEAD, *ROWS, strict=True)
    (grid,) = read(tmp_path, [line for column in columns for line in (*column, "")]).grids
    assert [[c.text for c in row] for row in grid.rows] == [HEAD, *ROWS]


@pytest.mark.parametrize("joint", ["\n", " "])
def test_words_alone_tell_no_columns(tmp_path: Path, joint: str) -> None:
    lines = "\n".join(joint.join(row) for row in WORDS).split("\n")
    document = read(tmp_path, lines)
    assert document.grids == ()
    (problem,) = [p for p in document.problems if p.code == "columns-lost"]
    assert problem.source is not None
    assert problem.source.line == 1
    text = " ".join(block.text for block in document.blocks)
    assert all(word in text for row in WORDS for word in row)


def test_boxes_of_a_dump(tmp_path: Path) -> None:
    lines = [cell for row in [HEAD, *ROWS] for cell in row]
    (grid,) = read(tmp_path, lines).grids
    box = grid.rows[2][1].box_pt
    assert box == (0.0, LINE_PT * (2 + 9), CHAR_PT * 2, LINE_PT * (2 + 10))


def test_values_are_placed_only_where_their_kind_leaves_one_way() -> None:
    columns = ["9 (9)", "9 (9)", "9"]
    assert places(["9 (9)", "9 (9)"], columns) == (0, 1)
    assert places(["9"], columns) == (2,)
    assert places(["9 (9)"], columns) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [("12", "9"), ("4 (20)", "9 (9)"), ("<0.01", "9"), ("NR", "none"), ("Doe 2003", "text")],
)
def test_kinds_of_cells(text: str, kind: str) -> None:
    assert kind_of(text) == kind
