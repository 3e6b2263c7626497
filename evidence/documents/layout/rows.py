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
from evidence.documents.layout.row_cost import (
    CLOSE,
    OPEN,
    Band,
    Track,
    clusters_of,
    cut_band,
    tracks_of,
)
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.spans import blocks_of, sparse_columns, tile
from evidence.documents.layout.wrap import evidence

DOUBTFUL = 1.0
"""Evidence against a cut above which the cells on both sides are in doubt."""
WEAK = 0.0
"""Evidence against a joint above which the joined cell is in doubt."""
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
    sparse = sparse_columns(pieces, columns)
    for omitted in ([sparse] if len(sparse) > 1 else []) + [[c] for c in sparse]:
        rows = _with_spans(pieces, columns, strokes, pitch, size, omitted)
        if rows is not None:
            return rows
    return _cut(pieces, columns, strokes, pitch, size)


def _with_spans(
    pieces: list[Piece],
    columns: list[Column],
    strokes: list[Stroke],
    pitch: float,
    size: float,
    omitted: list[int],
) -> list[Row] | None:
    """Rows cut without the columns ``omitted``, if those then tile the rows with spanning cells."""
    main = [p for p in pieces if p.first not in omitted and p.last not in omitted]
    if not main or not _between_labels(pieces, main, omitted, columns, pitch):
        return None
    rows = _cut(main, columns, strokes, pitch, size)
    extents = [(min(p.base for p in r.pieces), max(p.base for p in r.pieces)) for r in rows]
    for c in omitted:
        own = [p for p in pieces if p.first == c and p.last == c]
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
    best: tuple[float, list[list[list[Piece]]]] | None = None
    ready = [
        Band(clusters=(c := clusters_of(b)), tracks=tracks_of(c, columns, pitch, size, tight))
        for b in bands
    ]
    for alignment in ALIGNMENTS:
        cuts = [cut_band(band, pitch, alignment) for band in ready]
        cost = sum(c for c, _ in cuts)
        if best is None or cost < best[0] - 0.5:
            best = (cost, [groups for _, groups in cuts])
    assert best is not None
    for piece in pieces:
        piece.doubt = None
    for band, groups in zip(ready, best[1], strict=True):
        _doubt(band.tracks, groups, columns, pitch)
    rows = [row for groups in best[1] for g in groups for row in split_stacked(g, columns, pitch)]
    for row in rows:
        _doubt_full_lines(row, columns)
    return rows


def _doubt_full_lines(row: Row, columns: list[Column]) -> None:
    """A second opinion on rows: a row with two lines that fill nearly every column may be two."""
    full = [
        cluster
        for cluster in clusters_of(row.pieces)
        if len({p.first for p in cluster}) >= max(3, 0.8 * len(columns))
    ]
    for above, below in pairwise(full):
        found = [
            evidence(upper, lower, columns)
            for lower in below
            for upper in above
            if upper.first == lower.first
        ]
        if sum(found) > -0.5 * len(found):
            for piece in below:
                piece.doubt = piece.doubt or "two full lines were taken for one row"


def _bands(pieces: list[Piece], strokes: list[Stroke]) -> list[list[Piece]]:
    """Pieces between two drawn separators."""
    ys = sorted(s.y for s in strokes)
    bands: dict[int, list[Piece]] = {}
    for piece in pieces:
        bands.setdefault(bisect_left(ys, piece.base - 0.3 * piece.size), []).append(piece)
    return [bands[k] for k in sorted(bands)]


def _doubt(
    tracks: list[Track], groups: list[list[Piece]], columns: list[Column], pitch: float
) -> None:
    """Mark pieces that were joined or parted against what their own print suggests."""
    row_of = {id(piece): k for k, group in enumerate(groups) for piece in group}
    for track in tracks:
        for i in range(1, len(track.pieces)):
            upper, lower = track.pieces[i - 1], track.pieces[i]
            together = row_of[id(upper)] == row_of[id(lower)]
            gap = lower.base - upper.base
            if together and gap > CLOSE * pitch and evidence(upper, lower, columns) > WEAK:
                lower.doubt = f"the line '{lower.text[:30]}' may open a row of its own"
            if not together and track.cut[i] > DOUBTFUL:
                upper.doubt = f"the next row's '{lower.text[:30]}' may belong to this cell"
                lower.doubt = "the first line may belong to the row above"


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
