"""From a region to a grid: head zone, columns, rows, cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.base import Box, Cell, Footnote, Grid
from evidence.documents.layout.cells import make_cell
from evidence.documents.layout.columns import Column, find_columns
from evidence.documents.layout.crosswise import turned_heads
from evidence.documents.layout.footnotes import lines_under, notes_of, split_notes
from evidence.documents.layout.head_zone import split_head
from evidence.documents.layout.heads import Head, stack_heads
from evidence.documents.layout.pieces import Piece, cut_line
from evidence.documents.layout.rows import Row, find_rows
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.sheet import Region, Sheet, clip
from evidence.documents.layout.words import level_lines


@dataclass(slots=True)
class Draft:
    """A region read into columns, heads and rows, before cells are made."""

    region: Region
    columns: list[Column]
    heads: list[Head]
    rows: list[Row]
    footnotes: list[Footnote] = field(default_factory=list)
    note_boxes: list[Box] = field(default_factory=list)


def draft_table(region: Region) -> Draft | None:
    """Columns, heads and rows of a region; None if nothing in it looks like a table."""
    lines = clip(region.sheet.lines, region.box, slack=1.0)
    lines = [line for line in lines if region.box[1] - 1 <= line.base <= region.box[3] + 2]
    lines = level_lines(lines)
    if not lines:
        return None
    x0, _, x1, _ = region.box
    long = [s for s in region.strokes if s.length >= 0.85 * (x1 - x0)]
    lines, notes = split_notes(lines, x0, x1)
    turned = clip(region.sheet.crosswise, region.box, slack=1.0)
    head_lines, body_lines = split_head(lines, long, region, turned)
    if not body_lines:
        return None
    columns = (
        region.known.columns
        if region.known
        else find_columns(body_lines, head_lines, x0, x1, region.strokes, region.uprights)
    )
    if not columns:
        return None
    pieces = [p for line in body_lines for p in cut_line(line, columns)]
    head_pieces = [p for line in head_lines for p in cut_line(line, columns)]
    limit = body_lines[0].base - body_lines[0].size
    head_pieces += turned_heads([line for line in turned if line.base <= limit + 2], columns)
    partial = _partial([s for s in region.strokes if s.y < limit], long)
    lower = [s for s in region.strokes if s.y > limit]
    inner = [s for s in lower if sum(t.length for t in lower if t.y == s.y) > 0.6 * (x1 - x0)]
    rows = find_rows(pieces, columns, inner)
    notes += lines_under(region)
    return Draft(
        region,
        columns,
        stack_heads(head_pieces, columns, partial),
        rows,
        notes_of(notes, region.sheet.ink),
        [(line.x0, line.top, line.x1, line.bottom) for line in notes],
    )


def _partial(strokes: list[Stroke], long: list[Stroke]) -> list[Stroke]:
    """Rules under some of the heads: short ones, and the pieces of a long one above the last."""
    closing = max((s.y for s in strokes if s in long), default=0.0)
    pieces = [part for s in strokes if s in long and s.y < closing for part in s.parts]
    return [s for s in strokes if s not in long] + pieces


def make_grid(draft: Draft) -> Grid:
    """The cells of a draft."""
    region, ink = draft.region, draft.region.sheet.ink
    width = len(draft.columns)
    depth = max((h.tier + h.tiers for h in draft.heads), default=0)
    rows: list[tuple[Cell, ...]] = []
    for tier in range(depth):
        spans = [(h.first, h.last, h.tiers, h.pieces) for h in draft.heads if h.tier == tier]
        covered = {
            c
            for h in draft.heads
            if h.tier < tier < h.tier + h.tiers
            for c in range(h.first, h.last + 1)
        }
        rows.append(_row(spans, covered, width, region.sheet, header=True))
    covered_until: dict[int, int] = {}
    for number, row in enumerate(draft.rows):
        spans = _cells_of(row, width)
        for c in sorted({piece.first for piece, _ in row.spans}):
            reach = max(k for piece, k in row.spans if piece.first == c)
            spans.append((c, c, reach, [p for p, _ in row.spans if p.first == c]))
            covered_until[c] = number + reach
        under = {
            c
            for c, until in covered_until.items()
            if number < until and c not in {s[0] for s in spans}
        }
        rows.append(_row(spans, under, width, region.sheet, header=False))
    return Grid(
        label=region.label,
        caption=region.caption,
        pages=(region.sheet.number,),
        rows=tuple(rows),
        header_rows=depth,
        box_pt=ink.shown(region.box),
        footnotes=tuple(draft.footnotes),
    )


def _row(
    spans: list[tuple[int, int, int, list[Piece]]],
    covered: set[int],
    width: int,
    sheet: Sheet,
    *,
    header: bool,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    starts = {first: (last, tiers, pieces) for first, last, tiers, pieces in spans}
    c = 0
    while c < width:
        if c in starts:
            last, tiers, pieces = starts[c]
            cells.append(
                make_cell(
                    pieces,
                    sheet.ink,
                    rowspan=tiers,
                    colspan=last - c + 1,
                    header=header,
                    words=sheet.words,
                )
            )
            c = last + 1
            continue
        if c not in covered:
            cells.append(make_cell([], sheet.ink, header=header))
        c += 1
    return tuple(cells)


def _cells_of(row: Row, width: int) -> list[tuple[int, int, int, list[Piece]]]:
    """Pieces of a row gathered per column; a spanning piece takes the columns it covers."""
    groups: list[tuple[int, int, list[Piece]]] = []
    for piece in sorted(row.pieces, key=lambda p: (p.first, -p.last)):
        if groups and piece.first <= groups[-1][1]:
            first, last, pieces = groups[-1]
            groups[-1] = (first, max(last, piece.last), [*pieces, piece])
        else:
            groups.append((piece.first, piece.last, [piece]))
    return [(first, last, 1, pieces) for first, last, pieces in groups]
