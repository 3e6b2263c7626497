"""The data tables of an HTML page with label, caption and notes, wherever the page puts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import marks_in
from evidence.documents.html.around import (
    BUTTONS,
    MAX_CAPTION,
    Around,
    absent_tables,
    around_table,
    own_caption,
)
from evidence.documents.html.blocks import Item, html_kind, is_scaffold
from evidence.documents.html.copies import merge_copies, without_copies
from evidence.documents.html.hidden import is_hidden
from evidence.documents.html.notes import note_rows, notes_after, notes_in
from evidence.documents.markup.bounds import across, bounded, size_problems
from evidence.documents.markup.grid import build_rows, row_cells, table_rows
from evidence.documents.markup.heads import DASHES, lift_title
from evidence.documents.markup.pictures import picture_problem
from evidence.documents.markup.runs import local
from evidence.errors import Place, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_FURNITURE_TAGS = {"nav", "header", "footer", "form"}
_LAYOUT = re.compile(r"layout|navbox|toolbar|menu|infobox-nav|sidebar|metrics", re.I)
_FURNITURE = re.compile(
    r"(?:^|\s)(?:(?:article|page|site|js|c)-)?(?:cookies?|consent|onetrust|alt-?metrics?|metrics|"
    r"related|recommended|side-?bar|nav|navigation|menu|breadcrumbs?|toolbar|adverts?|banner|"
    r"advertisement|ref(?:erence)?-?list|references|bibliography|affiliations?|share|social|log-?in|"
    r"author-?(?:info|list|notes)|comments?|calendar|site-?(?:header|footer))(?:[\s_-]|$)",
    re.I,
)
"""Names of what surrounds articles, at the beginning of a class or an id."""


def read_tables(
    root: _Element, items: Sequence[Item], path: Path
) -> tuple[list[Grid], set[_Element], list[Problem]]:
    """Grids of the data tables in page order, their elements, and what the page lacks."""
    kept, copies = without_copies(items)
    places = {item.element: index for index, item in enumerate(kept) if item.table}
    grids: list[Grid] = []
    hidden: list[Problem] = []
    read = set(copies)
    for table in (e for e in root.iter() if local(e) == "table" and e not in copies):
        if any(holder in read for holder in table.iterancestors()):
            continue
        around = around_table(places.get(table), table, kept, copies=copies)
        label, caption = _title(table, around)
        if not _is_data(table, labelled=label is not None):
            continue
        read.add(table)
        grid = _grid(table, label=label, caption=caption, around=around)
        grids.append(grid)
        hidden += _hidden_rows(table, grid, path)
    problems = size_problems(grids, path)
    merged = merge_copies([grid for grid in grids if grid.rows])
    absent = absent_tables(items, merged, path, read=read)
    return merged, read, [*problems, *hidden, *_pictures(merged, path), *absent]


def _hidden_rows(table: _Element, grid: Grid, path: Path) -> Iterator[Problem]:
    """Rows that the page folds away are read, and said."""
    count = sum(is_hidden(row) and bool(_raw(row)) for row, _ in table_rows(table))
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


def _is_data(table: _Element, *, labelled: bool) -> bool:
    """Rows of facts rather than a scaffold or a part of the page's own furniture."""
    if is_scaffold(table) or any(local(a) in _FURNITURE_TAGS for a in table.iterancestors()):
        return False
    inner = {local(e) for e in table.iterdescendants()}
    if "input" in inner or "select" in inner or _LAYOUT.search(_names(table)):
        return False
    rows = [row_cells(row) for row, _ in table_rows(table)]
    if labelled:
        return any(_raw(cell) for row in rows for cell in row)
    if any(map(_is_furniture, (table, *table.iterancestors()))):
        return False
    if inner & {"thead", "th", "caption"}:
        return any(_raw(cell) for row in rows for cell in row)
    return _holds_facts(rows)


def _is_furniture(element: _Element) -> bool:
    """A part of the page named for what surrounds articles; it does not hold the article."""
    if not _FURNITURE.search(_names(element)):
        return False
    return not any(local(e) in {"h1", "article", "main"} for e in element.iterdescendants())


def _holds_facts(rows: Sequence[Sequence[_Element]]) -> bool:
    """Several rows of several short texts that are not mostly links."""
    filled = [[cell for cell in row if _raw(cell)] for row in rows]
    cells = [cell for row in filled for cell in row]
    average = sum(len(_raw(cell)) for cell in cells) / max(1, len(cells))
    if sum(len(row) > 1 for row in filled) < 2 or len(cells) < 4 or average >= 300:
        return False
    return sum(map(_only_links, cells)) < 0.6 * len(cells)


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _raw(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _only_links(cell: _Element) -> bool:
    linked = sum(len(_raw(e)) for e in cell.iter() if local(e) == "a")
    return bool(linked) and linked >= 0.9 * len(_raw(cell))


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


def _grid(table: _Element, *, label: str | None, caption: str, around: Around) -> Grid:
    rows, header_rows = build_rows(table, html_kind)
    width = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    feet = note_rows(table_rows(table), width)
    notes = [*(note for row in feet for note in notes_in(row)), *notes_after(around)]
    declared = marks_in(notes)
    if declared:
        rows, header_rows = build_rows(table, html_kind, declared=declared)
    kept = len(rows) - len(feet)
    rows, doubt = bounded(across(rows[:kept]))
    header_rows = min(header_rows, len(rows))
    if label is None:
        label, above, rows, header_rows = lift_title(rows, header_rows)
        caption = above or caption
    return Grid(
        label=label,
        caption=caption,
        rows=rows,
        header_rows=header_rows,
        footnotes=tuple(notes),
        doubt=doubt,
    )
