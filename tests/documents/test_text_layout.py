"""Text whose columns stand as gaps: what ``pdftotext -layout`` makes of pages with tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.documents import read_document
from evidence.documents.base import CellLine, Document, Grid
from evidence.documents.text import standing
from evidence.documents.text.heads import count_heads, spanning_heads
from evidence.documents.text.pages import CHAR_PT, LINE_PT, TextPage, split_pages
from evidence.documents.text.spacing import row_blocks
from evidence.documents.text.woven import woven_runs
from evidence.errors import Place


def read(folder: Path, text: str) -> Document:
    path = folder / "page.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.plain if cell else "" for cell in row] for row in grid.matrix()]


BESIDE_PROSE = """\
Running text fills the page from the left edge       on the right hand goes on and on in the same
to the gutter, and the other column of print         manner, as pages in two columns usually do,
Table 2. Responses by arm                            and while the table stands on the left, the
                  Arm A      Arm B      P            text keeps on telling about what was seen in
                  (n=20)     (n=21)                  the patients of the two arms and why that is
 CR               4 (20)     3 (14)     0.6          so. Several more lines of it follow here, so
 PR               6 (30)     2 (10)     0.04         that nobody takes the words for cells of the
 SD               5 (25)     9 (43)     0.2          table that happens to stand beside them, and
Notes: P, chi-squared test.                          then the column of print comes to its end.

More running text stands below the table, and        The right column does not care about it and
it is not a part of it either, as we can see.        is full of words of its own, line for line.
"""


def test_a_table_beside_running_text(tmp_path: Path) -> None:
    document = read(tmp_path, BESIDE_PROSE)
    (grid,) = document.grids
    assert cells(grid) == [
        ["", "Arm A (n=20)", "Arm B (n=21)", "P"],
        ["CR", "4 (20)", "3 (14)", "0.6"],
        ["PR", "6 (30)", "2 (10)", "0.04"],
        ["SD", "5 (25)", "9 (43)", "0.2"],
    ]
    assert (grid.label, grid.caption) == ("2", "Responses by arm")
    assert [note.text for note in grid.footnotes] == ["Notes: P, chi-squared test."]
    text = " ".join(block.text for block in document.blocks)
    assert "why that is so. Several more lines" in text
    assert "0.04" not in text


SPANNING = """\
Table 3: Inhibition by strain

                          Strain one                      Strain two
Compound             Day 1           Day 8           Day 1           Day 8
A 12              0.33 ± 0.58     1.67 ± 0.58     0.67 ± 0.58     2.33 ± 0.58
B 7               1.33 ± 1.53     1.00 ± 0.00     0.00 ± 0.00     1.33 ± 0.58
C 101             0.67 ± 0.58     NR              1.33 ± 1.15     4.10 ± 1.00
"""


def test_heads_over_several_columns(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, SPANNING).grids
    assert grid.header_rows == 2
    assert cells(grid)[:3] == [
        ["Compound", "Strain one", "Strain one", "Strain two", "Strain two"],
        ["Compound", "Day 1", "Day 8", "Day 1", "Day 8"],
        ["A 12", "0.33 ± 0.58", "1.67 ± 0.58", "0.67 ± 0.58", "2.33 ± 0.58"],
    ]


TIGHT = """\
Table 3. Published series

First           Year No. of    Dose                 ORR CR     Median response
author               patients                       %   %      duration
Doe J, Roe K    2007 48        30 mg/m2 IV weekly   25  10 7.5 months
Poe L et al.    2011 7         30 mg/m2 IV weekly   43  14 11 months
Loe M           2015 131       25 mg/m2 IV weekly   8   0  NR
Noe Q           2018 9         30 mg/m2 IV weekly   100 56 18 months
"""


def test_a_single_blank_parts_columns_where_the_heads_are_parted(tmp_path: Path) -> None:
    document = read(tmp_path, TIGHT)
    (grid,) = document.grids
    assert cells(grid) == [
        [
            "First author",
            "Year",
            "No. of patients",
            "Dose",
            "ORR %",
            "CR %",
            "Median response duration",
        ],
        ["Doe J, Roe K", "2007", "48", "30 mg/m2 IV weekly", "25", "10", "7.5 months"],
        ["Poe L et al.", "2011", "7", "30 mg/m2 IV weekly", "43", "14", "11 months"],
        ["Loe M", "2015", "131", "25 mg/m2 IV weekly", "8", "0", "NR"],
        ["Noe Q", "2018", "9", "30 mg/m2 IV weekly", "100", "56", "18 months"],
    ]
    printed = [line for row in grid.rows for cell in row for line in cell.lines]
    assert all(words_at(line, TIGHT.split("\n")) == line.text.split() for line in printed)


def test_a_page_that_fails_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(page: TextPage, place: Place) -> object:
        if page.number == 1:
            raise ValueError("no such column")
        return search(page, place)

    search = standing._drawn
    monkeypatch.setattr(standing, "_drawn", fails)
    document = read(tmp_path, f"First page.\f{SPANNING}")
    (problem,) = (p for p in document.problems if p.code == "page-unreadable")
    assert (problem.source.page if problem.source else None, problem.severity) == (1, "error")
    assert len(document.grids) == 1


WOVEN = """\
                     Table 1: Published series.
                            Study                                Adverse
 Author        Patients                     Outcome
                            design                               events
                            Randomized                           Nausea
 Doe           40 adults                    Lower lipids
                            controlled                           and
 (2016)        T2DM                         and glucose
                            trial                                fever
               30 adults
 Roe (2012)                 Case report     None                 None
               obesity
"""


def test_centred_cells_are_woven_line_by_line(tmp_path: Path) -> None:
    """A turned page prints a row of cells with two and three lines as five lines of text."""
    (grid,) = read(tmp_path, WOVEN).grids
    assert cells(grid) == [
        ["Author", "Patients", "Study design", "Outcome", "Adverse events"],
        [
            "Doe (2016)",
            "40 adults T2DM",
            "Randomized controlled trial",
            "Lower lipids and glucose",
            "Nausea and fever",
        ],
        ["Roe (2012)", "30 adults obesity", "Case report", "None", "None"],
    ]


UNDER = """\
                         Patients (n=79)
  Age, years             58 (50-66)
  Male                   38 (51%)
  Female                 37 (49%)
  Data are median (IQR) or n (%).
  Table 1: Baseline characteristics

The text goes on below the title of the table, over several lines of plain
words that belong to nobody's cell, and then it stops where it likes to stop.
"""


def test_a_table_above_its_title(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, UNDER).grids
    assert (grid.caption, len(grid.rows)) == ("Baseline characteristics", 4)
    assert [note.text for note in grid.footnotes] == ["Data are median (IQR) or n (%)."]


CONTINUED = """\
Table 4. Toxicity

Event           Any         Grade 3-4
Anaemia         12 (40)     3 (10)
Fever           8 (27)      0
Nausea          5 (17)      1 (3)
\fTable 4. Continued

Event           Any         Grade 3-4
Rash            4 (13)      0
Fatigue         11 (37)     2 (7)
"""


def test_parts_on_two_pages_are_one_table(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, CONTINUED).grids
    assert grid.pages == (1, 2)
    labels = ["Event", "Anaemia", "Fever", "Nausea", "Rash", "Fatigue"]
    assert [row[0] for row in cells(grid)] == labels


def test_lines_are_numbered_as_in_the_file() -> None:
    assert [page.lines for page in split_pages("one\ftwo")] == [("one",), ("two",)]
    first, second = split_pages("one\ntwo\r\n\fthree\n")
    assert (first.first, second.first) == (1, 3)
    assert second.lines[0] == "three"


def test_woven_lines_come_in_odd_numbers() -> None:
    assert woven_runs(["aa", "    bb", "aa"]) == [(0, 3)]
    assert woven_runs(["aa", "    bb", "aa", "    bb"]) == [(1, 4)]
    assert woven_runs(["aa  bb", "aa", "    bb"]) == []


def test_heads_end_at_the_first_row_of_values() -> None:
    lines = ["          Arm A   Arm B", "          (n=4)   (n=5)", "Sex", "Male      3       2"]
    assert count_heads(lines) == 2
    assert spanning_heads(["     both", "     x           y"]) == []
    assert spanning_heads(["         both", "     x           y"]) == [(0, 5, 18)]


WORDS = st.sampled_from(["Doe", "Roe et al.", "12", "4 (20)", "0.5-1.2", "NR", "no response", "B"])
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=3, max_size=9)
)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.integers(2, 6))
def test_no_cell_holds_what_is_not_at_its_place(rows: list[list[str]], gap: int) -> None:
    from evidence.documents.text.laid_out import read_laid_out
    from evidence.documents.text.regions import find_regions
    from evidence.documents.text.titles import titled

    head = [f"Head {n}" for n in range(len(rows[0]))]
    widths = [max(map(len, column)) + gap for column in zip(head, *rows, strict=True)]
    lines = [
        "".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]
    page = ["Table 1. Made up", "", *lines]
    for region in find_regions(titled(page)):
        grid = read_laid_out(region, 1)
        printed = [li for row in grid.rows for cell in row for li in cell.lines] if grid else []
        assert all(line.text.split() == words_at(line, page) for line in printed)


def words_at(line: CellLine, page: list[str]) -> list[str]:
    """The words in the box of a cell's line."""
    assert line.box_pt is not None
    x0, top, x1, _ = line.box_pt
    return page[round(top / LINE_PT)][round(x0 / CHAR_PT) : round(x1 / CHAR_PT)].split()


def test_blank_lines_part_rows_that_wrap_but_not_groups_of_rows() -> None:
    wrapped = ["          Phase I", "Doe 2001  trial    9", "", "Roe 2003  Cohort   7", "", "Poe"]
    grouped = ["Doe  4  9", "Roe  3  7", "", "Poe  1  2", "Moe  2  3", "", "Loe  8  1", "Joe  0  1"]
    assert row_blocks(wrapped) == [(0, 2), (3, 4), (5, 6)]
    assert row_blocks(grouped) == []


LOOSE = """\
Table 1. Published series.

                       Patients,   Treatment      Complete
 Study        Design   n           duration       response, n

 Bianchi et   Case                 median 11
 al, 2010     report   9           months         4 (44)

 Thorne et    Case
 al, 2013     series   7           40 weeks       4 (57)

 Saito et     Phase
 al, 2016     II       4           19 weeks       2 (50)

 Petrov et    Case
 al, 2018     report   1           9 weeks        1 (100)
"""


def test_heads_end_where_the_block_of_a_row_begins(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, LOOSE).grids
    assert [row[0].text for row in grid.rows[grid.header_rows :]] == [
        "Bianchi et al, 2010",
        "Thorne et al, 2013",
        "Saito et al, 2016",
        "Petrov et al, 2018",
    ]


WIDE_APART = """\
Table 1. Published series.

 Author             n     CR, n       Duration        Toxicity

                          (%)         (months)

 Lindholm et al.    34    34 (100)    12              Diarrhoea, fatigue

 [11]

 Doe et al. [12]    7     0 (0)       13              None

 Marchetti et al.   21    18 (86)     9.6             Urinary tract infection,

 [17]                                                 pneumonia

 Roe et al. [18]    7     4 (57)      13              Pruritus
"""


def test_lines_set_wide_apart_wrap_as_close_ones_do(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, WIDE_APART).grids
    assert [cell.text for cell in grid.rows[0]][2:4] == ["CR, n (%)", "Duration (months)"]
    assert [row[0].text for row in grid.rows[1:]] == [
        "Lindholm et al. [11]",
        "Doe et al. [12]",
        "Marchetti et al. [17]",
        "Roe et al. [18]",
    ]


LAST_LABEL = """\
Table 1. Published series.
 Author          Design          n     Response
 Vasquez et al.  Case series     2     2 (100)
 Kim et al.      Phase II        34    22 (65)
 Marchetti et    Case report     3     1 (33)
 al.23
The drug was stopped in one centre after the first infusion because of a reaction, and in
none of the others that we know of was this seen again in the years that followed, although
many of the patients were treated for a long time and with the higher of the two doses then.
"""


def test_the_last_label_goes_on_above_running_text(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, LAST_LABEL).grids
    assert grid.rows[-1][0].text == "Marchetti et al.23"


YEARS_BELOW = """\
Table 1. Published series.
 Authors          Patients,   Treatment            Follow-up
                  n           duration             (months)
 Al-Rashid 2010   9           14 months            12 (1–29)
 Nakagawa         21          22 (range 2–41)      NR
 2012
 Svensson 2016    3           8 months             19 (1–23)
 Hernández        21          15 weeks             44
 2015
"""


def test_a_year_below_its_label_is_no_row(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, YEARS_BELOW).grids
    assert [row[0].text for row in grid.rows[1:]] == [
        "Al-Rashid 2010",
        "Nakagawa 2012",
        "Svensson 2016",
        "Hernández 2015",
    ]
    assert [line.text for line in grid.rows[2][0].lines] == ["Nakagawa", "2012"]
