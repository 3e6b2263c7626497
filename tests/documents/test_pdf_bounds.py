"""Where a table, its caption and its notes begin and end among running heads, text and margins."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_made import FILLER, Made

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf

COLUMNS = ((50, 170), (200, 280), (310, 400))
HEAD = ("Outcome", "SC", "IV")
ROWS = [
    ("Complete response", "2.5", "7.25"),
    ("Partial response", "11.0", "3.5"),
    ("None", "0", "1"),
]


def only(made: Made, path: Path) -> Grid:
    (grid,) = read_pdf(made.save(path)).grids
    return grid


def cells(grid: Grid) -> list[list[str]]:
    return [[c.plain for c in row] for row in grid.rows]


def frame(made: Made, y: float, *, aside: float = 0, end: float = 410) -> float:
    """Three rules with heads and rows, from ``y``; returns the y of the last rule."""
    places = [(a + aside, b + aside) for a, b in COLUMNS]
    made.rule(50 + aside, end + aside, y)
    y = made.table(places, [HEAD], y + 12, bold=True)
    made.rule(50 + aside, end + aside, y - 8)
    y = made.table(places, ROWS, y + 3)
    made.rule(50 + aside, end + aside, y - 8)
    return y - 8


def test_text_under_a_ruled_page_head_is_not_the_table_that_stands_on_its_caption(
    tmp_path: Path,
) -> None:
    """The rule under the running head is as wide as the table, and text stands between."""
    for lines in (2, 9):
        made = Made()
        made.put(50, 38, "14 Household structure", pt=8)
        made.rule(50, 410, 42)
        made.prose(50, 360, 64, FILLER[: 14 * lines], pt=10)
        y = frame(made, 64 + 12 * lines + 20)
        made.put(90, y + 16, "Table 3.2: Outcomes by route", pt=9)
        grid = only(made, tmp_path / "a.pdf")
        assert (grid.label, cells(grid)) == ("3.2", [list(HEAD), *map(list, ROWS)])


def test_a_label_alone_left_of_a_narrow_table(tmp_path: Path) -> None:
    """APA manuscripts print the label, then the title in italics, and centre a narrow table."""
    made = Made()
    made.font_pt = 10
    made.prose(50, 480, 50, FILLER, pt=10)
    made.put(50, 200, "Table 2")
    made.put(50, 222, "Counts of patients by outcome and by the route of treatment")
    made.font_pt = 8
    frame(made, 236, aside=90, end=350)
    grid = only(made, tmp_path / "a.pdf")
    assert grid.caption == "Counts of patients by outcome and by the route of treatment"
    assert cells(grid)[1:] == [list(row) for row in ROWS]


def test_caption_and_notes_wider_than_the_table_are_whole(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 500, FILLER)
    title = "Table 1. Outcomes of every patient who was treated by either route in the two years"
    note = "Note: SC, subcutaneous; IV, intravenous; a response was confirmed by two readers after"
    made.put(30, 92, title, bold=True)
    y = frame(made, 100, end=260)
    made.put(30, y + 12, note, pt=7)
    made.put(30, y + 21, "four weeks or more.", pt=7)
    grid = only(made, tmp_path / "a.pdf")
    assert f"Table 1. {grid.caption}" == title
    assert [n.text for n in grid.footnotes] == [f"{note} four weeks or more."]


def test_the_next_caption_is_no_note(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 500, FILLER)
    made.put(50, 92, "Table 1. Outcomes", bold=True)
    y = frame(made, 100)
    made.put(50, y + 18, "Table 2. Outcomes again", bold=True)
    frame(made, y + 26)
    first, second = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert (first.footnotes, second.label) == ((), "2")


def test_notes_in_body_print_that_only_their_marks_tell(tmp_path: Path) -> None:
    """A sentence without a mark, then notes with marks, all of the size of running text."""
    made = Made()
    made.prose(50, 480, 500, FILLER, pt=8)
    made.put(50, 92, "Table 1. Outcomes", bold=True)
    y = frame(made, 100)
    made.put(50, y + 11, "The values without a mark are known")
    made.put(50, y + 21, "^arandom assignment")
    made.put(50, y + 31, "^bmean value")
    grid = only(made, tmp_path / "a.pdf")
    assert [(n.mark, n.text) for n in grid.footnotes] == [
        (None, "The values without a mark are known"),
        ("a", "random assignment"),
        ("b", "mean value"),
    ]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_caption_at_the_foot_names_the_table_overleaf(tmp_path: Path, ruled: bool) -> None:
    made = Made()
    made.prose(50, 480, 600, FILLER[:100])
    made.put(50, 770, "Table 4. Outcomes by route", bold=True)
    made.page()
    if ruled:
        frame(made, 60)
    else:
        made.table(COLUMNS, [HEAD, *ROWS], 60)
    made.prose(50, 480, 200, FILLER)
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    (grid,) = document.grids
    assert (grid.label, grid.caption, grid.pages) == ("4", "Outcomes by route", (2,))
    assert cells(grid) == [list(HEAD), *map(list, ROWS)]
    assert document.problems == ()


def test_a_caption_at_the_foot_without_a_table_overleaf_is_said(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 770, "Table 4. Outcomes by route", bold=True)
    made.page()
    made.prose(50, 480, 60, FILLER)
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert (document.grids, [p.code for p in document.problems]) == ((), ["table-not-read"])


def test_rules_of_the_next_column_are_not_beside_a_caption(tmp_path: Path) -> None:
    """A label alone stands level with the rules of an algorithm in the next column."""
    made = Made()
    made.put(50, 92, "Table 1", bold=True)
    made.put(50, 102, "Outcomes by route")
    places = ((50, 130), (150, 190), (210, 250))
    for y in (110, 126, 170):
        made.rule(50, 280, y)
    made.table(places, [HEAD, *ROWS], 121, between=3)
    for y in (95, 108, 190):
        made.rule(310, 540, y)
    made.put(310, 104, "Algorithm 1 Sampling", bold=True)
    for k, step in enumerate(("draw a value", "keep it", "go on", "end")):
        made.put(310, 120 + 14 * k, f"{k + 1}:")
        made.put(330, 120 + 14 * k, step)
    for x in (50, 310):
        made.prose(x, 230, 240, FILLER)
    grid = only(made, tmp_path / "a.pdf")
    assert (grid.caption, [row[0].text for row in grid.rows[1:]]) == (
        "Outcomes by route",
        [row[0] for row in ROWS],
    )
