"""A second, independent reading of table cells: the same characters as pdfium decodes them.

pdfminer and pdfium parse fonts, encodings and content streams on their own. Where they give
different characters at the same place, one of them is wrong and the cell is in doubt.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import replace

from evidence.documents.base import Box, Cell, Grid
from evidence.documents.layout.ink import Glyph, RawPage

Places = dict[tuple[int, int], list[tuple[float, float, str]]]
"""Characters by 8-point square: x and y of the middle of their body, and what they are."""


def by_place(page: RawPage) -> Places:
    """The characters of a page by where they stand; taken before layout moves superscripts."""
    places: Places = defaultdict(list)
    for glyph in page.glyphs:
        if not glyph.text.isspace():
            x, y = _middle(glyph)
            places[(int(x // 8), int(y // 8))].append((x, y, glyph.text))
    return places


def _middle(glyph: Glyph) -> tuple[float, float]:
    """The middle of a character's body, from its baseline: boxes differ between readers."""
    up = -0.3 * glyph.size if glyph.turn in (0, 90) else 0.3 * glyph.size
    if glyph.turn in (90, 270):
        return glyph.base + up, (glyph.top + glyph.bottom) / 2
    return (glyph.x0 + glyph.x1) / 2, glyph.base + up


def doubt_characters(grid: Grid, page: int, ours: Places, theirs: Places) -> Grid:
    """The grid with a doubt on every cell of ``page`` in which the two readings differ."""
    rows = tuple(tuple(_check(cell, page, ours, theirs) for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def doubt_table(grid: Grid) -> Grid:
    """The grid with a doubt of its own where a quarter of its cells are in doubt or one column."""
    if grid.doubt:
        return grid
    cells = [cell for row in grid.rows for cell in row if cell.text]
    unsure = sum(cell.doubt is not None for cell in cells)
    if unsure * 4 > len(cells):
        return replace(grid, doubt=f"{unsure} of {len(cells)} cells are in doubt")
    if cells and all(len(row) <= 1 for row in grid.rows):
        return replace(grid, doubt="no columns were found")
    return grid


def _check(cell: Cell, page: int, ours: Places, theirs: Places) -> Cell:
    if cell.doubt or cell.page != page:
        return cell
    for line in cell.lines:
        if line.box_pt is None or line.page != page:
            continue
        one, two = _digest(line.box_pt, ours), _digest(line.box_pt, theirs)
        if one != two:
            return replace(
                cell,
                doubt=f"two readings of the characters differ: '{_only(one, two)}' "
                f"and '{_only(two, one)}'",
            )
    return cell


def _digest(box: Box, places: Places) -> str:
    """Letters and digits whose middle stands in the box, in no order."""
    x0, top, x1, bottom = box
    found = "".join(
        text
        for i in range(int(x0 // 8), int(x1 // 8) + 1)
        for j in range(int(top // 8), int(bottom // 8) + 1)
        for x, y, text in places.get((i, j), ())
        if x0 - 0.2 <= x <= x1 + 0.2 and top <= y <= bottom
    )
    return "".join(sorted(c for c in unicodedata.normalize("NFKC", found) if c.isalnum()))


def _only(a: str, b: str) -> str:
    rest = list(b)
    kept = []
    for c in a:
        if c in rest:
            rest.remove(c)
        else:
            kept.append(c)
    return "".join(kept)
