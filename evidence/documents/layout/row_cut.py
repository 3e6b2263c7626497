"""The cheapest way to cut a band of lines into rows, and what would cost hardly more.

A row costs what its cells are off one another and whether its label is missing, besides what its
joints and the cut before it cost (``row_cost``).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.row_cost import Track

NO_LABEL = 1.0
"""Cost of a row without a label."""
EMPTY, MOST_EMPTY = 0.15, 3
"""Cost of an empty cell beside the label, and how many count: a section's name has no values."""
MAX_CLUSTERS = 60
"""No row holds more printed baselines than this."""


@dataclass(slots=True)
class Band:
    """What all alignments of a band share: its lines, their columns, the cost of each row."""

    clusters: list[list[Piece]]
    tracks: list[Track]
    parts: dict[tuple[int, int], tuple[float, list[tuple[float, float]], bool]] = field(
        default_factory=dict
    )


@dataclass(slots=True, kw_only=True)
class Cut:
    """A band cut into rows."""

    cost: float
    ends: list[int]
    """For each row the number of clusters up to its end."""
    until: list[float]
    """The cheapest cost of the first clusters, as many as the index says."""
    costs: dict[tuple[int, int], float]
    """What each row that was tried costs."""

    def thin(self, least: float) -> list[int]:
        """Clusters at which a row opens or goes on though the contrary costs less than ``least``
        more.
        """
        n = len(self.until) - 1
        after = [float("inf")] * n + [0.0]
        whole = [float("inf")] * (n + 1)
        for (start, end), cost in sorted(self.costs.items(), reverse=True):
            after[start] = min(after[start], cost + after[end])
        for (start, end), cost in self.costs.items():
            for k in range(start + 1, end):
                whole[k] = min(whole[k], self.until[start] + cost + after[end])
        parted = [self.until[k] + after[k] for k in range(n + 1)]
        others = (whole[k] if k in self.ends else parted[k] for k in range(n))
        return [k for k, other in enumerate(others) if k > 0 and other - self.cost < least]


def cut_band(band: Band, pitch: float, alignment: str) -> Cut:
    """The cheapest rows of a band whose cells are aligned so."""
    n = len(band.clusters)
    cost = [0.0] + [float("inf")] * n
    back = [0] * (n + 1)
    costs: dict[tuple[int, int], float] = {}
    for end in range(1, n + 1):
        for start in range(end - 1, max(-1, end - 1 - MAX_CLUSTERS), -1):
            here, hopeless = _row_cost(band, start, end, pitch, alignment)
            costs[start, end] = here
            if cost[start] + here < cost[end]:
                cost[end], back[end] = cost[start] + here, start
            if hopeless:
                break
    ends = [n]
    while back[ends[-1]] > 0:
        ends.append(back[ends[-1]])
    return Cut(cost=cost[n], ends=ends[::-1], until=cost, costs=costs)


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
