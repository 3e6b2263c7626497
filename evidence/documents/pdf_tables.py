"""Tables of one page's ink, with the areas they take up."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.base import Box, Grid
from evidence.documents.layout.captions import find_captions
from evidence.documents.layout.crosswise import crosswise_lines
from evidence.documents.layout.follow import extended
from evidence.documents.layout.grid import Draft, draft_table, make_grid
from evidence.documents.layout.ink import Ink
from evidence.documents.layout.overleaf import Waiting, waiting_caption
from evidence.documents.layout.regions import find_regions
from evidence.documents.layout.sheet import Sheet, make_sheet, meet
from evidence.documents.layout.uncaptioned import find_uncaptioned
from evidence.documents.layout.words import Line, read_lines


@dataclass(slots=True)
class PageTables:
    """The tables of one frame of a page."""

    sheet: Sheet
    drafts: list[Draft] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    """The labels of the captions on the page."""
    waiting: Waiting | None = None
    """A caption at the page's foot, whose table may stand overleaf."""

    def free_lines(self) -> list[Line]:
        """Lines outside every table, its caption and its notes."""
        areas = [area for draft in self.drafts for area in areas_of(draft)]
        return [line for line in (_outside(ln, areas) for ln in self.sheet.lines) if line]


def read_frame(
    ink: Ink,
    body_size: float,
    *,
    uncaptioned: bool = False,
    lines: list[Line] | None = None,
    words: frozenset[str] = frozenset(),
) -> PageTables:
    """Tables of one frame; ``uncaptioned`` also takes what looks like a table without a caption."""
    lines = lines if lines is not None else read_lines(ink.glyphs)
    sheet = make_sheet(ink, lines, body_size, words, crosswise_lines(ink))
    captions = find_captions(sheet.lines)
    result = PageTables(sheet, named=[caption.label for caption in captions])
    regions = find_regions(sheet, captions)
    if uncaptioned:
        taken = [r.box for r in regions]
        regions += [r for r in find_uncaptioned(sheet) if not any(meet(r.box, b) for b in taken)]
    for region in regions:
        draft = draft_table(region)
        longer = extended(draft, regions) if draft is not None else None
        draft = (longer and draft_table(longer)) or draft
        if draft is not None and (region.label or len(draft.columns) >= 2):
            result.drafts.append(draft)
            result.grids.append(make_grid(draft))
    result.waiting = waiting_caption(sheet, captions, [d.region.label for d in result.drafts])
    return result


def areas_of(draft: Draft) -> list[Box]:
    """The boxes a table takes up, in the frame in which it reads: body, caption, notes."""
    areas = [draft.region.box]
    if draft.region.caption_box:
        areas.append(draft.region.caption_box)
    return areas + draft.note_boxes


def _outside(line: Line, areas: list[Box]) -> Line | None:
    words = [
        w
        for w in line.words
        if not any(
            a[0] - 2 <= (w.x0 + w.x1) / 2 <= a[2] + 2
            and a[1] - 1 <= w.base - 0.3 * w.size <= a[3] + 1
            for a in areas
        )
    ]
    return Line(words, line.base, line.size) if words else None
