"""Superscripts and subscripts: small runs put back on the line of what they stand beside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from evidence.documents.layout.ink import Glyph

SMALL = 0.87
"""A glyph below this share of its neighbour's size may be a superscript or subscript."""
NEAR = 0.4
"""A script stands no further than this share of its neighbour's size from it."""
LONGEST = 12
"""No script is longer than so many times its size."""
Run = list[Glyph]


@dataclass(slots=True, kw_only=True)
class _Row:
    """The runs of one baseline that hold more than spaces, left to right."""

    number: int
    runs: list[Run]
    bases: list[float]
    """The baseline of each run, before any is moved."""
    starts: list[float]
    ends: list[float]
    """How far the print reaches up to the end of each run."""
    size: float
    low: float
    high: float

    def near(self, run: Run, above: float, below: float) -> Iterator[Run]:
        """The runs on baselines between two heights whose print meets another's neighbourhood."""
        reach = NEAR * self.size
        first = bisect_left(self.ends, run[0].x0 - reach)
        for k in range(first, bisect_right(self.starts, run[-1].x1 + reach)):
            if above <= self.bases[k] < below:
                yield self.runs[k]


def attach_scripts(rows: list[Run]) -> None:
    """Move small raised or lowered runs to the row of the glyph they stand beside."""
    parts = [_runs(row) for row in rows]
    hosts = [_row_of(number, runs) for number, runs in enumerate(parts)]
    inked = [row for row in hosts if row is not None]
    lows, highs = [row.low for row in inked], [row.high for row in inked]
    moved: dict[int, set[int]] = {}
    for number, run in ((k, run) for k, runs in enumerate(parts) for run in runs):
        size = max(g.size for g in run)
        if run[-1].x1 - run[0].x0 > LONGEST * size:
            continue
        above, below = run[0].base - 1.2 * size, run[0].base + 1.7 * size
        best: tuple[float, int, Glyph] | None = None
        for row in inked[bisect_left(highs, above) : bisect_left(lows, below)]:
            for host in row.near(run, above, below) if row.number != number else ():
                fit = _fit(run[0], run[-1], size, host)
                if fit is not None and (best is None or fit[0] < best[0]):
                    best = (fit[0], row.number, fit[1])
        if best is None:
            continue
        _, target, glyph = best
        level = 1 if glyph.base > run[0].base else -1
        for g in run:
            g.level, g.base = level, glyph.base
        moved.setdefault(number, set()).update(id(g) for g in run)
        rows[target].extend(run)
    for number, gone in moved.items():
        rows[number] = [g for g in rows[number] if id(g) not in gone]


def _runs(row: Run) -> list[Run]:
    """A row cut where the font size changes or a gap opens."""
    row.sort(key=lambda g: (g.x0, g.x1))
    runs: list[Run] = []
    for g in row:
        previous = runs[-1][-1] if runs else None
        near = previous is not None and (
            abs(previous.size - g.size) <= 0.08 * g.size and g.x0 - previous.x1 <= 0.6 * g.size
        )
        if near:
            runs[-1].append(g)
        else:
            runs.append([g])
    return runs


def _row_of(number: int, runs: list[Run]) -> _Row | None:
    inked = [run for run in ([g for g in r if not g.text.isspace()] for r in runs) if run]
    if not inked:
        return None
    bases = [run[0].base for run in inked]
    return _Row(
        number=number,
        runs=inked,
        bases=bases,
        starts=[run[0].x0 for run in inked],
        ends=list(accumulate((max(g.x1 for g in run) for run in inked), max)),
        size=max(g.size for run in inked for g in run),
        low=min(bases),
        high=max(bases),
    )


def _fit(first: Glyph, last: Glyph, size: float, host: Run) -> tuple[float, Glyph] | None:
    """How far a run stands from a neighbour it could be a script of; None if it is none."""
    best: tuple[float, Glyph] | None = None
    for g in (host[0], host[-1], *_around(host, first.x0)):
        if g.size * SMALL < size or g.text.isspace() or g.text in "®™©°":
            continue
        raise_by = (g.base - first.base) / g.size
        if not (0.12 <= raise_by <= 0.75 or -0.45 <= raise_by <= -0.05):
            continue
        gap = min(abs(first.x0 - g.x1), abs(g.x0 - last.x1)) / g.size
        if first.x0 >= g.x1 - 0.3 * g.size:
            gap = max(0.0, first.x0 - g.x1) / g.size
        if gap <= NEAR and (best is None or gap < best[0]):
            best = (gap, g)
    return best


def _around(run: Run, x: float) -> Iterator[Glyph]:
    """The glyphs of a run before and after a place."""
    ahead = bisect_right(run, x + 0.3 * run[0].size, key=_left)
    before = (run[k] for k in range(ahead - 1, -1, -1) if run[k].x1 <= x + 0.3 * run[k].size)
    yield from islice(before, 1)
    at = bisect_left(run, x, key=_left)
    yield from run[at : at + 1]


def _left(glyph: Glyph) -> float:
    return glyph.x0
