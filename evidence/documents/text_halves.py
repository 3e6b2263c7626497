"""Tables that stand in one column of a two-column text page: the lines cut at the gutter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.documents.captions import parse_title

_PIECE = re.compile(r"\S+(?: {1,2}\S+)*")
_REACH = 40
"""Lines below a title by which the gutter is told."""
_CROSSED = 0.1
_FAR = 30
"""A title that begins further right than this may stand in the right column."""

Title = tuple[str, str, bool]


def title_view(lines: Sequence[str], index: int) -> tuple[Sequence[str], Title] | None:
    """(the lines of the column the title stands in, the title); None for a line without one."""
    line = lines[index]
    if "ab" not in line and "AB" not in line and "A B" not in line:
        return None
    pieces = list(_PIECE.finditer(line))
    for place, piece in enumerate(pieces):
        parsed = parse_title(piece.group(0))
        if parsed is None:
            continue
        before = pieces[place - 1].end() if place else 0
        after = pieces[place + 1].start() if place + 1 < len(pieces) else None
        return _column(lines, index, before, piece, after), parsed
    return None


def _column(
    lines: Sequence[str], index: int, before: int, piece: re.Match[str], after: int | None
) -> Sequence[str]:
    """The lines as they are, or only what stands in the title's column of the page."""
    left = right = None
    below = [line for line in lines[index + 1 : index + 1 + _REACH] if line.strip()]
    if before or piece.start() > _FAR:
        left = _gutter(below, before, piece.start())
        left = left if _runs_on([line[:left] for line in below]) else None
    if after is not None:
        right = _gutter(below, piece.end(), after)
        right = right if _runs_on([line[right:] for line in below]) else None
    if left is None and right is None:
        return lines
    return [*lines[:index], *(line[left or 0 : right] for line in lines[index:])]


def _runs_on(texts: Sequence[str]) -> bool:
    """Whether the other column is running text rather than more of the table."""
    words = " ".join(texts).split()
    lower = sum(bool(re.match(r"^[(\"']?[a-z]+[-.,;:)]?$", word)) for word in words)
    filled = sum(bool(text.strip()) for text in texts)
    return bool(words) and lower >= 0.5 * len(words) and len(words) >= 4 * filled


def _gutter(below: Sequence[str], low: int, high: int) -> int | None:
    """The place between two columns that the fewest of the lines below cross."""
    if len(below) < 3 or high - low < 2:
        return None
    crossed = {x: sum(line[x : x + 1].strip() != "" for line in below) for x in range(low, high)}
    best = min(range(low, high), key=lambda x: (crossed[x], -x))
    held = sum(bool(line[:best].strip()) and bool(line[best:].strip()) for line in below)
    if crossed[best] > _CROSSED * len(below) or held < 0.3 * len(below):
        return None
    return best
