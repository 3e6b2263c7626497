"""Columns of a table: from bounds the printer drew, and from the white rivers down its body."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from evidence.documents.layout.captions import segments
from evidence.documents.layout.ink import Rule
from evidence.documents.layout.rivers import find_rivers
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.words import WORD_SPACE, Line, Word

LONG = 0.85
"""A rule is of the table's width from this share of it on."""


@dataclass(slots=True)
class Column:
    """The printed extent of a column and the bounds half-way to its neighbours."""

    x0: float
    x1: float
    left: float = 0.0
    right: float = 0.0
    tight: bool = False
    """Whether the white before it is no wider than a word space."""


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
    whole = [s for s in strokes if s.length >= LONG * (x1 - x0)]
    every = bool(_drawn_bounds(whole, uprights, body, x0, x1))
    size = sorted(line.em for line in body)[len(body) // 2]
    foot = body[0].base - body[0].size
    ends = [x for s in strokes if s.y < foot and s.length < LONG * (x1 - x0) for x in (s.x0, s.x1)]
    rivers = find_rivers(body, heads, x0, x1, ends)
    bounds, tight = list(drawn), []
    for left, right in rivers:
        if any(left - 2 <= b <= right + 2 for b in drawn):
            continue
        if every and right - left < 0.9 * size:
            continue
        narrow = right - left <= WORD_SPACE * size
        left, right = _clear_of_heads(heads, left, right, 0.3 * size)
        bounds.append(_middle_of_white(body, left, right, 0.3 * size))
        tight += bounds[-1:] if narrow else []
    columns = _columns_between(sorted(bounds), body, heads, x0, x1, size)
    for column in columns:
        column.tight = column.left in tight
    return columns


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


def _clear_of_heads(
    heads: list[Line], left: float, right: float, least: float
) -> tuple[float, float]:
    """A river cut down to the white that the heads leave too, where they do."""
    for line in heads:
        for a, b in pairwise(segments(line)):
            low, high = max(left, a.x1), min(right, b.x0)
            if high - low >= least:
                left, right = low, high
    return left, right


def _middle_of_white(body: list[Line], left: float, right: float, least: float) -> float:
    """The middle of a river, moved aside for whole lines that reach into it from one side."""
    middle = (left + right) / 2
    for line in body:
        if left < line.x0 < middle:
            right = min(right, line.x0)
        elif middle < line.x1 < right and line.x0 < left:
            left = max(left, line.x1)
    return (left + right) / 2 if right - left >= least else middle


def column_of(word: Word, columns: list[Column]) -> int:
    """Index of the column in whose bounds the word's middle lies, else the nearest."""
    middle = (word.x0 + word.x1) / 2
    return min(
        range(len(columns)),
        key=lambda i: max(columns[i].left - middle, middle - columns[i].right, 0.0),
    )
