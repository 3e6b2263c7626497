"""Ways in which a table loses its columns: what viewers and tools make of one when copied."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

Rows = Sequence[Sequence[str]]


def wrapped(head: Sequence[str], rows: Rows) -> list[str]:
    """Cell after cell; one that fits its column stands on its neighbour's line, behind two blanks,
    one that wraps takes lines of its own."""
    table = [head, *rows]
    longest = [max(len(row[at]) for row in table) for at in range(len(head))]
    widths = [max(8, min(n, int(90 * n / max(1, sum(longest))) + 6)) for n in longest]
    return [
        *_dump_row(head, widths),
        "",
        *(line for row in rows for line in _dump_row(row, widths)),
    ]


def _dump_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    lines: list[str] = []
    current, closed = "", False
    for cell, width in zip(cells, widths, strict=True):
        parts = textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False)
        if not parts:
            continue
        if current and not closed:
            current += "  " + parts[0]
        else:
            lines += [current] if current else []
            current = parts[0]
        closed = len(parts) > 1
        if closed:
            lines += [current, *parts[1:-1]]
            current = parts[-1]
    return [*lines, current] if current else lines


def by_line(head: Sequence[str], rows: Rows) -> list[str]:
    """A row a line, its cells behind single blanks."""
    return [" ".join(cell for cell in row if cell) for row in [head, *rows]]


def by_cell(head: Sequence[str], rows: Rows) -> list[str]:
    """A cell a line, row after row; empty cells leave no trace."""
    return [cell for row in [head, *rows] for cell in row if cell]


def by_cell_apart(head: Sequence[str], rows: Rows) -> list[str]:
    """A cell a paragraph, row after row."""
    return [line for cell in by_cell(head, rows) for line in (cell, "")]


def by_column(head: Sequence[str], rows: Rows) -> list[str]:
    """A cell a line, column after column, a blank line between."""
    columns = zip(*[head, *rows], strict=True)
    return [line for column in columns for line in (*(cell for cell in column if cell), "")]


STYLES: dict[str, Callable[[Sequence[str], Rows], list[str]]] = {
    "wrapped": wrapped,
    "row a line": by_line,
    "cell a line": by_cell,
    "cell apart": by_cell_apart,
    "column by column": by_column,
}
