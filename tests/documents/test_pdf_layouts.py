"""Layouts that break table readers, each made as a PDF and read back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pdf_made import COLUMNS, FILLER, HEAD, ROWS, Made, plain_rows, three_rule_table

from evidence.documents.base import Cell, Document, Grid
from evidence.documents.pdf import read_pdf


def texts(grid: Grid, *, body: bool = True) -> list[list[str]]:
    rows = grid.rows[grid.header_rows :] if body else grid.rows
    return [[cell.plain for cell in row] for row in rows]


def only(document: Document) -> Grid:
    assert len(document.grids) == 1
    return document.grids[0]


def test_three_rules_wrapped_cells_and_marks(tmp_path: Path) -> None:
    made = Made()
    y = three_rule_table(made, 100, ROWS, "Table 2. Published series.")
    made.put(50, y + 2, "CMV, cytomegalovirus; NS, not stated.", pt=7)
    made.prose(50, 480, y + 60, FILLER)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert (grid.label, grid.caption, grid.header_rows) == ("2", "Published series.", 1)
    assert texts(grid) == plain_rows(ROWS)
    assert [m.text for m in grid.rows[1][0].marks] == ["7"]
    assert grid.rows[4][0].text == "Davis et al.¹⁰ (2009)"
    assert grid.footnotes[0].text == "CMV, cytomegalovirus; NS, not stated."


def test_boxes_hold_their_own_text(tmp_path: Path) -> None:
    made = Made()
    three_rule_table(made, 100, ROWS, "Table 1 Series")
    path = made.save(tmp_path / "a.pdf")
    page = pypdfium2.PdfDocument(path)[0]
    text_page, height = page.get_textpage(), page.get_height()
    for row in only(read_pdf(path)).rows:
        for cell in row:
            assert cell.box_pt is not None
            x0, top, x1, bottom = cell.box_pt
            inside = text_page.get_text_bounded(x0 - 1, height - bottom, x1 + 1, height - top)
            for word in cell.plain.split():
                assert word in inside


@pytest.mark.parametrize("head", [HEAD, None], ids=["head repeated", "head once"])
def test_continued_on_the_next_page(tmp_path: Path, head: tuple[str, ...] | None) -> None:
    made = Made()
    made.prose(50, 480, 60, FILLER)
    three_rule_table(made, 640, ROWS[:2], "Table 4. Published series.")
    made.page()
    three_rule_table(made, 60, ROWS[2:], "Table 4. (Continued)", head=head)
    made.prose(50, 480, 400, FILLER)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert grid.pages == (1, 2)
    assert texts(grid) == plain_rows(ROWS)
    assert {cell.page for row in grid.rows[3:] for cell in row} == {2}


def test_continued_without_a_caption(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 60, FILLER)
    made.put(50, 620, "Table 4. Published series.", bold=True)
    made.rule(50, 545, 626)
    y = made.table(COLUMNS, [HEAD], 638, bold=True)
    made.rule(50, 545, y - 8)
    y = made.table(COLUMNS, ROWS, y + 3)
    made.rule(50, 545, y - 8)
    made.page()
    made.rule(50, 545, 50)
    y = made.table(COLUMNS, [HEAD], 62, bold=True)
    made.rule(50, 545, y - 8)
    y = made.table(COLUMNS, ROWS, y + 3)
    made.rule(50, 545, y - 8)
    made.prose(50, 480, y + 40, FILLER)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert grid.pages == (1, 2)
    assert texts(grid) == plain_rows(ROWS) * 2


def test_row_over_a_page_break_is_one_row_in_doubt(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 60, FILLER)
    three_rule_table(made, 640, ROWS[:2], "Table 4. Published series.")
    made.page()
    rest = ("", "", "and twice weekly thereafter", "", "")
    three_rule_table(made, 60, [rest, *ROWS[2:]], "Table 4. (Continued)")
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    joined = grid.rows[2][2]
    assert joined.plain == "10 mg SC 3 times weekly and twice weekly thereafter"
    assert joined.doubt and {line.page for line in joined.lines} == {1, 2}
    assert len(grid.rows) == 1 + len(ROWS)


def test_a_table_in_one_of_two_columns(tmp_path: Path) -> None:
    made = Made()
    made.prose(45, 240, 60, FILLER)
    made.prose(310, 240, 400, FILLER)
    columns = ((310, 400), (420, 470), (490, 545))
    made.put(310, 60, "Table 1. Responses", bold=True)
    made.rule(310, 550, 66)
    y = made.table(columns, [("Response", "SC", "IV")], 78, bold=True)
    made.rule(310, 550, y - 8)
    rows = [
        ("Complete", "2 (10%)", "7 (32%)"),
        ("Partial", "5 (25%)", "3 (14%)"),
        ("None", "13", "12"),
    ]
    y = made.table(columns, rows, y + 3)
    made.rule(310, 550, y - 8)
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert texts(only(document)) == [list(row) for row in rows]
    prose = " ".join(block.text for block in document.blocks)
    assert "Complete" not in prose
    assert prose.count("every patient was seen by two readers") == 24


@pytest.mark.parametrize("turn", [90, 270])
def test_print_turned_on_the_page(tmp_path: Path, turn: int) -> None:
    made = Made(size=(595, 842))
    with made.pdf.rotation(turn, x=297.5, y=421):
        made.pdf.set_y(0)
        shift = 160
        made.put(50 - 100, shift, "Table 3. Published series.", bold=True)
        columns = [(x0 - 100, x1 - 100) for x0, x1 in COLUMNS]
        made.rule(-50, 445, shift + 8)
        y = made.table(columns, [HEAD], shift + 20, bold=True)
        made.rule(-50, 445, y - 8)
        y = made.table(columns, ROWS, y + 3)
        made.rule(-50, 445, y - 8)
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert texts(only(document)) == plain_rows(ROWS)
    assert document.pages[0].rotation == (360 - turn) % 360 or document.pages[0].rotation == turn
    box = only(document).rows[1][1].box_pt
    assert box is not None and box[3] - box[1] > box[2] - box[0]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_with_a_rotate_entry(tmp_path: Path, turn: int) -> None:
    made = Made()
    three_rule_table(made, 100, ROWS, "Table 2. Published series.")
    upright = read_pdf(made.save(tmp_path / "a.pdf"))
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    pdf[0].set_rotation(turn)
    pdf.save(tmp_path / "b.pdf")
    turned = read_pdf(tmp_path / "b.pdf")
    assert texts(only(turned)) == texts(only(upright))
    assert turned.pages[0].width_pt == pytest.approx(842 if turn != 180 else 595, abs=0.5)
    cell = only(turned).rows[1][1]
    assert cell.box_pt is not None and only(upright).rows[1][1].box_pt is not None
    x0, top, x1, bottom = only(upright).rows[1][1].box_pt
    expected = {
        90: (842 - bottom, x0, 842 - top, x1),
        180: (595 - x1, 842 - bottom, 595 - x0, 842 - top),
        270: (top, 595 - x1, bottom, 595 - x0),
    }[turn]
    assert cell.box_pt == pytest.approx(expected, abs=1.0)


def test_no_rules_at_all(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 60, FILLER)
    made.put(50, 300, "Table 1. Patients", bold=True)
    rows = [(f"Patient {k}", f"{k + 50}", f"{k}.5 mg", "yes", f"{k} mo") for k in range(1, 9)]
    y = made.table(COLUMNS, [HEAD, *rows], 318)
    made.prose(50, 480, y + 30, FILLER)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert texts(grid, body=False)[-8:] == [list(row) for row in rows]


def test_heads_that_span_under_partial_rules(tmp_path: Path) -> None:
    made = Made()
    columns = ((50, 150), (170, 230), (245, 300), (330, 390), (405, 460))
    made.put(50, 100, "Table 5. Toxicity by grade", bold=True)
    made.rule(50, 470, 106)
    made.put(200, 118, "Subcutaneous")
    made.put(370, 118, "Intravenous")
    made.rule(170, 305, 122)
    made.rule(330, 465, 122)
    made.table(columns, [("Event", "Grade 1-2", "Grade 3-4", "Grade 1-2", "Grade 3-4")], 133)
    made.rule(50, 470, 138)
    rows = [(name, "1 (5%)", "2 (10%)", "3 (14%)", "0") for name in ("Fever", "Rash", "Sepsis")]
    made.rule(50, 470, made.table(columns, rows, 150) - 8)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert grid.header_rows == 2
    assert [(c.text, c.colspan) for c in grid.rows[0] if c.text] == [
        ("Subcutaneous", 2),
        ("Intravenous", 2),
    ] or [(c.text, c.colspan) for c in grid.rows[0] if c.text] == [
        ("Event", 1),
        ("Subcutaneous", 2),
        ("Intravenous", 2),
    ]
    assert texts(grid) == [list(row) for row in rows]


def test_caption_below_its_table(tmp_path: Path) -> None:
    made = Made()
    made.rule(50, 545, 100)
    y = made.table(COLUMNS, [HEAD], 112, bold=True)
    made.rule(50, 545, y - 8)
    y = made.table(COLUMNS, ROWS, y + 3)
    made.rule(50, 545, y - 8)
    made.put(50, y + 4, "Table 2: Published series", bold=True)
    made.prose(50, 480, y + 60, FILLER)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert (grid.label, grid.caption) == ("2", "Published series")
    assert texts(grid) == plain_rows(ROWS)


def test_caption_beside_its_table(tmp_path: Path) -> None:
    made = Made()
    columns = ((180, 300), (320, 390), (410, 480))
    made.put(50, 106, "Table 2 Short-", bold=True)
    made.put(50, 116, "term outcomes")
    made.rule(180, 490, 100)
    y = made.table(columns, [("Outcome", "SC", "IV")], 112)
    made.rule(180, 490, y - 8)
    rows = [(f"Outcome {k}", f"{k} (1.5)", f"{k + 2} (2.5)") for k in range(1, 6)]
    made.rule(180, 490, made.table(columns, rows, y + 3) - 8)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert grid.label == "2" and "Short" in grid.caption and "outcomes" in grid.caption
    assert texts(grid) == [list(row) for row in rows]


def test_rules_drawn_as_bars_in_pieces(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Published series.", bold=True)
    edges = [50, 138, 212, 338, 408, 545]
    tops = [100.0]
    y = made.table(COLUMNS, [HEAD], 112, bold=True)
    tops.append(y - 8)
    y = made.table(COLUMNS, ROWS, y + 3)
    tops.append(y - 8)
    for top in tops:
        for x0, x1 in pairwise(edges):
            made.bar(x0, x1, top)
    assert texts(only(read_pdf(made.save(tmp_path / "a.pdf")))) == plain_rows(ROWS)


def test_shaded_rows_instead_of_rules(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Counts", bold=True)
    rows = [(f"Event {k}", f"{k}", f"{k * 3} (12%)", "0", f"{k} of 9") for k in range(1, 8)]
    for k in range(0, 8, 2):
        made.bar(50, 545, 100 + 14 * k, height=14, grey=220)
    for k, row in enumerate([HEAD, *rows]):
        made.table(COLUMNS, [row], 110 + 14 * k)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert texts(grid) == [list(row) for row in rows]


def test_cells_centred_on_their_row(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 92, "Table 2. Published series.", bold=True)
    made.rule(50, 545, 100)
    y = made.table(COLUMNS, [HEAD], 112, bold=True)
    made.rule(50, 545, y - 8)
    y = made.table(COLUMNS, ROWS, y + 3, align="middle")
    made.rule(50, 545, y - 8)
    assert texts(only(read_pdf(made.save(tmp_path / "a.pdf")))) == plain_rows(ROWS)


def test_section_rows_and_numbers_without_row_gaps(tmp_path: Path) -> None:
    made = Made()
    columns = ((50, 200), (230, 300), (330, 400))
    rows = [
        ("Sex", "", ""),
        ("  Male", "8 (47%)", "12 (60%)"),
        ("  Female", "9 (53%)", "8 (40%)"),
        ("Stage", "", ""),
        ("  IIB", "4 (24%)", "5 (25%)"),
        ("  IVA", "13 (76%)", "15 (75%)"),
    ]
    made.put(50, 92, "Table 1. Patients", bold=True)
    made.rule(50, 420, 100)
    y = made.table(columns, [("Characteristic", "SC", "IV")], 112, between=2)
    made.rule(50, 420, y - 8)
    y = made.table(columns, rows, y + 2, between=0)
    made.rule(50, 420, y - 6)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert texts(grid) == [[cell.strip() for cell in row] for row in rows]


def test_exponents_stay_marks_go() -> None:
    """10⁹/L is a unit, the 9 after a name a reference: the one stays in the plain text."""
    made = Made()
    made.put(50, 92, "Table 1. Counts", bold=True)
    columns = ((50, 200), (230, 400))
    rows = [("Cells ^7", "3.1 x 10^9/L"), ("Area^a", "1.8 m^2"), ("Dose", "30 mg"), ("Age", "61")]
    made.rule(50, 420, 100)
    made.table(columns, [("Name", "Value")], 112)
    made.rule(50, 420, 116)
    made.rule(50, 420, made.table(columns, rows, 128) - 8)
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        grid = only(read_pdf(made.save(Path(folder) / "a.pdf")))
    cells: list[Cell] = [row[1] for row in grid.rows[1:]]
    assert [c.plain for c in cells] == ["3.1 x 10⁹/L", "1.8 m²", "30 mg", "61"]
    assert grid.rows[2][0].plain == "Area"
    assert [m.text for m in grid.rows[2][0].marks] == ["a"]


def test_hyphens_at_line_ends_of_prose(tmp_path: Path) -> None:
    made = Made()
    made.font_pt = 10
    for k, line in enumerate(
        ("Patients were seen by two read-", "ers, and T-cell counts were low-", "grade at base-")
    ):
        made.put(50, 100 + 12 * k, line)
    made.put(50, 136, "line. Readers met at baseline with low-grade disease.")
    text = " ".join(b.text for b in read_pdf(made.save(tmp_path / "a.pdf")).blocks)
    assert "two readers, and T-cell counts were low-grade at baseline." in text


def test_small_print_in_two_columns_is_no_table(tmp_path: Path) -> None:
    """Notes under body print, in two columns on common baselines, on a page that names no table."""
    made = Made()
    made.prose(45, 240, 60, FILLER)
    made.prose(310, 240, 60, FILLER)
    made.prose(45, 240, 560, FILLER, pt=7)
    made.prose(310, 240, 560, FILLER, pt=7)
    assert read_pdf(made.save(tmp_path / "a.pdf")).grids == ()


def test_lines_of_a_label_in_larger_print_stay_one_row(tmp_path: Path) -> None:
    """Every row is ruled; a label of three lines is taller than its text in smaller print."""
    made = Made()
    made.put(50, 92, "Table 3. Kinds of scales", bold=True)
    labels = (("Visual analog", "scale (VAS)"), ("Anchored or", "categorized", "VAS"), ("Likert",))
    tall = (("Events as", "they", "occur"),)
    y = 100.0
    for label in (("Type",), *labels, *tall):
        made.rule(50, 450, y)
        for k, line in enumerate(label):
            made.put(55, y + 11 + 13 * k, line, pt=11)
        text = "words that anchor the ends " * 3 if label != ("Type",) else "Description"
        for k, line in enumerate(made.wrapped(text, 290)):
            made.put(150, y + 10 + 10 * k, line)
        y += 13 * len(label) + 6
    for x in (50, 140, 450):
        made.pdf.line(x, 100, x, y)
    made.rule(50, 450, y)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert [row[0] for row in texts(grid)] == [" ".join(label) for label in (*labels, *tall)]


def test_shades_under_each_line_of_a_cell_part_nothing(tmp_path: Path) -> None:
    """Word processors paint a cell and, in the same colour, each of its lines once more."""
    made = Made()
    made.put(50, 92, "Table 3. Frequency", bold=True)
    edges = (50, 150, 210, 270)
    made.rule(50, 270, 100)
    for x0, x1 in pairwise(edges):
        made.bar(x0, x1, 100, height=24, grey=190)
        for k in range(2):
            made.bar(x0 + 4, x1 - 4, 101 + 11 * k, height=11, grey=190)
    for x, lines in zip(
        edges, (("Substance",), ("In the last", "month"), ("In the", "last year")), strict=False
    ):
        for k, line in enumerate(lines):
            made.put(x + 5, 110 + 11 * k, line)
    rows = [("Cannabis", "9.6%", "4.0%"), ("Heroin", "0.5%", "0.0%"), ("Cocaine", "4.4%", "1.6%")]
    for k, row in enumerate(rows):
        made.rule(50, 270, 124 + 13 * k)
        for x, text in zip(edges, row, strict=False):
            made.put(x + 5, 134 + 13 * k, text)
    made.rule(50, 270, 124 + 39)
    for x in edges:
        made.pdf.line(x, 100, x, 163)
    made.pdf.set_draw_color(0)
    made.pdf.rect(52, 180, 216, 160)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert [c.plain for c in grid.rows[0]] == ["Substance", "In the last month", "In the last year"]
    assert texts(grid) == [list(row) for row in rows]


def test_a_label_that_ends_in_a_colon_heads_the_rows_below(tmp_path: Path) -> None:
    made = Made()
    columns = ((50, 230), (250, 300), (330, 400))
    rows = [
        ("All patients (N=46):", "", ""),
        ("3-year cohort", "", ""),
        ("   Complete", "8 (47%)", "12 (60%)"),
        ("   Partial", "9 (53%)", "8 (40%)"),
    ]
    made.put(50, 92, "Table 1. Patients", bold=True)
    made.rule(50, 420, 100)
    y = made.table(columns, [("Group", "SC", "IV")], 112, between=2)
    made.rule(50, 420, y - 8)
    y = made.table(columns, rows, y + 2, between=0)
    made.rule(50, 420, y - 6)
    grid = only(read_pdf(made.save(tmp_path / "a.pdf")))
    assert texts(grid) == [[cell.strip() for cell in row] for row in rows]


def test_a_caption_without_a_table_is_told(tmp_path: Path) -> None:
    """Table 2 is a drawing: nothing of it can be read, and nothing is made up."""
    made = Made()
    three_rule_table(made, 60, ROWS, "Table 1. Published series")
    made.put(50, 400, "Table 2. Schedule of visits", bold=True)
    for k in range(8):
        made.pdf.ellipse(60 + 50 * k, 420, 20, 30, style="F")
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert [grid.label for grid in document.grids] == ["1"]
    (problem,) = document.problems
    assert problem.code == "table-not-read" and problem.remedy
    assert problem.source is not None
    assert (problem.source.page, problem.source.table) == (1, "2")
