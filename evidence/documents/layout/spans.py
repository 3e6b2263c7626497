"""Cells that reach over several rows: print centred between the rows it belongs to."""

from __future__ import annotations

from itertools import pairwise

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.wrap import evidence

STACKED = 1.2
"""Evidence between two lines of one column from which on they are cells of their own."""
Extent = tuple[float, float]
"""First and last baseline of a row."""


def sparse_columns(pieces: list[Piece], columns: list[Column]) -> list[int]:
    """Columns with clearly fewer printed lines than the fullest; candidates for spanning cells."""
    counts = [0] * len(columns)
    for piece in pieces:
        for c in range(piece.first, piece.last + 1):
            counts[c] += 1
    top = max(counts)
    return [c for c, n in enumerate(counts) if 0 < n <= 0.7 * top]


def blocks_of(pieces: list[Piece], columns: list[Column], pitch: float) -> list[list[Piece]]:
    """Pieces of one column gathered into cells by pitch and wrap evidence."""
    blocks: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.base):
        before = blocks[-1][-1] if blocks else None
        if (
            before is not None
            and piece.base - before.base <= 1.2 * pitch
            and evidence(before, piece, columns) < 0.9
        ):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def tile(
    blocks: list[list[Piece]],
    rows: list[Extent],
    pitch: float,
    cuts: list[float],
    *,
    labels: bool = False,
) -> list[tuple[int, int, list[Piece]]] | None:
    """Rows covered by each block (first row, number of rows, pieces), None if they do not tile.

    Every block must stand in the middle of a run of rows, the runs must follow one another
    without gap, no run may cross a drawn separator (``cuts``), and at least one block must stand
    between two lines, which no top-aligned cell does; or, for ``labels``, the first row has none.
    """
    between = False
    found: list[tuple[int, int, list[Piece]]] = []
    start = 0
    for block in blocks:
        middle = (block[0].base + block[-1].base) / 2
        size = _run_length(rows, start, middle, 0.34 * pitch)
        if size is None:
            return None
        first, last = rows[start][0], rows[start + size - 1][1]
        if any(first < y < last for y in cuts):
            return None
        between |= size % 2 == 0 or (size > 1 and start == 0 and len(blocks) > 1 and labels)
        found.append((start, size, block))
        start += size
    if start != len(rows) or not between:
        return None
    return found


def _run_length(rows: list[Extent], start: int, middle: float, slack: float) -> int | None:
    for size in range(1, len(rows) - start + 1):
        centre = (rows[start][0] + rows[start + size - 1][1]) / 2
        if abs(centre - middle) <= slack:
            return size
        if centre > middle + slack:
            return None
    return None


def reaches(stroke: Stroke, column: Column) -> bool:
    """Whether a separator runs under a column."""
    return stroke.x0 - 3 <= (column.x0 + column.x1) / 2 <= stroke.x1 + 3


def opens_rows(block: list[Piece], columns: list[Column]) -> bool:
    """Whether lines of one column between two separators are cells of their own."""
    return any(evidence(a, b, columns) >= STACKED for a, b in pairwise(block))


def rows_between(block: list[Piece], rows: list[Extent], cuts: list[Stroke]) -> list[int]:
    """The rows between the same two of the separators ``cuts`` as a block of print."""
    top = max((s.y for s in cuts if s.y < block[0].base), default=float("-inf"))
    bottom = min((s.y for s in cuts if s.y >= block[0].base), default=float("inf"))
    return [k for k, (first, last) in enumerate(rows) if top < first and last <= bottom]
