"""What rows cost: lines of a band, their columns, and the cheapest way to cut them.

A cut or a joint costs what speaks against it (``wrap.evidence``), a row what its cells are off one
another and whether its label is missing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.wrap import evidence

OPEN = 1.13
"""Lines further apart than this multiple of the leading hardly belong to one wrapped cell."""
CLOSE = 0.87
"""Lines set closer than the rows of the table are lines of one cell."""
LOOSE = 1.3
"""Up to this multiple, a line that reads like the rest of a sentence still may."""
SECTION = 1.5
"""Cost of joining a section's name with one of its rows, or with a row before it."""
NO_LABEL = 1.0
"""Cost of a row without a label."""
EMPTY, MOST_EMPTY = 0.15, 3
"""Cost of an empty cell beside the label, and how many count: a section's name has no values."""
MAX_CLUSTERS = 60
"""No row holds more printed baselines than this."""


@dataclass(slots=True)
class Track:
    """Pieces of one column in order, the gap and wrap evidence before each."""

    pieces: list[Piece]
    cluster: list[int]
    join: list[float]
    """Cost of having piece i in one cell with piece i-1."""
    cut: list[float]
    """Cost of having piece i in another row than piece i-1."""


@dataclass(slots=True)
class Band:
    """What all alignments of a band share: its lines, their columns, the cost of each row."""

    clusters: list[list[Piece]]
    tracks: list[Track]
    parts: dict[tuple[int, int], tuple[float, list[tuple[float, float]], bool]] = field(
        default_factory=dict
    )


def clusters_of(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that share a baseline, within a fifth of the font size."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.first)):
        if groups and piece.base - groups[-1][0].base <= 0.2 * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def tracks_of(
    clusters: list[list[Piece]], columns: list[Column], pitch: float, size: float, tight: float
) -> list[Track]:
    """Per column its pieces in order, and what joining or parting each from the one before costs.

    ``pitch`` is the leading of print of ``size``; ``tight`` the prior of ``pieces.step_prior``.
    """
    tracks = [Track([], [], [], []) for _ in columns]
    for k, cluster in enumerate(clusters):
        for piece in cluster:
            for c in range(piece.first, piece.last + 1):
                track = tracks[c]
                join = cut = 0.0
                if track.pieces:
                    join, cut = _pair(track.pieces[-1], piece, columns, pitch, size, tight)
                track.pieces.append(piece)
                track.cluster.append(k)
                if len(track.pieces) > 1 and _parted_otherwise(track.pieces[-2], clusters, k, c):
                    join, cut = max(join, SECTION), min(cut, -SECTION)
                if c == 0 and _opens_section(clusters, k, piece):
                    join, cut = max(join, SECTION), min(cut, -SECTION)
                    if _stands_out(track.pieces[-3:]):
                        track.join[-1] = max(track.join[-1], SECTION)
                        track.cut[-1] = min(track.cut[-1], -SECTION)
                track.join.append(join)
                track.cut.append(cut)
    return tracks


def cut_band(band: Band, pitch: float, alignment: str) -> tuple[float, list[list[Piece]]]:
    """The cheapest cost of a band whose cells are aligned so, and its rows."""
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


def _row_cost(band: Band, start: int, end: int, pitch: float, alignment: str) -> tuple[float, bool]:
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
    tracks: list[Track], start: int, end: int
) -> tuple[float, list[tuple[float, float]], bool]:
    """What a row costs in any alignment, the extent of each cell, and whether it is hopeless."""
    cost = 0.0
    extents: list[tuple[float, float]] = []
    open_gaps = empty = 0
    for c, track in enumerate(tracks):
        i, j = bisect_left(track.cluster, start), bisect_left(track.cluster, end)
        if i == j:
            cost += NO_LABEL if c == 0 else 0.0
            empty += c > 0
            continue
        cost += sum(track.join[i + 1 : j])
        if i > 0:
            cost += track.cut[i]
        open_gaps += sum(g >= 3.0 for g in track.join[i + 1 : j])
        extents.append((track.pieces[i].base, track.pieces[j - 1].base))
    return cost + EMPTY * min(empty, MOST_EMPTY), extents, open_gaps >= 4


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


def _parted_otherwise(upper: Piece, clusters: list[list[Piece]], k: int, column: int) -> bool:
    """Whether one of two lines has several pieces where the other has a single one over them."""
    over = next(c for c in reversed(clusters[:k]) if any(p is upper for p in c))
    lower = next(p for p in clusters[k] if p.first <= column <= p.last)
    within = sum(upper.first <= p.first and p.last <= upper.last for p in clusters[k])
    return within > 1 or sum(lower.first <= p.first and p.last <= lower.last for p in over) > 1


def _stands_out(labels: list[Piece]) -> bool:
    """Whether the second of three labels stands further out than both others."""
    return len(labels) == 3 and labels[0].x0 - labels[1].x0 > 0.4 * labels[1].size


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
