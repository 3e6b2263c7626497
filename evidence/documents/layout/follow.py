"""Rows that go on below a region, or on the next page: the lines that keep to its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

from evidence.documents.layout.captions import LABEL
from evidence.documents.layout.columns import Column
from evidence.documents.layout.grid import Draft
from evidence.documents.layout.pieces import Piece, cut_line
from evidence.documents.layout.sheet import Known, Region, Sheet, clip, region_in
from evidence.documents.layout.words import Line, level_lines

MAX_PLAIN = 2
"""So many lines in a row may cross the columns: section names, cells over several columns."""
HEAD, FOOT = 0.12, 0.94
"""Running heads stand above, running feet below these shares of the page's height."""
PARTED = 0.5
"""Cells of a row stand further apart than this share of the font size."""
APART = 2.6
"""Lines further apart than this multiple of the font size do not go on, unless earlier ones did."""


def at_foot(draft: Draft) -> bool:
    """Whether nothing but a running foot follows a table on its page: it may go on overleaf."""
    x0, _, x1, bottom = draft.region.box
    return not draft.footnotes and ends_page(draft.region.sheet, x0, x1, bottom)


def ends_page(sheet: Sheet, x0: float, x1: float, bottom: float) -> bool:
    """Whether nothing but a running foot stands below ``bottom``, in the lower half of a page."""
    height = sheet.ink.height
    under = clip(sheet.lines, (x0, bottom + 1, x1, FOOT * height), slack=0)
    number = len(under) == 1 and not _letters(under[0])
    low = bool(under) and (number or under[0].base > 0.88 * height)
    apart = low and under[0].top - bottom > under[0].size
    return bottom > 0.5 * height and (not under or apart)


def extended(draft: Draft, others: list[Region]) -> Region | None:
    """The region with the rows that follow it; None where a rule closes it or none do."""
    region = draft.region
    sheet, (x0, top, x1, bottom) = region.sheet, region.box
    if region.foot_top is None or _closed(region):
        return None
    floor = min(
        (r.box[1] for r in others if r.box[1] > bottom and r.box[0] < x1 and x0 < r.box[2]),
        default=FOOT * sheet.ink.height,
    )
    below = level_lines(clip(sheet.lines, (x0, bottom + 1, x1, floor), slack=0))
    last = max(p.base for row in draft.rows for p in row.pieces)
    steps = _steps(draft)
    rows = _rows_in(below, draft.columns, sheet.body_size, steps, after=last)
    rows = rows or _rest_of_cell(below, draft.columns, last, min(steps))
    if not rows:
        return None
    return region_in(region, (x0, top, x1, max(line.bottom for line in rows) + 0.5))


def rest_overleaf(sheet: Sheet, before: Draft, ceiling: float) -> Region | None:
    """The part of a table at the head of the next page, above ``ceiling``; None if there is none.

    It stands in the columns of the part before, perhaps moved aside as a whole.
    """
    if sheet.ink.turn != before.region.sheet.ink.turn:
        return None
    steps = _steps(before)
    lines = [line for line in sheet.lines if line.bottom < ceiling]
    for columns in _moved(before, lines):
        x0, x1 = columns[0].left, columns[-1].right
        own = level_lines(clip(lines, (x0, 0, x1, ceiling), slack=2))
        starts = _starts(own, before.region.sheet, steps)
        found = [_rows_in(own[at:], columns, sheet.body_size, steps) for at in starts]
        rows = max(reversed(found), key=len)
        if len(rows) > _closed(before.region):
            box = (x0, min(ln.top for ln in rows) - 0.5, x1, max(ln.bottom for ln in rows) + 0.5)
            like = replace(before.region, sheet=sheet, caption="", caption_box=None, continued=True)
            return replace(region_in(like, box), known=known_from(before, columns))
    return None


def known_from(before: Draft, columns: list[Column]) -> Known:
    """What the part before tells of a part in ``columns``."""
    return Known(columns, Counter(w.text for h in before.heads for p in h.pieces for w in p.words))


def _steps(draft: Draft) -> list[float]:
    """The distances between successive lines of a table's body, none of them 0."""
    bases = sorted({p.base for row in draft.rows for p in row.pieces})
    return [b - a for a, b in pairwise(bases) if b - a > 1] or [draft.region.sheet.body_size]


def _closed(region: Region) -> bool:
    """Whether a rule closes the table: rows may still follow, but a single line proves none."""
    return any(abs(stroke.y - region.box[3]) < 2 for stroke in region.strokes)


def _starts(lines: list[Line], previous: Sheet, steps: list[float]) -> list[int]:
    """Where the print may begin: at the first line that does not run over the pages alike.

    Or after another one at the page's head that stands apart from the rest.
    """
    running = {(round(line.base), _letters(line)) for line in previous.lines}
    starts = [sum((round(line.base), _letters(line)) in running for line in lines[:3])]
    for k, (line, following) in enumerate(pairwise(lines[:5]), 1):
        apart = following.base - line.base > max(1.6 * line.size, 1.3 * median(steps))
        if line.base < HEAD * previous.ink.height and apart and k > starts[0]:
            starts.append(k)
    return starts


def _letters(line: Line) -> str:
    return "".join(c for c in line.text if c.isalpha())


def _moved(before: Draft, lines: list[Line]) -> Iterator[list[Column]]:
    """The columns of the part before, in their place and with their left edge at that of lines."""
    aside = min((ln.x0 for ln in lines), default=0.0) - min(c.x0 for c in before.columns)
    for by in (0.0, aside):
        yield [Column(c.x0 + by, c.x1 + by, c.left + by, c.right + by) for c in before.columns]


def _rows_in(
    lines: list[Line],
    columns: list[Column],
    body_size: float,
    steps: list[float],
    after: float | None = None,
) -> list[Line]:
    """The leading lines that keep to the columns; empty unless some of them fill several."""
    kept: list[Line] = []
    sure = plain = 0
    filled: list[list[Piece]] = []
    for line in lines:
        far = max(APART * line.size, 1.15 * max(steps))
        if (after is not None and line.base - after > far) or LABEL.match(line.text):
            break
        pieces = cut_line(line, columns)
        over = [p for p in pieces if p.first != p.last]
        if any(b.x0 - a.x1 < PARTED * line.em for a, b in pairwise(pieces)):
            over = over or pieces
        plain = plain + 1 if over else 0
        if plain > MAX_PLAIN or any(_is_text(p, body_size) for p in over):
            break
        kept.append(line)
        after = line.base
        sure = sure if over else len(kept)
        if not over and len(pieces) > 1:
            filled.append(pieces)
    aligned = sum(_aligned(p, columns[p.first]) for ps in filled for p in ps)
    return kept[:sure] if filled and 3 * aligned >= 2 * sum(map(len, filled)) else []


def _rest_of_cell(
    lines: list[Line], columns: list[Column], after: float, leading: float
) -> list[Line]:
    """Lines that follow at the leading in one column, not the first: a wrapped cell goes on."""
    kept: list[Line] = []
    for line in lines:
        pieces = cut_line(line, columns)
        one = len(pieces) == 1 and 0 < pieces[0].first == pieces[0].last
        if not one or line.base - after > 1.1 * leading:
            break
        kept.append(line)
        after = line.base
    return kept


def _is_text(piece: Piece, body_size: float) -> bool:
    return len(piece.words) >= 10 and piece.size >= 0.9 * body_size


def _aligned(piece: Piece, column: Column) -> bool:
    """Whether a piece starts, ends or centres where the column's print does."""
    middle = (piece.x0 + piece.x1 - column.x0 - column.x1) / 2
    return min(abs(piece.x0 - column.x0), abs(piece.x1 - column.x1), abs(middle)) < 3
