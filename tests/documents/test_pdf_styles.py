"""Ways to set a table that differ from journal to journal: shades by turns, fonts, inset rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_made import FILLER, Made

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf

Columns = tuple[tuple[float, float], ...]
THREE: Columns = ((50, 190), (210, 280), (300, 370))
OUTCOMES = [
    ("Complete response", "2 (10%)", "7 (32%)"),
    ("Partial response", "5 (25%)", "3 (14%)"),
    ("Stable disease", "-", "12 (55%)"),
    ("Progressive disease", "13 (65%)", "-"),
]


def only(path: Path) -> Grid:
    (grid,) = read_pdf(path).grids
    return grid


def body(grid: Grid) -> list[list[str]]:
    return [[c.plain for c in row] for row in grid.rows[grid.header_rows :]]


def head(grid: Grid) -> list[str]:
    return [c.plain for c in grid.rows[0]]


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("columns", [THREE[:2], THREE])
def test_rows_shaded_by_turns_without_a_rule(tmp_path: Path, below: bool, columns: Columns) -> None:
    """The head stands above the first shade, the last row below the last one."""
    made = Made()
    if not below:
        made.put(50, 92, "Table 2. Outcomes", bold=True)
    rows = [("Outcome", "SC, n (%)", "IV, n (%)"), *OUTCOMES]
    for k, row in enumerate(rows):
        if k % 2:
            made.bar(46, columns[-1][1] + 4, 100 + 14 * k, height=14, grey=230)
        made.table(columns, [row[: len(columns)]], 110 + 14 * k)
    if below:
        made.put(50, 110 + 14 * len(rows) + 4, "Table 2. Outcomes", bold=True)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert head(grid) == list(rows[0][: len(columns)])
    assert body(grid) == [list(row[: len(columns)]) for row in OUTCOMES]


def test_the_last_row_below_the_shade_may_be_wrapped(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Toxicity", bold=True)
    for k in (1, 3):
        made.bar(46, 374, 100 + 26 * k, height=26, grey=230)
    rows = [
        ("Series", "n", "Toxicity"),
        ("Adams 1998", "22", "Sepsis (2), herpes zoster (1)"),
        ("Brown 2003", "14", "None"),
        ("Costa 2007", "6", "CMV (4)"),
        ("Davis 2009", "19", "Neutropenia (5), anaemia (3)"),
    ]
    for k, row in enumerate(rows):
        made.table(((50, 130), (150, 180), (220, 300)), [row], 112 + 26 * k)
    made.prose(50, 480, 300, FILLER)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in rows[1:]]


def test_type_of_one_width(tmp_path: Path) -> None:
    """Listings of statistical programs: word spaces as wide as letters, columns two spaces apart."""
    lines = [
        "Table 14.2  Adverse events",
        "",
        "Event               Grade 1   Grade 2   n (%)",
        "Neutropenia         1         4         5 (23%)",
        "Infusion reaction   2         3         5 (23%)",
        "Herpes zoster       1         1         2 (9%)",
        "Fever               6         2         8 (36%)",
    ]
    made = Made()
    for k, line in enumerate(lines):
        made.pdf.set_font("Courier", "", 8)
        made.pdf.text(50, 100 + 10 * k, line)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert head(grid) == ["Event", "Grade 1", "Grade 2", "n (%)"]
    assert body(grid)[1] == ["Infusion reaction", "2", "3", "5 (23%)"]
    assert len(body(grid)) == 4


def test_inset_rows_of_a_section_are_not_its_wrapped_name(tmp_path: Path) -> None:
    made = Made()
    made.font_pt = 10
    made.put(50, 92, "Table 1. Patients", bold=True)
    made.rule(50, 300, 100)
    made.put(50, 112, "Characteristic")
    made.put(220, 112, "All (n=30)")
    made.rule(50, 300, 116)
    rows = [
        (0, "Age at diagnosis of disease", ""),
        (8, "Median", "69"),
        (8, "Range", "23-80"),
        (0, "Therapy before the trial", ""),
        (8, "Chemotherapy", "28 (18%)"),
        (8, "Radiotherapy", "4 (9%)"),
    ]
    for k, (inset, label, value) in enumerate(rows):
        made.put(50 + inset, 128 + 12 * k, label)
        made.put(220, 128 + 12 * k, value)
    made.rule(50, 300, 132 + 12 * 5)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert body(grid) == [[label, value] for _, label, value in rows]


def test_a_dash_is_a_value_and_goes_on_with_nothing(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 1. Patients", bold=True)
    columns = ((50, 190), (220, 260), (300, 340))
    made.rule(50, 350, 100)
    made.table(columns, [("Variable", "All", "Responders")], 112)
    made.rule(50, 350, 116)
    rows = [
        ("Male sex", "12", "9"),
        ("Sezary syndrome", "-", "-"),
        ("prior lines, median", "26", "48 (17-70)"),
        ("erythroderma", "-", "7"),
        ("lymph node disease", "3", "-"),
    ]
    made.table(columns, rows, 128, between=0)
    made.rule(50, 350, 128 + 4 * 9.5 + 4)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in rows]


def test_two_columns_of_text_in_body_print(tmp_path: Path) -> None:
    """Definitions as long as lines of prose, beside their terms; one is centred on its column."""
    made = Made()
    made.put(50, 92, "Table IV", bold=True)
    made.rule(50, 500, 98)
    made.put(50, 110, "Term", bold=True)
    made.put(290, 110, "Definition", bold=True)
    made.rule(50, 500, 114)
    rows = [
        ("Complete response", "No evidence of disease on clinical examination, imaging and biopsy"),
        ("Partial response", "At least half of the skin score gone, and no lesion that is new"),
        ("Stable disease", "Neither response nor progression on two visits"),
        (
            "Progressive disease",
            "At least a quarter more of the skin score, or new lesions in skin",
        ),
        ("Relapse", "Any recurrence in patients who were in complete response"),
    ]
    for k, (term, text) in enumerate(rows):
        made.put(50, 126 + 12 * k, term)
        made.put(310 - made.width(text) / 2 + 20, 126 + 12 * k, text)
    made.rule(50, 500, 132 + 12 * 4)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in rows]


def test_a_turned_table_whose_caption_pdfium_glues_to_prose(tmp_path: Path) -> None:
    """pdfium ends no line on a page turned sideways: "beforeTable 1" must still be a caption."""
    made = Made()
    with made.pdf.rotation(90, x=297.5, y=421):
        made.prose(-60, 700, 150, FILLER)
        made.put(-60, 240, "Table 1: Outcomes")
        made.rule(-60, 300, 246)
        columns = tuple((x0 - 110, x1 - 110) for x0, x1 in THREE)
        y = made.table(columns, [("Outcome", "SC", "IV")], 258)
        made.rule(-60, 300, y - 8)
        made.rule(-60, 300, made.table(columns, OUTCOMES, y + 3) - 8)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in OUTCOMES]
