"""Rows of a table body: the cheapest way to cut its lines into rows.

Between drawn separators, lines are cut into rows so that three kinds of evidence agree best:
lines of one cell keep the usual leading and look like one wrapped text (``wrap.evidence``); the
cells of a row start, centre or end together; and rows are not missing their first column. The best
cut is found by dynamic programming, once per vertical alignment, and the cheapest alignment wins.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import Piece, leading, step_prior
from evidence.documents.layout.row_cost import OPEN, clusters_of, tracks_of
from evidence.documents.layout.row_cut import Band, Cut, cut_band
from evidence.documents.layout.row_doubt import doubt_against_print, doubt_full_lines, doubt_thin
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.spans import (
    Extent,
    blocks_of,
    opens_rows,
    reaches,
    rows_between,
    sparse_columns,
    tile,
)
from evidence.documents.layout.wrap import evidence

ALIGNMENTS = ("top", "middle", "bottom")


@dataclass(slots=True)
class Row:
    """The pieces of one logical row."""

    pieces: list[Piece] = field(default_factory=list)
    spans: list[tuple[Piece, int]] = field(default_factory=list)
    """Pieces of cells that reach over the following rows too, with the number of rows."""


def find_rows(pieces: list[Piece], columns: list[Column], strokes: list[Stroke]) -> list[Row]:
    """Body pieces grouped into rows, top to bottom."""
    if not pieces:
        return []
    pitch, size = leading(pieces)
    ruled = _with_ruled_spans(pieces, columns, strokes, pitch, size)
    if ruled is not None:
        return ruled
    sparse = sparse_columns(pieces, columns)
    for omitted in ([sparse] if len(sparse) > 1 else []) + [[c] for c in sparse]:
        rows = _with_spans(pieces, columns, strokes, pitch, size, omitted)
        if rows is not None:
            return rows
    return _cut(pieces, columns, strokes, pitch, size)


def _with_ruled_spans(
    pieces: list[Piece], columns: list[Column], strokes: list[Stroke], pitch: float, size: float
) -> list[Row] | None:
    """Rows cut without the columns that some separators leave out: there cells go on below them."""
    tall = [c for c, column in enumerate(columns) if not all(reaches(s, column) for s in strokes)]
    main, own = _apart(pieces, tall)
    if not own or not {p.first for p in main}:
        return None
    rows = _cut(main, columns, strokes, pitch, size)
    extents = _extents(rows)
    for c in tall:
        cuts = [s for s in strokes if reaches(s, columns[c])]
        blocks = _bands([p for p in own if p.first == c], cuts)
        if any(opens_rows(block, columns) for block in blocks):
            return None
        for block in blocks:
            under = rows_between(block, extents, cuts)
            if not under:
                return None
            rows[under[0]].spans += [(piece, len(under)) for piece in block]
    return rows


def _apart(pieces: list[Piece], omitted: list[int]) -> tuple[list[Piece], list[Piece]]:
    """The pieces that reach out of the columns ``omitted``, and those within one of them."""
    own = [p for p in pieces if p.first == p.last and p.first in omitted]
    return [p for p in pieces if not (p.first == p.last and p.first in omitted)], own


def _extents(rows: list[Row]) -> list[Extent]:
    return [(min(p.base for p in r.pieces), max(p.base for p in r.pieces)) for r in rows]


def _with_spans(
    pieces: list[Piece],
    columns: list[Column],
    strokes: list[Stroke],
    pitch: float,
    size: float,
    omitted: list[int],
) -> list[Row] | None:
    """Rows cut without the columns ``omitted``, if those then tile the rows with spanning cells."""
    main, omitted_pieces = _apart(pieces, omitted)
    if not main or not _between_labels(pieces, main, omitted, columns, pitch):
        return None
    rows = _cut(main, columns, strokes, pitch, size)
    extents = _extents(rows)
    for c in omitted:
        own = [p for p in omitted_pieces if p.first == c]
        blocks, cuts = blocks_of(own, columns, pitch), [s.y for s in strokes]
        tiles = tile(blocks, extents, pitch, cuts, labels=c == 0)
        if tiles is None:
            return None
        if not all(_stacked(rows[k : k + size], columns) for k, size, _ in tiles if size > 1):
            return None
        for start, size, block in tiles:
            rows[start].spans += [(piece, size) for piece in block]
    return rows


def _between_labels(
    pieces: list[Piece], main: list[Piece], omitted: list[int], columns: list[Column], pitch: float
) -> bool:
    """Whether some cell of the omitted columns starts where no label does, as one that spans.

    Where the labels themselves are omitted, a first line without a label tells the same.
    """
    if (
        0 in omitted
        and min(p.base for p in main) < min(p.base for p in pieces if p.first == 0) - 0.2 * pitch
    ):
        return True
    first = min(p.first for p in main)
    labels = [p.base for p in main if p.first == first]
    columns_of_own = ([p for p in pieces if p.first == p.last == c] for c in omitted)
    own = (blocks_of(ps, columns, pitch) for ps in columns_of_own)
    starts = (block[0].base for blocks in own for block in blocks)
    return any(all(abs(base - label) > 0.2 * pitch for label in labels) for base in starts)


def _stacked(rows: list[Row], columns: list[Column]) -> bool:
    """Whether rows under one spanning cell are rows by their own print, not wrapped lines."""
    found = [
        evidence(upper, lower, columns)
        for a, b in pairwise(rows)
        for lower in b.pieces
        for upper in [max((p for p in a.pieces if p.first == lower.first), key=_base, default=None)]
        if upper is not None
    ]
    return bool(found) and sum(found) >= 0.9 * len(found)


def _base(piece: Piece) -> float:
    return piece.base


def _cut(
    pieces: list[Piece], columns: list[Column], strokes: list[Stroke], pitch: float, size: float
) -> list[Row]:
    bands = _bands(pieces, strokes)
    tight = step_prior(clusters_of(pieces), pitch, OPEN)
    ready = [
        Band(clusters=(c := clusters_of(b)), tracks=tracks_of(c, columns, pitch, size, tight))
        for b in bands
    ]
    best: list[Cut] = []
    for alignment in ALIGNMENTS:
        cuts = [cut_band(band, pitch, alignment) for band in ready]
        if not best or sum(c.cost for c in cuts) < sum(c.cost for c in best) - 0.5:
            best = cuts
    for piece in pieces:
        piece.doubt = None
    rows = []
    for band, cut in zip(ready, best, strict=True):
        groups = [
            [p for cluster in band.clusters[start:end] for p in cluster]
            for start, end in pairwise([0, *cut.ends])
        ]
        doubt_against_print(band.tracks, groups, columns, pitch)
        doubt_thin(band.tracks, cut)
        rows += [row for g in groups for row in split_stacked(g, columns, pitch)]
    for row in rows:
        doubt_full_lines(row.pieces, columns)
    return rows


def _bands(pieces: list[Piece], strokes: list[Stroke]) -> list[list[Piece]]:
    """Pieces between two drawn separators."""
    ys = sorted(s.y for s in strokes)
    bands: dict[int, list[Piece]] = {}
    for piece in pieces:
        bands.setdefault(bisect_left(ys, piece.base - 0.3 * piece.size), []).append(piece)
    return [bands[k] for k in sorted(bands)]


def split_stacked(group: list[Piece], columns: list[Column], pitch: float) -> list[Row]:
    """A group whose columns mostly stack values is several rows under cells that span them."""
    by_column: dict[int, list[Piece]] = {}
    for piece in sorted(group, key=lambda p: p.base):
        if piece.first != piece.last:
            return [Row(group)]
        by_column.setdefault(piece.first, []).append(piece)
    counts = [len(ps) for ps in by_column.values() if len(ps) > 1]
    if not counts:
        return [Row(group)]
    k = max(set(counts), key=lambda n: (counts.count(n), n))
    stacked = [c for c, ps in by_column.items() if len(ps) == k and _stack(ps, columns)]
    rest = [c for c in by_column if c not in stacked]
    if len(stacked) < 2 or len(stacked) < len(rest) or any(len(by_column[c]) > k for c in rest):
        return [Row(group)]
    bases = [sum(by_column[c][i].base for c in stacked) / len(stacked) for i in range(k)]
    if any(abs(by_column[c][i].base - bases[i]) > 0.3 * pitch for c in stacked for i in range(k)):
        return [Row(group)]
    rows = [Row([by_column[c][i] for c in stacked]) for i in range(k)]
    for c in rest:
        for piece in by_column[c]:
            rows[0].spans.append((piece, k))
    return rows


def _stack(pieces: list[Piece], columns: list[Column]) -> bool:
    return all(evidence(a, b, columns) >= 1.5 for a, b in pairwise(pieces))
