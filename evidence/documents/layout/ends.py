"""Rows beyond the first and the last rule of a table: heads above, rows that go on below."""

from __future__ import annotations

from itertools import pairwise

from evidence.documents.base import Box
from evidence.documents.layout.captions import CaptionStart, segments
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.runs import is_tabular, tabular_runs
from evidence.documents.layout.sheet import Sheet, clip
from evidence.documents.layout.words import Line


def head_above(sheet: Sheet, caption: CaptionStart, first: Stroke) -> float:
    """The table's top: its first rule, or heads that stand above it without a rule of their own."""
    for line in clip(sheet.lines, (first.x0, caption.segment.bottom, first.x1, first.y), slack=0):
        parts = segments(line)
        gap = max((b.x0 - a.x1 for a, b in pairwise(parts)), default=0.0)
        if line.base > caption.segment.base + 2 and (len(parts) >= 3 or gap > 2.5 * line.size):
            return line.top - 1
    return first.y


def end_below(sheet: Sheet, box: Box, limit: float, names: int = 0) -> float:
    """The table's bottom: its last rule, or the last of the rows that go on below it.

    Up to ``names`` lines without columns may stand before a row.
    """
    x0, _, x1, bottom = box
    below = clip(sheet.lines, (x0, bottom + 1, x1, limit), slack=0)
    if not below or below[0].base - bottom > 2.4 * below[0].size:
        return bottom
    runs = tabular_runs(below, sheet.body_size)
    if runs and _leads_to(below, runs[0].lines[0], bottom):
        return runs[0].box[3] + 0.5
    shaded = _ends_in_shade(sheet, bottom)
    last, alone = bottom, 0
    for line in below:
        parts = segments(line)
        row = len(parts) >= 3 or (shaded and is_tabular(parts, sheet.body_size))
        alone = 0 if row else alone + 1
        if line.base - last > 2 * line.size or alone > names or len(parts[0].words) > 8:
            break
        last = line.bottom + 0.5
        bottom = last if row else bottom
    return _rest_of_row(below, bottom, x0, x1) if shaded else bottom


def _leads_to(below: list[Line], row: Line, bottom: float) -> bool:
    """Whether nothing parts a row from the rule above it: section names at most stand between."""
    for line in below:
        if line.base - bottom > 2.4 * line.size:
            return False
        if line is row:
            return True
        if len(line.words) > 8:
            return False
        bottom = line.base
    return False


def _ends_in_shade(sheet: Sheet, y: float) -> bool:
    """Whether a shade ends here and no rule: a row without shade may follow."""
    return any(min(abs(b[1] - y), abs(b[3] - y)) < 1.5 for b in sheet.ink.shades) and not any(
        abs(r.y - y) < 1.5 for r in sheet.ink.across
    )


def _rest_of_row(below: list[Line], bottom: float, x0: float, x1: float) -> float:
    """The bottom of a row whose wrapped cells go on: short lines that do not start at the left."""
    for line in below:
        if line.bottom <= bottom:
            continue
        apart = line.base - bottom > 1.5 * line.size
        if apart or line.x0 - x0 < 0.1 * (x1 - x0) or len(segments(line)) > 1:
            break
        bottom = line.bottom + 0.5
    return bottom


def rows_above(sheet: Sheet, box: Box, floor: float) -> float:
    """The table's top where it opens with a shade: heads may stand above it, unshaded."""
    x0, top, x1, _ = box
    if not _ends_in_shade(sheet, top):
        return top
    for line in reversed(clip(sheet.lines, (x0, floor, x1, top - 1), slack=0)):
        overlaps = line.bottom > top + 0.1 * line.size
        if top - line.base > line.size or not (
            overlaps or is_tabular(segments(line), sheet.body_size)
        ):
            break
        top = line.top - 0.5
    return top
