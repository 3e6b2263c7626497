"""Rows below a table's last values that hold one note across the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidence.documents.footnotes import LONG, opens_raised, reads_like_note
from evidence.documents.markup.grid import row_cells
from evidence.documents.markup.runs import Kinds, runs_of
from evidence.documents.runs import print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element


def note_rows(rows: Sequence[tuple[_Element, str]], kinds: Kinds) -> list[_Element]:
    """The last rows of one cell across the table, from the first that reads like a note on.

    ``rows`` with the names of their groups. In the foot every such row is a note; a long one is,
    unless most rows are such.
    """
    width = max((sum(map(_colspan, row_cells(row))) for row, _ in rows), default=0)
    start = len(rows)
    while start and _is_across(rows[start - 1][0], width):
        start -= 1
    last = [row for row, _ in rows[start:] if start]
    text = 2 * start <= len(rows)
    feet = (
        rows[start + at][1] == "tfoot" or _reads(row, kinds, text) for at, row in enumerate(last)
    )
    return last[next((at for at, foot in enumerate(feet) if foot), len(last)) :]


def _colspan(cell: _Element) -> int:
    return int(re.sub(r"\D", "", cell.get("colspan") or "1")[:6] or 1)


def _is_across(row: _Element, width: int) -> bool:
    cells = row_cells(row)
    return len(cells) == 1 and (_colspan(cells[0]) >= width or width == 1)


def _reads(row: _Element, kinds: Kinds, text: bool) -> bool:
    """Whether a row reads like a note; in a table that is a ``text`` a long row does not."""
    runs = list(runs_of(row_cells(row)[0], kinds))
    words = print_runs(runs).text
    return (len(words) > LONG and not text) or opens_raised(runs) or reads_like_note(words)
