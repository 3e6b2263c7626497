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
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.spans import blocks_of, sparse_columns, tile
from evidence.documents.layout.wrap import evidence

OPEN = 1.13
"""Lines further apart than this multiple of the leading hardly belong to one wrapped cell."""
CLOSE = 0.87
"""Lines set closer than the rows of the table are lines of one cell."""
LOOSE = 1.3
"""Up to this multiple, a line that reads like the rest of a sentence still may."""
DOUBTFUL = 1.0
"""Evidence against a cut above which the cells on both sides are in doubt."""
WEAK = 0.0
"""Evidence against a joint above which the joined cell is in doubt."""
SECTION = 1.5
"""Cost of joining a section's name with the first of its indented rows."""
MAX_CLUSTERS = 60
"""No row holds more printed baselines than this."""
ALIGNMENTS = ("top", "middle", "bottom")


@dataclass(slots=True)
class Row:
    """The pieces of one logical row."""

    pieces: list[Piece] = field(default_factory=list)
    spans: list[tuple[Piece, int]] = field(default_factory=list)
    """Pieces of cells that reach over the following rows too, with the number of rows."""


@dataclass(slots=True)
class _Column:
    """Pieces of one column in order, the gap and wrap evidence before each."""

    pieces: list[Piece]
    cluster: list[int]
    join: list[float]
    """Cost of having piece i in one cell with piece i-1."""
    cut: list[float]
    """Cost of having piece i in another row than piece i-1."""


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
    if not main:
        return None
    rows = _cut(main, columns, strokes, pitch, size)
    extents = [(min(p.base for p in r.pieces), max(p.base for p in r.pieces)) for r in rows]
    for c in omitted:
        own = [p for p in pieces if p.first == c and p.last == c]
        tiles = tile(blocks_of(own, columns, pitch), extents, pitch, [s.y for s in strokes])
        if tiles is None:
            return None
        if not all(_stacked(rows[k : k + size], columns) for k, size, _ in tiles if size > 1):
            return None
        for start, size, block in tiles:
            rows[start].spans += [(piece, size) for piece in block]
    return rows


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
    tight = step_prior(_clusters(pieces), pitch, OPEN)
    best: tuple[float, list[list[list[Piece]]]] | None = None
    ready = [
        _Band(clusters=(c := _clusters(b)), tracks=_tracks(c, columns, pitch, size, tight))
        for b in bands
    ]
    for alignment in ALIGNMENTS:
        cuts = [_cut_band(band, pitch, alignment) for band in ready]
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
        for cluster in _clusters(row.pieces)
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


def _clusters(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that share a baseline, within a fifth of the font size."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.first)):
        if groups and piece.base - groups[-1][0].base <= 0.2 * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


@dataclass(slots=True)
class _Band:
    """What all alignments of a band share: its lines, their columns, the cost of each row."""

    clusters: list[list[Piece]]
    tracks: list[_Column]
    parts: dict[tuple[int, int], tuple[float, list[tuple[float, float]], bool]] = field(
        default_factory=dict
    )


def _cut_band(band: _Band, pitch: float, alignment: str) -> tuple[float, list[list[Piece]]]:
    clusters = band.clusters
    n = len(clusters)
    cost = [0.0] + [float("inf")] * n
    back = [0] * (n + 1)
    for end in range(1, n + 1):
        for start in range(end - 1, max(-1, end - 1 - MAX_CLUSTERS), -1):
            here, hopeless = _row_cost(band, start, end, pitch, alignment)
            if cost[start] + here < cost[end]:
                cost[end], back[end] = cost[start] + here, start
            if hopeless:
                break
    groups: list[list[Piece]] = []
    end = n
    while end > 0:
        groups.append([p for cluster in clusters[back[end] : end] for p in cluster])
        end = back[end]
    return cost[n], groups[::-1]


def _doubt(
    tracks: list[_Column], groups: list[list[Piece]], columns: list[Column], pitch: float
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


def _tracks(
    clusters: list[list[Piece]], columns: list[Column], pitch: float, size: float, tight: float
) -> list[_Column]:
    tracks = [_Column([], [], [], []) for _ in columns]
    for k, cluster in enumerate(clusters):
        for piece in cluster:
            for c in range(piece.first, piece.last + 1):
                track = tracks[c]
                join = cut = 0.0
                if track.pieces:
                    join, cut = _pair(track.pieces[-1], piece, columns, pitch, size, tight)
                track.pieces.append(piece)
                track.cluster.append(k)
                if c == 0 and join < SECTION and _opens_section(clusters, k, piece):
                    join, cut = SECTION, -SECTION
                track.join.append(join)
                track.cut.append(cut)
    return tracks


def _opens_section(clusters: list[list[Piece]], k: int, label: Piece) -> bool:
    """Whether the line above heads a section: it has no values, this one and the next have.

    Both stand further in than it, at one indent; a wrapped label has its values on one line.
    """
    if not 0 < k < len(clusters) - 1:
        return False
    above, here, below = clusters[k - 1], clusters[k], clusters[k + 1]
    inset = label.x0 - above[0].x0
    return (
        all(p.last == 0 for p in above)
        and 0.4 * label.size < inset
        and all(len(c) > 1 and abs(c[0].x0 - label.x0) < 0.2 * label.size for c in (here, below))
    )


def _pair(
    upper: Piece, lower: Piece, columns: list[Column], pitch: float, size: float, tight: float
) -> tuple[float, float]:
    """Costs of joining and of parting two successive pieces of a column.

    ``pitch`` is the leading of print of ``size``; larger print is led in proportion.
    """
    gap = (lower.base - upper.base) / (pitch * max(1.0, min(upper.size, lower.size) / size))
    e = evidence(upper, lower, columns)
    if OPEN < gap <= LOOSE and e <= -1.8:
        return -0.5, 0.5
    if gap > OPEN:
        return 3.0 + 4 * (gap - OPEN), 0.0
    e -= tight if gap >= CLOSE else 1.5
    return e, -e


def _row_cost(
    band: _Band, start: int, end: int, pitch: float, alignment: str
) -> tuple[float, bool]:
    """Cost of clusters ``start``..``end`` as one row, and whether a longer one is hopeless."""
    if (start, end) not in band.parts:
        band.parts[start, end] = _row_parts(band.tracks, start, end)
    cost, extents, hopeless = band.parts[start, end]
    top, bottom = min(e[0] for e in extents), max(e[1] for e in extents)
    for first, last in extents:
        if alignment == "top":
            off = first - top
        elif alignment == "bottom":
            off = bottom - last
        else:
            off = abs((first + last) - (top + bottom)) / 2
        off = off / pitch - 0.15
        if off > 0:
            cost += 2.5 * min(off, 2.0)
    return cost, hopeless


def _row_parts(
    tracks: list[_Column], start: int, end: int
) -> tuple[float, list[tuple[float, float]], bool]:
    """What a row costs in any alignment, the extent of each cell, and whether it is hopeless."""
    cost = 0.0
    extents: list[tuple[float, float]] = []
    open_gaps = 0
    for c, track in enumerate(tracks):
        i, j = bisect_left(track.cluster, start), bisect_left(track.cluster, end)
        if i == j:
            cost += 1.0 if c == 0 else 0.15
            continue
        cost += sum(track.join[i + 1 : j])
        if i > 0:
            cost += track.cut[i]
        open_gaps += sum(g >= 3.0 for g in track.join[i + 1 : j])
        extents.append((track.pieces[i].base, track.pieces[j - 1].base))
    return cost, extents, open_gaps >= 4


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
