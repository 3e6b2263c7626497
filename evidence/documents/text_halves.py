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
    if before or piece.start() > _FAR:
        left = _gutter(lines, index, before, piece.start())
    if after is not None:
        right = _gutter(lines, index, piece.end(), after)
    if left is None and right is None:
        return lines
    return [*lines[:index], *(line[left or 0 : right] for line in lines[index:])]


def _gutter(lines: Sequence[str], index: int, low: int, high: int) -> int | None:
    """The place between two columns that the fewest of the lines below cross."""
    below = [line for line in lines[index + 1 : index + 1 + _REACH] if line.strip()]
    if len(below) < 3 or high - low < 2:
        return None
    crossed = {x: sum(line[x : x + 1].strip() != "" for line in below) for x in range(low, high)}
    best = min(range(low, high), key=lambda x: (crossed[x], -x))
    held = sum(bool(line[:best].strip()) and bool(line[best:].strip()) for line in below)
    if crossed[best] > _CROSSED * len(below) or held < 0.3 * len(below):
        return None
    return best
