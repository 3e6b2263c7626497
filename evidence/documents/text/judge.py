"""A second look at a grid that was read by gaps: whether it holds together, which cells do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.documents.text.dump.head_words import holds_two
from evidence.documents.text.dump.periodic import kind_of
from evidence.documents.text.pages import CHAR_PT, LINE_PT

_TWO = 0.3
"""Share of the heads that may be two in one."""
_ACROSS = 0.4
"""Share of the rows with words across a column's edge above which columns are lost."""
_CROWDED = 0.3
"""Share of the rows with a cell of two values above which columns are lost."""
_NUMBER = r"[<>≤≥~]?\d[\d.,/–-]*%?"
_VALUES = re.compile(rf"(?:^|\s){_NUMBER}(?:\s?\([^()]*\))?\s+{_NUMBER}(?=\s|$|\()")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_BEHIND_YEAR = re.compile(r"(?:19|20)\d\d\W{1,2}\w+\s.*\w")
"""Words behind the year of a study's label."""
_SIZES = re.compile(r"\(n\s?=\s?\d+\).*\(n\s?=\s?\d+\)", re.I)
_GAP = re.compile(r"\S {3,}\S")
_USUAL = 0.6
"""Share of a column's values that makes a shape its usual one."""
ACROSS = "its words lie across the edge of a column"
CROWDED = "it holds two values: they may be two cells"
PARTED = "a wide gap parts its words: they may be two cells"
MOVED = "parted elsewhere, its words and its neighbour's would look more like the other rows"


def holds_together(grid: Grid) -> bool:
    """Whether heads are one each, and few rows have words across the columns' edges."""
    rows = grid.rows[grid.header_rows :]
    heads = [cell for row in grid.rows[: grid.header_rows] for cell in row if cell.text]
    two = sum(holds_two(cell.text) or bool(_SIZES.search(cell.text)) for cell in heads)
    across = sum(any(_is_across(cell) for cell in row) and _filled(row) > 1 for row in rows)
    crowded = sum(any(is_crowded(cell.text) for cell in row) for row in rows)
    labels = sum(bool(row and _BEHIND_YEAR.search(row[0].text)) for row in rows)
    return (
        two <= _TWO * len(heads)
        and across <= _ACROSS * len(rows)
        and max(crowded, labels) <= _CROWDED * len(rows)
    )


def is_crowded(text: str) -> bool:
    """Whether a text holds two values and nothing between: ``2/9 (22%) 6 (1–36)``."""
    return bool(_VALUES.search(_THOUSANDS.sub("1", text)))


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
                why = CROWDED if is_crowded(cell.text) else _parted(cell, lines)
                why = ACROSS if _is_across(cell) and _filled(row) > 1 else why
                row[k] = replace(cell, doubt=why)
    _doubt_moved(rows[grid.header_rows :], max(map(len, rows), default=0))
    return replace(grid, rows=tuple(map(tuple, rows)))


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


def _doubt_moved(rows: Sequence[list[Cell]], width: int) -> None:
    """Doubt neighbours of which both look usual once a word at their border moves over."""
    usual = [_usual_kinds([row[k].text for row in rows if len(row) == width]) for k in range(width)]
    for row in rows:
        if len(row) != width:
            continue
        for k in range(width - 1):
            if _better(row[k].text, row[k + 1].text, usual[k], usual[k + 1]):
                for at in (k, k + 1):
                    row[at] = replace(row[at], doubt=row[at].doubt or MOVED)


def _usual_kinds(texts: Sequence[str]) -> frozenset[str]:
    """The shapes that most cells of a column have; none where they differ."""
    kinds = Counter(kind_of(text) for text in texts if text)
    often = [kind for kind, count in kinds.items() if count > 1]
    held = sum(kinds[kind] for kind in often)
    return frozenset(often) if held >= _USUAL * kinds.total() else frozenset()


def _better(left: str, right: str, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a word moved over the border makes both cells usual that are not."""
    if not ours or not theirs or (_fits(left, ours) and _fits(right, theirs)):
        return False
    a, b = left.split(), right.split()
    ways = [(a[:-1], [*a[-1:], *b]), ([*a, *b[:1]], b[1:])]
    return any(_fits(" ".join(x), ours) and _fits(" ".join(y), theirs) for x, y in ways)


def _fits(text: str, usual: frozenset[str]) -> bool:
    return bool(text) and kind_of(text) in usual
