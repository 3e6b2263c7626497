"""The grid of a dumped table whose rows are a label and a fixed number of values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from evidence.documents.base import Cell, Footnote, Grid
from evidence.documents.text.dump.cells import head_cell, words_cell
from evidence.documents.text.dump.heads import Head, cut_heads
from evidence.documents.text.dump.missing import places, usual_kinds
from evidence.documents.text.dump.periodic import kind_of
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.rows import Regular, Row, read_regular, with_their_labels
from evidence.documents.text.dump.types import Word
from evidence.errors import Place, Problem


def regular_grid(
    region: Region,
    words: Sequence[Word],
    notes: Sequence[Footnote],
    known: Collection[str],
    name: str,
) -> tuple[Grid, list[Problem]] | None:
    """(the grid, what is in doubt); None where the rows or the heads do not fit one number."""
    declared = {note.mark for note in notes if note.mark}
    words, apart = with_their_labels(words)
    regular = read_regular(words)
    if regular is None or (regular.values == 1 and apart):
        return None
    chosen, regular = _regular_heads(words, regular, declared, apart=apart)
    if not chosen:
        return None
    width = regular.values + 1
    heads = [head_cell(head, declared, known) for head in chosen]
    heads = [Cell(text="", header=True)] * (width - len(heads)) + heads
    rows = _merged_parts(regular.rows, words[: regular.start])
    usual = usual_kinds([_kinds(row) for row in rows if len(row.values) == regular.values])
    made: list[tuple[Cell, ...]] = []
    problems = [rebuilt_problem(_place(region, name), width)]
    for row in rows:
        full = len(row.values) == regular.values
        way = range(regular.values) if full else places(_kinds(row), usual)
        made.append(_cells(row, way, regular.values, declared, known))
        if way is None:
            problems.append(_unplaced(row, regular.values, region, name))
    grid = Grid(
        label=region.label,
        caption=region.caption,
        rows=(tuple(heads), *made),
        header_rows=1,
        footnotes=tuple(notes),
        doubt="the columns were rebuilt from the number of values in a row",
    )
    return grid, problems


def _kinds(row: Row) -> list[str]:
    return [kind_of(_text(value)) for value in row.values]


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _cells(
    row: Row,
    way: Sequence[int] | None,
    count: int,
    declared: Collection[str],
    known: Collection[str],
) -> tuple[Cell, ...]:
    """A row's cells; values without a place are left out, which their cells say."""
    label = words_cell(row.label, declared, known)
    if way is None:
        doubt = "values of this row have no certain column: " + "; ".join(map(_text, row.values))
        return (label, *[Cell(text="", doubt=doubt)] * count)
    values = dict(zip(way, row.values, strict=True))
    return (label, *(words_cell(values.get(k, ()), declared, known) for k in range(count)))


def _regular_heads(
    words: Sequence[Word], regular: Regular, declared: Collection[str], *, apart: bool
) -> tuple[list[Head], Regular]:
    """The heads that fit the number of values, and the rows cut to them.

    One head too few: the label's column has no head, or the label ends with a number. In a dump
    with a cell ``apart`` on each line so are the heads.
    """
    width = regular.values + 1
    lines = [list(own) for _, own in groupby(words[: regular.start], key=lambda word: word.line)]
    if apart and len(lines) in (width, width - 1):
        return [Head(words=tuple(line), kind="text", score=0.0) for line in lines], regular
    cuts = cut_heads(words[: regular.start], declared=declared, parallel=True)
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


def _place(region: Region, name: str, line: int | None = None) -> Place:
    return Place(document=name, table=region.label, line=line or region.first)


def _unplaced(row: Row, count: int, region: Region, name: str) -> Problem:
    """A row that lacks values, and its values do not tell in which columns."""
    values = "; ".join(map(_text, row.values))
    return Problem(
        code="values-missing",
        message=f"the row '{_text(row.label)}' has {len(row.values)} values for {count} columns "
        f"({values}); which are missing is not told, and none is given.",
        remedy="compare the row with the PDF",
        source=_place(region, name, row.values[0][0].line),
    )


def rebuilt_problem(place: Place, columns: int) -> Problem:
    """A table whose columns were lost and are told by its words."""
    return Problem(
        code="columns-rebuilt",
        message=f"the columns are lost; {columns} were rebuilt from the types of the words.",
        remedy="compare with the PDF, or dump it with: pdftotext -layout",
        source=place,
    )
