"""Lines that a page of centred cells has woven: where one row of cells ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from evidence.documents.text.pages import pieces

_EACH = 0.5
"""What a further run costs, in pieces of print without a counterpart."""


def woven_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of lines (first, after the last) of which each fills only the gaps of the one above.

    Cells of two and of three lines, centred on each other, become five lines of text: an odd
    number, and the same print from both ends.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    for k in range(1, len(texts) + 1):
        if k < len(texts) and _goes_on(texts, k, start):
            continue
        runs += [(start + a, start + b) for a, b in _parted(texts[start:k]) if b - a > 2]
        start = k
    return runs


def _goes_on(texts: Sequence[str], k: int, start: int) -> bool:
    """Whether a line fills only the gaps of the one above, and not of the one before that."""
    if not texts[k].strip() or not texts[k - 1].strip() or overlap(texts[k - 1], texts[k]):
        return False
    return k - 2 < start or overlap(texts[k - 2], texts[k])


def _parted(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Lines cut into runs of odd numbers that are as symmetric as can be."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(texts) + 1):
        ways = (
            (best[start][0] + _EACH + _lopsided(texts[start:end]), start)
            for start in range(end - 1, -1, -2)
        )
        best.append(min(ways))
    runs: list[tuple[int, int]] = []
    end = len(texts)
    while end:
        runs.append((best[end][1], end))
        end = best[end][1]
    return runs[::-1]


def _lopsided(texts: Sequence[str]) -> int:
    """How many pieces have nothing above or below them as far from the other end."""
    return sum(_lonely(a, b) for a, b in zip(texts, reversed(texts), strict=True))


@lru_cache(maxsize=4096)
def _lonely(text: str, other: str) -> int:
    """How many pieces of a line have no print above or below them in another."""
    return sum(
        not any(piece.start <= b.end and b.start <= piece.end for b in pieces(other))
        for piece in pieces(text)
    )


def overlap(above: str, text: str) -> bool:
    """Whether print of one line stands above print of another, or touches it."""
    lower = pieces(text)
    k = 0
    for piece in pieces(above):
        while k < len(lower) and lower[k].end < piece.start:
            k += 1
        if k < len(lower) and lower[k].start <= piece.end:
            return True
    return False
