"""The notes of a table on an HTML page: in its foot, in its last rows, in the blocks below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from evidence.documents.base import Footnote
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import (
    explains,
    opens_raised,
    reads_like_note,
    split_notes,
    table_terms,
)
from evidence.documents.html.around import BUTTONS, Around
from evidence.documents.html.blocks import CAPTION_CLASS, HEADINGS, Item, blocks_of
from evidence.documents.markup.grid import row_cells
from evidence.documents.markup.heads import Rows
from evidence.documents.markup.runs import local
from evidence.documents.superscripts import SYMBOLS

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONE_MARK = re.compile(rf"^\(?(?:[a-z]|\d{{1,2}}|[{re.escape(SYMBOLS)}]{{1,4}})\)?\.?$")
_LETTERS = 26
_NOTE_CLASS = re.compile(r"foot-?note|tbl-?foot|table-?(?:foot|note)|tw-foot|legend|\bfn\b", re.I)


def notes_in(row: _Element) -> Iterator[Footnote]:
    """The notes that one row holds, one for each of its paragraphs."""
    for cell in row_cells(row):
        yield from _notes(blocks_of(cell))


def notes_after(around: Around, rows: Rows) -> list[Footnote]:
    """Notes below the table: all of its wrapper's, or neighbours that read like its notes."""
    return list(_notes(around.after if around.wrapped else _leading_notes(around.after, rows)))


def _notes(items: Sequence[Item]) -> Iterator[Footnote]:
    mark: str | None = None
    for item in items:
        if BUTTONS.match(item.text) or parse_title(item.text) or _is_caption(item):
            continue
        if _is_mark(item):
            mark = item.text.strip("()[]. ") or None
            continue
        yield from split_notes(item.runs, mark=mark or _listed_mark(item.element))
        mark = None


def _listed_mark(element: _Element) -> str | None:
    """The letter or number that a list of notes sets before an item, where it says which."""
    parent = element.getparent()
    if local(element) != "li" or parent is None or parent.get("type") not in {"a", "A", "1"}:
        return None
    place = [e for e in parent if local(e) == "li"].index(element)
    return (
        str(place + 1) if parent.get("type") == "1" else chr(ord(parent.get("type", "a")) + place)
    )


def _is_mark(item: Item) -> bool:
    """A mark that stands in a block of its own, before the note it belongs to."""
    return local(item.element) == "dt" or bool(_LONE_MARK.match(item.text))


def _leading_notes(items: Sequence[Item], rows: Rows) -> Sequence[Item]:
    """The blocks up to the last that reads like a note, with no two others in a row before it."""
    terms = table_terms(rows)
    cited = {m.text for row in rows for cell in row for m in cell.marks if not m.text.isdigit()}
    end = gap = 0
    for index, item in enumerate(items):
        if parse_title(item.text) or local(item.element) in HEADINGS:
            break
        own = (
            _is_mark(item) or (index and _is_mark(items[index - 1])) or _is_note(item, terms, cited)
        )
        end, gap = (index + 1, 0) if own else (end, gap + (not BUTTONS.match(item.text)))
        if gap > 1:
            break
    return items[:end]


def _is_note(item: Item, terms: Collection[str], cited: Collection[str]) -> bool:
    holders = (item.element, item.element.getparent())
    names = " ".join(e.get("class") or "" for e in holders if e is not None)
    if _NOTE_CLASS.search(names) or reads_like_note(item.text):
        return True
    if opens_raised(item.runs) or explains(item.text, terms):
        return True
    return any(note.mark in cited for note in split_notes(item.runs))


def _is_caption(item: Item) -> bool:
    elements = [item.element, *item.element.iterancestors()][:3]
    return any(
        local(e) == "figcaption" or CAPTION_CLASS.search(e.get("class") or "") for e in elements
    )
