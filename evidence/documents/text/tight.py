"""Columns a single blank apart: told by the blanks that all lines share, and set further apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evidence.documents.text.pages import pieces

WIDENED = 2
"""Blanks set in where a single one parts columns."""
_FEWEST = 3
"""So many lines must have print on both sides of a blank that parts columns."""
_OFF = 2
"""Characters by which a head may stand beside the print below it."""

Strip = tuple[int, int]
"""First free character and the one after the last."""


def tight_gaps(heads: Sequence[str], body: Sequence[str]) -> list[int]:
    """Characters at which a single blank parts columns, left to right.

    A blank that all lines of the body share may be chance, or stand in words that every row
    repeats: it parts columns where the heads above it are parted too. A blank that only the heads
    have single parts them where each of both stands over print of its own.
    """
    rows = [line for line in body if line.strip() and len(pieces(line)) > 1]
    tops = [line for line in heads if line.strip()]
    if len(rows) < _FEWEST or not tops:
        return []
    free = _free(rows)
    wide = [(0, 0), *((a, b) for a, b in free if b - a > 1), (width := max(map(len, rows)), width)]
    found = []
    for (_, left), (right, _) in pairwise(wide):
        blanks = [a for a, b in free if b - a == 1 and left <= a < right]
        found += _best_parted(tops, rows, blanks, left, right)
    for before, (start, end), after in zip(wide, wide[1:], wide[2:], strict=False):
        found += _head_only(tops, start, end, sum(before) // 2, sum(after) // 2)
    return sorted(found)


def _free(rows: Sequence[str]) -> list[Strip]:
    """Strips that every line leaves free and several have print on both sides of."""
    width = max(map(len, rows))
    filled = [any(line[x : x + 1].strip() for line in rows) for x in range(width)]
    edges = [x for x in range(width + 1) if (x < width and filled[x]) != (x > 0 and filled[x - 1])]
    strips = [(a, b) for a, b in pairwise(edges) if not filled[a]]
    return [
        (a, b)
        for a, b in strips
        if sum(bool(line[:a].strip()) and bool(line[b:].strip()) for line in rows) >= _FEWEST
    ]


def _parted(tops: Sequence[str], rows: Sequence[str], x: int, left: int, right: int) -> bool:
    """Whether heads of their own stand over the print on both sides of a blank.

    No words of one cell stand further apart than a blank: some line must part them more widely.
    """
    if any(line[x : x + 1].strip() for line in tops):
        return False
    if not any(line[max(0, left - _OFF) : x].strip() for line in tops):
        return False
    if any("±" in row[x - 1 : x + 2] for row in rows):
        return False
    if not any(line[x + 1 : right + _OFF].strip() for line in tops):
        return False
    return any(_gap(line, x) > 1 for line in [*tops, *rows])


def _best_parted(
    tops: Sequence[str], rows: Sequence[str], blanks: Sequence[int], left: int, right: int
) -> list[int]:
    """The blanks that part the print between two places, one for each gap of the heads."""
    best: dict[tuple[str, ...], tuple[int, int]] = {}
    for x in blanks:
        if _parted(tops, rows, x, left, right):
            heads = tuple(line[left:x].rstrip() for line in tops)
            both = sum(bool(row[left:x].strip() and row[x:right].strip()) for row in rows)
            best[heads] = max(best.get(heads, (0, x)), (both, x))
    return [x for _, x in best.values()]


def _head_only(tops: Sequence[str], start: int, end: int, left: int, right: int) -> list[int]:
    """The blank at which heads are parted that a wide strip parts below."""
    for line in tops:
        inner = [x for x in range(start, end) if not line[x : x + 1].strip()]
        if len(inner) > 1:
            inner = [x for x in inner if end - x - 1 <= _OFF]
        if len(inner) != 1 or _gap(line, inner[0]) != 1:
            continue
        x = inner[0]
        others = [top for top in tops if top is not line]
        own = any(top[left:x].strip() and top[x:right].strip() for top in others)
        if not own and line[left:x].strip() and line[x:right].strip():
            return [x]
    return []


def _gap(line: str, x: int) -> int:
    """Blanks around a character between two words; 0 where print stands on one side only."""
    before, after = line[:x].rstrip(), line[x:].lstrip()
    return len(line) - len(before) - len(after) if before and after else 0


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def spread(line: str, gaps: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """(the line with more blanks at its gaps, at which of them it has any).

    A line whose words stand across a gap keeps them together.
    """
    own = tuple(x for x in gaps if x < len(line) and not line[x].strip())
    for x in reversed(own):
        line = line[:x] + " " * WIDENED + line[x:]
    return line, own
