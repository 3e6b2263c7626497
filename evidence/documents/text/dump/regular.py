"""The grid of a dumped table whose rows are a label and a fixed number of values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evidence.documents.base import Cell, Footnote, Grid
from evidence.documents.text.dump.cells import head_cell, words_cell
from evidence.documents.text.dump.heads import Head, cut_heads
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.rows import Regular, Row, read_regular
from evidence.documents.text.dump.types import Word
from evidence.errors import Place, Problem


def regular_grid(
    region: Region,
    words: Sequence[Word],
    regular: Regular,
    notes: Sequence[Footnote],
    known: Collection[str],
) -> tuple[Grid, Regular] | None:
    """(the grid, the rows it is made of); None where the head has no cut of as many columns."""
    declared = {note.mark for note in notes if note.mark}
    chosen, regular = _regular_heads(words, regular, declared)
    if not chosen:
        return None
    width = regular.values + 1
    heads = [head_cell(head, declared, known) for head in chosen]
    heads = [Cell(text="", header=True)] * (width - len(heads)) + heads
    rows = [
        [words_cell(part, declared, known) for part in (row.label, *row.values)]
        + [Cell(text="")] * (width - 1 - len(row.values))
        for row in _merged_parts(regular.rows, words[: regular.start])
    ]
    grid = Grid(
        label=region.label,
        caption=region.caption,
        rows=(tuple(heads), *(tuple(row) for row in rows)),
        header_rows=1,
        footnotes=tuple(notes),
        doubt="the columns were rebuilt from the number of values in a row",
    )
    return grid, regular


def _regular_heads(
    words: Sequence[Word], regular: Regular, declared: Collection[str]
) -> tuple[list[Head], Regular]:
    """The heads that fit the number of values, and the rows cut to them.

    One head too few: the label's column has no head, or the label ends with a number.
    """
    cuts = cut_heads(words[: regular.start], declared=declared, parallel=True)
    width = regular.values + 1
    scores = {count: sum(head.score for head in heads) for count, heads in cuts.items()}
    full, short = scores.get(width), scores.get(width - 1)
    if full is not None and (short is None or full >= short - 2.5):
        return cuts[width], regular
    if short is None:
        return [], regular
    heads = cuts[width - 1]
    labelled = heads[0].kind == "label" or (full is None and heads[0].kind not in {"text", "rate"})
    fewer = read_regular(words, fewer=1) if labelled else None
    return heads, fewer or regular


def _merged_parts(rows: Sequence[Row], head: Sequence[Word]) -> list[Row]:
    """Rows without the heads that continued parts repeat."""
    printed = " ".join(word.text for word in head)
    return [row for row in rows if row.values or not _repeats(row, printed)]


def _repeats(row: Row, printed: str) -> bool:
    text = " ".join(word.text for word in row.label)
    return len(text) > 12 and text in printed


def regular_problems(regular: Regular, region: Region, name: str) -> list[Problem]:
    """That the columns were rebuilt, and every row that lacks values."""
    place = Place(document=name, table=region.label, line=region.first)
    problems = [rebuilt_problem(place, regular.values + 1)]
    for row in regular.irregular:
        text = " ".join(word.text for word in row.label)
        problems.append(
            Problem(
                code="values-missing",
                message=f"the row '{text}' has {len(row.values)} values for {regular.values} "
                "columns; which are missing is not told.",
                remedy="compare the row with the PDF",
                source=Place(document=name, table=region.label, line=row.values[0][0].line),
            )
        )
    return problems


def rebuilt_problem(place: Place, columns: int) -> Problem:
    """A table whose columns were lost and are told by its words."""
    return Problem(
        code="columns-rebuilt",
        message=f"the columns are lost; {columns} were rebuilt from the types of the words.",
        remedy="compare with the PDF, or dump it with: pdftotext -layout",
        source=place,
    )
