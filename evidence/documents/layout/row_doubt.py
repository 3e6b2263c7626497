"""Doubt about rows: lines put in one against their own print, or for hardly a reason."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.row_cost import CLOSE, Track, clusters_of
from evidence.documents.layout.row_cut import Cut
from evidence.documents.layout.wrap import evidence

DOUBTFUL = 1.0
"""Evidence against a cut above which the cells on both sides are in doubt."""
WEAK = 0.0
"""Evidence against a joint above which the joined cell is in doubt."""
THIN = 0.8
"""Cells are in doubt where other rows would cost so little more."""
UNDECIDED = "whether this line and the next are of one row is hardly decided"


def doubt_against_print(
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


def doubt_thin(tracks: list[Track], cut: Cut) -> None:
    """Mark pieces that would stand in another cell if a close second choice of rows were right."""
    for k in cut.thin(THIN):
        start = max((end for end in cut.ends if end < k), default=0)
        stop = min(end for end in cut.ends if end > k)
        for track in tracks:
            i = bisect_left(track.cluster, k)
            if i in (0, len(track.cluster)):
                continue
            if start <= track.cluster[i - 1] and track.cluster[i] < stop:
                for piece in track.pieces[i - 1 : i + 1]:
                    piece.doubt = piece.doubt or UNDECIDED


def doubt_full_lines(pieces: list[Piece], columns: list[Column]) -> None:
    """A second opinion on rows: a row with two lines that fill nearly every column may be two."""
    full = [
        cluster
        for cluster in clusters_of(pieces)
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
