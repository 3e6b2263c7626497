"""The column of print a table's title stands in, told by the white strips beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evidence.documents.text.pages import Piece, filled, is_running, pieces

View = tuple[int, int]
"""First character column and the one after the last."""

_REACH = 14
"""Filled lines beside which the strips must stay white."""
_ABOVE = 6
_FULL = 0.6
"""Most lines of running text take up this share of the longest."""
_EVEN = 5
"""Lines of one column of print begin within so many characters of each other."""


def column_of(
    near: Sequence[str], behind: Sequence[str], title: Piece, starts: Collection[int], width: int
) -> View:
    """The page's whole width, or less where other print stands beside the title's own.

    ``near`` are the lines from the title on towards its table, ``behind`` those on its other side,
    ``starts`` the places at which titles begin.
    """
    window = list(filled(near))[:_REACH]
    left, right = 0, width
    for a, b in _strips(window, title.end, max(map(len, window))):
        if _is_text([line[b:] for line in window], len(window)) or b in starts:
            right = (a + b) // 2
            break
    for a, b in reversed(_strips(window, 0, title.start)):
        beside = [line[:a] for line in window]
        edge = abs(b - title.start) <= 1 and _stays_white(behind, window, a, b)
        if edge or _is_text(beside, len(window)):
            left = b - 1
            break
    return left, right


def _strips(lines: Sequence[str], low: int, high: int) -> list[tuple[int, int]]:
    """White strips of two characters and more that every line leaves free."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for x in range(low, high + 1):
        white = x < high and all(not line[x : x + 1].strip() for line in lines)
        if white and start is None:
            start = x
        elif not white and start is not None:
            if x - start >= 2:
                found.append((start, x))
            start = None
    return found


def _stays_white(behind: Sequence[str], window: Sequence[str], a: int, b: int) -> bool:
    """Whether the title begins a column of print: lines behind it begin where it does, too."""
    lines = list(filled(behind))[:_ABOVE]
    level = sum(any(abs(p.start - b) <= 1 for p in pieces(line)) for line in lines)
    free = not any(line[a : b - 1].strip() for line in [*lines, *window])
    beside = sum(bool(line[:a].strip()) for line in window)
    return free and level > 1 and beside >= 0.3 * len(window)


def _is_text(sides: Sequence[str], count: int) -> bool:
    """Whether one column of running text stands beside the title."""
    own = [side.rstrip() for side in sides if side.strip()]
    if len(own) < max(3, 0.3 * count):
        return False
    indents = [len(side) - len(side.lstrip()) for side in own]
    even = sum(indent <= min(indents) + _EVEN for indent in indents)
    single = sum(len(pieces(side)) == 1 for side in own)
    width = max(map(len, own)) - min(indents)
    full = sum(len(side) - min(indents) >= _FULL * width for side in own)
    words = " ".join(own).split()
    return (
        even >= 0.8 * len(own)
        and single >= 0.7 * len(own)
        and full >= 0.5 * len(own)
        and len(words) >= 4 * len(own)
        and is_running([" ".join(words)], share=0.4)
    )
