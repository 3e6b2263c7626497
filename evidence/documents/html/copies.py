"""A table that a page holds twice: on the page and in its enlarged view, wide and narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.html.blocks import Item

if TYPE_CHECKING:
    from lxml.etree import _Element


def without_copies(items: Sequence[Item]) -> tuple[list[Item], set[_Element]]:
    """The blocks without tables that say again what the table right before them says."""
    kept: list[Item] = []
    copies: set[_Element] = set()
    for item in items:
        if item.table and kept and kept[-1].table and _said(item) == _said(kept[-1]):
            copies.add(item.element)
        else:
            kept.append(item)
    return kept, copies


def _said(item: Item) -> str:
    return "".join("".join(str(part) for part in item.element.itertext()).split())


def merge_copies(grids: Sequence[Grid]) -> list[Grid]:
    """One grid for tables with the same cells and no other label, with all that any says.

    Heads alone, which a page keeps in view while the rows scroll, are no table.
    """
    merged: list[Grid] = []
    alike: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    for grid in grids:
        places = alike.setdefault(_cells(grid), [])
        at = next((i for i in places if _may_be_one(grid, merged[i])), None)
        if at is None:
            places.append(len(merged))
            merged.append(grid)
        else:
            merged[at] = _fuller(merged[at], grid)
    return [grid for grid in merged if not any(_is_head_of(grid, other) for other in merged)]


def _is_head_of(one: Grid, other: Grid) -> bool:
    """Whether a table holds another's heads."""
    heads = len(one.rows)
    same = 0 < heads <= max(1, other.header_rows) and _cells(one) == _cells(other)[:heads]
    return same and heads < len(other.rows) and _may_be_one(one, other)


def _may_be_one(one: Grid, two: Grid) -> bool:
    return one.label is None or two.label is None or one.label == two.label


def _cells(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.plain for cell in row) for row in grid.rows)


def _fuller(one: Grid, two: Grid) -> Grid:
    noted = two if len(two.footnotes) > len(one.footnotes) else one
    titled = two if one.label is None and two.label is not None else one
    caption = titled.caption or one.caption or two.caption
    return replace(noted, label=titled.label, caption=caption)
