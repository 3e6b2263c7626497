"""The grid of a dumped table whose rows are a label and a fixed number of values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evidence.documents.base import Cell, Footnote, Grid
from evidence.documents.text.dump.cells import head_cell, words_cell
from evidence.documents.text.dump.head_words import holds_two
from evidence.documents.text.dump.heads import Head, cut_heads
from evidence.documents.text.dump.missing import places, usual_kinds
from evidence.documents.text.dump.periodic import kind_of
from evidence.documents.text.dump.problems import rebuilt_problem, unplaced_problem
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.rows import Regular, Row, read_regular
from evidence.documents.text.dump.tiers import Tiers, find_tiers, two_tiers
from evidence.documents.text.dump.words import Word
from evidence.errors import Place, Problem

_HEADLESS = 2.5
"""What a column of labels without a head costs."""
BY_NUMBER = "the columns were rebuilt from the number of values in a row"


def regular_grid(
    region: Region,
    words: Sequence[Word],
    notes: Sequence[Footnote],
    known: Collection[str],
    name: str,
) -> tuple[Grid, list[Problem]] | None:
    """(the grid, what is in doubt); None where the rows or the heads do not fit one number."""
    declared = {note.mark for note in notes if note.mark}
    tiers = find_tiers(words)
    body = words if tiers is None else (*tiers.above, *tiers.below)
    found = _by_tiers(tiers, body, declared) if tiers else _by_heads(body, declared, known)
    if found is None:
        return None
    heads, regular = found
    width = regular.values + 1
    rows = _merged_parts(regular.rows, body[: regular.start])
    usual = usual_kinds([_kinds(row) for row in rows if len(row.values) == regular.values])
    made: list[tuple[Cell, ...]] = []
    problems = [rebuilt_problem(_place(region, name), width)]
    for row in rows:
        full = len(row.values) == regular.values
        way = range(regular.values) if full else places(_kinds(row), usual)
        made.append(_cells(row, way, regular.values, declared, known))
        if way is None:
            source = _place(region, name, row.values[0][0].line)
            values = [_text(value) for value in row.values]
            problems.append(unplaced_problem(_text(row.label), values, regular.values, source))
    grid = Grid(
        label=region.label,
        caption=region.caption,
        rows=(*heads, *made),
        header_rows=len(heads),
        footnotes=tuple(notes),
        doubt=BY_NUMBER,
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


def _by_heads(
    words: Sequence[Word], declared: Collection[str], known: Collection[str]
) -> tuple[list[tuple[Cell, ...]], Regular] | None:
    """The way whose head is cut best into as many heads; the label's column may have none."""
    best: tuple[float, list[Head], Regular] | None = None
    for regular in read_regular(words):
        cuts = cut_heads(words[: regular.start], declared=declared, parallel=True)
        width = regular.values + 1
        if max(map(_known_heads, cuts.values()), default=0) > width:
            continue
        for missing in (0, 1):
            heads = cuts.get(width - missing)
            if heads is None or any(holds_two(head.text) for head in heads):
                continue
            worth = sum(head.score for head in heads) - _HEADLESS * missing
            if best is None or worth > best[0]:
                best = worth, heads, regular
    if best is None:
        return None
    _, chosen, regular = best
    cells = [head_cell(head, declared, known) for head in chosen]
    missing = regular.values + 1 - len(cells)
    return [(*[Cell(text="", header=True)] * missing, *cells)], regular


def _known_heads(heads: Sequence[Head]) -> int:
    return sum(head.kind != "text" for head in heads)


def _by_tiers(
    tiers: Tiers, words: Sequence[Word], declared: Collection[str]
) -> tuple[list[tuple[Cell, ...]], Regular] | None:
    for regular in read_regular(words):
        heads = two_tiers(tiers, words[: regular.start], regular.values, declared)
        if heads is not None:
            return heads, regular
    return None


def _merged_parts(rows: Sequence[Row], head: Sequence[Word]) -> list[Row]:
    """Rows without the heads that continued parts repeat."""
    printed = " ".join(word.text for word in head)
    return [row for row in rows if row.values or not _repeats(row, printed)]


def _repeats(row: Row, printed: str) -> bool:
    text = " ".join(word.text for word in row.label)
    return len(text) > 12 and text in printed


def _place(region: Region, name: str, line: int | None = None) -> Place:
    return Place(document=name, table=region.label, line=line or region.first)
