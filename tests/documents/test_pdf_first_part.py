"""Tables named where they end: their first part stands on the page before its caption."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from pdf_made import FILLER, Made

from evidence.documents.base import Document
from evidence.documents.pdf import read_pdf

HEAD = ("Patient", "Tumour", "Age", "Response")
ROWS = [
    (f"Patient {k}", ("Lung", "Renal cell", "Breast")[k % 3], str(40 + k), ("CR", "PR")[k % 2])
    for k in range(1, 46)
]
LEFT = (60, 160, 260, 330)


def page_of_rows(made: Made, rows: list[tuple[str, ...]], y: float, *, head: bool) -> float:
    """Rows 12 points apart between rules, under their head or without; returns the end."""
    made.rule(60, 390, y - 10)
    for k, row in enumerate([HEAD[: len(rows[0])], *rows] if head else rows):
        for x, text in zip(LEFT, row, strict=False):
            made.put(x, y, text)
        if head and k == 0:
            made.rule(60, 390, y + 4)
            y += 3
        y += 12
    made.rule(60, 390, y - 8)
    return y


def read(tmp_path: Path, parts: list[list[tuple[str, ...]]], *, heads: bool) -> Document:
    """Prose, then the parts page by page up to their foot, and the caption below the last."""
    made = Made()
    made.prose(50, 480, 60, FILLER)
    for k, rows in enumerate(parts):
        if k:
            made.page()
            for x, text in zip(LEFT[1:], ("A trial", str(k + 1)), strict=False):
                made.put(x, 40, text)
        y = 60 if k else 780 - 12 * (len(rows) + 1)
        y = page_of_rows(made, rows, y, head=heads or not k)
    made.put(60, y + 4, "Table 1. Patients and their responses", bold=True)
    made.prose(50, 480, y + 40, FILLER)
    return read_pdf(made.save(tmp_path / "a.pdf"))


@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize("counts", [(12, 33), (8, 59, 9)])
def test_parts_before_the_page_of_the_caption(
    tmp_path: Path, counts: tuple[int, ...], heads: bool
) -> None:
    rows = iter(ROWS * 2)
    parts = [list(islice(rows, count)) for count in counts]
    document = read(tmp_path, parts, heads=heads)
    (grid,) = document.grids
    assert (grid.label, grid.caption) == ("1", "Patients and their responses")
    assert grid.pages == tuple(range(1, len(parts) + 1))
    body = [tuple(cell.plain for cell in row) for row in grid.rows[grid.header_rows :]]
    assert body == [row for part in parts for row in part]
    assert "Renal cell" not in " ".join(block.text for block in document.blocks)
    assert not document.problems


def test_rows_in_other_columns_are_said(tmp_path: Path) -> None:
    document = read(tmp_path, [[row[:3] for row in ROWS[:12]], ROWS[12:30]], heads=False)
    (problem,) = document.problems
    assert problem.code == "table-not-read"
    assert problem.source is not None
    assert (problem.source.page, problem.source.table) == (1, "1")


def test_a_part_that_goes_on_with_a_table_not_read_is_said(tmp_path: Path) -> None:
    made = Made()
    made.prose(50, 480, 60, FILLER * 3)
    made.put(50, 690, "Table 1. Criteria", bold=True)
    made.prose(50, 480, 705, FILLER)
    made.page()
    made.put(60, 60, "Table 1 (continued)", bold=True)
    page_of_rows(made, ROWS[:9], 80, head=True)
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert [grid.pages for grid in document.grids] == [(2,)]
    assert [(p.code, p.source and p.source.page) for p in document.problems] == [
        ("table-not-read", 1)
    ]
