"""Rows and columns where little tells them apart, each made as a PDF and read back."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_made import Made

from evidence.documents.base import Grid
from evidence.documents.layout.ink import Glyph
from evidence.documents.layout.row_cut import Cut
from evidence.documents.layout.words import read_lines
from evidence.documents.pdf import read_pdf


def read(made: Made, path: Path) -> Grid:
    (grid,) = read_pdf(made.save(path / "a.pdf")).grids
    return grid


def body(grid: Grid) -> list[list[str]]:
    return [[cell.plain for cell in row] for row in grid.rows[grid.header_rows :]]


def ruled(made: Made, columns: list[float], head: list[str], right: float) -> None:
    """Caption, rule, one line of heads, rule; the body begins at 138."""
    made.put(50, 100, "Table 1. Markers by group")
    made.rule(50, right, 108)
    for x, text in zip(columns, head, strict=True):
        made.put(x, 118, text)
    made.rule(50, right, 124)


def test_a_rule_that_leaves_out_the_labels_parts_rows_under_one_label(tmp_path: Path) -> None:
    made, columns = Made(), [50, 110, 150, 210]
    ruled(made, columns, ["Marker", "Arm", "Before", "After"], 250)
    groups = [("CRP", "(mg/L)"), ("IL-2", "(ng/mL)"), ("Ferritin", "")]
    y, expected = 138, []
    for label, unit in groups:
        lines = [label, unit] if unit else [label]
        for k, line in enumerate(lines):
            made.put(50, y + 10 + (k - (len(lines) - 1) / 2) * 10, line)
        for k, arm in enumerate(("New", "Old")):
            values = [arm, f"{k + 1}.{y % 10}", f"{k + 3}.7"]
            for x, text in zip(columns[1:], values, strict=True):
                made.put(x, y + 20 * k, text)
            expected.append([f"{label} {unit}".strip(), *values] if k == 0 else values)
        made.rule(105, 250, y + 6)
        made.rule(50, 250, y + 26)
        y += 40
    grid = read(made, tmp_path)
    assert body(grid) == expected
    assert [row[0].rowspan for row in grid.rows[1::2]] == [2, 2, 2]


def test_lines_of_a_label_set_in_hang_left_and_open_no_section(tmp_path: Path) -> None:
    made = Made()
    ruled(made, [50, 170, 220], ["Event", "New", "Old"], 260)
    rows = [
        ("Fever", ""),
        ("Nervous system", "disorders"),
        ("Brain swelling", "or bleeding"),
        ("Depressed level", "of consciousness"),
        ("Headache", ""),
        ("Raised pressure", "in the skull"),
        ("Rash", ""),
    ]
    y = 138
    for k, (first, rest) in enumerate(rows):
        made.put(60, y, first)
        made.put(170, y, f"{k + 3} (1%)")
        made.put(220, y, f"{k} (2%)")
        if rest:
            y += 10
            made.put(50, y, rest)
        y += 10
    made.rule(50, 260, y)
    labels = [row[0] for row in body(read(made, tmp_path))]
    assert labels == [f"{first} {rest}".strip() for first, rest in rows]


def test_a_capital_opens_a_section_where_labels_open_with_capitals(tmp_path: Path) -> None:
    made = Made()
    ruled(made, [50, 170, 220], ["Outcome", "New", "Old"], 260)
    lines = ["Week 12", "Complete response", "Partial response", "Progressive disease, or",
             "death from whatever cause", "Week 24", "Complete response", "Partial response",
             "Progressive disease, or", "death from whatever cause"]  # fmt: skip
    for k, line in enumerate(lines):
        made.put(50, 138 + 10 * k, line)
        if line[0].isupper() and not line.startswith("Week"):
            made.put(170, 138 + 10 * k, f"{k + 11}")
            made.put(220, 138 + 10 * k, f"{k + 2}.5")
    made.rule(50, 260, 242)
    labels = [row[0] for row in body(read(made, tmp_path))]
    assert labels == [
        "Week 12", "Complete response", "Partial response",
        "Progressive disease, or death from whatever cause", "Week 24", "Complete response",
        "Partial response", "Progressive disease, or death from whatever cause",
    ]  # fmt: skip


def test_close_figures_under_partial_rules_that_meet(tmp_path: Path) -> None:
    made, xs = Made(), [150 + 13.0 * k for k in range(6)]
    made.put(50, 100, "Table 1. Toxicity by grade")
    made.rule(50, 260, 106)
    made.put(160, 116, "New")
    made.put(199, 116, "Old")
    made.rule(148, 187, 120)
    made.rule(187, 226, 120)
    for x, head in zip(xs, "012012", strict=True):
        made.put(x, 130, head)
    made.rule(50, 260, 134)
    lines = [
        "Anaemia|37 16 28 21 19 14",
        "Pain where injected|13 41 15 36 10 22",
        "Fever|52 12 15 36 20 11",
        "Nausea|32 16 19 18 14 11",
        "Chill|38 31 10 36 11 10",
        "Rash|67 12 20 36 11 12",
    ]
    rows = [[line.split("|")[0], *line.split("|")[1].split()] for line in lines]
    for k, (label, *values) in enumerate(rows):
        made.put(50, 146 + 10 * k, label)
        for x, value in zip(xs, values, strict=True):
            made.put(x, 146 + 10 * k, value)
    made.rule(50, 260, 204)
    assert body(read(made, tmp_path)) == rows


@pytest.mark.parametrize("count", [2, 3])
def test_a_few_close_columns_are_told_by_their_heads(tmp_path: Path, count: int) -> None:
    made, columns = Made(), [50, 83, 130, 170]
    ruled(made, columns, ["Group", "n", "CR", "PR"], 200)
    rows = [
        ["Trial A", "69", "1", "12"],
        ["Trial B", "36", "0", "11"],
        ["Trial C", "40", "3", "17"],
    ]
    for k, row in enumerate(rows[:count]):
        for x, text in zip(columns, row, strict=True):
            made.put(x - (3 if x == 83 else 0), 138 + 10 * k, text)
    made.rule(50, 200, 132 + 10 * count)
    assert body(read(made, tmp_path)) == rows[:count]


@pytest.mark.parametrize("turn", [90, 270])
def test_heads_that_stand_on_end(tmp_path: Path, turn: int) -> None:
    made, columns = Made(), [50, 160, 200, 240]
    made.put(50, 100, "Table 1. Events by arm")
    made.rule(50, 260, 106)
    for x, text in zip(columns[1:], ["New drug", "Old drug", "Both arms"], strict=True):
        with made.pdf.rotation(turn, x + 5, 160):
            made.put(x + 5 if turn == 90 else x + 5 - made.width(text), 160, text)
    made.rule(50, 260, 170)
    rows = [["Fever", "12", "3", "15"], ["Rash", "0", "1", "1"], ["Sepsis", "4", "11", "15"]]
    for k, row in enumerate(rows):
        for x, text in zip(columns, row, strict=True):
            made.put(x, 182 + 10 * k, text)
    made.rule(50, 260, 208)
    grid = read(made, tmp_path)
    assert [cell.plain for cell in grid.rows[0]] == ["", "New drug", "Old drug", "Both arms"]
    assert body(grid) == rows
    for cell in grid.rows[0][1:]:
        assert cell.box_pt is not None
        assert 106 < cell.box_pt[1] < cell.box_pt[3] < 170


@given(st.integers(2, 6), st.lists(st.integers(0, 40), min_size=21, max_size=21))
def test_what_is_hardly_decided_is_what_another_cut_costs(n: int, numbers: list[int]) -> None:
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n + 1)]
    costs = {pair: number / 10 for pair, number in zip(pairs, numbers, strict=False)}
    every = {
        bounds: sum(costs[pair] for pair in pairwise([0, *bounds]))
        for choice in product((True, False), repeat=n - 1)
        for bounds in [(*(k for k, cut in enumerate(choice, 1) if cut), n)]
    }
    best = min(every, key=lambda bounds: every[bounds])
    until = [0.0] + [
        min(sum(costs[p] for p in pairwise([0, *b[: b.index(k) + 1]])) for b in every if k in b)
        for k in range(1, n + 1)
    ]
    cut = Cut(cost=every[best], ends=list(best), until=until, costs=costs)
    thin = [
        k
        for k in range(1, n)
        if min(c for b, c in every.items() if (k in b) != (k in best)) - every[best] < 0.75
    ]
    assert cut.thin(0.75) == thin


def test_every_mark_of_a_very_wide_line_stands_on_its_letter() -> None:
    letters = [
        Glyph(text="a", x0=14.0 * k, top=90, x1=14.0 * k + 5, bottom=100, base=98, size=10)
        for k in range(1000)
    ]
    marks = [
        Glyph(text="1", x0=g.x1 + 0.2, top=90, x1=g.x1 + 3, bottom=95, base=94, size=6)
        for g in letters
    ]
    (line,) = read_lines(letters + marks)
    assert [word.text for word in line.words] == ["a1"] * 1000
    assert all(g.level == 1 for g in marks)


def test_cells_that_hold_the_print_of_two_columns_are_in_doubt(tmp_path: Path) -> None:
    """Print centred over both columns in every other row hides the white between them."""
    made, columns = Made(), [50, 150, 250]
    ruled(made, columns, ["Survival", "New", "Old"], 300)
    for k in range(6):
        y = 138 + 24 * k
        for x, text in zip(columns, [f"Group {k}", "n = 11", "n = 31"], strict=True):
            made.put(x, y, text)
        made.put(50, y + 12, "Hazard ratio")
        made.put(160, y + 12, f"0.6{k} (0.544 to 0.812, adjusted)")
    made.rule(50, 300, 138 + 24 * 6)
    grid = read(made, tmp_path)
    cells = [cell for row in grid.rows[1:] for cell in row]
    assert sum(cell.plain.startswith("Group") for cell in cells) == 6
    assert all((cell.doubt is None) == (cell.plain.count("n =") < 2) for cell in cells)
