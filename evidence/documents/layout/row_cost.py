"""What it costs to have two successive lines of a column in one cell, or in two rows.

What speaks against it in their own print (``wrap.evidence``), in the table's usual leading, and in
what is a section's name or the first line of a label in this table.
"""

from __future__ import annotations

from dataclasses import dataclass

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
GOES_ON = -1.0
"""A line that costs less to join than this is the rest of a label, not the name of a section."""
CASE = 0.8
"""Evidence of a line's first letter where all labels open with a capital."""


@dataclass(slots=True)
class Track:
    """Pieces of one column in order, the gap and wrap evidence before each."""

    pieces: list[Piece]
    cluster: list[int]
    join: list[float]
    """Cost of having piece i in one cell with piece i-1."""
    cut: list[float]
    """Cost of having piece i in another row than piece i-1."""


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
    sentence_case = _sentence_case(clusters)
    for k, cluster in enumerate(clusters):
        for piece in cluster:
            for c in range(piece.first, piece.last + 1):
                track = tracks[c]
                join = cut = 0.0
                if track.pieces:
                    prior = tight - (_opening(piece) if c == 0 and sentence_case else 0.0)
                    join, cut = _pair(track.pieces[-1], piece, columns, pitch, size, prior)
                track.pieces.append(piece)
                track.cluster.append(k)
                if len(track.pieces) > 1 and _parted_otherwise(track.pieces[-2], clusters, k, c):
                    join, cut = max(join, SECTION), min(cut, -SECTION)
                if c == 0 and _opens_section(clusters, k, piece):
                    join, cut = max(join, SECTION), min(cut, -SECTION)
                    if track.join[-1] > GOES_ON and _stands_out(track.pieces[-3:]):
                        track.join[-1] = max(track.join[-1], SECTION)
                        track.cut[-1] = min(track.cut[-1], -SECTION)
                track.join.append(join)
                track.cut.append(cut)
    return tracks


def _sentence_case(clusters: list[list[Piece]]) -> bool:
    """Whether labels with values open with a capital, and hardly any other word of a label does."""
    labels = [c[0] for c in clusters if c[0].first == 0]
    openings = [c[0].text[0] for c in clusters if c[0].first == 0 and len(c) > 1]
    inner = [w.text[0] for label in labels for w in label.words[1:] if w.text[0].isalpha()]
    return (
        len(openings) >= 4
        and sum(letter.islower() for letter in openings) <= 0.1 * len(openings)
        and sum(letter.isupper() for letter in inner) <= 0.2 * len(inner)
    )


def _opening(label: Piece) -> float:
    """What the first letter of a line says where labels open with a capital: above 0 a new one."""
    letter = label.text[0]
    return CASE if letter.isupper() else -CASE if letter.islower() else 0.0


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
    over = next((c for c in reversed(clusters[:k]) if any(p is upper for p in c)), [])
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
