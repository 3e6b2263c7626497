"""Columns of a table from the white rivers that run down its body."""

from __future__ import annotations

from dataclasses import dataclass

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
    lines: list[Line], x0: float, x1: float, strokes: list[Stroke], uprights: list[Rule]
) -> list[Column]:
    """Columns of the body lines, left to right; one column if no river runs through."""
    if not lines:
        return []
    bounds = _drawn_bounds(strokes, uprights, lines, x0, x1)
    rivers = bounds or _rivers(lines, x0, x1)
    edges = [x0, *rivers, x1]
    columns = []
    for left, right in zip(edges, edges[1:], strict=False):
        inside = [w for line in lines for w in line.words if left <= (w.x0 + w.x1) / 2 < right]
        if inside:
            columns.append(
                Column(min(w.x0 for w in inside), max(w.x1 for w in inside), left, right)
            )
    return columns


def _drawn_bounds(
    strokes: list[Stroke], uprights: list[Rule], lines: list[Line], x0: float, x1: float
) -> list[float]:
    """Bounds the printer drew: upright rules through the body, or where rule pieces meet."""
    top, bottom = lines[0].base - lines[0].size, lines[-1].base
    xs = sorted(
        r.x
        for r in uprights
        if x0 + 4 < r.x < x1 - 4 and min(r.bottom, bottom) - max(r.top, top) > 0.6 * (bottom - top)
    )
    if not xs:
        full = [s for s in strokes if s.length > 0.9 * (x1 - x0) and s.joints]
        if len(full) >= 2:
            xs = [
                j
                for j in full[0].joints
                if sum(any(abs(j - k) < 1.5 for k in s.joints) for s in full)
                >= max(2, 0.6 * len(full))
            ]
    kept: list[float] = []
    for x in xs:
        crossing = sum(any(w.x0 < x - 1.5 and w.x1 > x + 1.5 for w in line.words) for line in lines)
        if crossing <= 0.1 * len(lines) and (not kept or x - kept[-1] > 4):
            kept.append(x)
    return kept


def _rivers(lines: list[Line], x0: float, x1: float) -> list[float]:
    """Middles of the white gaps that body lines leave free."""
    size = sorted(line.size for line in lines)[len(lines) // 2]
    pieces = [line for line in lines if _is_broken(line)]
    if not pieces:
        return []
    free = _free(pieces, x0, x1)
    found = []
    for left, right in free:
        crossed = [line for line in pieces if line.x0 < left and line.x1 > right]
        supporting = [line for line in crossed if _gap_at(line, left, right) > 0.4 * size]
        need = 0.38 if len(crossed) >= 6 else 0.6 if len(crossed) >= 3 else 0.9
        if right - left >= need * size and supporting:
            found.append((left + right) / 2)
    return found


def _is_broken(line: Line) -> bool:
    return any(b.x0 - a.x1 > 0.7 * b.size for a, b in zip(line.words, line.words[1:], strict=False))


def _gap_at(line: Line, left: float, right: float) -> float:
    middle = (left + right) / 2
    before = [w.x1 for w in line.words if w.x1 <= middle]
    after = [w.x0 for w in line.words if w.x0 >= middle]
    return min(after) - max(before) if before and after else 0.0


def _free(lines: list[Line], x0: float, x1: float) -> list[tuple[float, float]]:
    """Gaps between the words of all lines together."""
    spans = sorted((w.x0, w.x1) for line in lines for w in line.words)
    gaps = []
    reach = spans[0][1]
    for left, right in spans[1:]:
        if left > reach:
            gaps.append((reach, left))
        reach = max(reach, right)
    return gaps


def column_of(word: Word, columns: list[Column]) -> int:
    """Index of the column in whose bounds the word's middle lies, else the nearest."""
    middle = (word.x0 + word.x1) / 2
    best = min(
        range(len(columns)),
        key=lambda i: max(columns[i].left - middle, middle - columns[i].right, 0.0),
    )
    return best
