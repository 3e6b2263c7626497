"""Spans and sizes that no printed table has are not believed: they would fill the memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evidence.documents.base import Cell, Grid
from evidence.errors import Place, Problem, Severity

MAX_COVERED = 1_000_000
"""Places that the spans of one table may cover."""
MAX_PLACES = 4_000_000
"""Rows times columns of one table."""
Rows = tuple[tuple[Cell, ...], ...]


def bounded(rows: Sequence[Sequence[Cell]]) -> tuple[Rows, str | None]:
    """(rows, doubt or None): without spans where they cover too much; no rows where they do not
    fit at all.
    """
    high = len(rows)
    covered = sum(min(cell.rowspan, high) * cell.colspan for row in rows for cell in row)
    wide = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    if covered <= MAX_COVERED and high * wide <= MAX_PLACES:
        return tuple(tuple(row) for row in rows), None
    if high * max(len(row) for row in rows) > MAX_PLACES:
        return (), f"the table has {high} rows of up to {wide} columns and was not read"
    single = tuple(tuple(replace(cell, rowspan=1, colspan=1) for cell in row) for row in rows)
    return single, f"its spans would cover {covered} places and were left out"


def across(rows: Sequence[Sequence[Cell]]) -> Rows:
    """Rows in which a lone cell spans the table and no more, whatever it claims (``100%``)."""
    width = max((sum(cell.colspan for cell in row) for row in rows if len(row) > 1), default=1)
    return tuple(
        (replace(row[0], colspan=min(row[0].colspan, width)),) if len(row) == 1 else tuple(row)
        for row in rows
    )


def size_problems(grids: Sequence[Grid], path: Path) -> list[Problem]:
    """A problem for every table whose size or spans were not believed."""
    return [
        Problem(
            code="table-too-large",
            severity=Severity.ERROR,
            message=f"{grid.doubt}.",
            remedy="check the table in the file; it may be damaged",
            source=Place(document=path.name, table=grid.label or grid.caption[:60] or None),
        )
        for grid in grids
        if grid.doubt
    ]
