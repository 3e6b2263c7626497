"""Join the parts of a table that runs over several pages or columns of print."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.documents.base import Cell, Footnote, Grid

SAYS_CONTINUED = re.compile(
    r"^\W*(?:table\s+\w{1,3}\W*)?\(?(?:continued|cont['’.]?d?)\b(?:\s+(?:from|on)\b.*)?\W*$", re.I
)


def join_continued(grids: list[Grid]) -> list[Grid]:
    """Grids with parts of one table joined in order; repeated heads appear once."""
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
        if home is None:
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


def _append(first: Grid, second: Grid) -> Grid:
    rows = tuple(row for row in second.rows if not _says_continued(row))
    head = [_key(row) for row in first.rows[: first.header_rows]]
    if head and [_key(row) for row in rows[: len(head)]] == head:
        rows = rows[len(head) :]
    else:
        rows = tuple(tuple(replace(cell, header=False) for cell in row) for row in rows)
    before = first.rows
    if rows and len(before) > first.header_rows and _goes_on(before[-1], rows[0]):
        before = (*before[:-1], _merge(before[-1], rows[0]))
        rows = rows[1:]
    return replace(
        first,
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
    return tuple(re.sub(r"\W+", "", cell.plain).casefold() for cell in row)


def _width(grid: Grid) -> int:
    return max((sum(cell.colspan for cell in row) for row in grid.rows), default=0)
