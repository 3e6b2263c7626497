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
    """Listings of statistical programs: word spaces are as wide as letters."""
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


def spanned(made: Made, y: float, *, groups: int = 2) -> float:
    """Heads over ``n, %, Grade 3-4`` without any rule; returns the y below the rows."""
    columns = tuple((150 + 45 * k, 190 + 45 * k) for k in range(3 * groups))
    for g, name in enumerate(("Subcutaneous", "Intravenous")[:groups]):
        middle = (columns[3 * g][0] + columns[3 * g + 2][1]) / 2
        made.put(middle - made.width(name) / 2, y, name)
    rows = [("Event", *("n", "%", "Grade 3-4") * groups)]
    for k, event in enumerate(("Fever", "Rash", "Sepsis", "Nausea")):
        rows.append((event, *(str(7 * k + c + 1) for c in range(3 * groups))))
    for k, row in enumerate(rows):
        made.put(50, y + 12 + 12 * k, row[0])
        for (x0, x1), text in zip(columns, row[1:], strict=True):
            made.put((x0 + x1 - made.width(text)) / 2, y + 12 + 12 * k, text)
    return y + 12 * len(rows)


def test_heads_over_repeated_heads_span_them_without_a_rule(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 5. Toxicity")
    spanned(made, 106)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert [(c.text, c.colspan) for c in grid.rows[0]][-2:] == [
        ("Subcutaneous", 3),
        ("Intravenous", 3),
    ]
    assert body(grid)[0] == ["Fever", "1", "2", "3", "4", "5", "6"]


def test_no_rules_and_the_caption_below(tmp_path: Path) -> None:
    made = Made()
    y = spanned(made, 80)
    made.put(50, y + 14, "Table 5. Toxicity")
    made.prose(50, 480, y + 60, FILLER)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert (grid.label, grid.caption, len(body(grid))) == ("5", "Toxicity", 4)


def test_heads_of_several_lines_without_rules(tmp_path: Path) -> None:
    """A single head over all columns, wrapped heads with figures in them, no bold print."""
    made = Made()
    made.put(50, 80, "Table 5. Toxicity")
    xs = (150, 200, 250, 300)
    made.put(205, 96, "Worst grade in any cycle")
    for k, x in enumerate(xs, 1):
        made.put(x, 106, "Grade")
        made.put(x + 8, 116, str(k))
    made.put(50, 111, "Event")
    rows = [
        ("Fever", "6", "3", "1", "0"),
        ("Rash", "2", "2", "0", "0"),
        ("Sepsis", "0", "1", "2", "1"),
    ]
    made.table(((50, 140), *((x + 8, x + 30) for x in xs)), rows, 132)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert body(grid) == [list(row) for row in rows]
    heads = [c.text for row in grid.rows[: grid.header_rows] for c in row if c.text]
    assert sorted(heads) == [
        "Event",
        "Grade 1",
        "Grade 2",
        "Grade 3",
        "Grade 4",
        "Worst grade in any cycle",
    ]


def test_twenty_narrow_columns_without_rules(tmp_path: Path) -> None:
    made = Made(font_pt=6)
    made.put(50, 80, "Table S2. Blood counts")
    rows = [("ID", *(f"V{k}" for k in range(1, 20)))]
    rows += [(f"P{r}", *(str((r * 37 + k * 11) % 100) for k in range(1, 20))) for r in range(1, 9)]
    for r, row in enumerate(rows):
        for k, text in enumerate(row):
            made.put(50 + 13 * k - made.width(text) + 8, 92 + 8 * r, text)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert [[c.plain for c in row] for row in grid.rows] == [list(row) for row in rows]


def test_a_column_with_a_head_and_nothing_below(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 80, "Table 5. Toxicity", bold=True)
    columns = ((50, 140), (160, 190), (210, 240), (260, 290), (310, 340))
    made.rule(50, 345, 86)
    made.table(columns, [("Event", "Grade 1", "Grade 2", "Grade 3", "Grade 4")], 98)
    made.rule(50, 345, 102)
    rows = [("Fever", "6", "", "1", ""), ("Rash", "2", "", "", ""), ("Sepsis", "", "", "2", "")]
    made.rule(50, 345, made.table(columns, rows, 114) - 8)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in rows]


def test_a_table_without_rules_across_two_columns_of_print(tmp_path: Path) -> None:
    """Its columns happen to leave the page's gutter white; nothing beyond it may be lost."""
    made = Made()
    for x in (45, 310):
        made.prose(x, 240, 60, FILLER)
    made.put(45, 420, "Table 2. Published series")
    columns = ((45, 150), (165, 200), (215, 285), (315, 400), (420, 545))
    rows = [
        ("Author", "n", "Regimen", "Response", "Toxicity"),
        (
            "Adams 1998",
            "22 MF",
            "10 mg SC",
            "CR 32%",
            "Neutropenia with fever in three of six patients",
        ),
        ("Brown 2003", "14 SS", "30 mg IV", "7 CR", "Sepsis (2)"),
        ("Costa 2007", "6 MF", "15 mg SC", "NR", "Neutropenia with fever in three of six patients"),
        ("Davis 2009", "19 SS", "30 mg IV", "4 PR", "None"),
    ]
    y = made.table(columns, rows, 434)
    for x in (45, 310):
        made.prose(x, 240, y + 30, FILLER[:60])
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in rows[1:]]


def test_a_bold_section_below_bold_heads_is_a_row(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 80, "Table 1. Patients", bold=True)
    made.put(50, 96, "Characteristic", bold=True)
    made.put(200, 96, "All (n=32)", bold=True)
    made.put(50, 108, "Sex", bold=True)
    for k, (name, value) in enumerate((("Male", "20"), ("Female", "12"), ("Unknown", "0"))):
        made.put(50, 120 + 12 * k, name)
        made.put(200, 120 + 12 * k, value)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert body(grid) == [["Sex", ""], ["Male", "20"], ["Female", "12"], ["Unknown", "0"]]


def test_rules_in_pieces_with_white_between(tmp_path: Path) -> None:
    """Every column has rules of its own; the white between them parts the columns."""
    made = Made()
    made.put(50, 92, "Table 2. Outcomes", bold=True)
    for y in (100, 116, 186):
        for x0, x1 in ((50, 190), (195, 280), (285, 370)):
            made.rule(x0, x1, y)
    end = made.table(THREE, [("Outcome", "SC, n (%)", "IV, n (%)"), *OUTCOMES], 111)
    made.prose(50, 480, end + 60, FILLER)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert head(grid) == ["Outcome", "SC, n (%)", "IV, n (%)"]
    assert body(grid) == [list(row) for row in OUTCOMES]


def test_names_of_sections_reach_over_the_white_between_columns(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Toxicity", bold=True)
    columns = ((50, 70), (85, 150), (170, 240))
    rows = [("Grade", "SC", "IV")]
    for name in ("Leucopenia of any cause", "Thrombocytopenia"):
        rows += [(name, "", ""), ("1-2", "26 (43)", "29 (47)"), ("3-4", "14 (23)", "20 (32)")]
    for k, row in enumerate(rows):
        for (x0, _), text in zip(columns, row, strict=True):
            made.put(x0, 106 + 10 * k, text)
    made.prose(50, 480, 230, FILLER)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert [[c.plain for c in r if c.text] for r in grid.rows[grid.header_rows :]] == [
        [text for text in row if text] for row in rows[1:]
    ]


def test_a_mean_goes_on_with_its_deviation(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Cells", bold=True)
    for y in (98, 114, 200):
        made.rule(50, 300, y)
    for k, row in enumerate([("Strain", "A", "B"), *[(f"TA {n}", "", "") for n in (98, 100)]]):
        y = 109 + (0 if k == 0 else 16 + 24 * (k - 1))
        for x, text in zip((52, 130, 200), row, strict=True):
            made.put(x, y, text)
        if k:
            for x in (130, 200):
                made.put(x, y, f"{k}.00 \xb1")
                made.put(x, y + 9, "1.15")
    made.prose(50, 480, 230, FILLER)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert body(grid) == [
        ["TA 98", "1.00 ± 1.15", "1.00 ± 1.15"],
        ["TA 100", "2.00 ± 1.15", "2.00 ± 1.15"],
    ]


def test_a_column_of_long_text_beyond_a_seeming_gutter_is_kept(tmp_path: Path) -> None:
    """Without rules, on a page that holds little else: nothing reads on above or below it."""
    made = Made()
    made.put(50, 92, "Table 2. Published series", bold=True)
    columns = ((50, 130), (145, 205), (220, 260), (290, 545))
    effects = (
        "chills in four, fever in two, a rash in one and herpes zoster in one",
        "neutropenia in three of the patients, two of them with fever for a week",
        "none that needed a change of dose or of treatment in any of the patients",
        "cytomegalovirus in blood of six, all of them without signs of the disease",
    )
    rows = [("Series", "Patients", "CR", "Complications")]
    rows += [(f"Study {k}", f"{10 + k} SS", str(k), text) for k, text in enumerate(effects)]
    made.table(columns, rows, 106, leading=9, between=0)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert body(grid) == [list(row) for row in rows[1:]]


def test_percentages_under_their_counts(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Stage", bold=True)
    for y in (98, 114, 190):
        made.rule(50, 370, y)
    made.table(THREE, [("Stage", "SC", "IV")], 109)
    for k, (count, share) in enumerate([("21", "45%"), ("14", "28%"), ("5", "9%")]):
        made.put(50, 125 + 22 * k, f"Stage {k}")
        for x in (210, 300):
            made.put(x, 125 + 22 * k, count)
            made.put(x, 134 + 22 * k, share)
    made.prose(50, 480, 230, FILLER)
    assert body(only(made.save(tmp_path / "a.pdf")))[0] == ["Stage 0", "21 45%", "21 45%"]
