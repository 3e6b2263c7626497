"""Rows of cells as they stand on a sheet → its tables, each with title, head rows and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import LONG, cell_notes, reads_like_note
from evidence.documents.markup.heads import spanned_heads
from evidence.documents.sheet.beside import side_by_side
from evidence.documents.sheet.mangled import doubt_dates

_SENTENCE = 3
"""Fewer words than this and a full stop may be a name (``U.K.``, ``Doe et al.``)."""
Row = Sequence[Cell | None]
"""One row of a sheet; None where a merged cell reaches."""


def read_tables(rows: Sequence[Row], *, name: str = "") -> list[Grid]:
    """The tables of a sheet, from left to right and from top to bottom.

    A new table begins with a title, or after a blank row with a row of heads. Lone texts above are
    its title, those below its notes. ``name`` titles a table that has no title of its own.
    """
    parts = side_by_side(rows)
    if len(parts) > 1:
        return [grid for part in parts for grid in read_tables(part, name=name)]
    tables: list[list[Row]] = []
    above: list[Row] = []
    for block in _blocks(rows):
        lone = all(len(_filled(row)) == 1 for row in block)
        if lone and tables and not above and not _titled(block):
            tables[-1] += [(), *block]
        elif lone:
            above += block
        elif above or not tables or _titled(block) or _has_head(block):
            tables.append([*above, *block])
            above = []
        else:
            tables[-1] += [(), *block]
    grids = [_grid(table, name) for table in tables]
    return [grid for grid in grids if grid.rows] or _only_text(above, name)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows between blank ones; a title with a number opens a block of its own."""
    block: list[Row] = []
    for row in rows:
        if block and (not _filled(row) or _titled([row])):
            yield block
            block = []
        if _filled(row):
            block.append(row)
    if block:
        yield block


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row if cell is not None and cell.text]


def _titled(block: Sequence[Row]) -> bool:
    first = _filled(block[0])
    return len(first) == 1 and parse_title(first[0].text) is not None


def _has_head(block: Sequence[Row]) -> bool:
    """Whether a block opens with several words and goes on with figures."""
    first = [cell.text for cell in _filled(block[0])]
    below = [cell.text for row in block[1:] for cell in _filled(row)[1:]]
    words = len(first) > 1 and not any(text[:1].isdigit() for text in first)
    return words and any(text[:1].isdigit() for text in below)


def _only_text(rows: Sequence[Row], name: str) -> list[Grid]:
    """A sheet that holds a single column of texts."""
    return [_grid(rows, name, titles=False)] if len(rows) > 1 else []


def _grid(rows: Sequence[Row], name: str, *, titles: bool = True) -> Grid:
    label, caption, first = _title(rows) if titles else (None, "", 0)
    body = list(rows[first:])
    notes = _notes(body) if titles else []
    body = _trimmed([row for row in body[: len(body) - len(notes)] if _filled(row)])
    heads = spanned_heads(body)
    body = doubt_dates(body, heads)
    named = parse_title(name) if label is None else None
    if named:
        label, caption = named[0], caption or named[1]
    return Grid(
        label=label,
        caption=caption or (name if label is None else ""),
        rows=tuple(
            tuple(replace(cell, header=True) if at < heads else cell for cell in row if cell)
            for at, row in enumerate(body)
        ),
        header_rows=heads,
        footnotes=tuple(n for row in notes for cell in _filled(row) for n in cell_notes(cell)),
    )


def _title(rows: Sequence[Row]) -> tuple[str | None, str, int]:
    """(number, caption, rows it takes) of the lone texts above the first full row."""
    texts: list[str] = []
    for row in rows:
        filled = _filled(row)
        if len(filled) > 1:
            break
        texts += [cell.text for cell in filled]
    else:
        return None, "", 0
    taken = next(index for index, row in enumerate(rows) if len(_filled(row)) > 1)
    for index, text in enumerate(texts):
        if parsed := parse_title(text):
            parts = [*texts[:index], parsed[1], *texts[index + 1 :]]
            return parsed[0], " ".join(part for part in parts if part), taken
    return None, " ".join(texts), taken


def _notes(rows: Sequence[Row]) -> list[Row]:
    """The last rows with one text in their first column that reads like a note, blanks included."""
    end = start = len(rows)
    while start > 1 and len(_filled(rows[start - 1])) < 2:
        start -= 1
    for at in range(start, end):
        cell = next(iter(_filled(rows[at])), None)
        if cell is not None and (
            not _filled(rows[at - 1]) or _is_sentence(cell.text) or reads_like_note(cell.text)
        ):
            return list(rows[at - 1 if not _filled(rows[at - 1]) else at :])
    return []


def _is_sentence(text: str) -> bool:
    """Words that head no section: long, or closed with a full stop."""
    return len(text) > LONG or (text.endswith(".") and len(text.split()) > _SENTENCE)


def _trimmed(rows: list[Row]) -> list[Row]:
    """Without the empty columns left and right of the table."""
    used = [
        column
        for row in rows
        for column, cell in enumerate(row)
        if cell is not None and cell.text
        for column in (column, column + cell.colspan - 1)
    ]
    left, right = min(used, default=0), max(used, default=-1)
    return [_padded(row[left : right + 1], right + 1 - left) for row in rows]


def _padded(row: Row, width: int) -> Row:
    return [*row, *[Cell(text="")] * (width - len(row))]
