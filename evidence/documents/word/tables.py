"""A table of a Word document as a grid: merged cells, rows taken out, heads, tables inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.documents.base import Cell
from evidence.documents.markup.heads import spanned_heads
from evidence.documents.markup.pictures import ALL_PICTURE, PART_PICTURE
from evidence.documents.markup.runs import local
from evidence.documents.runs import Run, print_runs
from evidence.documents.word.runs import Numbers, W, is_struck, paragraph_runs

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

_MAX_SPAN = 1000
_Part = tuple[Cell, bool]
"""A cell and whether it only continues the one above."""


def is_frame(table: _Element) -> bool:
    """A table that only holds other tables in place: one column or one row around them."""
    rows = _rows(table)
    inner = any(e is not table for e in table.iter(f"{W}tbl"))
    return inner and (len(rows) == 1 or all(len(list(_cells(row))) == 1 for row in rows))


def grid_rows(
    table: _Element, *, declared: Collection[str], numbers: Numbers
) -> tuple[tuple[tuple[Cell, ...], ...], int]:
    """(rows of cells, head rows); rows that a reviewer deleted are left out."""
    elements = _rows(table)
    rows = [list(_parts(row, declared, numbers)) for row in elements]
    spanned = tuple(tuple(_spanned(rows, index)) for index in range(len(rows)))
    repeated = sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in elements)
    return spanned, repeated or spanned_heads(spanned)


def _rows(table: _Element) -> list[_Element]:
    return [row for row in _children(table, "tr") if row.find(f"{W}trPr/{W}del") is None]


def _cells(row: _Element) -> Iterator[_Element]:
    for cell in _children(row, "tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


def _children(element: _Element, tag: str) -> Iterator[_Element]:
    """Children of a tag, also those inside content controls and marks of insertion."""
    for child in element:
        if local(child) == tag:
            yield child
        elif local(child) in {"sdt", "sdtcontent", "ins", "customxml"}:
            yield from _children(child, tag)


def _parts(row: _Element, declared: Collection[str], numbers: Numbers) -> Iterator[_Part]:
    """The cells of a row from its first column on; columns left free at its ends are empty."""
    before, after = (_number(row, f"{W}trPr/{W}grid{side}") for side in ("Before", "After"))
    if before:
        yield Cell(text="", colspan=before), False
    held: _Part | None = None
    for element in _cells(row):
        merge = element.find(f"{W}tcPr/{W}hMerge")
        if held and merge is not None and merge.get(f"{W}val") != "restart":
            held = replace(held[0], colspan=held[0].colspan + 1), held[1]
            continue
        if held:
            yield held
        held = _part(element, declared, numbers)
    if held:
        yield held
    if after:
        yield Cell(text="", colspan=after), False


def _number(element: _Element, path: str) -> int:
    found = element.find(path)
    value = "" if found is None else found.get(f"{W}val") or ""
    return min(_MAX_SPAN, int(value)) if value.isdigit() else 0


def _part(element: _Element, declared: Collection[str], numbers: Numbers) -> _Part:
    runs: list[Run] = []
    for paragraph in element.iter(f"{W}p"):
        runs += [*paragraph_runs(paragraph, numbers), Run(text="", kind="break")]
    printed = print_runs(runs, declared=declared)
    merge = element.find(f"{W}tcPr/{W}vMerge")
    cell = Cell(
        text=printed.text,
        clean=None if printed.clean == printed.text else printed.clean,
        marks=tuple(printed.marks),
        lines=printed.cell_lines(),
        colspan=max(1, _number(element, f"{W}tcPr/{W}gridSpan")),
        doubt=_doubt(element, printed.text),
    )
    return cell, merge is not None and merge.get(f"{W}val") != "restart"


def _doubt(element: _Element, text: str) -> str | None:
    if next(element.iter(f"{W}tbl"), None) is not None:
        return "the cell holds a table of its own"
    if any(local(e) in {"drawing", "pict", "object"} for e in element.iter()):
        return PART_PICTURE if text else ALL_PICTURE
    if any(is_struck(run) for run in element.iter(f"{W}r")):
        return "words of the cell are struck out and were left out"
    return "a sign of a symbol font could not be read" if "\ufffd" in text else None


def _spanned(rows: Sequence[Sequence[_Part]], index: int) -> Iterator[Cell]:
    """The cells that begin in a row, with the rows below that continue them."""
    column = 0
    for cell, continues in rows[index]:
        if not continues or index == 0:
            span = 1
            while index + span < len(rows) and _continues_at(rows[index + span], column):
                span += 1
            yield replace(cell, rowspan=span)
        column += cell.colspan


def _continues_at(row: Sequence[_Part], column: int) -> bool:
    place = 0
    for cell, continues in row:
        if place == column:
            return continues
        place += cell.colspan
    return False
