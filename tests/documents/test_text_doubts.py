"""Cells of text tables that may be wrong say so; what separates rows is none of their words.

The tables are invented; what they print is the truth.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents.base import Cell, Grid
from evidence.documents.text import read_text
from evidence.documents.text.kinds import is_crowded, with_kind_doubts


def read(folder: Path, text: str) -> Grid:
    path = folder / "dump.txt"
    path.write_text(text, encoding="utf-8")
    return read_text(path).grids[0]


def doubts(rows: list[list[str]]) -> list[list[str]]:
    """The texts in doubt of each row of a grid with these rows."""
    made = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    grid = with_kind_doubts(Grid(label="1", rows=made, header_rows=1))
    return [[cell.text for cell in row if cell.doubt] for row in grid.rows]


def test_the_name_of_a_section_is_no_part_of_a_label(tmp_path: Path) -> None:
    grid = read(
        tmp_path,
        "Table 1. Published series.\n"
        "Reference Patients Age Route Response\n"
        "Chordoma\n"
        "Dahl et al. (1999)\n11 47 (41–\n71) PO 2/11 (18%)\n"
        "Kovács et al. (2001)\n19 55 (39–\n80) IV 4/19 (21%)\n"
        "Sarcoidosis\n"
        "Tran et al. (2004)\n8 61 (50–\n77) SC 2/8 (25%)\n"
        "Mbeki et al. (2006)\n25 64 (48–\n79) IV 5/25 (20%)\n"
        "CR, complete response; PR, partial response.\n",
    )
    assert [[cell.text for cell in row] for row in grid.rows[1:3]] == [
        ["Chordoma"],
        ["Dahl et al. (1999)", "11", "47 (41– 71)", "PO", "2/11 (18%)"],
    ]
    assert [row[0].text for row in grid.rows[4:6]] == ["Sarcoidosis", "Tran et al. (2004)"]
    assert grid.rows[1][0].colspan == 5


def test_a_route_stands_apart_from_the_regimen_before_it(tmp_path: Path) -> None:
    grid = read(
        tmp_path,
        "Table 1. Published series.\n"
        "Study Patients Dosage Route Response\n"
        "Dahl et al. (1999) 11 100 mg daily PO 2/11 (18%)\n"
        "Kovács et al. (2001) 19 45 mg three times weekly SC 4/19 (21%)\n"
        "Tran et al. (2004) 8 20 mg every 3 weeks IV 2/8 (25%)\n"
        "Mbeki et al. (2006) 25 60 mg daily PO 5/25 (20%)\n"
        "CR, complete response; PR, partial response.\n",
    )
    assert [row[3].text for row in grid.rows[1:]] == ["PO", "SC", "IV", "PO"]


def test_rows_set_wide_apart_go_on_behind_the_name_of_a_section(tmp_path: Path) -> None:
    rows = [f"Dahl et al.     {k}1      IV      CR {k}, PR 4\n\n({1999 + k})\n\n" for k in range(3)]
    head = "Study           n       Route   Response\n\n"
    text = "Table 1. Published series.\n\n" + head + "".join(rows) + "Chordoma\n\n" + "".join(rows)
    assert len(read(tmp_path, text).rows) == 8


def test_a_line_that_opens_with_authors_is_no_head(tmp_path: Path) -> None:
    grid = read(
        tmp_path,
        "Table 1. Published series.\n\n"
        "Study                  Setting      Dosage              Side effects\n"
        "Dahl et al. (1999)     Japan        6 mg/kg q4w         Flushing, nausea\n"
        "Tran et al. (2004)     Brazil       20 mg daily         Rash\n"
        "Kovács et al. (2006)   France       20 mg daily         Rash, nausea\n",
    )
    assert (grid.header_rows, len(grid.rows)) == (1, 4)


@pytest.mark.parametrize("text", ["6 12", "2/9 (22%) 6 (1–36)", "NR 40 (1–49+)", "– Thymoma"])
def test_two_values_are_told(text: str) -> None:
    assert is_crowded(text)


@pytest.mark.parametrize("text", ["OR 55% 7 CR, 5 PR", "3, 6, and 12 wk", "12 000", "5 (1 fatal)"])
def test_what_is_counted_or_listed_is_one_value(text: str) -> None:
    assert not is_crowded(text)


def test_what_lies_between_two_values_and_an_empty_cell_may_have_moved() -> None:
    rows = [["Study", "Follow-up", "Duration", "Disease"]]
    rows += [[f"Tran et al. ({year})", "5", "20", "Chordoma"] for year in range(2001, 2006)]
    rows.append(["Dahl et al. (2007)", "", "33", "– Thymoma"])
    assert doubts(rows)[1:] == [[]] * 5 + [["", "33", "– Thymoma"]]


def test_a_label_unlike_the_names_of_studies_is_in_doubt() -> None:
    names = ["Tran et al. (2001)", "Xu et al. (2003)", "Dahl et al. (2004)", "Kim et al. (2005)"]
    others = ["Rasmussen et", "Case report", "Ito et al. (2008) Wu et al. (2009)", "Our series"]
    found = doubts([["Study", "n"], *([name, "12"] for name in [*names, *others])])
    assert found == [[]] * 5 + [[label] for label in others[:3]] + [[]]


@pytest.mark.parametrize("label", ["Xu et 21 al", "Xu 9 et al", "Hairy cell Xu et al., 2006"])
def test_a_name_with_other_words_in_it_is_in_doubt(label: str) -> None:
    assert doubts([["Study", "n"], [label, "8"]]) == [[], [label]]


@pytest.mark.parametrize("label", ["de la Fuente et al.", "van Dyck et al, 2003", "Roy et Blanc"])
def test_a_name_with_a_particle_is_whole(label: str) -> None:
    assert doubts([["Study", "n"], [label, "8"]]) == [[], []]


def test_torn_brackets_are_in_doubt() -> None:
    rows = [["Outcome", "Arm A (n =", "51)"], ["Response", "5 (10)", "a) none"]]
    assert doubts(rows) == [["Arm A (n =", "51)"], []]
