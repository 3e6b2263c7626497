"""The data tables of an HTML page with label, caption and notes, wherever the page puts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Footnote, Grid
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import marks_in, split_notes
from evidence.documents.html_around import (
    BUTTONS,
    MAX_CAPTION,
    Around,
    absent_tables,
    around_table,
    own_caption,
)
from evidence.documents.html_blocks import (
    CAPTION_CLASS,
    SILENT,
    Item,
    html_kind,
    is_scaffold,
    text_of,
)
from evidence.documents.markup_grid import build_rows, local, row_cells, runs_of, table_rows
from evidence.documents.runs import Run, print_runs
from evidence.documents.superscripts import SYMBOLS
from evidence.errors import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE_FURNITURE = {"nav", "header", "footer", "form"}
_LONE_MARK = re.compile(rf"^\(?(?:[a-z]|\d{{1,2}}|[{re.escape(SYMBOLS)}]{{1,4}})\)?\.?$")
_LAYOUT = re.compile(r"layout|navbox|toolbar|menu|infobox-nav|sidebar|metrics", re.I)
_NOTE_START = re.compile(
    r"^\s*(?:abbreviations?\b|notes?\b|source\b|data (?:are|presented)\b|values\b|"
    r"[a-z]\)|\([a-z]\)|[*†‡§¶‖#∗]|[a-z]\s[A-Z]|[A-Z][\w-]{1,7}\s?(?:[,:=]|indicates)\s)",
)


def read_tables(
    root: _Element, items: Sequence[Item], path: Path
) -> tuple[list[Grid], set[_Element], list[Problem]]:
    """Grids of the data tables in page order, their elements, and what the page lacks."""
    tables = [e for e in root.iter() if local(e) == "table"]
    grids: list[Grid] = []
    seen: set[tuple[object, ...]] = set()
    read: set[_Element] = set()
    for table in tables:
        around = around_table(table, items)
        label, caption = _title(table, around)
        if not _is_data(table, labelled=label is not None):
            continue
        grid = _grid(table, label=label, caption=caption, around=around)
        key = (label, tuple(tuple(cell.text for cell in row) for row in grid.rows))
        read.add(table)
        if grid.rows and key not in seen:
            seen.add(key)
            grids.append(grid)
    return grids, read, list(absent_tables(items, grids, path))


def _is_data(table: _Element, *, labelled: bool) -> bool:
    """Rows of facts rather than a scaffold that places parts of the page side by side."""
    if is_scaffold(table):
        return False
    if any(local(a) in _PAGE_FURNITURE for a in table.iterancestors()):
        return False
    names = f"{table.get('class') or ''} {table.get('id') or ''}"
    inner = {local(e) for e in table.iterdescendants()}
    if "input" in inner or _LAYOUT.search(names):
        return False
    cells = [cell for row, _ in table_rows(table) for cell in row_cells(row)]
    texts = [text for text in (text_of(cell) for cell in cells) if text]
    if labelled or inner & {"thead", "th", "caption"}:
        return bool(texts)
    rows = [row for row, _ in table_rows(table) if sum(map(_filled, row_cells(row))) > 1]
    links = sum(_only_links(cell) for cell in cells)
    average = sum(map(len, texts)) / max(1, len(texts))
    return len(rows) >= 2 and len(texts) >= 4 and average < 300 and links < 0.6 * len(texts)


def _filled(cell: _Element) -> bool:
    return bool(text_of(cell))


def _only_links(cell: _Element) -> bool:
    linked = sum(len(text_of(e)) for e in cell.iter() if local(e) == "a")
    return bool(linked) and linked >= 0.9 * len(text_of(cell))


def _title(table: _Element, around: Around) -> tuple[str | None, str]:
    """(number as printed or None, caption): own caption, then above, then below."""
    own = own_caption(table)
    if own and (parsed := parse_title(own)):
        return parsed[0], parsed[1]
    below = around.after if around.wrapped or around.alone_below else ()
    for side in (around.before, below):
        found = _title_among(side, wrapped=around.wrapped)
        if found:
            return found[0], found[1] or own
    if around.wrapped and not own:
        texts = [b.text for b in around.before if not BUTTONS.match(b.text)]
        return None, " ".join(texts)[:MAX_CAPTION]
    return None, own


def _title_among(side: Sequence[Item], *, wrapped: bool) -> tuple[str, str] | None:
    for index in range(len(side) - 1, -1, -1):
        parsed = parse_title(side[index].text)
        if parsed is None or len(side[index].text) > MAX_CAPTION:
            continue
        number, caption, _ = parsed
        if not caption:
            following = (b.text for b in side[index + 1 :] if not BUTTONS.match(b.text))
            caption = " ".join(following) if wrapped else next(following, "")
        return number, caption[:MAX_CAPTION]
    return None


def _grid(table: _Element, *, label: str | None, caption: str, around: Around) -> Grid:
    rows, header_rows = build_rows(table, html_kind)
    width = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    feet = [row for row, group in table_rows(table) if group == "tfoot"]
    notes = [note for row in feet if _is_note_row(row, width) for note in _notes_in(row)]
    kept = len(rows) - sum(_is_note_row(row, width) for row in feet)
    notes += _notes_after(around)
    declared = marks_in(notes)
    if declared:
        rows, header_rows = build_rows(table, html_kind, declared=declared)
    return Grid(
        label=label,
        caption=caption,
        rows=rows[:kept],
        header_rows=min(header_rows, kept),
        footnotes=tuple(notes),
    )


def _is_note_row(row: _Element, width: int) -> bool:
    cells = row_cells(row)
    spans = sum(int(re.sub(r"\D", "", c.get("colspan") or "1") or 1) for c in cells)
    return len(cells) == 1 and (spans >= width or width == 1)


def _notes_in(row: _Element) -> Iterator[Footnote]:
    for cell in row_cells(row):
        yield from split_notes(list(runs_of(cell, html_kind, skip=SILENT)))


def _notes_after(around: Around) -> list[Footnote]:
    """Notes below the table: all of its wrapper's, or neighbours that read like notes."""
    notes: list[Footnote] = []
    mark: str | None = None
    for item in around.after:
        if BUTTONS.match(item.text) or parse_title(item.text) or _is_caption(item):
            continue
        if local(item.element) == "dt" or _LONE_MARK.match(item.text):
            mark = item.text.strip("()[]. ") or None
            continue
        runs = _runs(item)
        raised = bool(runs) and runs[0].kind in {"sup", "note"}
        if not around.wrapped and not raised and not _NOTE_START.match(item.text):
            break
        notes += split_notes(runs, mark=mark)
        mark = None
    return notes


def _runs(item: Item) -> list[Run]:
    runs = list(runs_of(item.element, html_kind, skip=SILENT))
    return runs if print_runs(runs).text == item.text else [Run(text=item.text)]


def _is_caption(item: Item) -> bool:
    elements = [item.element, *item.element.iterancestors()][:3]
    return any(
        local(e) == "figcaption" or CAPTION_CLASS.search(e.get("class") or "") for e in elements
    )
