"""Tables dumped with a cell a line: every cell is known, its row and column are not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from evidence.documents.base import Footnote, Grid
from evidence.documents.text.dump.by_types import BY_TYPES
from evidence.documents.text.dump.cells import words_cell
from evidence.documents.text.dump.coherent import whole_heads
from evidence.documents.text.dump.labelled import read_labelled
from evidence.documents.text.dump.periodic import (
    Line,
    kinds_of,
    read_cells,
    read_columns,
    single_cells,
)
from evidence.documents.text.dump.problems import rebuilt_problem, unplaced_problem
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.regular import BY_NUMBER
from evidence.documents.text.dump.types import tag_words
from evidence.documents.text.dump.whole import read_whole
from evidence.documents.text.dump.words import split_words
from evidence.errors import Place, Problem

Rows = Sequence[Sequence[list[Line]]]
"""The lines of each cell, row after row."""


def by_repetition(
    region: Region, notes: Sequence[Footnote], known: Collection[str], name: str
) -> tuple[Grid, list[Problem]] | None:
    """The grid of columns printed one after the other, or of kinds of cells that repeat."""
    for rows, why in (
        (read_columns(region.body), "the columns were printed one after the other"),
        (
            read_cells(single_cells(region.body)),
            "the columns were told by the kinds of cells that repeat",
        ),
    ):
        if rows is not None and _has_whole_heads(rows):
            return _with_problem(region, rows, notes, known, name, doubt=why)
    return None


def by_labels(
    region: Region, notes: Sequence[Footnote], known: Collection[str], name: str
) -> tuple[Grid, list[Problem]] | None:
    """The grid of rows of a label and its values, and the values that have no certain column."""
    cells = single_cells(region.body)
    labelled = read_labelled(kinds_of(cells))
    if labelled is None:
        return None
    made, unplaced = labelled
    rows = [[cells[k] if k is not None else [] for k in row] for row in made]
    if not _has_whole_heads(rows):
        return None
    grid, problems = _with_problem(region, rows, notes, known, name, doubt=BY_NUMBER)
    for row in unplaced:
        label, *values = (_printed(cells[k]) for k in row)
        source = Place(document=name, table=region.label, line=cells[row[0]][0][0])
        problems.append(unplaced_problem(label, values, len(rows[0]) - 1, source))
    return grid, problems


def by_promises(
    region: Region, notes: Sequence[Footnote], known: Collection[str], name: str
) -> tuple[Grid, list[Problem]] | None:
    """The grid of cells whose words are of the types that each head promises."""
    rows = _whole_rows(single_cells(region.body))
    if rows is None or not _has_whole_heads(rows):
        return None
    return _with_problem(region, rows, notes, known, name, doubt=BY_TYPES)


def _has_whole_heads(rows: Rows) -> bool:
    return whole_heads([_printed(cell) for cell in rows[0]])


def _printed(cell: Sequence[Line]) -> str:
    return " ".join(text.strip() for _, text in cell)


def _whole_rows(cells: Sequence[list[Line]]) -> list[list[list[Line]]] | None:
    """Rows of a dump with a cell a line, by the types of words that each head promises."""
    whole = read_whole([tag_words(split_words(cell)) for cell in cells])
    if whole is None:
        return None
    rows: list[list[list[Line]]] = [list(cells[: whole.heads])]
    for (row, column), cell in zip(whole.places, cells[whole.heads :], strict=True):
        if row + 1 == len(rows):
            rows.append([[] for _ in range(whole.heads)])
        rows[row + 1][column] = cell
    return [part for row in rows for part in _stacked(row)]


def _stacked(row: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """One row, or several where each of its cells has as many lines: they were printed together."""
    counts = {len(cell) for cell in row if cell}
    if len(counts) != 1 or sum(bool(cell) for cell in row) < 2:
        return [list(row)]
    return [[cell[k : k + 1] for cell in row] for k in range(counts.pop())]


def _with_problem(
    region: Region,
    rows: Rows,
    notes: Sequence[Footnote],
    known: Collection[str],
    name: str,
    *,
    doubt: str,
) -> tuple[Grid, list[Problem]]:
    """A grid of cells that stand on lines of their own, and that its columns were lost."""
    declared = {note.mark for note in notes if note.mark}
    cells = [[words_cell(split_words(cell), declared, known) for cell in row] for row in rows]
    head = tuple(replace(cell, header=True) for cell in cells[0])
    grid = Grid(
        label=region.label,
        caption=region.caption,
        rows=(head, *(tuple(row) for row in cells[1:])),
        header_rows=1,
        footnotes=tuple(notes),
        doubt=doubt,
    )
    place = Place(document=name, table=region.label, line=region.first)
    return grid, [rebuilt_problem(place, len(rows[0]))]
