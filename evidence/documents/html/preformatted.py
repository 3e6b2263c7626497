"""Tables set in a typewriter's columns (``pre``) on an HTML page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.documents.base import Cell, Footnote, Grid

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_LINES = 1000
"""A longer block is a listing, no table of a paper, and stays text."""
_RULE = re.compile(r"^[ \t]*[-=_—]{4,}[ \t]*$", re.M)


def read_preformatted(element: _Element, title: tuple[str | None, str]) -> list[Grid]:
    """The tables whose columns stand as gaps or drawn lines; a page knows no places for them.

    ``title`` is what stands beside the element: the number and the words of its first table.
    """
    from evidence.documents.text.pages import split_pages
    from evidence.documents.text.standing import read_standing

    text = _RULE.sub("", "".join(str(part) for part in element.itertext()))
    if text.count("\n") > _MOST_LINES:
        return []
    if title[0] is not None:
        text = f"Table {title[0]}. {title[1]}\n\n{text}"
    known = frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))
    standing = read_standing(split_pages(text), known, "pre")
    return [_unplaced(table.grid) for table in standing.tables]


def _unplaced(grid: Grid) -> Grid:
    rows = tuple(tuple(map(_cell, row)) for row in grid.rows)
    notes = tuple(Footnote(mark=note.mark, text=note.text) for note in grid.footnotes)
    return replace(grid, rows=rows, footnotes=notes, pages=(), box_pt=None)


def _cell(cell: Cell) -> Cell:
    return replace(cell, page=None, box_pt=None, lines=())
