"""Heads wider than their cells and notes that carry their mark without a space."""

from __future__ import annotations

from pathlib import Path

from pdf_made import Made

from evidence.documents.pdf import read_pdf

LEFT = (40.0, 110.0, 140.0, 225.0)
HEAD = ("Author", "n", "Response duration,", "Toxicity")
ROWS = (
    ("Nemo 2003", "24", "7.5", "neutropenia 8"),
    ("Doe 2006", "15", "6", "rash 3"),
    ("Roe 2009", "9", "5.5", "fever 4"),
    ("Poe 2011^b", "32", "9.2", "sepsis 1"),
)


def paper(path: Path) -> Path:
    """A table without rules; the second line of its third head is wider than the cells below."""
    made = Made()
    made.put(40, 100, "Table 1. Published series", bold=True)
    y = 116.0
    for x, text in zip(LEFT, HEAD, strict=True):
        made.put(x, y, text, bold=True)
    made.put(LEFT[2], y + 10, "median (range) mo", bold=True)
    y += 24
    for row in ROWS:
        for x, text in zip(LEFT, row, strict=True):
            made.put(x, y, text)
        y += 13
    made.put(
        40, y + 4, "n, number of patients treated in each of the published series listed.", pt=7
    )
    made.put(40, y + 13, "^bTwo of these patients had additional radiotherapy.", pt=7)
    return made.save(path)


def test_wide_wrapped_head_leaves_its_neighbour_whole(tmp_path: Path) -> None:
    (grid,) = read_pdf(paper(tmp_path / "a.pdf")).grids
    assert [cell.text for cell in grid.matrix()[0] if cell] == [
        "Author",
        "n",
        "Response duration, median (range) mo",
        "Toxicity",
    ]


def test_mark_without_space_is_not_part_of_its_note(tmp_path: Path) -> None:
    (grid,) = read_pdf(paper(tmp_path / "a.pdf")).grids
    marked = [note for note in grid.footnotes if note.mark == "b"]
    assert [note.text for note in marked] == ["Two of these patients had additional radiotherapy."]
