"""A page ready to be searched for tables, and the region of one table on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from evidence.documents.base import Box
from evidence.documents.layout.captions import segments
from evidence.documents.layout.columns import Column
from evidence.documents.layout.ink import Ink, Rule
from evidence.documents.layout.rules import Stroke, join_across, join_down, join_over_gaps
from evidence.documents.layout.words import Line

GAP = 0.8
"""Pieces of a rule stand no further apart than this share of the font size."""
HEAD = 0.15
"""Running heads stand above this share of the page's height."""
APART = 1.6
"""A running head stands further from the next line than this multiple of its font size."""


@dataclass(slots=True)
class Sheet:
    """One frame of a page, read into lines and joined rules."""

    ink: Ink
    lines: list[Line]
    strokes: list[Stroke]
    uprights: list[Rule]
    body_size: float
    words: frozenset[str] = frozenset()
    """The paper's words in lower case, for hyphens at line ends."""
    crosswise: list[Line] = field(default_factory=list)
    """Lines of other writing directions."""

    @property
    def number(self) -> int:
        """The page's number."""
        return self.ink.number


@dataclass(slots=True)
class Known:
    """What is known of a part of a table from the part before it."""

    columns: list[Column]
    heads: Counter[str]
    """The words of its heads, which may repeat here."""


@dataclass(slots=True)
class Region:
    """The box of one table (or of one part of a continued one), with its caption and rules."""

    sheet: Sheet
    box: Box
    label: str | None
    caption: str = ""
    caption_box: Box | None = None
    continued: bool = False
    strokes: list[Stroke] = field(default_factory=list)
    uprights: list[Rule] = field(default_factory=list)
    foot_top: float | None = None
    """Where notes may begin; None if the table stands on its caption."""
    known: Known | None = None


def make_sheet(
    ink: Ink,
    lines: list[Line],
    body_size: float,
    words: frozenset[str] = frozenset(),
    crosswise: Sequence[Line] = (),
) -> Sheet:
    """Join the rules of a frame; ``body_size`` is the paper's usual font size in points."""
    edges = [
        Rule(x0, y, x1, y)
        for x0, top, x1, bottom in ink.shades
        if bottom - top < 0.9 * ink.height
        for y in (top, bottom)
    ]
    strokes = join_over_gaps(join_across(ink.across + edges), GAP * body_size)
    return Sheet(ink, lines, strokes, join_down(ink.down), body_size, words, list(crosswise))


def region_in(like: Region, box: Box) -> Region:
    """A region as ``like``, in ``box``: with the rules that stand there, and notes below."""
    x0, top, x1, bottom = box
    near = 5
    inside = [
        s
        for s in like.sheet.strokes
        if top - 1 <= s.y <= bottom + 1 and s.x0 >= x0 - near and s.x1 <= x1 + near
    ]
    uprights = [
        r
        for r in like.sheet.uprights
        if r.top < bottom - 2 and r.bottom > top + 2 and x0 - near <= r.x <= x1 + near
    ]
    foot_top = None if like.foot_top is None else bottom
    return replace(like, box=box, strokes=inside, uprights=uprights, foot_top=foot_top)


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return min(a[2], b[2]) - max(a[0], b[0]) > 5 and min(a[3], b[3]) - max(a[1], b[1]) > 2


def begins_page(sheet: Sheet, box: Box) -> bool:
    """Whether nothing but a running head stands over a box."""
    x0, top, x1, _ = box
    over = clip(sheet.lines, (x0, 0, x1, top - 1), slack=0)
    low = HEAD * sheet.ink.height
    return not over or (over[-1].base < low and top - over[-1].bottom > over[-1].size)


def clip(lines: list[Line], box: Box, *, slack: float = 2.0) -> list[Line]:
    """Lines cut down to the words whose middle stands in ``box``."""
    x0, top, x1, bottom = box
    kept = []
    for line in lines:
        if not top - slack <= line.base - 0.3 * line.size <= bottom + slack:
            continue
        words = [w for w in line.words if x0 - slack <= (w.x0 + w.x1) / 2 <= x1 + slack]
        if words:
            kept.append(Line(words, line.base, median(w.size for w in words)))
    return kept


def without_running_head(lines: list[Line], height: float) -> list[Line]:
    """The lines of a page without a first one that holds the page's number and stands apart."""
    if len(lines) < 2:
        return lines
    first, second = lines[:2]
    numbered = any(word.text.isdigit() for word in (first.words[0], first.words[-1]))
    apart = second.base - first.base > APART * first.size
    return lines[1:] if first.base <= HEAD * height and numbered and apart else lines


def is_prose(lines: list[Line], x0: float, x1: float, body_size: float) -> bool:
    """Whether running text stands among these lines: several long full lines of body print.

    Some of them begin at the left edge; where none does, they are the text of a wide column.
    """
    recent: list[tuple[bool, bool]] = []
    for line in lines:
        long = [
            s
            for s in segments(line)
            if s.x1 - s.x0 > 0.40 * (x1 - x0) and s.size >= 0.96 * body_size and len(s.words) >= 5
        ]
        recent.append((bool(long), any(s.x0 - x0 < 0.12 * (x1 - x0) for s in long)))
        if sum(full for full, _ in recent[-7:]) >= 4 and any(left for _, left in recent[-7:]):
            return True
    return False
