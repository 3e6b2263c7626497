"""Rows and cells of a table in XML or HTML: spans, places and heads, from the element tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from evidence.documents.base import Cell
from evidence.documents.markup.heads import Rows, marked_heads
from evidence.documents.markup.pictures import picture_doubt
from evidence.documents.markup.runs import STRUCK, Kinds, local, runs_of
from evidence.documents.runs import print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SPAN = 1000
"""No table has a cell that spans more rows or columns than this (as in the HTML standard)."""
_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "entry", "entrytbl"}
_GROUPS = {"thead", "tbody", "tfoot", "tgroup"}
_Columns = dict[str, tuple[int, int]]
"""Name of a column or of a span → its first and last column, from 0."""


def table_rows(table: _Element) -> list[tuple[_Element, str]]:
    """(row element, name of its group) in reading order: heads first, feet last; own rows only."""
    order = {"thead": 0, "tfoot": 2}
    found = list(_own_rows(table, "tbody"))
    return sorted(found, key=lambda pair: order.get(pair[1], 1))


def _own_rows(element: _Element, group: str) -> Iterator[tuple[_Element, str]]:
    for child in element:
        name = local(child)
        if name in _ROWS:
            yield child, group
        elif name in _GROUPS:
            yield from _own_rows(child, group if name == "tgroup" else name)


def row_cells(row: _Element) -> list[_Element]:
    """The cells that begin in a row."""
    return [child for child in row if local(child) in _CELLS]


def bold_heads(table: _Element) -> int:
    """The first rows that are set in bold throughout, with several cells, if others are not."""
    leading = 0
    rows = [row for row, _ in table_rows(table)]
    for row in rows:
        filled = [cell for cell in row_cells(row) if _letters(cell)]
        if len(filled) < 2 or not all(map(_is_bold, filled)):
            break
        leading += 1
    return leading if leading < len(rows) else 0


def _is_bold(cell: _Element) -> bool:
    bold = (e for e in cell.iterdescendants() if local(e) in {"b", "strong"})
    return sum(map(_letters, bold)) >= _letters(cell)


def _letters(element: _Element) -> int:
    return len("".join("".join(str(part) for part in element.itertext()).split()))


def build_rows(
    table: _Element, kinds: Kinds, *, declared: Collection[str] = ()
) -> tuple[Rows, int]:
    """(rows of cells, number of head rows) of one table, without the rows of tables inside it."""
    pairs = table_rows(table)
    columns = _columns(table)
    rows = [
        [
            (_build_cell(e, kinds, declared, group == "thead", columns, left), _place(e, columns))
            for e in row_cells(row)
            if kinds(e) != "hidden"
        ]
        for (row, group), left in zip(pairs, _rows_left([row for row, _ in pairs]), strict=True)
    ]
    placed = _in_columns(rows) if columns else tuple(tuple(c for c, _ in row) for row in rows)
    return placed, marked_heads(placed, [group for _, group in pairs])


def _rows_left(rows: list[_Element]) -> list[int]:
    """For each row how many its cells may reach over: no cell leaves its group of rows."""
    left = [1] * len(rows)
    for at in range(len(rows) - 2, -1, -1):
        if rows[at].getparent() is rows[at + 1].getparent():
            left[at] = left[at + 1] + 1
    return left


def _build_cell(
    element: _Element,
    kinds: Kinds,
    declared: Collection[str],
    head: bool,
    columns: _Columns,
    rows_left: int,
) -> Cell:
    """One cell with its spans, printed and clean text, marks and lines."""
    printed = print_runs(list(runs_of(element, kinds)), declared=declared)
    return Cell(
        text=printed.text,
        clean=None if printed.clean == printed.text else printed.clean,
        marks=tuple(printed.marks),
        lines=printed.cell_lines(),
        rowspan=min(_rowspan(element), rows_left),
        colspan=_colspan(element, columns),
        header=head or local(element) == "th",
        doubt=picture_doubt(element, printed.text) or _doubt(element),
    )


def _doubt(element: _Element) -> str | None:
    """Why the words of a cell may not be all it says."""
    inside = {local(e) for e in element.iter()}
    if inside & STRUCK:
        return "words of the cell are struck out and were left out"
    nested = local(element) == "entrytbl" or "table" in inside
    return "the cell holds a table of its own" if nested else None


def _number(value: str | None) -> int:
    match = re.search(r"\d+", value or "")
    return min(int(match.group(0)[:6]), MAX_SPAN) if match else 0


def _rowspan(element: _Element) -> int:
    if element.get("morerows"):
        return 1 + _number(element.get("morerows"))
    if (element.get("rowspan") or "").strip() == "0":
        return MAX_SPAN
    return max(1, _number(element.get("rowspan")))


def _colspan(element: _Element, columns: _Columns) -> int:
    named = columns.get(element.get("spanname", ""))
    if named is None and element.get("namest") in columns and element.get("nameend") in columns:
        named = columns[element.get("namest", "")][0], columns[element.get("nameend", "")][1]
    if named is not None:
        return max(1, named[1] - named[0] + 1)
    return max(1, _number(element.get("colspan")))


def _columns(table: _Element) -> _Columns:
    """The columns and spans that the exchange model of tables declares by name."""
    names: _Columns = {}
    for group in (e for e in table.iter() if local(e) in {"tgroup", "table"}):
        specs = [e for e in group if local(e) == "colspec"]
        for index, spec in enumerate(specs):
            at = _number(spec.get("colnum")) - 1 if spec.get("colnum") else index
            names.setdefault(spec.get("colname") or "", (at, at))
    for span in (e for e in table.iter() if local(e) == "spanspec"):
        first, last = names.get(span.get("namest", "")), names.get(span.get("nameend", ""))
        if first and last:
            names[span.get("spanname") or ""] = first[0], last[1]
    names.pop("", None)
    return names


def _place(element: _Element, columns: _Columns) -> int | None:
    """The column an entry names for itself, from 0."""
    keys = (element.get(name, "") for name in ("colname", "namest", "spanname"))
    return next((columns[key][0] for key in keys if key in columns), None)


def _in_columns(rows: list[list[tuple[Cell, int | None]]]) -> Rows:
    """Rows in which empty cells fill the columns that entries leave out before the next."""
    taken: set[tuple[int, int]] = set()
    filled: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        column = 0
        for cell, place in row:
            while (number, column) in taken or (place is not None and column < place):
                cells += [] if (number, column) in taken else [Cell(text="")]
                column += 1
            reach = range(number, min(number + cell.rowspan, len(rows)))
            taken |= {(r, column + c) for r in reach for c in range(cell.colspan)}
            cells.append(cell)
            column += cell.colspan
        filled.append(tuple(cells))
    return tuple(filled)
