"""A grid as heads and logical rows: heads joined, continuation rows merged, wide rows named."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from evidence.documents.base import Cell, Grid
from evidence.extraction.patients.columns import is_number_id
from evidence.extraction.patients.heads import find_fields
from evidence.extraction.patients.words import is_word, own_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One logical row: its place (1-based below the heads), its cells by column."""

    number: int
    cells: tuple[tuple[Cell, ...], ...]
    """Per column, the cells that make it up, in reading order."""
    section: str | None = None

    def pieces(self, column: int) -> tuple[str, ...]:
        """What the column's lines print, marks left out; the same words once."""
        printed = (cell.plain.strip() for cell in self.cells[column])
        return tuple(dict.fromkeys(text for text in printed if text))

    def text(self, column: int) -> str:
        """The column's text without marks."""
        return " ".join(self.pieces(column))


def split_grid(grid: Grid) -> tuple[list[str], list[Row]]:
    """Heads and body rows of a grid; a grid without heads takes its first row as heads."""
    matrix = grid.matrix()
    if matrix and _is_transposed(matrix):
        kept = [line for line in matrix if len(_distinct(line)) > 1]
        matrix = [list(row) for row in zip(*kept, strict=True)]
        head_rows = 1
    else:
        head_rows = grid.header_rows or 1
    head_rows += sum(1 for _ in takewhile(_is_head, matrix[head_rows:]))
    matrix = _one_below_another(matrix, head_rows)
    width = len(matrix[0]) if matrix else 0
    heads = [_join_head([row[c] for row in matrix[:head_rows]]) for c in range(width)]
    return heads, _body(matrix[head_rows:], width)


def join_repeated(rows: list[Row], number: int, persons: list[int]) -> list[Row]:
    """Rows that repeat the patient's number and say the same of the person are one patient.

    ``number`` is the column of the patients' numbers, ``persons`` those of sex and age.
    """
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        if last is None or last.section != row.section or not _same(last, row, number, persons):
            joined.append(row)
        else:
            joined[-1] = _merge(last, [cells[0] if cells else None for cells in row.cells])
    return joined


def _same(one: Row, other: Row, number: int, persons: list[int]) -> bool:
    texts = [(one.text(c), other.text(c)) for c in persons]
    return (
        bool(one.text(number))
        and one.text(number) == other.text(number)
        and bool(persons)
        and all(a == b or not b for a, b in texts)
    )


def _is_transposed(matrix: list[list[Cell | None]]) -> bool:
    """Patients side by side: the first row reads *Patient 1*, *Patient 2*, or *Case*, *1*, *2*."""
    first, *others = [cell.plain.strip() if cell else "" for cell in matrix[0]]
    names = [own_name(text) for text in others]
    named = [called and len(name) <= 3 for name, called in names]
    numbered = find_fields(first)[0] == ["id"] and all(is_number_id(text) for text in others)
    return len(others) >= 2 and (all(named) or numbered)


def _is_head(line: list[Cell | None]) -> bool:
    """Whether a line below the heads names fields itself, and no patient."""
    cells = [cell.plain for cell in _distinct(line)]
    words = [c for c in cells if not any(is_word(c, kind) for kind in ("no", "not_stated"))]
    named = [find_fields(text)[0] for text in words]
    unnumbered = line[0] is None or not line[0].plain.strip()
    return unnumbered and len({f[-1] for f in named if f}) >= 2 and all(named)


def _one_below_another(matrix: list[list[Cell | None]], head_rows: int) -> list[list[Cell | None]]:
    """A table set in two halves side by side, with the same heads, as one."""
    half = len(matrix[0]) // 2 if matrix else 0
    heads = [[cell.plain.strip() if cell else "" for cell in line] for line in matrix[:head_rows]]
    if half < 2 or not any(map(any, heads)) or any(h[:half] != h[half:] for h in heads):
        return matrix
    right = [line[half:] for line in matrix[head_rows:]]
    return [line[:half] for line in matrix] + [line for line in right if _distinct(line)]


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
        if len(distinct) == 1 and _is_section(distinct[0], line):
            section = distinct[0].plain.strip()
            continue
        cells = tuple((cell,) if cell is not None else () for cell in line)
        if rows and _continues(rows[-1], line):
            rows[-1] = _merge(rows[-1], line)
        else:
            rows.append(Row(number=number, cells=cells, section=section))
    return rows


def _is_section(only: Cell, line: list[Cell | None]) -> bool:
    """Whether the only filled cell of a line names the rows below it."""
    alone = len(line) > 2 and line[0] is only and not is_number_id(only.plain)
    return (only.colspan > 1 and len(line) > 1) or alone


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
