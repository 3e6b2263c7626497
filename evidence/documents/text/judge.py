"""A second look at a grid that was read by gaps: whether it holds together, which cells do not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.documents.text.dump.head_words import holds_two
from evidence.documents.text.kinds import is_crowded, with_kind_doubts
from evidence.documents.text.pages import CHAR_PT, LINE_PT

_TWO = 0.3
"""Share of the heads that may be two in one."""
_ACROSS = 0.4
"""Share of the rows with words across a column's edge above which columns are lost."""
_CROWDED = 0.3
"""Share of the rows with a cell of two values above which columns are lost."""
_BEHIND_YEAR = re.compile(r"(?:19|20)\d\d\W{1,2}\w+\s.*\w")
"""Words behind the year of a study's label."""
_CITED = re.compile(r"\bet al\b")
"""A study's label, which stands in no head."""
_SIZES = re.compile(r"\(n\s?=\s?\d+\).*\(n\s?=\s?\d+\)", re.I)
_GAP = re.compile(r"\S {3,}\S")
_USUAL = 0.6
"""Share of a column's values that makes a shape its usual one."""
ACROSS = "its words lie across the edge of a column"
PARTED = "a wide gap parts its words: they may be two cells"


def holds_together(grid: Grid) -> bool:
    """Whether heads are one each, and few rows have words across the columns' edges."""
    rows = grid.rows[grid.header_rows :]
    heads = [cell for row in grid.rows[: grid.header_rows] for cell in row if cell.text]
    two = sum(holds_two(cell.text) or bool(_SIZES.search(cell.text)) for cell in heads)
    across = sum(any(_is_across(cell) for cell in row) and _filled(row) > 1 for row in rows)
    crowded = sum(any(is_crowded(cell.text) for cell in row) for row in rows)
    labels = sum(bool(row and _BEHIND_YEAR.search(row[0].text)) for row in rows)
    return (
        not any(_CITED.search(cell.text) for cell in heads)
        and two <= _TWO * len(heads)
        and across <= _ACROSS * len(rows)
        and max(crowded, labels) <= _CROWDED * len(rows)
    )


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell.text) for cell in row)


def _is_across(cell: Cell) -> bool:
    return cell.colspan > 1 and " " in cell.text


def with_doubts(grid: Grid, lines: Mapping[int, tuple[int, str]]) -> Grid:
    """The grid with doubts on cells whose print, or whose kind, speaks against their borders.

    ``lines`` are those of its page by index, each with the character it was cut from.
    """
    rows = [list(row) for row in grid.rows]
    for row in rows[grid.header_rows :]:
        for k, cell in enumerate(row):
            if cell.doubt is None and cell.text:
                across = _is_across(cell) and _filled(row) > 1
                why = ACROSS if across else _parted(cell, lines)
                row[k] = replace(cell, doubt=why)
    return with_kind_doubts(replace(grid, rows=tuple(map(tuple, rows))))


def _parted(cell: Cell, lines: Mapping[int, tuple[int, str]]) -> str | None:
    """Why a cell may be two: a gap of three blanks within one of its lines."""
    for line in cell.lines:
        if line.box_pt is None:
            continue
        x0, top, x1, _ = line.box_pt
        left, text = lines.get(round(top / LINE_PT), (0, ""))
        printed = text[max(0, round(x0 / CHAR_PT) - left) : max(0, round(x1 / CHAR_PT) - left)]
        if _GAP.search(printed):
            return PARTED
    return None
