"""Columns of a table: from bounds the printer drew, and from the white rivers down its body."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from evidence.documents.layout.captions import segments
from evidence.documents.layout.ink import Rule
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.words import Line, Word


@dataclass(slots=True)
class Column:
    """The printed extent of a column and the bounds half-way to its neighbours."""

    x0: float
    x1: float
    left: float = 0.0
    right: float = 0.0


def find_columns(
    body: list[Line],
    heads: list[Line],
    x0: float,
    x1: float,
    strokes: list[Stroke],
    uprights: list[Rule],
) -> list[Column]:
    """Columns of the table, left to right; one column if nothing parts its print."""
    if not body:
        return []
    drawn = _drawn_bounds(strokes, uprights, body, x0, x1)
    size = sorted(line.em for line in body)[len(body) // 2]
    rivers = _rivers(body, heads, x0, x1)
    bounds = list(drawn)
    for left, right in rivers:
        if any(left - 2 <= b <= right + 2 for b in drawn):
            continue
        if drawn and right - left < 0.9 * size:
            continue
        bounds.append(_middle_of_white(body, left, right, 0.3 * size))
    return _columns_between(sorted(bounds), body, heads, x0, x1, size)


def _columns_between(
    bounds: list[float], body: list[Line], heads: list[Line], x0: float, x1: float, size: float
) -> list[Column]:
    edges = [min(x0, body[0].x0), *bounds, max(x1, max(line.x1 for line in body))]
    columns = []
    for left, right in pairwise(edges):
        words = _inside(body, left, right) or _inside(heads, left, right)
        if words:
            x_from, x_to = min(w.x0 for w in words), max(w.x1 for w in words)
            columns.append(Column(x_from, x_to, left, right))
    return _with_head_only(columns, heads, size)


def _inside(lines: list[Line], left: float, right: float) -> list[Word]:
    return [w for line in lines for w in line.words if left <= (w.x0 + w.x1) / 2 < right]


def _with_head_only(columns: list[Column], heads: list[Line], size: float) -> list[Column]:
    """Columns with those added whose head is printed but whose body is empty.

    Such a head stands clear of every column's print, and the columns beside it have heads.
    """
    stretches = _stretches(heads)
    lone = [s for s in stretches if all(_apart(s, (c.x0, c.x1), size) for c in columns)]
    headed = [
        any(not _apart(s, (c.x0, c.x1), size) for s in stretches if s not in lone) for c in columns
    ]
    for x0, x1 in lone:
        k = sum(c.x1 < x0 for c in columns)
        before, after = columns[:k], columns[k:]
        if not before:
            continue
        ours = k == 1 or headed[k - 1]
        theirs = not after or headed[k]
        if not (ours and (theirs or x1 <= before[-1].right)):
            continue
        ends = [s[1] for s in stretches if s[1] < x0]
        starts = [s[0] for s in stretches if s[0] > x1]
        left = (max([before[-1].x1, *ends]) + x0) / 2
        right = (min([after[0].x0, *starts]) + x1) / 2 if after else before[-1].right
        before[-1].right = left
        if after:
            after[0].left = right
        columns = [*before, Column(x0, x1, left, right), *after]
        headed.insert(k, True)
    return columns


def _apart(a: tuple[float, float], b: tuple[float, float], size: float) -> bool:
    return a[1] < b[0] - size or a[0] > b[1] + size


def _stretches(lines: list[Line]) -> list[tuple[float, float]]:
    """The extents of print across, all lines laid over one another."""
    found: list[tuple[float, float]] = []
    for part in sorted((p for line in lines for p in segments(line)), key=lambda p: p.x0):
        if found and part.x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(part.x1, found[-1][1]))
        else:
            found.append((part.x0, part.x1))
    return found


def _drawn_bounds(
    strokes: list[Stroke], uprights: list[Rule], lines: list[Line], x0: float, x1: float
) -> list[float]:
    """Bounds the printer drew: upright rules through the body, and where rule pieces meet.

    Upright rules count alone where the pieces meet elsewhere.
    """
    top, bottom = lines[0].base - lines[0].size, lines[-1].base
    xs = [
        r.x
        for r in uprights
        if x0 + 4 < r.x < x1 - 4 and min(r.bottom, bottom) - max(r.top, top) > 0.6 * (bottom - top)
    ]
    joints = [x for s in strokes if _is_sparse(s) for x in s.joints]
    if all(any(abs(x - j) <= 4 for j in joints) for x in xs):
        xs += joints
    kept: list[float] = []
    for x in sorted(xs):
        if (kept and x - kept[-1] <= 4) or not x0 + 4 < x < x1 - 4:
            continue
        crossing = sum(any(w.x0 < x - 2 and w.x1 > x + 2 for w in line.words) for line in lines)
        if crossing <= 0.1 * len(lines):
            kept.append(x)
    return kept


def _is_sparse(stroke: Stroke) -> bool:
    """Whether the pieces are as long as columns (a dotted rule has many short ones)."""
    ends = [stroke.x0, *sorted(stroke.joints), stroke.x1]
    return sum(b - a >= 12 for a, b in pairwise(ends)) >= 0.8 * (len(ends) - 1)


def _rivers(body: list[Line], heads: list[Line], x0: float, x1: float) -> list[tuple[float, float]]:
    """White gaps that the body lines leave free, wide enough for how many lines they part."""
    size = sorted(line.em for line in body)[len(body) // 2]
    pieces = [line for line in body if _is_broken(line)]
    if not pieces:
        return []
    pieces += [
        line for line in body if not _is_broken(line) and line.x1 - line.x0 < 0.4 * (x1 - x0)
    ]
    most = [(a, b) for a, b in _free(pieces, len(pieces) // 5) if b - a >= 0.38 * size]
    headed = [
        (a, b)
        for a, b in most
        if (_parts(heads, a, b, size) and _mostly(pieces, a, b, size)) or _clear(pieces, a, b, size)
    ]
    found: list[tuple[float, float]] = []
    for left, right in _free(pieces, 0) + headed + _beside_sections(pieces, x0, size):
        if any(left < b and a < right for a, b in found):
            continue
        crossed = [line for line in pieces if line.x0 < left and line.x1 > right]
        support = [line for line in [*crossed, *heads] if _gap_at(line, left, right) > 0.4 * size]
        need = 0.38 if len(crossed) >= 6 else 0.6 if len(crossed) >= 3 else 0.9
        if right - left >= need * size and support:
            found.append((left, right))
    return sorted(found)


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


def _middle_of_white(body: list[Line], left: float, right: float, least: float) -> float:
    """The middle of a river, moved aside for whole lines that reach into it from one side."""
    middle = (left + right) / 2
    for line in body:
        if left < line.x0 < middle:
            right = min(right, line.x0)
        elif middle < line.x1 < right and line.x0 < left:
            left = max(left, line.x1)
    return (left + right) / 2 if right - left >= least else middle


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


def column_of(word: Word, columns: list[Column]) -> int:
    """Index of the column in whose bounds the word's middle lies, else the nearest."""
    middle = (word.x0 + word.x1) / 2
    return min(
        range(len(columns)),
        key=lambda i: max(columns[i].left - middle, middle - columns[i].right, 0.0),
    )
