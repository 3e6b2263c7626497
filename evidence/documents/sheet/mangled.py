"""Ranges and fractions that a spreadsheet program took for dates: ``3/15`` became *15-Mar*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid

Row = Sequence[Cell | None]
_MONTH = (
    r"(?:j[aä]n|ene|gen|f[eé][bv]|m[aä]r|mrz|apr|abr|avr|ma[iyjg]|jui?[nl]|giu|lug|aug|ago|ao[uû]|"
    r"sep|set|o[ckt]t|out|nov|d[ei][ck]|d[eé][cz])[a-zé]{0,2}\.?"
)
_PARTIAL = re.compile(rf"\d{{1,2}}[-. ]{_MONTH}|{_MONTH}[- ]\d{{2}}", re.I)
_FULL = re.compile(
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?|(\d{1,2})([/.-])\d{1,2}\2(?:19|20)?\d\d|"
    rf"\d{{1,2}}[-. ]{_MONTH}[-. ](?:\d\d)?\d\d",
    re.I,
)
_SERIAL = re.compile(r"[345]\d{4}")
"""The days since 1900 as which a sheet keeps a date of this age."""
_RANGE = re.compile(r"\d+\s*[-–/:]\s*\d+\b")
_WHY = "reads as a date; a spreadsheet program may have made it of a range or a fraction"


def doubt_dates(rows: Sequence[Row], heads: int) -> list[Row]:
    """The rows of one table, with a doubt on cells that may have been figures once.

    A day and a month, or a month and a year, always; a whole date where most of its column are no
    dates; a number of days where half its column are dates, ranges or fractions.
    """
    width = max((len(row) for row in rows), default=0)
    columns = [[row[at] if at < len(row) else None for row in rows[heads:]] for at in range(width)]
    doubts = [_why(column) for column in columns]
    body = [
        [_doubted(cell, doubts[at][line]) for at, cell in enumerate(row)]
        for line, row in enumerate(rows[heads:])
    ]
    return [*rows[:heads], *body]


def doubt_grid(grid: Grid) -> Grid:
    """The same for a grid whose cells span."""
    before = grid.matrix()
    after = doubt_dates(before, grid.header_rows)
    changed = {
        id(old): new
        for olds, news in zip(before, after, strict=True)
        for old, new in zip(olds, news, strict=True)
        if new is not None and new is not old
    }
    rows = tuple(tuple(changed.get(id(cell), cell) for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def _doubted(cell: Cell | None, why: str | None) -> Cell | None:
    return cell if cell is None or why is None or cell.doubt else replace(cell, doubt=why)


def _why(column: Sequence[Cell | None]) -> list[str | None]:
    texts = ["" if cell is None else cell.plain for cell in column]
    filled = sum(map(bool, texts))
    dates = [bool(_FULL.fullmatch(text)) for text in texts]
    alone = 2 * sum(dates) <= filled
    ranges = sum(date or bool(_RANGE.match(text)) for text, date in zip(texts, dates, strict=True))
    return [
        _WHY
        if _PARTIAL.fullmatch(text)
        or (date and alone and filled > 1)
        or (_SERIAL.fullmatch(text) and 2 * ranges >= filled)
        else None
        for text, date in zip(texts, dates, strict=True)
    ]
