"""Join the parts of a table that runs over several pages or columns of print."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.documents.base import Cell, Footnote, Grid

SAYS_CONTINUED = re.compile(
    r"^\W*(?:table\s+\w{1,3}\W*)?\(?(?:continued|cont['’.]?d?)\b(?:\s+(?:from|on)\b.*)?\W*$", re.I
)


ALIKE = 0.5
"""Heads that share this many of their columns are heads, and not a row that happens to match."""


def join_continued(grids: list[Grid]) -> list[Grid]:
    """Grids with parts of one table joined in order; repeated heads appear once.

    A part with other columns, or with heads of its own that differ, stays a grid under the same
    label: its rows do not belong under the heads of the part before.
    """
    joined: list[Grid] = []
    for grid in grids:
        home = next(
            (
                i
                for i, other in reversed(list(enumerate(joined)))
                if other.label is not None
                and grid.label == other.label
                and grid.pages[0] - other.pages[-1] <= 1
            ),
            None,
        )
        if home is None or _has_other_heads(joined[home], grid):
            joined.append(grid)
        elif _width(grid) == _width(joined[home]):
            joined[home] = _append(joined[home], grid)
        else:
            joined.append(
                replace(
                    grid,
                    doubt=f"a part of table {grid.label} with {_width(grid)} columns, "
                    f"the part before has {_width(joined[home])}",
                )
            )
    return joined


def _has_other_heads(first: Grid, second: Grid) -> bool:
    """Whether the second part repeats the heads of the first in most columns, but not in all."""
    ours, theirs = _heads(first), _heads(second)
    if len(ours) != len(theirs):
        return False
    same = sum(a == b and bool(a) for a, b in zip(ours, theirs, strict=True))
    filled = sum(bool(a) for a in ours)
    return ours != theirs and same >= max(1, ALIKE * filled)


def _heads(grid: Grid) -> list[str]:
    """What stands over each column, heads of all tiers in one, without "(continued)"."""
    tiers = grid.matrix()[: grid.header_rows]
    return [
        _folded(" ".join(dict.fromkeys(cell.plain for cell in column if cell is not None)))
        for column in zip(*tiers, strict=True)
    ]


def _folded(text: str) -> str:
    return re.sub(r"\W+|\W*\bcont(?:inued|['’.]?d?)\W*$", "", text, flags=re.I).casefold()


def _append(first: Grid, second: Grid) -> Grid:
    rows = tuple(row for row in second.rows if not _says_continued(row))
    head = [_key(row) for row in first.rows[: first.header_rows]]
    if second.header_rows and _heads(first) == _heads(second):
        rows = rows[second.header_rows :]
    elif head and [_key(row) for row in rows[: len(head)]] == head:
        rows = rows[len(head) :]
    else:
        rows = tuple(tuple(replace(cell, header=False) for cell in row) for row in rows)
    before = first.rows
    if rows and len(before) > first.header_rows and _goes_on(before[-1], rows[0]):
        before = (*before[:-1], _merge(before[-1], rows[0]))
        rows = rows[1:]
    return replace(
        first,
        caption=first.caption or second.caption,
        rows=before + rows,
        pages=first.pages + tuple(p for p in second.pages if p not in first.pages),
        footnotes=_notes(first, second),
    )


def _goes_on(last: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether a page break runs through a row: the rest has no label and reads on in its cells."""
    if len(last) != len(first) or first[0].text or not last[0].text:
        return False
    filled = [(a, b) for a, b in zip(last, first, strict=True) if b.text]
    if not filled or any(not a.text or a.rowspan > 1 or b.rowspan > 1 for a, b in filled):
        return False
    return sum(_reads_on(a.plain, b.plain) for a, b in filled) * 2 >= len(filled)


def _reads_on(above: str, below: str) -> bool:
    return (
        below[:1].islower()
        or above.endswith((",", "-", "–", ";", "("))
        or above.count("(") > above.count(")")
    )


def _merge(last: tuple[Cell, ...], first: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """One row from its two halves; each printed line keeps its own page and box."""
    return tuple(
        replace(
            a,
            text=f"{a.text} {b.text}",
            clean=f"{a.plain} {b.plain}",
            lines=a.lines + b.lines,
            marks=a.marks + tuple(replace(m, offset=m.offset + len(a.text) + 1) for m in b.marks),
            doubt=a.doubt or b.doubt or "joined across a page break",
        )
        if b.text
        else a
        for a, b in zip(last, first, strict=True)
    )


def _notes(first: Grid, second: Grid) -> tuple[Footnote, ...]:
    seen = {note.text for note in first.footnotes}
    return first.footnotes + tuple(n for n in second.footnotes if n.text not in seen)


def _says_continued(row: tuple[Cell, ...]) -> bool:
    """Whether a row holds nothing but "(continued from previous page)"."""
    printed = [cell.plain for cell in row if cell.text]
    return len(printed) == 1 and bool(SAYS_CONTINUED.match(printed[0]))


def _key(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(_folded(cell.plain) for cell in row)


def _width(grid: Grid) -> int:
    return max((sum(cell.colspan for cell in row) for row in grid.rows), default=0)
