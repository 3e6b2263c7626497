"""Tables that stand side by side on a sheet, with an empty column between them."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.documents.base import Cell
from evidence.documents.captions import parse_title

Row = Sequence[Cell | None]
_FEWEST = 2
"""Columns of a table."""


def side_by_side(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each table from left to right; all rows as they are where there is one.

    An empty column alone may be a gap in one table. What follows it is a table of its own where it
    begins with the head that the table before it begins with, has a title with a number, or begins
    with names after more than one empty column.
    """
    parts = [list(rows)]
    width = max((len(row) for row in rows), default=0)
    for column in range(width - _FEWEST, _FEWEST - 1, -1):
        if _is_empty(parts[0], column):
            left = [row[:column] for row in parts[0]]
            right = [row[column + 1 :] for row in parts[0]]
            if _stands_alone(left, right) or _stands_apart(left, right):
                parts[:1] = [left, right]
    return parts


def _is_empty(rows: Sequence[Row], column: int) -> bool:
    """Whether no row prints anything in a column, nor reaches over it."""
    cells = [row[column] for row in rows if column < len(row)]
    return all(cell is not None and not cell.text for cell in cells)


def _stands_alone(left: Sequence[Row], right: Sequence[Row]) -> bool:
    first, second = _first_head(left), _first_head(right)
    return first is not None and second is not None and (first == second or _has_title(right))


def _stands_apart(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Both parts begin with a head and names below it, and two empty columns are between them."""
    named = all(_first_head(part) and _is_named(part) for part in (left, right))
    return named and _is_empty(left, max(map(len, left), default=0) - 1)


def _is_named(rows: Sequence[Row]) -> bool:
    """Whether the first column of every row below the heads holds words."""
    body = [row for row in rows if len(_texts(row)) >= _FEWEST][1:]
    firsts = [row[0].text if row[0] is not None else "" for row in body]
    return bool(firsts) and all(any(map(str.isalpha, text)) for text in firsts)


def _first_head(rows: Sequence[Row]) -> str | None:
    """The first word of the first row with several cells, where it stands in the first column."""
    full = next((row for row in rows if len(_texts(row)) >= _FEWEST), None)
    first = full[0] if full else None
    return first.text.casefold() if first is not None and first.text else None


def _has_title(rows: Sequence[Row]) -> bool:
    lone = [texts[0] for row in rows if len(texts := _texts(row)) == 1]
    return any(parse_title(text) is not None for text in lone)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row if cell is not None and cell.text]
