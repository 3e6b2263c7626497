"""What two readings of a paper disagree on, said once each and in few words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.documents.base import Cell, Document, Grid
from evidence.documents.compare.align import Pair, compare_rows, join_parts, match_tables, text_key
from evidence.errors import Place, Problem, Severity

_SHORT = 80
_LOOK = "look at the page and confirm the right one"
_TOKEN = re.compile(r"[^\W\d_]|\d+(?:[.,]\d+)*|[<>=≤≥±%/+]")
_UNMAPPED = re.compile(r"\(cid:\d+\)")
Rows = Sequence[Sequence[Pair]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table in both readings."""

    first: Document
    second: Document
    one: Grid
    two: Grid

    def place(self, cell: Cell | None, row: int | None, *, ours: bool = True) -> Place:
        """Where a difference stands, in the first reading or the second."""
        document, grid = (self.first, self.one) if ours else (self.second, self.two)
        return _place(document, grid, row, cell)


def compare_documents(first: Document, second: Document) -> list[Problem]:
    """Every difference between two readings of one paper.

    Codes: ``papers-differ`` (two DOIs), ``table-in-one-reading``, ``row-in-one-reading``,
    ``readings-differ``; as notes ``cut-differently`` (the same words in other rows or cells) and
    ``cell-elsewhere``. No problem means that every table of either reading stands in the other with
    the same cells.
    """
    ours, theirs = join_parts(first.grids, second.grids), join_parts(second.grids, first.grids)
    matched, only_first, only_second = match_tables(ours, theirs)
    problems = list(_other_paper(first, second))
    for one, two in matched:
        problems += _differences(Table(first=first, second=second, one=one, two=two))
    problems += [_absent(first, second, grid) for grid in only_first]
    problems += [_absent(second, first, grid) for grid in only_second]
    return problems


def _other_paper(first: Document, second: Document) -> Iterator[Problem]:
    ours, theirs = first.info.doi, second.info.doi
    if ours and theirs and ours != theirs:
        yield Problem(
            code="papers-differ",
            severity=Severity.ERROR,
            message=f"{first.name} has the DOI {ours}, {second.name} the DOI {theirs}.",
            remedy="name the files of one paper alike, and those of others otherwise",
            source=Place(document=first.name),
        )


def _differences(table: Table) -> Iterator[Problem]:
    rows = compare_rows(table.one, table.two)
    loose: list[list[Pair]] = []
    for stretch in _stretches(rows):
        if _words(stretch, ours=True) == _words(stretch, ours=False):
            yield _cut(table, stretch)
        else:
            loose += stretch
    moved, left = _moved(loose)
    yield from (_elsewhere(table, one, two) for one, two in moved)
    for row in left:
        yield from _row_problems(table, row)


def _stretches(rows: Rows) -> Iterator[list[list[Pair]]]:
    """Successive rows that hold any difference."""
    stretch: list[list[Pair]] = []
    for row in rows:
        if row and all(pair.agrees for pair in row):
            if stretch:
                yield stretch
            stretch = []
        elif row:
            stretch.append(list(row))
    if stretch:
        yield stretch


def _words(rows: Rows, *, ours: bool) -> Counter[str]:
    """Letters, figures and signs of comparison of one reading; bullets and hyphens aside."""
    cells = [pair.first if ours else pair.second for row in rows for pair in row]
    words = (word for cell in cells if cell for word in _UNMAPPED.sub(" ", cell.plain).split())
    return Counter(part for word in words for part in _TOKEN.findall(text_key(word)))


def _moved(rows: Rows) -> tuple[list[tuple[Pair, Pair]], list[list[Pair]]]:
    """(cells that stand in another row of the other reading, the rows without them)."""
    ours = [p for row in rows for p in row if p.second is None and not _one_sided(row)]
    theirs = [p for row in rows for p in row if p.first is None and not _one_sided(row)]
    moved: list[tuple[Pair, Pair]] = []
    for one in ours:
        key = text_key(one.first.plain) if one.first else ""
        for two in theirs:
            if two.second and text_key(two.second.plain) == key:
                theirs.remove(two)
                moved.append((one, two))
                break
    gone = {id(pair) for pairs in moved for pair in pairs}
    left = [[pair for pair in row if id(pair) not in gone] for row in rows]
    return moved, [row for row in left if row]


def _one_sided(row: Sequence[Pair]) -> bool:
    return all(p.second is None for p in row) or all(p.first is None for p in row)


def _row_problems(table: Table, row: Sequence[Pair]) -> Iterator[Problem]:
    if len(row) > 1 and _one_sided(row):
        yield _row_in_one(table, row)
        return
    odd = [pair for pair in row if pair.first is None or pair.second is None]
    paired = [pair for pair in row if pair not in odd and not pair.agrees]
    yield from (_differs(table, [pair]) for pair in paired)
    if odd and _one_sided(row) and len(row) == len(odd) == 1:
        yield _row_in_one(table, row)
    elif odd:
        yield _differs(table, odd)


def _differs(table: Table, pairs: Sequence[Pair]) -> Problem:
    """Cells that say different things, or that one reading alone has in a row."""
    ours = " | ".join(pair.first.text for pair in pairs if pair.first)
    theirs = " | ".join(pair.second.text for pair in pairs if pair.second)
    place = next((pair for pair in pairs if pair.first), pairs[0])
    return Problem(
        code="readings-differ",
        severity=Severity.WARNING if _figures(ours) != _figures(theirs) else Severity.NOTE,
        message=f"{table.first.name} reads {_quoted(ours)} "
        f"where {table.second.name}{_row_of(table.two, pairs)} reads {_quoted(theirs)}.",
        remedy=_LOOK,
        source=table.place(place.first, place.row),
    )


def _row_of(grid: Grid, pairs: Sequence[Pair]) -> str:
    """Where the second reading has these cells: `` (row 4)``; nothing where it has none."""
    cells = {id(pair.second) for pair in pairs if pair.second}
    rows = (at for at, row in enumerate(grid.rows, 1) if any(id(cell) in cells for cell in row))
    return next((f" (row {at})" for at in rows), "")


def _figures(text: str) -> list[str]:
    return sorted(re.findall(r"[<>≤≥]|\d+(?:[.,]\d+)?", text_key(text)))


def _quoted(text: str) -> str:
    short = text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()} …"
    return f"'{short}'" if text else "no cell"


def _cut(table: Table, rows: Rows) -> Problem:
    ours = sum(any(pair.first for pair in row) for row in rows)
    theirs = sum(any(pair.second for pair in row) for row in rows)
    first = next((pair for row in rows for pair in row if pair.first), rows[0][0])
    words = " | ".join(cell.text for pair in rows[0] if (cell := pair.first or pair.second))
    here, there = table.first.name, table.second.name
    how = (
        f"{_count(ours)} of {here} and in {_count(theirs)} of {there}"
        if ours != theirs
        else f"other cells of {here} than of {there}"
    )
    return Problem(
        code="cut-differently",
        severity=Severity.NOTE,
        message=f"from {_quoted(words)} on, the same words stand in {how}.",
        remedy=_LOOK,
        source=table.place(first.first, first.row),
    )


def _count(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"


def _elsewhere(table: Table, one: Pair, two: Pair) -> Problem:
    text = one.first.text if one.first else ""
    return Problem(
        code="cell-elsewhere",
        severity=Severity.NOTE,
        message=f"{_quoted(text)} stands in row {one.row} of {table.first.name} and beside "
        f"row {two.row} of {table.second.name}.",
        remedy=_LOOK,
        source=table.place(one.first, one.row),
    )


def _row_in_one(table: Table, own: Sequence[Pair]) -> Problem:
    ours = own[0].first is not None
    here, there = (table.first, table.second) if ours else (table.second, table.first)
    cells = [cell for pair in own if (cell := pair.first or pair.second)]
    text = " | ".join(cell.text for cell in cells)
    return Problem(
        code="row-in-one-reading",
        message=f"the row {_quoted(text)} stands in {here.name} but not in {there.name}.",
        remedy=_LOOK,
        source=table.place(cells[0], own[0].row, ours=ours),
    )


def _absent(holder: Document, other: Document, grid: Grid) -> Problem:
    name = grid.label or grid.caption[:40] or "without a number"
    return Problem(
        code="table-in-one-reading",
        severity=Severity.WARNING,
        message=f"table {name} stands in {holder.name} but in no form in {other.name}.",
        remedy="look at both files; a picture or a missing page may be the reason",
        source=_place(holder, grid, None, None),
    )


def _place(document: Document, grid: Grid, row: int | None, cell: Cell | None) -> Place:
    return Place(
        document=document.name,
        page=(cell.page if cell else None) or next(iter(grid.pages), None),
        table=grid.label,
        row=row,
        box_pt=cell.box_pt if cell else None,
        text=cell.text if cell else None,
    )
