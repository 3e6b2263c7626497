"""Where a table stands: from its caption, the rules around it and the print that follows."""

from __future__ import annotations

from itertools import pairwise

from evidence.documents.base import Box
from evidence.documents.layout.caption_text import caption_text, make_region, text_from
from evidence.documents.layout.captions import CaptionStart, Segment, segments
from evidence.documents.layout.ruleless import run_above, run_below
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.runs import is_tabular, tabular_runs
from evidence.documents.layout.sheet import Region, Sheet, clip, is_prose
from evidence.documents.layout.words import Line

__all__ = ["Region", "Sheet", "find_regions"]

EMPTY = 6
"""Rules further apart than so many font sizes, with no print between, frame no table."""


def find_regions(sheet: Sheet, captions: list[CaptionStart]) -> list[Region]:
    """One region per caption that has a table beside it."""
    found: list[Region] = []
    for caption in captions:
        others = [c for c in captions if c is not caption]
        region = (
            _in_box(sheet, caption, others)
            or (None if caption.under else _below(sheet, caption, others))
            or _above(sheet, caption, others)
            or (None if caption.under else run_below(sheet, caption, others))
            or run_above(sheet, caption, others)
        )
        if region is not None:
            found.append(region)
    return _in_reading_order(found)


def _in_reading_order(regions: list[Region]) -> list[Region]:
    """Parts of one table side by side go left to right, everything else top to bottom."""
    ordered = sorted(regions, key=lambda r: r.box[1])
    for i, first in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            other = ordered[j]
            if (
                other.label == first.label
                and other.box[0] < first.box[0]
                and other.box[1] < first.box[3]
            ):
                ordered[i], ordered[j] = other, first
                first = other
    return ordered


def _same_place(a: Stroke, x0: float, x1: float, slack: float = 5.0) -> bool:
    return abs(a.x0 - x0) <= slack and abs(a.x1 - x1) <= slack


def _overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    return max(0.0, min(a1, b1) - max(a0, b0))


def _below(sheet: Sheet, caption: CaptionStart, others: list[CaptionStart]) -> Region | None:
    seg = caption.segment
    limit = min(
        (
            c.segment.top
            for c in others
            if c.segment.top > seg.bottom
            and _overlap(c.segment.x0, c.segment.x0 + 60, seg.x0 - 20, seg.x1 + 20) > 0
        ),
        default=sheet.ink.height,
    )
    first = _first_stroke(sheet, seg, limit)
    if first is None:
        return None
    x0, x1 = first.x0, first.x1
    frame = [s for s in sheet.strokes if first.y <= s.y < limit and _same_place(s, x0, x1)]
    frame = _until_prose(sheet, frame, x0, x1)
    if len(frame) < 2:
        return None
    top = _head_above(sheet, caption, frame[0])
    bottom = _end_below(sheet, (x0, top, x1, frame[-1].y), limit)
    top = _rows_above(sheet, (x0, top, x1, bottom), seg.bottom)
    text = caption_text(sheet, caption, top, x0, x1)
    return make_region(sheet, caption, (x0, top, x1, bottom), text)


def _head_above(sheet: Sheet, caption: CaptionStart, first: Stroke) -> float:
    """The table's top: its first rule, or heads that stand above it without a rule of their own."""
    for line in clip(sheet.lines, (first.x0, caption.segment.bottom, first.x1, first.y), slack=0):
        parts = segments(line)
        gap = max((b.x0 - a.x1 for a, b in pairwise(parts)), default=0.0)
        if line.base > caption.segment.base + 2 and (len(parts) >= 3 or gap > 2.5 * line.size):
            return line.top - 1
    return first.y


def _end_below(sheet: Sheet, box: Box, limit: float) -> float:
    """The table's bottom: its last rule, or the last of the rows that go on below it."""
    x0, _, x1, bottom = box
    below = clip(sheet.lines, (x0, bottom + 1, x1, limit), slack=0)
    if not below or below[0].base - bottom > 2.4 * below[0].size:
        return bottom
    runs = tabular_runs(below, sheet.body_size)
    if runs and runs[0].lines[0].base - bottom <= 2.4 * below[0].size:
        return runs[0].box[3] + 0.5
    shaded = _ends_in_shade(sheet, bottom)
    for line in below:
        parts = segments(line)
        row = len(parts) >= 3 or (shaded and is_tabular(parts, sheet.body_size))
        if line.base - bottom > 2 * line.size or not row:
            break
        bottom = line.bottom + 0.5
    return _rest_of_row(below, bottom, x0, x1) if shaded else bottom


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


def _rows_above(sheet: Sheet, box: Box, floor: float) -> float:
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


def _first_stroke(sheet: Sheet, seg: Segment, limit: float) -> Stroke | None:
    """The rule under (or level with, beside) the caption that opens the table."""
    tags = [
        b
        for b in sheet.ink.shades
        if b[0] <= seg.x0 + 1
        and b[2] >= seg.x1 - 1
        and b[1] <= seg.base - 2
        and b[3] >= seg.base - 2
    ]
    for stroke in sheet.strokes:
        if not seg.top - 3 <= stroke.y < limit or stroke.length < 40:
            continue
        if any(min(abs(stroke.y - b[1]), abs(stroke.y - b[3])) < 2 for b in tags):
            continue
        beside = (
            stroke.x0 > seg.x0 + 30
            and stroke.y < seg.bottom + 2.5 * seg.size
            and stroke.x0 > seg.x1 - 3
        )
        under = stroke.y > seg.base and _overlap(stroke.x0, stroke.x1, seg.x0, seg.x1) > 0.5 * min(
            seg.x1 - seg.x0, stroke.length
        )
        if beside or under:
            between = clip(sheet.lines, (stroke.x0, seg.bottom, stroke.x1, stroke.y), slack=0)
            return stroke if len(between) <= 9 else None
    return None


def _until_prose(sheet: Sheet, frame: list[Stroke], x0: float, x1: float) -> list[Stroke]:
    kept = frame[:1]
    for stroke in frame[1:]:
        between = clip(sheet.lines, (x0, kept[-1].y, x1, stroke.y), slack=0)
        if is_prose(between, x0, x1, sheet.body_size):
            break
        if not between and stroke.y - kept[-1].y > EMPTY * sheet.body_size:
            break
        kept.append(stroke)
    return kept


def _above(sheet: Sheet, caption: CaptionStart, others: list[CaptionStart]) -> Region | None:
    """The table that stands on its caption."""
    seg = caption.segment
    floor = max((c.segment.bottom for c in others if c.segment.bottom < seg.top), default=0.0)
    over = [
        s
        for s in sheet.strokes
        if floor < s.y < seg.top + 1 and s.length >= 40 and s.x0 - 8 <= seg.x0 <= s.x1
    ]
    if not over or seg.top - over[-1].y > 3 * seg.size:
        return None
    x0, x1 = over[-1].x0, over[-1].x1
    frame = [s for s in reversed(over) if _same_place(s, x0, x1)]
    frame = _until_prose(sheet, frame, x0, x1)
    if len(frame) < 2:
        return None
    bottom = _end_below(sheet, (x0, frame[-1].y, x1, frame[0].y), seg.top - 1)
    top = _rows_above(sheet, (x0, frame[-1].y, x1, bottom), floor)
    return make_region(sheet, caption, (x0, top, x1, bottom), text_from(sheet, caption, x0, x1))


def _in_box(sheet: Sheet, caption: CaptionStart, others: list[CaptionStart]) -> Region | None:
    """The table that shares an outlined or shaded box with its caption."""
    seg = caption.segment
    middle = (seg.top + seg.bottom) / 2
    holding = [
        b
        for b in sheet.ink.boxes + sheet.ink.shades
        if b[0] - 1 <= seg.x0
        and seg.x1 <= b[2] + 1
        and b[1] <= middle <= b[3]
        and 80 <= b[3] - b[1] <= 0.95 * sheet.ink.height
        and b[2] - b[0] >= 80
    ]
    for x0, top, x1, bottom in sorted(holding, key=lambda b: b[3] - b[1]):
        if any(x0 <= c.segment.x0 <= x1 and top <= c.segment.top <= bottom for c in others):
            return None
        text = text_from(sheet, caption, x0, x1)
        if seg.top - top > bottom - seg.bottom:
            box = (x0, top, x1, seg.top - 0.5)
        else:
            box = (x0, text[1][3] + 0.5, x1, bottom)
        if len(clip(sheet.lines, box)) >= 4:
            return make_region(sheet, caption, box, text)
    return None
