"""Runs of lines that look like a table although nothing is drawn around them."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.documents.base import Box
from evidence.documents.layout.captions import LABEL, Segment, segments
from evidence.documents.layout.pieces import VALUE
from evidence.documents.layout.words import Line

MIN_ROWS = 3
DENSE_GAP = 0.45
"""Figures further apart than this share of the font size stand in different columns."""
MAX_PLAIN = 2
"""So many lines without columns may stand inside a table (section rows, wrapped labels)."""


@dataclass(slots=True)
class Run:
    """Consecutive lines with columns among them."""

    lines: list[Line]
    tabular: int

    @property
    def box(self) -> Box:
        """The box around the run."""
        return (
            min(line.x0 for line in self.lines),
            min(line.top for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.bottom for line in self.lines),
        )


def tabular_runs(lines: list[Line], body_size: float) -> list[Run]:
    """Runs of lines cut into columns, top to bottom; prose in columns does not count."""
    runs: list[Run] = []
    current: list[Line] = []
    tabular = plain = 0
    extents: list[tuple[float, float]] = []

    def close() -> None:
        nonlocal current, tabular, plain
        kept = current[: len(current) - plain] if plain else current
        if tabular >= MIN_ROWS and _agree(kept) and not _is_prose(kept):
            runs.append(Run(kept, tabular))
        current, tabular, plain = [], 0, 0

    for line in lines:
        parts = cells_of(line)
        columns = is_tabular(parts, body_size)
        if current and line.base - current[-1].base > 2.6 * max(line.size, current[-1].size):
            close()
        if columns:
            current.append(line)
            extents = _joined(extents, parts) if tabular else [(p.x0, p.x1) for p in parts]
            tabular, plain = tabular + 1, 0
        elif current and len(extents) > 1 and all(_in_one(p, extents) for p in parts):
            current.append(line)
            extents = _joined(extents, parts)
        elif current:
            current.append(line)
            plain += 1
            if plain > MAX_PLAIN or _is_text(parts, body_size):
                close()
    close()
    return runs


def cells_of(line: Line) -> list[Segment]:
    """A line's segments; figures count as apart already where words of a sentence would not."""
    values = sum(bool(VALUE.match(word.text)) for word in line.words)
    dense = values >= 4 and values >= 0.6 * len(line.words)
    return segments(line, DENSE_GAP) if dense else segments(line)


def goes_on(run: Run, beside: list[Line], beyond: list[Line]) -> bool:
    """Whether the rows of a run go on beyond its span: a seeming gutter parts two columns.

    Beside most of its lines stands print on the same baseline, or what stands beside it is all on
    its baselines; and it is no caption, and no text that goes on ``beyond``, above or below.
    """
    parts = [segments(line) for line in beside]
    long = sum(_is_long(ps) for ps in parts) > 0.3 * len(parts)
    text = long and any(_is_long(segments(line)) for line in beyond)
    if text or any(LABEL.match(p.text) for ps in parts for p in ps):
        return False
    level = sum(any(abs(b.base - line.base) < 1 for b in beside) for line in run.lines)
    theirs = sum(any(abs(b.base - line.base) < 1 for line in run.lines) for b in beside)
    return level >= 0.6 * len(run.lines) or (theirs >= 2 and theirs >= 0.9 * len(beside))


def _is_long(parts: list[Segment]) -> bool:
    return len(parts) == 1 and len(parts[0].words) > 6


def _joined(extents: list[tuple[float, float]], parts: list[Segment]) -> list[tuple[float, float]]:
    """Stretches of print so far, with those that new segments overlap or bridge made one."""
    joined: list[tuple[float, float]] = []
    for a, b in sorted([*extents, *((p.x0, p.x1) for p in parts)]):
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined


def _in_one(part: Segment, extents: list[tuple[float, float]]) -> bool:
    """Whether a segment may be the rest of a wrapped cell: it stands under one stretch only."""
    near = 0.4 * part.size
    return sum(a - near < part.x1 and part.x0 < b + near for a, b in extents) == 1


def is_tabular(parts: list[Segment], body_size: float) -> bool:
    """Whether a line's segments read as cells: several, and not lines of prose side by side."""
    if len(parts) < 2:
        return False
    long = [p for p in parts if len(p.words) >= 7 and p.size >= 0.9 * body_size]
    if len(parts) == 2:
        return not long and parts[1].x0 - parts[0].x1 > 1.2 * parts[0].size
    return len(long) < 2


def _is_text(parts: list[Segment], body_size: float) -> bool:
    return any(len(p.words) >= 10 and p.size >= 0.9 * body_size for p in parts)


def _is_prose(lines: list[Line]) -> bool:
    """Whether most lines are two or three stretches of seven words or more: columns of text."""
    parts = [segments(line) for line in lines]
    full = sum(2 <= len(ps) <= 3 and all(len(p.words) >= 7 for p in ps) for ps in parts)
    return full >= 0.5 * sum(len(ps) > 1 for ps in parts)


def _agree(lines: list[Line]) -> bool:
    """Whether segments of different lines start, end or centre at the same places."""
    places: dict[int, set[int]] = {}
    rows = [parts for line in lines if len(parts := cells_of(line)) > 1]
    for number, parts in enumerate(rows):
        for part in parts[1:]:
            for kind, x in enumerate((part.x0, part.x1, (part.x0 + part.x1) / 2)):
                places.setdefault(kind * 10_000 + round(x / 6), set()).add(number)
    return any(len(at) >= max(MIN_ROWS - 1, 0.4 * len(rows)) for at in places.values())
