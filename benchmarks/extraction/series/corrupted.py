"""How often a value marked as checked is wrong after the layout went wrong.

``python benchmarks/extraction/series/corrupted.py [--list]`` spoils the review tables one place at
a time, as a column or a row cut in the wrong place does, and compares the values read then with
those of the table as it is:

- *word*: the word at the edge of a cell stands in its neighbour;
- *swap*: two neighbouring cells change places;
- *lost*: a cell is gone and those after it move up;
- *merged*: two rows are one;
- *digit*: a number of two digits or more lost its last (nothing but arithmetic can tell).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

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
Row = tuple[Cell, ...]
MARKED = 9999
"""A page number no paper has."""


def with_text(cell: Cell, text: str) -> Cell:
    """The cell with another text and no lines of its own."""
    return replace(cell, text=text, clean=text, lines=())


def words_moved(row: Row, after: Row | None) -> Iterator[Row]:
    """The last word of one cell at the start of the next, or the first of the next before it."""
    for c in range(len(row) - 1):
        left, right = row[c].plain.split(), row[c + 1].plain.split()
        pairs = []
        if len(left) > 1:
            pairs.append((left[:-1], [left[-1], *right]))
        if len(right) > 1:
            pairs.append(([*left, right[0]], right[1:]))
        for a, b in pairs:
            moved = (with_text(row[c], " ".join(a)), with_text(row[c + 1], " ".join(b)))
            yield (*row[:c], *moved, *row[c + 2 :])


def swapped(row: Row, after: Row | None) -> Iterator[Row]:
    """Two neighbouring cells with each other's text."""
    for c, (left, right) in enumerate(pairwise(row)):
        if left.plain != right.plain:
            pair = (with_text(left, right.plain), with_text(right, left.plain))
            yield (*row[:c], *pair, *row[c + 2 :])


def cell_lost(row: Row, after: Row | None) -> Iterator[Row]:
    """One cell gone, those after it one place to the left, and an empty one at the end."""
    for c in range(len(row)):
        texts = [cell.plain for cell in (*row[:c], *row[c + 1 :])] + [""]
        yield tuple(with_text(cell, text) for cell, text in zip(row, texts, strict=True))


def rows_merged(row: Row, after: Row | None) -> Iterator[Row]:
    """The row and the next as one."""
    if after is not None and len(after) == len(row):
        yield tuple(
            with_text(a, f"{a.plain} {b.plain}".strip()) for a, b in zip(row, after, strict=True)
        )


def digit_lost(row: Row, after: Row | None) -> Iterator[Row]:
    """One number without its last digit."""
    for c, cell in enumerate(row):
        for number in re.finditer(r"\d+(?=\d)", cell.plain):
            text = cell.plain[: number.end()] + cell.plain[number.end() + 1 :]
            yield (*row[:c], with_text(cell, text), *row[c + 1 :])


CORRUPTIONS: dict[str, Callable[[Row, Row | None], Iterator[Row]]] = {
    "word": words_moved,
    "swap": swapped,
    "lost": cell_lost,
    "merged": rows_merged,
    "digit": digit_lost,
}


def spoil(grid: Grid, at: int, row: Row) -> Grid:
    """The grid with ``row`` in the place of its row ``at``, its cells on a page of their own."""
    marked = tuple(replace(cell, page=MARKED) for cell in row)
    return replace(grid, rows=(*grid.rows[:at], marked, *grid.rows[at + 1 :]))


def marked_series(document: Document, grid: Grid) -> Series | None:
    """The series of the row that ``spoil`` marked."""
    for series in extract(replace(document, format="pdf", grids=(grid,), blocks=())).series:
        marked = any(cell.page == MARKED for cell in series.cells.values())
        if marked and series.source.row is not None:
            return series
    return None


def said(series: Series, path: str) -> list[Any]:
    """What the series says in the place of ``path``, whichever number it has in its list."""
    if path.endswith(".total") and ".responses" not in path:
        return [series.arms[int(path[5 : path.index("]")])].size] if _has_arm(series, path) else []
    listed = re.fullmatch(r"(arms\[\d+\])\.(complications|response_months)\[\d+\](.*)", path)
    if listed is None:
        return [value_at(series, path)]
    count = len(value_at(series, f"{listed[1]}.{listed[2]}") or ())
    return [value_at(series, f"{listed[1]}.{listed[2]}[{at}]{listed[3]}") for at in range(count)]


def _has_arm(series: Series, path: str) -> bool:
    return int(path[5 : path.index("]")]) < len(series.arms)


def is_wrong(series: Series, true: Series, path: str) -> bool:
    """Whether the value at the path is none that the table says there."""
    return value_at(series, path) not in said(true, path)


def measure(document: Document, corrupt: Callable[..., Iterator[Row]]) -> Iterator[tuple[str, ...]]:
    """(verdict, path, value, text, checks) of every value read from a spoiled row."""
    for grid in document.grids:
        for at, row in enumerate(grid.rows[grid.header_rows :], grid.header_rows):
            true = marked_series(document, spoil(grid, at, row))
            if true is None:
                continue
            for spoiled in corrupt(row, grid.rows[at + 1] if at + 1 < len(grid.rows) else None):
                series = marked_series(document, spoil(grid, at, spoiled))
                for path, note in series.readings.items() if series else ():
                    wrong = is_wrong(series, true, path)
                    verdict = ("wrong" if wrong else "right") + " checked" * bool(note.checked)
                    cell = series.cells[note.cell].text if note.cell else ""
                    value = str(value_at(series, path))
                    yield verdict, path, value, cell, str(note.checked)


def main() -> None:
    """Print, per paper and corruption, how many of the checked values are wrong."""
    for name in PAPERS:
        document = read_document(SHARED / name)
        for kind, corrupt in CORRUPTIONS.items():
            entries = list(measure(document, corrupt))
            verdicts = [entry[0] for entry in entries]
            wrong = verdicts.count("wrong") + verdicts.count("wrong checked")
            checked = verdicts.count("right checked") + verdicts.count("wrong checked")
            print(
                f"{name} {kind}: {len(entries)} values, {wrong} wrong; checked {checked}, of these"
                f" wrong {verdicts.count('wrong checked')}"
                f" (precision {1 - verdicts.count('wrong checked') / max(checked, 1):.4f})"
            )
            for entry in entries if "--list" in sys.argv else ():
                if entry[0] == "wrong checked":
                    print("   ", *entry[1:])


if __name__ == "__main__":
    main()
