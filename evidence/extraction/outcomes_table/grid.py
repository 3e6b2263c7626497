"""A grid as heads and body lines that know their section, their group and its sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.outcomes_table.heads import (
    Head,
    clean_head,
    is_count_head,
    is_group,
    read_head,
    take_size,
)
from evidence.model.source import CellSource

_HEAD_LIKE = re.compile(
    r"(?:no\.?|n)?\s*\(?%?\)?|\(?n\s*=\s*\d+\)?|(?:all|any)?\s*grades?.{0,14}|all|any|"
    r"p(?:.?values?)?|"
    r"(?:0|I{1,3}|IV|V)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A body row: its labels, the section it stands under, its cells by column."""

    number: int
    cells: tuple[Cell | None, ...]
    section: str | None = None
    """The words of a row that holds nothing else, or of a repeated head: a timepoint, a term."""
    group: str | None = None
    """The words of a row of sizes (``Stage IV | n = 28 | n = 34``): a subgroup."""
    outer: str | None = None
    """The section under which the group began."""
    sizes: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    """Patients by column with their cell, where a row of sizes states them."""

    def text(self, column: int) -> str:
        """A column's text without marks."""
        cell = self.cells[column]
        return cell.plain.strip() if cell is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Heads, body lines and how many leading columns are labels."""

    grid: Grid
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    labels: int

    def source(self, line: Line, column: int) -> CellSource:
        """Where a cell stands and what it prints."""
        return self.place(line.cells[column], line.number, column)

    def place(self, cell: Cell | None, row: int | None, column: int) -> CellSource:
        """A cell of the body (``row``) or of the heads (None)."""
        return CellSource(
            page=cell.page if cell else None, box=cell.box_pt if cell else None,
            text=cell.text if cell else "", table=self.grid.label, row=row,
            column=self.heads[column].text or None,
        )  # fmt: skip

    def size(self, line: Line, head: Head) -> tuple[int | None, CellSource | None]:
        """Patients of a column at a line, and where that is stated: by its group, else the head."""
        if head.index in line.sizes:
            total, cell = line.sizes[head.index]
            return total, self.place(cell, None, head.index)
        if line.group or head.total is None:
            return None, None
        return head.total, self.place(head.size_cell, None, head.index)


def view(grid: Grid) -> View | None:
    """The grid as heads and lines; None for a grid without body or with one column."""
    matrix = grid.matrix()
    heads_end = _head_rows(matrix, grid.header_rows)
    if len(matrix) <= heads_end or not matrix or len(matrix[0]) < 2:
        return None
    width = len(matrix[0])
    heads = tuple(read_head(i, [row[i] for row in matrix[:heads_end]]) for i in range(width))
    lines = _lines(matrix[heads_end:], heads)
    labels = _label_columns(lines, width)
    return View(grid=grid, heads=_sized(heads, lines, labels), lines=tuple(lines), labels=labels)


def _sized(heads: tuple[Head, ...], lines: list[Line], labels: int) -> tuple[Head, ...]:
    """Heads with the sizes that a first row such as ``Number (%) | 170 (64.9) | 92`` states."""
    groups = [head for head in heads[labels:] if is_group(head)]
    first = next((x for x in lines if x.text(0)), None)
    if first is None or any(h.total is not None for h in heads) or len(groups) < 2:
        return heads
    if not is_count_head(clean_head(first.text(0)) or first.text(0)) or first.section:
        return heads
    counts = {h.index: re.match(r"(\d+)(?:\s*\(|$)", first.text(h.index)) for h in groups}
    if not all(counts.values()):
        return heads
    return tuple(
        replace(head, total=int(match[1]), size_cell=first.cells[head.index])
        if (match := counts.get(head.index)) is not None
        else head
        for head in heads
    )


def _head_rows(matrix: list[list[Cell | None]], stated: int) -> int:
    """Head rows, with rows below them that only say ``n (%)``, sizes or grades."""
    end = max(stated, 1)
    while end < len(matrix) - 1:
        texts = [c.plain.strip() for c in matrix[end] if c is not None and c.plain.strip()]
        words = texts[1:] if len(texts) > 2 and matrix[end][0] is not None else texts
        if not words or set(words) == {"0"} or not all(_HEAD_LIKE.fullmatch(t) for t in words):
            break
        end += 1
    return end


def _lines(matrix: list[list[Cell | None]], heads: tuple[Head, ...]) -> list[Line]:
    lines: list[Line] = []
    now = Line(number=0, cells=())
    repeated = False
    for number, row in enumerate(matrix, start=1):
        filled = [(c, x) for c, x in enumerate(row) if x is not None and x.plain.strip()]
        if not filled:
            continue
        first = filled[0][1]
        rest = [(c, x) for c, x in filled if x is not first and is_group(heads[c])]
        label = clean_head(first.plain)
        if filled[0][0] == 0 and not rest:
            now = replace(now, section=label)
        elif filled[0][0] == 0 and (sizes := _sizes(rest)):
            if all(_names_column(x, heads[c]) for c, x in rest):
                now, repeated = replace(now, section=label, sizes=sizes), True
            else:
                now = Line(number=0, cells=(), group=label, outer=now.section or now.outer,
                           sizes=sizes)  # fmt: skip
        else:
            lines.append(replace(now, number=number, cells=tuple(row)))
    if repeated:
        return [x if x.sizes else replace(x, section=x.section or heads[0].text) for x in lines]
    return lines


def _sizes(cells: list[tuple[int, Cell]]) -> dict[int, tuple[int, Cell]]:
    """Sizes by column of a row in which every cell states one; empty for another row."""
    found = [(c, take_size(cell.plain)[1], cell) for c, cell in cells if "=" in cell.plain]
    sizes = {c: (n, cell) for c, n, cell in found if n is not None}
    return sizes if len(sizes) == len(cells) else {}


def _names_column(cell: Cell, head: Head) -> bool:
    """Whether a cell of a repeated head has the column's own words."""
    return bool(clean_head(cell.plain)) and clean_head(cell.plain) in head.text


def _label_columns(lines: list[Line], width: int) -> int:
    """Leading columns of words: labels end where most filled cells hold a number."""
    for column in range(width):
        texts = [t for line in lines if (t := line.text(column))]
        numbers = [t for t in texts if re.match(r"[<>≥≤]?\s*\d|[-–—]+$", t)]
        if texts and len(numbers) * 2 > len(texts):
            return max(column, 1)
    return 1
