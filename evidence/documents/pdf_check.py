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

NEAR_PT = 1.0


def doubt_characters(grid: Grid, ours: RawPage, theirs: RawPage) -> Grid:
    """The grid with a doubt on every cell in which the two readings of its page differ."""
    places = _by_place(theirs.glyphs)
    first = _by_place(ours.glyphs)
    rows = tuple(
        tuple(_check(cell, ours.number, first, places) for cell in row) for row in grid.rows
    )
    return replace(grid, rows=rows)


_Places = dict[tuple[int, int], list[Glyph]]


def _by_place(glyphs: list[Glyph]) -> _Places:
    places: _Places = defaultdict(list)
    for glyph in glyphs:
        if not glyph.text.isspace():
            places[(int(glyph.x0 // 8), int(glyph.top // 8))].append(glyph)
    return places


def _check(cell: Cell, page: int, first: _Places, places: _Places) -> Cell:
    if cell.doubt or cell.page != page:
        return cell
    for line in cell.lines:
        if line.box_pt is None or line.page != page:
            continue
        one, two = _digest(line.box_pt, first), _digest(line.box_pt, places)
        if one != two:
            return replace(
                cell,
                doubt=f"two readings of the characters differ: '{_only(one, two)}' "
                f"and '{_only(two, one)}'",
            )
    return cell


def _digest(box: Box, places: _Places) -> str:
    """Letters and digits whose middle stands in the box, from left to right."""
    x0, top, x1, bottom = box
    found = [
        g
        for i in range(int(x0 // 8) - 2, int(x1 // 8) + 1)
        for j in range(int(top // 8) - 2, int(bottom // 8) + 1)
        for g in places.get((i, j), ())
        if x0 - 0.5 <= (g.x0 + g.x1) / 2 <= x1 + 0.5
        and top + 0.1 * g.size <= (g.top + g.bottom) / 2 <= bottom - 0.1 * g.size
    ]
    text = unicodedata.normalize("NFKC", "".join(g.text for g in found))
    return "".join(sorted(c for c in text if c.isalnum()))


def _only(a: str, b: str) -> str:
    rest = list(b)
    kept = []
    for c in a:
        if c in rest:
            rest.remove(c)
        else:
            kept.append(c)
    return "".join(kept)
