"""Where a table stands: from its caption, the rules around it and the print that follows."""

from __future__ import annotations

from evidence.documents.layout.caption_text import BESIDE, caption_text, make_region, text_from
from evidence.documents.layout.captions import CaptionStart, Segment, segments
from evidence.documents.layout.ends import end_below, head_above, rows_above
from evidence.documents.layout.ruleless import run_above, run_below, spans_at
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.runs import is_tabular
from evidence.documents.layout.sheet import HEAD, Region, Sheet, clip, is_prose

__all__ = ["Region", "Sheet", "find_regions"]

EMPTY = 6
"""Rules further apart than so many font sizes, with no print between, frame no table."""

OWN = 2.4
"""A caption's lines, and the rule under them, are no further apart than so many font sizes."""

SECTION_NAMES = 2
"""So many lines of a section's name may open a body that no rule closes."""


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
    top = head_above(sheet, caption, frame[0])
    names = SECTION_NAMES if len(frame) == 2 else 0
    bottom = end_below(sheet, (x0, top, x1, frame[-1].y), limit, names)
    top = rows_above(sheet, (x0, top, x1, bottom), seg.bottom)
    text = caption_text(sheet, caption, top, x0, x1)
    return make_region(sheet, caption, (x0, top, x1, bottom), text)


def _first_stroke(sheet: Sheet, seg: Segment, limit: float) -> Stroke | None:
    """The rule that opens the table: under its caption, or level with it where none is under it."""
    tags = [
        b
        for b in sheet.ink.shades
        if b[0] <= seg.x0 + 1
        and b[2] >= seg.x1 - 1
        and b[1] <= seg.base - 2
        and b[3] >= seg.base - 2
    ]
    aside: Stroke | None = None
    for stroke in sheet.strokes:
        if not seg.top - 3 <= stroke.y < limit or stroke.length < 40:
            continue
        if any(min(abs(stroke.y - b[1]), abs(stroke.y - b[3])) < 2 for b in tags):
            continue
        beside = (
            stroke.x0 > seg.x0 + 30
            and stroke.y < seg.bottom + BESIDE * seg.size
            and stroke.x0 > seg.x1 - 3
        )
        if beside:
            aside = aside or stroke
            continue
        reach = min(seg.x1 - seg.x0, stroke.length)
        over = _overlap(stroke.x0, stroke.x1, seg.x0, seg.x1) > 0.5 * reach
        if stroke.y > seg.base and (over or (not aside and _next_in_column(sheet, seg, stroke))):
            between = clip(sheet.lines, (stroke.x0, seg.bottom, stroke.x1, stroke.y), slack=0)
            return stroke if len(between) <= 9 else aside
    return aside


def _next_in_column(sheet: Sheet, seg: Segment, stroke: Stroke) -> bool:
    """Whether nothing but a caption's own lines stands between it and a rule aside of it."""
    spans = (s for s in spans_at(sheet, seg) if s[0] <= stroke.x0 and stroke.x1 <= s[1])
    x0, x1 = next(spans, (0.0, sheet.ink.width))
    last = seg.base
    for line in clip(sheet.lines, (x0, seg.bottom, x1, stroke.y), slack=0):
        if line.base - last > OWN * seg.size or line.x0 < seg.x0 - seg.size:
            return False
        last = line.base
    return stroke.y - last <= OWN * seg.size


def _until_prose(sheet: Sheet, frame: list[Stroke], x0: float, x1: float) -> list[Stroke]:
    """The rules from the first on, downwards or upwards, with no running text between them."""
    kept = frame[:1]
    for stroke in frame[1:]:
        top, bottom = sorted((kept[-1].y, stroke.y))
        between = clip(sheet.lines, (x0, top, x1, bottom), slack=0)
        if is_prose(between, x0, x1, sheet.body_size):
            break
        turned = clip(sheet.crosswise, (x0, top, x1, bottom), slack=0)
        if not (between or turned) and bottom - top > EMPTY * sheet.body_size:
            break
        kept.append(stroke)
    return kept


def _under_page_head(sheet: Sheet, frame: list[Stroke]) -> list[Stroke]:
    """The rules upwards without one under the page's running head, below which text goes on."""
    if len(frame) > 2 and frame[-1].y < HEAD * sheet.ink.height:
        x0, x1 = frame[-1].x0, frame[-1].x1
        between = clip(sheet.lines, (x0, frame[-1].y, x1, frame[-2].y), slack=0)
        if not any(is_tabular(segments(line), sheet.body_size) for line in between):
            return frame[:-1]
    return frame


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
    frame = _under_page_head(sheet, _until_prose(sheet, frame, x0, x1))
    if len(frame) < 2:
        return None
    bottom = end_below(sheet, (x0, frame[-1].y, x1, frame[0].y), seg.top - 1)
    top = rows_above(sheet, (x0, frame[-1].y, x1, bottom), floor)
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
