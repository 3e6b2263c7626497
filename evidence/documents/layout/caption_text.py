"""A table's region put together with the text of its caption."""

from __future__ import annotations

from itertools import pairwise

from evidence.documents.base import Box
from evidence.documents.layout.captions import LABEL, CaptionStart, stretches
from evidence.documents.layout.sheet import Region, Sheet, clip, region_in
from evidence.documents.layout.words import Word, box_of

BESIDE = 2.5
"""A table beside its caption begins no further below its first line than so many font sizes."""


def make_region(sheet: Sheet, caption: CaptionStart, box: Box, text: tuple[str, Box]) -> Region:
    """The region of a table in ``box``, with the rules inside; ``text`` is the caption's."""
    box = _with_print_over_the_edge(sheet, box)
    foot_top = None if box[3] <= caption.segment.top else box[3]
    bare = Region(sheet, box, caption.label, *text, continued=caption.continued, foot_top=foot_top)
    return region_in(bare, box)


def _with_print_over_the_edge(sheet: Sheet, box: Box) -> Box:
    """The box with words that go on, by word spaces alone, beyond the ends of its rules."""
    x0, top, x1, bottom = box
    for line in sheet.lines:
        if not top <= line.base <= bottom:
            continue
        for a, b in pairwise(line.words):
            near = b.x0 - a.x1 <= 0.38 * b.em
            if near and (a.x0 + a.x1) / 2 <= x1 < b.x1 and a.x0 >= x0:
                x1 = b.x1
        for b, a in pairwise(reversed(line.words)):
            near = b.x0 - a.x1 <= 0.38 * b.em
            if near and (b.x0 + b.x1) / 2 >= x0 > a.x0 and b.x1 <= x1:
                x0 = a.x0
    return (x0, top, x1, bottom)


def caption_text(
    sheet: Sheet, caption: CaptionStart, top: float, x0: float, x1: float
) -> tuple[str, Box]:
    """A caption without its label, and its box: the lines from its own to the table's top."""
    seg = caption.segment
    if x0 > seg.x1 - 3 and top < seg.bottom + BESIDE * seg.size:
        lines = clip(sheet.lines, (seg.x0, seg.top, x0 - 4, seg.top + 14 * seg.size), slack=1)
    else:
        at = clip(sheet.lines, (0, seg.top, sheet.ink.width, top), slack=0.5)
        lines = stretches(at, min(x0, seg.x0) - 0.5, max(x1, seg.x1) + 0.5)
    words: list[Word] = []
    last = None
    for line in lines:
        if line.base < seg.base - 1:
            continue
        size = max(word.size for word in line.words)
        if last is not None and (
            line.base - last > 2.2 * size or abs(size - seg.size) > 0.12 * seg.size
        ):
            break
        words += line.words
        last = line.base
    words = words or seg.words
    return LABEL.sub("", " ".join(w.text for w in words), count=1), box_of(words)


def text_from(sheet: Sheet, caption: CaptionStart, x0: float, x1: float) -> tuple[str, Box]:
    """A caption's text from its own line downwards."""
    if caption.under:
        return "", box_of(caption.segment.words)
    return caption_text(sheet, caption, caption.segment.top + 12 * caption.segment.size, x0, x1)
