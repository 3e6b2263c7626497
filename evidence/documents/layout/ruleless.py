"""Tables without rules: runs of lines in columns that follow a caption or stand on it."""

from __future__ import annotations

from itertools import combinations, pairwise

from evidence.documents.base import Box
from evidence.documents.layout.caption_text import caption_text, make_region, text_from
from evidence.documents.layout.captions import CaptionStart, Segment, segments
from evidence.documents.layout.reading import find_gutters
from evidence.documents.layout.runs import Run, goes_on, tabular_runs
from evidence.documents.layout.sheet import Region, Sheet, clip, without_running_head
from evidence.documents.layout.words import Line


def run_below(sheet: Sheet, caption: CaptionStart, others: list[CaptionStart]) -> Region | None:
    """A table without rules: the lines in columns that follow its caption."""
    seg = caption.segment
    limit = min(
        (c.segment.top for c in others if c.segment.top > seg.bottom), default=sheet.ink.height
    )
    for x0, x1 in spans_at(sheet, seg):
        lines = clip(sheet.lines, (x0, seg.bottom + 1, x1, limit), slack=0)
        for run in tabular_runs(lines, sheet.body_size)[:1]:
            if run.box[1] - seg.bottom > 7 * seg.size or _reaches_out(sheet, run, x0, x1):
                continue
            left, top, right, bottom = _with_heads_over(run, lines)
            text = caption_text(sheet, caption, top, min(left, seg.x0), max(right, seg.x1))
            return make_region(sheet, caption, (left, top - 0.5, right, bottom + 0.5), text)
    return None


def run_above(sheet: Sheet, caption: CaptionStart, others: list[CaptionStart]) -> Region | None:
    """A table without rules that stands on its caption: the lines in columns before it."""
    seg = caption.segment
    floor = max((c.segment.bottom for c in others if c.segment.bottom < seg.top), default=0.0)
    body = without_running_head(sheet.lines, sheet.ink.height)
    for x0, x1 in spans_at(sheet, seg):
        lines = clip(body, (x0, floor, x1, seg.top - 1), slack=0)
        for run in tabular_runs(lines, sheet.body_size)[-1:]:
            left, top, right, bottom = _with_heads_over(run, lines)
            if seg.top - bottom > 2.5 * seg.size or _reaches_out(sheet, run, x0, x1):
                continue
            text = text_from(sheet, caption, min(left, seg.x0), max(right, seg.x1))
            return make_region(sheet, caption, (left, top - 0.5, right, bottom + 0.5), text)
    return None


def _with_heads_over(run: Run, lines: list[Line]) -> Box:
    """A run's box with the heads over it: word over word, or single and clear of the labels."""
    x0, top, x1, bottom = run.box
    for line in reversed([line for line in lines if line.base < top]):
        clear = line.x0 - x0 > 0.15 * (x1 - x0) and line.x1 < x1 + line.size
        single = clear and len(segments(line)) == 1
        head = (single or _word_over_word(line, run.lines[0])) and top - line.base <= line.size
        if not head and line.bottom <= top + 0.1 * line.size:
            break
        top = line.top
    return (x0, top, x1, bottom)


def _word_over_word(upper: Line, lower: Line) -> bool:
    """Whether two lines have as many words, each over its own: dense heads have narrow gaps."""
    near = 0.6 * upper.size
    return len(upper.words) == len(lower.words) >= 4 and all(
        a.x0 < b.x1 + near and b.x0 < a.x1 + near
        for a, b in zip(upper.words, lower.words, strict=True)
    )


def spans_at(sheet: Sheet, seg: Segment) -> list[tuple[float, float]]:
    """Where a table without rules may reach: the columns of print that hold its caption, narrow
    ones first, and the page."""
    gutters = [0.0, *find_gutters(sheet.lines, sheet.ink.width), sheet.ink.width]
    spans = [(a, b) for a, b in combinations(gutters, 2) if a <= seg.x0 and seg.x1 <= b + 1]
    return sorted(spans, key=lambda span: span[1] - span[0]) or [(0.0, sheet.ink.width)]


def _reaches_out(sheet: Sheet, run: Run, x0: float, x1: float) -> bool:
    """Whether a run is part of a table wider than its span: its lines or its rows go on outside."""
    _, top, _, bottom = run.box
    beside = _outside(sheet, x0, x1, top, bottom)
    near = 3 * run.lines[0].size
    beyond = _outside(sheet, x0, x1, top - near, top) + _outside(
        sheet, x0, x1, bottom, bottom + near
    )
    level = {round(line.base) for line in run.lines}
    cut = any(
        a.x0 < edge < b.x1 and b.x0 - a.x1 < 0.6 * b.em
        for line in sheet.lines
        if round(line.base) in level
        for a, b in pairwise(line.words)
        for edge in (x0, x1)
        if (a.x0 + a.x1) / 2 < edge <= (b.x0 + b.x1) / 2
    )
    return cut or goes_on(run, beside, beyond)


def _outside(sheet: Sheet, x0: float, x1: float, top: float, bottom: float) -> list[Line]:
    """Lines at this height left and right of a span."""
    left = clip(sheet.lines, (0.0, top, x0, bottom), slack=0)
    return left + clip(sheet.lines, (x1, top, sheet.ink.width, bottom), slack=0)
