"""Rivers: white strips down the body of a table that part its columns."""

from __future__ import annotations

from itertools import pairwise

from evidence.documents.layout.captions import segments
from evidence.documents.layout.words import Line

NARROW = 0.2
"""A gap narrower than this share of the font size parts no columns in any case."""


def find_rivers(
    body: list[Line], heads: list[Line], x0: float, x1: float, ends: list[float]
) -> list[tuple[float, float]]:
    """White gaps that the body lines leave free, wide enough for how many lines they part.

    Gaps as narrow as a word space count where cells stand flush along them, or where a rule under
    some of the heads ends (``ends``).
    """
    size = sorted(line.em for line in body)[len(body) // 2]
    pieces = [line for line in body if _is_broken(line)]
    if not pieces:
        return []
    pieces += [
        line for line in body if not _is_broken(line) and line.x1 - line.x0 < 0.4 * (x1 - x0)
    ]
    most = [(a, b) for a, b in _free(pieces, len(pieces) // 5) if b - a >= 0.38 * size]
    parted = [
        (a, b)
        for a, b in most
        if (_parts(heads, a, b, size) and _mostly(pieces, a, b, size)) or _clear(pieces, a, b, size)
    ]
    free = _free(pieces, 0)
    found: list[tuple[float, float]] = []
    for left, right in free + parted + _beside_sections(pieces, x0, size):
        if any(left < b and a < right for a, b in found):
            continue
        crossed = [line for line in pieces if line.x0 < left and line.x1 > right]
        support = [line for line in [*crossed, *heads] if _gap_at(line, left, right) > 0.4 * size]
        headed = any(_gap_at(line, left, right) > 0.9 * size for line in heads)
        few = 0.6 if len(crossed) >= 3 else 0.9
        need = 0.38 if len(crossed) >= 6 or headed else few
        told = right - left >= NARROW * size and (
            any(left - 0.3 * size <= x <= right + 0.3 * size for x in ends)
            or _flush(crossed, left, right, size)
        )
        if (right - left >= need * size or told) and support:
            found.append((left, right))
    return _seen_white(sorted(found), [*body, *heads], size)


def _flush(lines: list[Line], left: float, right: float, size: float) -> bool:
    """Whether cells stand flush along a narrow gap that most lines leave wide.

    Those left of it end alike, or those right of it start, end or centre alike.
    """
    before, after, white = [], [], 0
    for line in lines:
        parts = segments(line)
        ends = [w.x1 for w in line.words if w.x1 <= left + 0.1]
        starts = [w.x0 for w in line.words if w.x0 >= right - 0.1]
        if not ends or not starts:
            return False
        cell_end = min(p.x1 for p in parts if p.x1 > starts[0])
        before.append(ends[-1])
        after.append((starts[0], cell_end, (starts[0] + cell_end) / 2))
        white += starts[0] - ends[-1] > 0.7 * size
    edges = [before, *([cell[k] for cell in after] for k in range(3))]
    return (
        len(lines) >= 3
        and white >= 0.5 * len(lines)
        and any(max(xs) - min(xs) <= 0.1 * size for xs in edges)
    )


def _seen_white(
    rivers: list[tuple[float, float]], lines: list[Line], size: float
) -> list[tuple[float, float]]:
    """Rivers without the narrow ones that no line with print right and left of them leaves wide.

    Such a river is a word space of long labels, beside which nothing stands in other rows.
    """
    kept = list(rivers)
    for river in sorted(rivers, key=lambda r: r[1] - r[0]):
        k = kept.index(river)
        west = kept[k - 1][1] if k else float("-inf")
        east = kept[k + 1][0] if k + 1 < len(kept) else float("inf")
        gaps = [gap for line in lines if (gap := _gap_between(line, west, *river, east))]
        if river[1] - river[0] < 0.7 * size and gaps and max(gaps) < 0.5 * size:
            kept.remove(river)
    return kept


def _gap_between(line: Line, west: float, left: float, right: float, east: float) -> float:
    """The white of a line between its print in two columns that meet; 0 if one holds none."""
    middles = [((w.x0 + w.x1) / 2, w) for w in line.words]
    before = [w.x1 for x, w in middles if west <= x <= left]
    after = [w.x0 for x, w in middles if right <= x <= east]
    return min(after) - max(before) if before and after else 0.0


def _beside_sections(lines: list[Line], x0: float, size: float) -> list[tuple[float, float]]:
    """Gaps that nothing but names of sections reaches over, and fewer of them than of rows."""
    names: list[Line] = []
    rows: list[Line] = []
    for line in lines:
        alone = line.x0 - x0 < size and not _is_broken(line)
        (names if alone else rows).append(line)
    if not names:
        return []
    found = []
    for left, right in _free(rows, 0):
        over = sum(line.x0 < left and line.x1 > left for line in names)
        parted = sum(_gap_at(line, left, right) > 0.7 * size for line in rows)
        if parted >= max(3, 1.5 * over):
            found.append((left, right))
    return found


def _parts(heads: list[Line], left: float, right: float, size: float) -> bool:
    """Whether a head line has print on both sides of a gap, and none crosses it."""
    crossed = [line for line in heads if line.x0 < left and line.x1 > right]
    return bool(crossed) and all(_gap_at(line, left, right) > 0.4 * size for line in crossed)


def _mostly(lines: list[Line], left: float, right: float, size: float) -> bool:
    """Whether at least three in four of the lines that reach over a gap leave it white."""
    crossed = [line for line in lines if line.x0 < left and line.x1 > right]
    white = sum(_gap_at(line, left, right) > 0.4 * size for line in crossed)
    return white >= 0.75 * len(crossed)


def _clear(lines: list[Line], left: float, right: float, size: float) -> bool:
    """Whether many lines leave a wide gap here, and few do not."""
    crossed = [line for line in lines if line.x0 < left and line.x1 > right]
    gaps = sum(_gap_at(line, left, right) > 0.7 * size for line in crossed)
    return right - left >= 0.7 * size and gaps >= max(8, 0.75 * len(crossed))


def _is_broken(line: Line) -> bool:
    return any(b.x0 - a.x1 > 0.7 * b.em for a, b in pairwise(line.words))


def _gap_at(line: Line, left: float, right: float) -> float:
    middle = (left + right) / 2
    before = [w.x1 for w in line.words if w.x1 <= middle]
    after = [w.x0 for w in line.words if w.x0 >= middle]
    if not before or not after or len(before) + len(after) < len(line.words):
        return 0.0
    return min(after) - max(before)


def _free(lines: list[Line], tolerance: int) -> list[tuple[float, float]]:
    """Stretches that at most ``tolerance`` lines cover, between stretches that more cover."""
    steps: list[tuple[float, int]] = []
    for line in lines:
        for word in line.words:
            steps += [(word.x0, 1), (word.x1, -1)]
    steps.sort(key=lambda step: (step[0], -step[1]))
    gaps: list[tuple[float, float]] = []
    depth, since = 0, None
    for x, change in steps:
        before, depth = depth, depth + change
        if before > tolerance >= depth:
            since = x
        elif before <= tolerance < depth and since is not None:
            if x > since:
                gaps.append((since, x))
            since = None
    return gaps
