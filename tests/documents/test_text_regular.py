"""Dumps of regular rows, and the series table dumped again with its columns in other orders."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document

NUMBERS = """\
Table 5. Characteristics of patients

Characteristic  Arm A (n=63)  Arm B (n=62)  P

Sex
Male  45 (71)  40 (65)  0.4
Female  18 (29)  22 (35)
Age, median (range)  61 (40–80)  59 (38–77)  0.7
Stage III disease or
higher  30 (48)  31 (50)  0.8
Responders  12 (19)  NR  <0.01
Relapses  7 (11)

Note: P, chi-squared test.
"""
SERIES = """\
Table 6. Published series

Series  Patients  CR  PR  Median months
Doe 2003  17  4  5  12.5
Roe 2009  22  9  3  8.0
Poe 2012  10  NR  2  6.1
Loe 2013  31  2  2  4.4

Note: CR, complete response.
"""


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "a.txt"
    path.write_text(text)
    return read_document(path)


def test_labels_and_values_on_one_line(tmp_path: Path) -> None:
    document = read(tmp_path, NUMBERS)
    (grid,) = document.grids
    assert [[c.text for c in row] for row in grid.rows] == [
        ["Characteristic", "Arm A (n=63)", "Arm B (n=62)", "P"],
        ["Sex", "", "", ""],
        ["Male", "45 (71)", "40 (65)", "0.4"],
        ["Female", "18 (29)", "22 (35)", ""],
        ["Age, median (range)", "61 (40–80)", "59 (38–77)", "0.7"],
        ["Stage III disease or higher", "30 (48)", "31 (50)", "0.8"],
        ["Responders", "12 (19)", "NR", "<0.01"],
        ["Relapses", "", "", ""],
    ]
    assert grid.rows[-1][1].doubt
    missing = [p for p in document.problems if p.code == "values-missing"]
    assert len(missing) == 1
    assert "Relapses" in missing[0].message
    assert "7 (11)" in missing[0].message


def test_a_year_stays_with_its_label(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, SERIES).grids
    assert [c.text for c in grid.rows[0]] == ["Series", "Patients", "CR", "PR", "Median months"]
    assert [c.text for c in grid.rows[3]] == ["Poe 2012", "10", "NR", "2", "6.1"]


PATIENTS = """\
Table 4. Patients

Patient Age Sex Dose Weeks of
treatment
Response Response
duration
Adverse events
1 67 M 10 mg SC weekly 12 PR 9 mo Rash
2 54 F 10 mg SC weekly 8 SD 4 mo None
3 71 M 30 mg IV weekly 22 CR 18 mo Pneumonia,
sepsis
4 59 F 30 mg IV weekly 4 PD NR None
5 80 M 10 mg SC weekly 10 PR 7 mo CMV
reactivation

Note: CMV, cytomegalovirus.
"""


def test_columns_are_learned_from_numbered_rows(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, PATIENTS).grids
    assert [[c.text for c in row] for row in grid.rows[2:5]] == [
        ["2", "54", "F", "10 mg SC weekly", "8", "SD", "4 mo", "None"],
        ["3", "71", "M", "30 mg IV weekly", "22", "CR", "18 mo", "Pneumonia, sepsis"],
        ["4", "59", "F", "30 mg IV weekly", "4", "PD", "NR", "None"],
    ]
    assert [c.text for c in grid.rows[0]][:2] == ["Patient", "Age"]


def dumped(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Cells printed one after another: a wrapped cell is followed by a new line."""
    lines: list[str] = []
    for row in rows:
        line, wrapped = "", True
        for text, width in zip(row, widths, strict=True):
            pieces = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
            if wrapped and line:
                lines.append(line)
                line = ""
            line = f"{line}  {pieces[0]}".strip()
            wrapped = len(pieces) > 1
            for piece in pieces[1:]:
                lines.append(line)
                line = piece
        lines.append(line)
    return lines


@pytest.mark.shared
@pytest.mark.parametrize("seed", [2])
def test_the_series_table_in_another_order(tmp_path: Path, shared: Path, seed: int) -> None:
    """Table 4 of the 2015 paper, its columns shuffled and its cells wrapped anew."""
    chance = random.Random(seed)
    paper = read_document(shared / "sources" / "actas-2015.txt")
    source = next(grid for grid in paper.grids if grid.label == "4")
    order = [0, *chance.sample(range(1, 7), 6)]
    rows = [
        [row[i].text.replace("Alemtuzumab", "Examplimab") for i in order] for row in source.rows
    ]
    widths = [chance.choice([12, 14, 18, 26]) for _ in order]
    text = "\n".join(["Table 1  Published series.", "", *dumped(rows, widths), "", "Note: x."])
    (grid,) = read(tmp_path, text).grids
    got = [[c.text for c in row] for row in grid.rows]
    assert got[0] == rows[0]
    assert len(got) == len(rows)
    pairs = [
        pair
        for ours, theirs in zip(got, rows, strict=True)
        for pair in zip(ours, theirs, strict=False)
    ]
    assert sum(ours == theirs for ours, theirs in pairs) >= 0.9 * len(pairs)


TIERS = """\
Table 7. Toxicity

Event Drug (n = 79) Placebo (n = 76)
Any grade Grade 3 Any grade Grade 3
Headache 8 (80) 0 23 (49) 5 (52)
Rash 26 (45) 8 (66) 21 (79) 0
Itch 4 (27) 29 (28) 5 (54) 27 (38)
Fever 0 22 (38) 17 (4) 34 (42)
Grades by the common criteria.

"""
MERGED = """\
Table 8. Patients

Patient Outcome Follow-up (months)
Roe complete remission 39
Poe none 13
Doe partial remission 23
Loe partial remission 43
"""


def test_heads_in_two_tiers_and_a_closing_sentence(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, TIERS).grids
    assert grid.header_rows == 2
    heads = [[cell.text for cell in row if cell] for row in grid.matrix()[:2]]
    assert heads == [
        ["Event", *["Drug (n = 79)"] * 2, *["Placebo (n = 76)"] * 2],
        ["Event", "Any grade", "Grade 3", "Any grade", "Grade 3"],
    ]
    assert [row[0].text for row in grid.rows[2:]] == ["Headache", "Rash", "Itch", "Fever"]


def test_heads_that_hold_two_give_no_grid_and_no_sentences(tmp_path: Path) -> None:
    """Two columns of words have nothing to part them; the words stay, not as running text."""
    document = read(tmp_path, MERGED)
    assert not document.grids
    assert [p.code for p in document.problems] == ["columns-lost"]
    (block,) = document.blocks
    assert block.kind == "caption" and "Loe partial remission 43" in block.text
