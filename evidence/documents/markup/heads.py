"""Which rows of a grid are heads, and a title or a note that stands in a row of its own."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.documents.base import Cell
from evidence.documents.captions import parse_title

DASHES = "–—-| "
"""What some sites put between a table's number and its title."""
Rows = tuple[tuple[Cell, ...], ...]


def lift_title(rows: Rows, header_rows: int) -> tuple[str | None, str, Rows, int]:
    """(number, caption, rows, head rows) with a title that stands in the first row taken out."""
    title = _title_in_rows(rows)
    if title is None:
        return None, "", rows, header_rows
    return title[0], title[1].lstrip(DASHES), rows[1:], max(0, header_rows - 1)


def _title_in_rows(rows: Sequence[Sequence[Cell]]) -> tuple[str, str] | None:
    """(number, caption) that the first row holds instead of cells."""
    width = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    filled = [cell for cell in rows[0] if cell.text] if len(rows) > 1 and width > 1 else []
    if len(filled) != 1 or filled[0] is not rows[0][0] or filled[0].rowspan > 1:
        return None
    parsed = parse_title(filled[0].text)
    return None if parsed is None else (parsed[0], parsed[1])


def marked_heads(rows: Sequence[Sequence[Cell]], groups: Sequence[str]) -> int:
    """Rows in ``thead``; without one, the leading rows whose filled cells are all heads."""
    marked = sum(group == "thead" for group in groups)
    if marked:
        return marked
    first = 1 if _title_in_rows(rows) else 0
    leading = 0
    for row in rows[first:]:
        filled = [cell for cell in row if cell.text]
        lonely = len(filled) == 1 and len(row) > 1
        if not filled or lonely or not all(cell.header for cell in filled):
            break
        leading += 1
    leading = first + leading if leading else 0
    return leading if leading < len(rows) else min(leading, 1)


def spanned_heads(rows: Sequence[Sequence[Cell | None]]) -> int:
    """Head rows where no markup names them: one, or as many as the first row's spans reach."""
    first = [cell for cell in rows[0] if cell is not None] if rows else []
    deep = max((cell.rowspan for cell in first), default=1)
    wide = len(first) > 1 and any(cell.colspan > 1 for cell in first)
    return min(max(deep, 2 if wide else 1), max(1, len(rows) - 1)) if rows else 0
