"""How often a value marked as checked is wrong after the layout went wrong.

A word at the edge of a cell is moved into its neighbour, as a column cut in the wrong place does,
one at a time over every cell of the review tables; the values read then are compared with those of
the tables as they are. ``python benchmarks/extraction/series/shifted.py``
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evidence.documents import read_document
from evidence.documents.base import Cell, Document, Grid
from evidence.extraction import extract
from evidence.extraction.second import value_at
from evidence.model.series import Series

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))
PAPERS = (
    "sources/actas-2015.pdf",
    "corpus/pdf_jats/PMC5376420/paper.xml",
    "corpus/jats_only/PMC3907426.nxml",
)


def with_text(cell: Cell, text: str) -> Cell:
    """The cell with another text and no lines of its own."""
    return replace(cell, text=text, clean=text, lines=())


def shifts(grid: Grid) -> Iterator[tuple[int, Grid]]:
    """(row, grid) with the last word of one cell at the start of the next, or the first before."""
    for r, row in enumerate(grid.rows[grid.header_rows :], grid.header_rows):
        for c in range(len(row) - 1):
            left, right = row[c].plain.split(), row[c + 1].plain.split()
            for to_right in (True, False):
                source = left if to_right else right
                if len(source) < 2:
                    continue
                a = left[:-1] if to_right else [*left, right[0]]
                b = [left[-1], *right] if to_right else right[1:]
                pair = (with_text(row[c], " ".join(a)), with_text(row[c + 1], " ".join(b)))
                rows = (*grid.rows[:r], (*row[:c], *pair, *row[c + 2 :]), *grid.rows[r + 1 :])
                yield r, replace(grid, rows=rows)


def one_row(grid: Grid, row: int) -> Grid:
    """The grid with two more rows at most, so that reading it is quick."""
    body = grid.rows[grid.header_rows :]
    at = row - grid.header_rows
    others = [other for place, other in enumerate(body) if place != at][:2]
    return replace(grid, rows=(*grid.rows[: grid.header_rows], body[at], *others))


def first_series(document: Document, grid: Grid) -> Series | None:
    """The series of the grid's first row."""
    found = extract(replace(document, grids=(grid,), blocks=())).series
    return next((series for series in found if series.source.row == 1), None)


def main() -> None:
    """Print, per paper, the values read from shifted tables and how many marked ones are wrong."""
    for name in PAPERS:
        document = read_document(SHARED / name)
        true = {series.source.row: series for series in extract(document).series}
        values = wrong = checked = checked_wrong = 0
        for grid in document.grids:
            for row, shifted in shifts(grid):
                body = row - grid.header_rows + 1
                plain = first_series(document, one_row(grid, row))
                series = first_series(document, one_row(shifted, row))
                if series is None or plain is None or body not in true:
                    continue
                for path, note in series.readings.items():
                    same = value_at(series, path) == value_at(plain, path)
                    values, wrong = values + 1, wrong + (not same)
                    checked += bool(note.checked)
                    checked_wrong += bool(note.checked) and not same
        print(
            f"{name}: {values} values, {wrong} wrong; marked {checked}, of these wrong "
            f"{checked_wrong} (precision {1 - checked_wrong / max(checked, 1):.4f})"
        )


if __name__ == "__main__":
    main()
