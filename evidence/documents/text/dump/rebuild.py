"""Rebuild a table that was dumped without columns: cut its head, then align its words by type."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Footnote, Grid
from evidence.documents.text.dump.align import Placed, align
from evidence.documents.text.dump.body import Body
from evidence.documents.text.dump.cells import cell_lines, head_cell, joined, words_cell
from evidence.documents.text.dump.coherent import is_merged, strays, whole_heads
from evidence.documents.text.dump.heads import Head
from evidence.documents.text.dump.labelled import Row as LabelledRow
from evidence.documents.text.dump.labelled import read_labelled
from evidence.documents.text.dump.marks import without_marks
from evidence.documents.text.dump.periodic import (
    Line,
    in_columns,
    kinds_of,
    read_cells,
    read_columns,
    single_cells,
)
from evidence.documents.text.dump.reading import read_heads
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.regular import (
    BY_NUMBER,
    rebuilt_problem,
    regular_grid,
    unplaced_problem,
)
from evidence.documents.text.dump.types import tag_words
from evidence.documents.text.dump.whole import read_whole
from evidence.documents.text.dump.words import Word, split_words
from evidence.documents.text.limits import WORDS, table_too_large
from evidence.errors import Place, Problem

_SURE, _UNSURE = 0.9, 0.03
"""Probability that a word stands in its column, and the share of words that may have less."""
_COMPLETE = 0.75
"""Share of the rows that must hold a cell for every column."""
_STRAY = "the row's later lines may go on with other cells"
_BY_TYPES = "the columns were rebuilt from the types of the words"


def rebuild(
    region: Region,
    notes: Sequence[Footnote],
    *,
    known: Collection[str] = (),
    name: str = "",
    gaps: bool = True,
) -> tuple[Grid | None, list[Problem]]:
    """The grid of a dumped table and what is in doubt; None where no columns could be told.

    ``known`` are the words of the whole text; they decide whether a hyphen at a line's end stays.
    ``gaps`` says whether wider gaps may part cells.
    """
    place = Place(document=name, table=region.label, line=region.first)
    if region.words > WORDS:
        return None, [table_too_large(place, f"{region.words} words")]
    words = split_words(region.body, gaps=gaps)
    cells = single_cells(region.body)
    for rows, why in (
        (read_columns(region.body), "the columns were printed one after the other"),
        (read_cells(cells), "the columns were told by the kinds of cells that repeat"),
    ):
        if rows is not None and _has_whole_heads(rows):
            grid = _one_by_one(region, rows, notes, known, doubt=why)
            return grid, [rebuilt_problem(place, len(rows[0]))]
    if in_columns(region.body):
        return None, [_no_columns(place)]
    labelled = read_labelled(kinds_of(cells))
    if labelled is not None and whole_heads([_printed(cells, k) for k in labelled[0][0]]):
        return _labelled_grid(region, cells, labelled, notes, known, name)
    words = tag_words(words)
    found = regular_grid(region, words, notes, known, name)
    if found is not None:
        return found
    rows = _whole_rows(cells)
    if rows is not None and _has_whole_heads(rows):
        grid = _one_by_one(region, rows, notes, known, doubt=_BY_TYPES)
        return grid, [rebuilt_problem(place, len(rows[0]))]
    return _by_types(region, words, notes, known, name)


def _printed(cells: Sequence[list[Line]], k: int | None) -> str:
    return " ".join(text.strip() for _, text in cells[k]) if k is not None else ""


def _has_whole_heads(rows: Sequence[Sequence[list[Line]]]) -> bool:
    return whole_heads([" ".join(text.strip() for _, text in cell) for cell in rows[0]])


def _labelled_grid(
    region: Region,
    cells: Sequence[list[Line]],
    labelled: tuple[list[LabelledRow], list[list[int]]],
    notes: Sequence[Footnote],
    known: Collection[str],
    name: str,
) -> tuple[Grid, list[Problem]]:
    """The grid of rows of a label and its values, and the values that have no certain column."""
    made, unplaced = labelled
    rows = [[cells[k] if k is not None else [] for k in row] for row in made]
    problems = [
        rebuilt_problem(Place(document=name, table=region.label, line=region.first), len(rows[0]))
    ]
    for row in unplaced:
        label, *values = (" ".join(text.strip() for _, text in cells[k]) for k in row)
        source = Place(document=name, table=region.label, line=cells[row[0]][0][0])
        problems.append(unplaced_problem(label, values, len(rows[0]) - 1, source))
    return _one_by_one(region, rows, notes, known, doubt=BY_NUMBER), problems


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


def _one_by_one(
    region: Region,
    rows: Sequence[Sequence[list[Line]]],
    notes: Sequence[Footnote],
    known: Collection[str],
    *,
    doubt: str,
) -> Grid:
    """A grid of cells that stand on lines of their own."""
    declared = {note.mark for note in notes if note.mark}
    cells = [[words_cell(split_words(cell), declared, known) for cell in row] for row in rows]
    head = tuple(replace(cell, header=True) for cell in cells[0])
    return Grid(
        label=region.label,
        caption=region.caption,
        rows=(head, *(tuple(row) for row in cells[1:])),
        header_rows=1,
        footnotes=tuple(notes),
        doubt=doubt,
    )


def _by_types(
    region: Region,
    words: Sequence[Word],
    notes: Sequence[Footnote],
    known: Collection[str],
    name: str,
) -> tuple[Grid | None, list[Problem]]:
    """A grid by the types of words that each head promises."""
    declared = {note.mark for note in notes if note.mark}
    place = Place(document=name, table=region.label, line=region.first)
    reading = read_heads(words, declared)
    if reading is None:
        return None, [_no_columns(place)]
    body = _without_repeated_heads(words[reading.start :], reading.heads, region.parts)
    placed = align(Body(body), [head.kind for head in reading.heads]).placed
    grid = Grid(
        label=region.label,
        caption=region.caption,
        rows=(
            tuple(head_cell(head, declared, known) for head in reading.heads),
            *_rows(placed, len(reading.heads), declared, known),
        ),
        header_rows=1,
        footnotes=tuple(notes),
        doubt=_BY_TYPES,
    )
    full = sum(all(cell.text for cell in row) for row in grid.rows[1:])
    unsure = sum(item.sure < _SURE for item in placed)
    if is_merged(placed, reading.heads):
        return None, [_no_columns(place)]
    if full < _COMPLETE * (len(grid.rows) - 1) or unsure > _UNSURE * len(placed):
        return None, [_no_columns(place)]
    return grid, [rebuilt_problem(place, len(reading.heads)), *_unfit(placed, region, name)]


def _without_repeated_heads(
    body: Sequence[Word], heads: Sequence[Head], parts: Sequence[int]
) -> list[Word]:
    """The body without the head that a continued part repeats."""
    printed = [word.text for head in heads for word in head.words]
    kept: list[Word] = []
    index = 0
    while index < len(body):
        window = [word.text for word in body[index : index + len(printed)]]
        if body[index].line in parts and body[index].first and _alike(window, printed):
            index += len(printed)
        else:
            kept.append(body[index])
            index += 1
    return kept


def _alike(window: Sequence[str], printed: Sequence[str]) -> bool:
    same = sum(a == b for a, b in zip(window, printed, strict=False))
    return len(printed) > 1 and same >= 0.8 * len(printed)


def _rows(
    placed: Sequence[Placed], width: int, declared: Collection[str], known: Collection[str]
) -> list[tuple[Cell, ...]]:
    rows: list[list[list[Placed]]] = []
    for item in placed:
        while len(rows) <= item.row:
            rows.append([[] for _ in range(width)])
        rows[item.row][item.column].append(item)
    stray = strays(placed, width)
    return [
        tuple(_cell(items, declared, known, stray=(r, c) in stray) for c, items in enumerate(row))
        for r, row in enumerate(rows)
    ]


def _cell(
    items: Sequence[Placed], declared: Collection[str], known: Collection[str], *, stray: bool
) -> Cell:
    if not items:
        return Cell(text="")
    words = [item.word for item in items]
    text = joined(words, known)
    clean, marks = without_marks(text, declared)
    doubt = _STRAY if stray else None
    if sum(item.fit for item in items) / len(items) < -0.5:
        doubt = "the words do not look like this column's"
    elif min(item.sure for item in items) < _SURE:
        doubt = "some of its words may stand in another column"
    return Cell(
        text=text,
        clean=clean if marks else None,
        marks=marks,
        lines=cell_lines(words),
        doubt=doubt,
    )


def _no_columns(place: Place) -> Problem:
    return Problem(
        code="columns-lost",
        message="the table's columns are lost and its head could not be cut into columns.",
        remedy="use the PDF, or dump it with: pdftotext -layout",
        source=place,
    )


def _unfit(placed: Sequence[Placed], region: Region, name: str) -> list[Problem]:
    """Words that fit their column badly, one problem for each row they stand in."""
    rows: dict[int, list[Placed]] = {}
    for item in placed:
        if item.fit <= -2.0 and not item.word.inside:
            rows.setdefault(item.row, []).append(item)
    return [
        Problem(
            code="word-out-of-column",
            message=f"'{' '.join(i.word.text for i in items)}' does not look like its column.",
            remedy="compare the row with the PDF",
            source=Place(document=name, table=region.label, row=row + 1, line=items[0].word.line),
        )
        for row, items in rows.items()
    ]
