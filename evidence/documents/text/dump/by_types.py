"""A grid of words that lost their columns: each goes to the column whose head promises its type."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from evidence.documents.base import Cell, Footnote, Grid
from evidence.documents.text.dump.align import Placed, align
from evidence.documents.text.dump.body import Body
from evidence.documents.text.dump.cells import cell_lines, head_cell, joined, words_cell
from evidence.documents.text.dump.coherent import alike_neighbours, is_merged, is_open, strays
from evidence.documents.text.dump.heads import Head
from evidence.documents.text.dump.marks import without_marks
from evidence.documents.text.dump.problems import no_columns, rebuilt_problem
from evidence.documents.text.dump.reading import read_heads
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.sections import part_sections
from evidence.documents.text.dump.words import Word
from evidence.errors import Place, Problem

_SURE, _UNSURE = 0.9, 0.03
"""Probability that a word stands in its column, and the share of words that may have less."""
_COMPLETE = 0.75
"""Share of the rows that must hold a cell for every column."""
_MISFIT = -2.0
"""How badly a word fits its column from which it does not look like it."""
_ALIKE = "its neighbour holds the same kind of words, and nothing parts them"
_STRAY = "the row's later lines may go on with other cells"
BY_TYPES = "the columns were rebuilt from the types of the words"


def by_types(
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
        return None, [no_columns(place)]
    body = _without_repeated_heads(words[reading.start :], reading.heads, region.parts)
    placed = align(Body(body), [head.kind for head in reading.heads]).placed
    grid = Grid(
        label=region.label,
        caption=region.caption,
        rows=(
            tuple(head_cell(head, declared, known) for head in reading.heads),
            *_rows(placed, [head.kind for head in reading.heads], declared, known),
        ),
        header_rows=1,
        footnotes=tuple(notes),
        doubt=BY_TYPES,
    )
    rows = [row for row in grid.rows[1:] if len(row) > 1]
    full = sum(all(cell.text for cell in row) for row in rows)
    unsure = sum(item.sure < _SURE for item in placed)
    if is_merged(placed, reading.heads):
        return None, [no_columns(place)]
    if full < _COMPLETE * len(rows) or unsure > _UNSURE * len(placed):
        return None, [no_columns(place)]
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
    placed: Sequence[Placed],
    kinds: Sequence[str],
    declared: Collection[str],
    known: Collection[str],
) -> list[tuple[Cell, ...]]:
    width = len(kinds)
    rows: list[list[list[Placed]]] = []
    for item in placed:
        while len(rows) <= item.row:
            rows.append([[] for _ in range(width)])
        rows[item.row][item.column].append(item)
    _join_labels(rows)
    doubts = dict.fromkeys(strays(placed, width), _STRAY)
    doubts |= dict.fromkeys(alike_neighbours(placed, kinds), _ALIKE)
    made: list[tuple[Cell, ...]] = []
    for r, (section, row) in enumerate(part_sections(rows)):
        if not any(row):
            continue
        if section:
            made.append((replace(words_cell(section, declared, known), colspan=width),))
        cells = [
            _cell(items, declared, known, doubt=doubts.get((r, c))) for c, items in enumerate(row)
        ]
        made.append(tuple(cells))
    return made


def _join_labels(rows: Sequence[list[list[Placed]]]) -> None:
    """Move a label that stands alone and ends within its authors to the row below."""
    for row, below in pairwise(rows):
        alone = bool(row[0]) and not any(row[1:])
        if alone and is_open(row[0][-1].word.text) and below[0]:
            row[0], below[0] = [], [*row[0], *below[0]]


def _cell(
    items: Sequence[Placed], declared: Collection[str], known: Collection[str], *, doubt: str | None
) -> Cell:
    if not items:
        return Cell(text="")
    words = [item.word for item in items]
    text = joined(words, known)
    clean, marks = without_marks(text, declared)
    if sum(item.fit for item in items) / len(items) < -0.5 or _opens_or_ends_unfit(items):
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


def _opens_or_ends_unfit(items: Sequence[Placed]) -> bool:
    """Whether the first or the last word outside brackets may be of a neighbour."""
    own = [item for item in items if not item.word.inside] or list(items)
    return _is_misfit(own[0]) or _is_misfit(own[-1])


def _is_misfit(item: Placed) -> bool:
    return item.fit <= _MISFIT and not item.word.inside


def _unfit(placed: Sequence[Placed], region: Region, name: str) -> list[Problem]:
    """Words that fit their column badly, one problem for each row they stand in."""
    rows: dict[int, list[Placed]] = {}
    for item in placed:
        if _is_misfit(item):
            rows.setdefault(item.row, []).append(item)
    return [
        Problem(
            code="word-out-of-column",
            message=f"'{' '.join(i.word.text for i in items)}' does not look like its column.",
            remedy="compare the row with the PDF",
            source=Place(document=name, table=region.label, line=items[0].word.line),
        )
        for items in rows.values()
    ]
