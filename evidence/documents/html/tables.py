"""The data tables of an HTML page with label, caption and notes, wherever the page puts them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import marks_in
from evidence.documents.html.absent import absent_tables
from evidence.documents.html.around import (
    BUTTONS,
    MAX_CAPTION,
    Around,
    around_table,
    own_caption,
)
from evidence.documents.html.blocks import Item, html_kind
from evidence.documents.html.copies import merge_copies, without_copies
from evidence.documents.html.furniture import is_data, raw_text
from evidence.documents.html.hidden import is_hidden
from evidence.documents.html.notes import notes_after, notes_in
from evidence.documents.html.preformatted import read_preformatted
from evidence.documents.markup.bounds import across, bounded, size_problems
from evidence.documents.markup.feet import note_rows
from evidence.documents.markup.grid import bold_heads, build_rows, table_rows
from evidence.documents.markup.heads import DASHES, lift_title
from evidence.documents.markup.pictures import picture_problem
from evidence.documents.markup.runs import local
from evidence.documents.sheet.mangled import doubt_grid
from evidence.errors import Place, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element
_TABLES = {"table", "pre"}
_SHEET_NAME = re.compile(r"x:(?:num|str|fmla)$")
_SHEET_CLASS = re.compile(r"xl\d{2,}(?:\s|$)")
"""How spreadsheet programs mark what they save as a page."""


def read_tables(
    root: _Element, items: Sequence[Item], path: Path
) -> tuple[list[Grid], set[_Element], list[Problem]]:
    """Grids of the data tables in page order, their elements, and what the page lacks."""
    kept, copies = without_copies(items)
    places = {item.element: index for index, item in enumerate(kept) if item.table}
    grids: list[Grid] = []
    hidden: list[Problem] = []
    read = set(copies)
    for table in (e for e in root.iter() if local(e) in _TABLES and e not in copies):
        if _stands_in(table, read):
            continue
        around = around_table(places.get(table), table, kept, copies=copies)
        title = _title(table, around)
        if local(table) == "pre":
            found = _typed(table, title, around)
        elif is_data(table, labelled=title[0] is not None):
            found = [_grid(table, title, around)]
            hidden += _hidden_rows(table, found[0], path)
        else:
            found = []
        grids += found
        read |= {table} if found else set()
    problems = size_problems(grids, path)
    merged = merge_copies([grid for grid in grids if grid.rows])
    images = [e for e in root.iter() if local(e) == "img" and not _stands_in(e, read)]
    absent = absent_tables(items, images, merged, path, read=read)
    return merged, read, [*problems, *hidden, *_pictures(merged, path), *absent]


def _stands_in(element: _Element, holders: Collection[_Element]) -> bool:
    return any(ancestor in holders for ancestor in element.iterancestors())


def _hidden_rows(table: _Element, grid: Grid, path: Path) -> Iterator[Problem]:
    """Rows that the page folds away are read, and said."""
    count = sum(is_hidden(row) and bool(raw_text(row)) for row, _ in table_rows(table))
    if count and grid.rows:
        yield Problem(
            code="hidden-cells",
            message=f"hidden on the page, read all the same: {count} rows.",
            remedy="check against the paper whether they count",
            source=Place(document=path.name, table=grid.label or grid.caption[:60] or None),
        )


def _pictures(grids: Sequence[Grid], path: Path) -> Iterator[Problem]:
    for grid in grids:
        name = grid.label or grid.caption[:60] or None
        yield from picture_problem([grid], Place(document=path.name, table=name))


def _title(table: _Element, around: Around) -> tuple[str | None, str]:
    """(number as printed or None, caption): own caption, then above, below, above the wrapper."""
    own = own_caption(table)
    if own and (parsed := parse_title(own)):
        return parsed[0], parsed[1].lstrip(DASHES)
    below = around.after if around.wrapped or around.alone_below else ()
    inside = [b.text for b in around.before if around.wrapped and not BUTTONS.match(b.text)]
    for side in (around.before, below, () if inside or own else around.above):
        found = _title_among(side, wrapped=around.wrapped)
        if found:
            return found[0], found[1] or own
    return None, own or " ".join(inside)[:MAX_CAPTION]


def _title_among(side: Sequence[Item], *, wrapped: bool) -> tuple[str, str] | None:
    for index in range(len(side) - 1, -1, -1):
        parsed = parse_title(side[index].text)
        if parsed is None or len(side[index].text) > MAX_CAPTION:
            continue
        number, caption, _ = parsed
        if not caption:
            following = (b.text for b in side[index + 1 :] if not BUTTONS.match(b.text))
            caption = " ".join(following) if wrapped else next(following, "")
        return number, caption[:MAX_CAPTION].lstrip(DASHES)
    return None


def _typed(element: _Element, title: tuple[str | None, str], around: Around) -> list[Grid]:
    """The tables of a block in a typewriter's columns; notes below it are of the last."""
    grids = read_preformatted(element, title)
    if grids:
        notes = notes_after(around, grids[-1].rows)
        grids[-1] = replace(grids[-1], footnotes=(*grids[-1].footnotes, *notes))
    return grids


def _grid(table: _Element, title: tuple[str | None, str], around: Around) -> Grid:
    label, caption = title
    rows, header_rows = build_rows(table, html_kind)
    feet = note_rows(table_rows(table), html_kind)
    notes = [*(note for row in feet for note in notes_in(row))]
    notes += notes_after(around, rows)
    declared = marks_in(notes)
    if declared:
        rows, header_rows = build_rows(table, html_kind, declared=declared)
    kept = len(rows) - len(feet)
    rows, doubt = bounded(across(rows[:kept]))
    header_rows = min(header_rows or bold_heads(table), len(rows))
    if label is None:
        label, above, rows, header_rows = lift_title(rows, header_rows)
        caption = above or caption
    grid = Grid(
        label=label,
        caption=caption,
        rows=rows,
        header_rows=header_rows,
        footnotes=tuple(notes),
        doubt=doubt,
    )
    return doubt_grid(grid) if _from_sheet(table) else grid


def _from_sheet(table: _Element) -> bool:
    """Whether a spreadsheet program wrote the table, which may have made dates of figures."""
    names = [str(name) for e in table.iter() for name in e.attrib]
    styles = (e.get("class") or "" for e in table.iter("td"))
    return any(map(_SHEET_NAME.match, names)) or any(map(_SHEET_CLASS.match, styles))
