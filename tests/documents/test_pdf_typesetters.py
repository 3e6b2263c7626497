"""What typesetting programs do to a table: accents printed apart, centred groups, narrow gaps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_made import FILLER, Made

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf


def table(path: Path, rows: Sequence[Sequence[tuple[float, str]]], *, leading: float = 10) -> Grid:
    """The grid of rows of print at x, between three rules."""
    made = Made()
    made.put(50, 92, "Table 1. Response", bold=True)
    last = 108 + leading * len(rows)
    for y in (98, 112, last):
        made.rule(48, 320, y)
    for k, row in enumerate(rows):
        for x, text in row:
            made.put(x, (109 if k == 0 else 112 + leading * k), text)
    made.prose(50, 480, last + 60, FILLER)
    (grid,) = read_pdf(made.save(path / "a.pdf")).grids
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[c.plain for c in row] for row in grid.rows[grid.header_rows :]]


@pytest.mark.parametrize(
    ("before", "letter", "accent", "after", "name"),
    [("Szab", "o", "\xb4", "", "Szabó"), ("Gr", "u", "\xa8", "nwald", "Grünwald")],
)
def test_an_accent_over_a_letter_is_part_of_it(
    tmp_path: Path, before: str, letter: str, accent: str, after: str, name: str
) -> None:
    """Fonts without accented letters print the accent first, then the letter at its place."""
    made = Made()
    made.put(50, 92, "Table 1. Series", bold=True)
    for y in (98, 112, 150):
        made.rule(48, 320, y)
    for y, row in ((109, ("Study", "n", "CR")), (122, ("Rossi", "3", "1")), (134, ("", "8", "2"))):
        for x, text in zip((50, 150, 250), row, strict=True):
            made.put(x, y, text)
    x = made.put(50, 134, before)
    made.put(x + (made.width(letter) - made.width(accent)) / 2, 134, accent)
    made.put(made.put(x, 134, letter), 134, after)
    made.prose(50, 480, 210, FILLER)
    (grid,) = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert grid.rows[-1][0].plain == name
    assert grid.rows[-1][0].doubt is None


def test_labels_on_the_middle_row_of_their_group_span_it(tmp_path: Path) -> None:
    """A first row without a label: each label stands on the middle one of its three rows."""
    rows = [[(50, "Organ"), (120, "Event"), (220, "n")]]
    events = ("fatigue", "nausea", "pain", "anaemia", "bleeding", "fever")
    for k, event in enumerate(events):
        label = [(50, ("Blood", "Skin")[k // 3])] if k % 3 == 1 else []
        rows.append([*label, (120, event), (220, str(k + 10))])
    grid = table(tmp_path, rows)
    assert [(c.plain, c.rowspan) for row in grid.rows for c in row if c.rowspan > 1] == [
        ("Blood", 3),
        ("Skin", 3),
    ]


def test_a_gap_as_narrow_as_a_space_parts_columns_whose_cells_stand_flush(tmp_path: Path) -> None:
    """The longest label all but touches the longest value, and both columns are ranged right."""
    made = Made()
    doses = (("CDDP", "80 mg/m2"), ("5-FU", "800 mg/m2"), ("Tranilast", "200-600 mg/body"))
    right = 50 + made.width("Tranilast") + 2.6 + made.width("200-600 mg/body")
    rows = [[(50, "Drug"), (right - made.width("Dose"), "Dose"), (200, "Days")]]
    for label, dose in doses:
        rows.append([(50, label), (right - made.width(dose), dose), (200, "1-21")])
    assert texts(table(tmp_path, rows)) == [[*row, "1-21"] for row in doses]


def test_word_spaces_of_one_long_label_part_nothing(tmp_path: Path) -> None:
    labels = ("Complete response", "Partial response", "Stagnation", "Progression", "R0 resection")
    long = "Complete response + R0 resection"
    rows: list[list[tuple[float, str]]] = [[(220, "A"), (260, "B")]]
    for label in (*labels, "Objective response", long):
        x, words = 50.0, []
        for word in label.split():
            words.append((x, word))
            x += Made().width(word) + 3.4
        rows.append([*words, (220, "5 (12%)"), (260, "1 (2%)")])
    assert texts(table(tmp_path, rows))[-1] == [long, "5 (12%)", "1 (2%)"]


def test_a_name_that_stands_out_between_inset_rows_opens_a_section(tmp_path: Path) -> None:
    """Long enough to have been forced to the next line, were it the rest of the label above."""
    rows = [[(50, "Trait"), (150, "A"), (200, "B"), (250, "P")]]
    for name, kinds in (
        ("Occupation", ("White collar", "Unemployed so far")),
        ("Smoking of any kind", ("Never", "Former")),
    ):
        rows.append([(50, name)])
        rows += [[(58, kind), (150, "6 (19)"), (200, "5 (17)"), (250, "")] for kind in kinds]
    assert [row[0] for row in texts(table(tmp_path, rows))] == [
        "Occupation", "White collar", "Unemployed so far", "Smoking of any kind", "Never", "Former",
    ]  # fmt: skip


def test_a_name_over_two_columns_is_no_first_line_of_a_row_in_both(tmp_path: Path) -> None:
    rows = [[(50, ""), (90, "A"), (180, "B")]]
    for name in ("Marking on breast lesion", "Histological accuracy"):
        rows.append([(50, name)])
        rows += [[(50, k), (90, "13 (92.9%)"), (180, "14 (93.3%)")] for k in ("Yes", "No")]
    assert [row[0] for row in texts(table(tmp_path, rows))] == [
        "Marking on breast lesion", "Yes", "No", "Histological accuracy", "Yes", "No",
    ]  # fmt: skip


def test_a_sign_alone_goes_on_with_its_number(tmp_path: Path) -> None:
    rows = [[(50, "Trait"), (150, "A"), (260, "p")]]
    for k, p in enumerate(("0.146", "<", "0.257")):
        rows.append([(50, f"Outcome {k}"), (150, f"{k} (4)"), (260, p)])
    rows.insert(3, [(260, "0.001")])
    assert [row[2] for row in texts(table(tmp_path, rows))] == ["0.146", "< 0.001", "0.257"]


def test_words_and_numbers_a_word_processor_broke_are_whole(tmp_path: Path) -> None:
    """A cell narrower than its word: the paper's text prints the word in one piece."""
    rows = [
        [(50, "Design"), (120, "Rate"), (200, "Months")],
        [(50, "Retrospectiv"), (120, "88.4(38/4"), (200, "18 (1-")],
        [(50, "e study"), (120, "3)"), (200, ">36)")],
        [(50, "Prospective"), (120, "86.0(37/4"), (200, "9 (1-")],
        [(50, "trial"), (120, "3)"), (200, "20)")],
    ]
    made = Made()
    made.put(50, 92, "Table 1. Response", bold=True)
    for y in (98, 112, 136, 160):
        made.rule(48, 320, y)
    for k, row in enumerate(rows):
        for x, text in row:
            made.put(x, (109, 122, 131, 146, 155)[k], text)
    made.prose(50, 480, 230, ["retrospective", *FILLER])
    (grid,) = read_pdf(made.save(tmp_path / "a.pdf")).grids
    assert texts(grid) == [
        ["Retrospective study", "88.4(38/43)", "18 (1->36)"],
        ["Prospective trial", "86.0(37/43)", "9 (1-20)"],
    ]
