"""Tables in parts: which are one table, and which stand under heads of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_made import COLUMNS, FILLER, HEAD, ROWS, Made, plain_rows, three_rule_table

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf


def bodies(grids: tuple[Grid, ...]) -> list[list[list[str]]]:
    return [[[c.plain for c in row] for row in g.rows[g.header_rows :]] for g in grids]


def two_parts(path: Path, first: str, second: str, head: tuple[str, ...]) -> tuple[Grid, ...]:
    made = Made()
    made.prose(50, 480, 60, FILLER)
    three_rule_table(made, 560, ROWS[:2], first)
    made.page()
    three_rule_table(made, 60, ROWS[2:], second, head=head)
    made.prose(50, 480, 400, FILLER)
    return read_pdf(made.save(path)).grids


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Table A-1. Published series", "Table A-1. Published series: 2011-Continued"),
        ("TABLE IV. Published series", "TABLE IV (continued)"),
        ("Table 2. Published series", "Table 2 (cont'd). Published series"),
        ("Supplementary Table S1. Published series", "Supplementary Table S1, continued"),
        ("eTable 3. Published series", "eTable 3 (continued)"),
        ("Tabla 3. Series", "Tabla 3 (continuaci\u00f3n)"),
        ("Tableau 2. S\u00e9ries", "Tableau 2 (suite)"),
        ("Tabelle 5: Serien", "Tabelle 5 (Fortsetzung)"),
    ],
)
def test_parts_under_the_same_heads_are_one_table(tmp_path: Path, first: str, second: str) -> None:
    (grid,) = two_parts(tmp_path / "a.pdf", first, second, HEAD)
    assert grid.pages == (1, 2)
    assert bodies((grid,)) == [plain_rows(ROWS)]


def test_a_part_under_other_heads_stays_a_table_of_its_own(tmp_path: Path) -> None:
    """Its first column says something else; its rows must not be read under the first heads."""
    head = ("Registry", *HEAD[1:])
    grids = two_parts(tmp_path / "a.pdf", "Table 2. Series", "Table 2 (continued)", head)
    assert [g.label for g in grids] == ["2", "2"]
    assert [g.rows[0][0].plain for g in grids] == ["Series", "Registry"]
    assert bodies(grids) == [plain_rows(ROWS[:2]), plain_rows(ROWS[2:])]


def test_a_repeated_head_may_say_continued(tmp_path: Path) -> None:
    head = ("Series (continued)", *HEAD[1:])
    (grid,) = two_parts(tmp_path / "a.pdf", "Table 2. Series", "Table 2 (continued)", head)
    assert bodies((grid,)) == [plain_rows(ROWS)]


def test_bounds_at_which_rules_meet_count_beside_a_few_upright_rules(tmp_path: Path) -> None:
    """Uprights stand in the last columns only; wide heads hang over the others' narrow figures."""
    made = Made()
    edges = (50, 150, 215, 280, 345, 410)
    made.put(50, 92, "Table 1. Schools", bold=True)
    made.rule(50, 410, 100)
    for k, text in enumerate(("System", "Population wide", "exclusion share", "of all children")):
        made.put(edges[k] + 2 if k == 0 else edges[k + 1] - 4 - made.width(text), 112, text)
    made.put(409 - made.width("Taking part"), 112, "Taking part")
    for k in range(5):
        made.bar(edges[k] + (0.4 if k else 0), edges[k + 1], 118)
        made.bar(edges[k] + (0.4 if k else 0), edges[k + 1], 180)
    made.pdf.line(345, 118, 345, 180)
    made.pdf.line(410, 118, 410, 180)
    rows = [(f"Country {k}", "100", str(k), str(90 + k), "95") for k in range(1, 6)]
    for k, row in enumerate(rows):
        made.put(52, 130 + 11 * k, row[0])
        for c, text in enumerate(row[1:], 2):
            made.put(edges[c] - 6 - made.width(text), 130 + 11 * k, text)
    (grid,) = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert [c.plain for c in grid.rows[0]] == [
        "System",
        "Population wide",
        "exclusion share",
        "of all children",
        "Taking part",
    ]
    assert bodies((grid,)) == [[list(row) for row in rows]]


@pytest.mark.parametrize("tail", [1, 2])
@pytest.mark.parametrize("aside", [0, 24])
def test_rows_overleaf_without_caption_head_or_rule(
    tmp_path: Path, tail: int, aside: float
) -> None:
    """One row is enough where it keeps to the columns; left and right pages may be set aside."""
    made = Made()
    made.prose(50, 480, 60, FILLER * 3)
    made.put(50, 690, "Table 2. Published series", bold=True)
    made.rule(50, 545, 698)
    made.table(COLUMNS, [HEAD], 710, bold=True)
    made.rule(50, 545, 715)
    made.table(COLUMNS, ROWS[: len(ROWS) - tail], 727, leading=9, between=2)
    made.page()
    made.put(50 + aside, 40, "Haller and others")
    made.put(500 + aside, 40, "Clin Ther 12")
    moved = [(x0 + aside, x1 + aside) for x0, x1 in COLUMNS]
    end = made.table(moved, ROWS[-tail:], 70, leading=9, between=2)
    made.rule(50 + aside, 545 + aside, end - 7)
    made.prose(50 + aside, 480, end + 20, FILLER)
    (grid,) = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert grid.pages == (1, 2)
    assert bodies((grid,)) == [plain_rows(ROWS)]


def test_text_overleaf_is_no_row(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 60, FILLER * 3)
    three_rule_table(made, 690, ROWS, "Table 2. Published series")
    made.page()
    made.put(50, 60, "Results", bold=True)
    made.put(50, 74, "Response", bold=True)
    made.prose(50, 480, 90, FILLER)
    (grid,) = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert bodies((grid,)) == [plain_rows(ROWS)]


def test_rows_that_open_far_below_the_last_rule(tmp_path: Path) -> None:
    """No rule closes the part at the foot of the page, and a section's name comes first."""
    made = Made()
    made.prose(50, 480, 60, FILLER * 3)
    made.put(50, 690, "Table 2. Published series", bold=True)
    made.rule(50, 545, 698)
    made.table(COLUMNS, [HEAD], 710, bold=True)
    made.rule(50, 545, 715)
    made.put(50, 730, "Intravenous")
    made.put(50, 739, "antibody")
    made.table(COLUMNS, ROWS[:1], 748, leading=9, between=2)
    (grid,) = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert bodies((grid,))[0][-1] == plain_rows(ROWS)[0]
