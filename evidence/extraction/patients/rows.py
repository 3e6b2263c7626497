"""A grid as heads and logical rows: heads joined, continuation rows merged, wide rows named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.documents.base import Cell, Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One logical row: its place (1-based below the heads), its cells by column."""

    number: int
    cells: tuple[tuple[Cell, ...], ...]
    """Per column, the cells that make it up, in reading order."""
    section: str | None = None

    def text(self, column: int) -> str:
        """The column's text without marks."""
        return " ".join(cell.plain.strip() for cell in self.cells[column]).strip()


def split_grid(grid: Grid) -> tuple[list[str], list[Row]]:
    """Heads and body rows of a grid; a grid without heads takes its first row as heads."""
    matrix = grid.matrix()
    if matrix and _is_transposed(matrix):
        matrix = [list(row) for row in zip(*matrix, strict=True)]
        head_rows = 1
    else:
        head_rows = grid.header_rows or 1
    width = len(matrix[0]) if matrix else 0
    heads = [_join_head([row[c] for row in matrix[:head_rows]]) for c in range(width)]
    return heads, _body(matrix[head_rows:], width)


def _is_transposed(matrix: list[list[Cell | None]]) -> bool:
    """Patients side by side: the first row reads *Patient 1*, *Patient 2*, ..."""
    first = [cell.plain if cell else "" for cell in matrix[0][1:]]
    hits = [
        re.fullmatch(r"(?:patient|case|pt)\.?\s*(?:no\.?\s*)?#?\d+", t.strip(), re.I) for t in first
    ]
    return len(first) >= 2 and all(hits)


def _join_head(cells: list[Cell | None]) -> str:
    seen: list[Cell] = []
    for cell in cells:
        if cell is not None and not any(cell is other for other in seen):
            seen.append(cell)
    return " ".join(cell.plain.strip() for cell in seen if cell.plain.strip())


def _body(matrix: list[list[Cell | None]], width: int) -> list[Row]:
    rows: list[Row] = []
    section: str | None = None
    for number, line in enumerate(matrix, start=1):
        distinct = _distinct(line)
        if len(distinct) == 1 and width > 1 and distinct[0].colspan > 1:
            section = distinct[0].plain.strip()
            continue
        cells = tuple((cell,) if cell is not None else () for cell in line)
        if rows and _continues(rows[-1], line):
            rows[-1] = _merge(rows[-1], line)
        else:
            rows.append(Row(number=number, cells=cells, section=section))
    return rows


def _distinct(line: list[Cell | None]) -> list[Cell]:
    found: list[Cell] = []
    for cell in line:
        if cell is not None and cell.plain.strip() and not any(cell is f for f in found):
            found.append(cell)
    return found


def _continues(row: Row, line: list[Cell | None]) -> bool:
    """Whether a line belongs to the row above: its first cell reaches into it, or has nothing.

    A line without a first cell that fills half of its columns may be a person without a number.
    """
    first = line[0] if line else None
    if first is not None and any(first is cell for cell in row.cells[0]):
        return True
    filled = len(_distinct(line))
    unnamed = first is None or not first.plain.strip()
    return unnamed and bool(row.text(0)) and 0 < filled * 2 < len(line)


def _merge(row: Row, line: list[Cell | None]) -> Row:
    cells = tuple(
        kept if cell is None or any(cell is k for k in kept) else (*kept, cell)
        for kept, cell in zip(row.cells, line, strict=True)
    )
    return Row(number=row.number, cells=cells, section=row.section)
