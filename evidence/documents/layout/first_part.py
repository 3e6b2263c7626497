"""The first part of a table whose caption stands under its last: at the foot of the page before."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Box
from evidence.documents.layout.columns import Column
from evidence.documents.layout.follow import at_foot
from evidence.documents.layout.grid import Draft, draft_table
from evidence.documents.layout.sheet import HEAD, Sheet, clip, without_running_head
from evidence.documents.layout.uncaptioned import find_uncaptioned

NEAR_PT = 4.0
"""Print of one column begins, ends or centres on two pages no further apart than this."""


def may_begin_before(draft: Draft) -> bool:
    """Whether a table stands on its caption with nothing but a running head over it."""
    region = draft.region
    height, (x0, top, x1, _) = region.sheet.ink.height, region.box
    over = clip(region.sheet.lines, (x0, 0, x1, top - 1), slack=0)
    apart = not over or (over[-1].base < HEAD * height and top - over[-1].bottom > over[-1].size)
    return region.foot_top is None and region.label is not None and apart


def rows_at_foot(sheet: Sheet, after: Draft, taken: list[Box]) -> Draft | None:
    """What looks like a table at the foot of the page before ``after``, outside ``taken``."""
    if sheet.ink.turn != after.region.sheet.ink.turn:
        return None
    body = replace(sheet, lines=without_running_head(sheet.lines, sheet.ink.height))
    for found in find_uncaptioned(body):
        region = replace(found, label=after.region.label, foot_top=None)
        draft = None if any(_meet(found.box, box) for box in taken) else draft_table(region)
        if draft is not None and len(draft.columns) > 1 and at_foot(draft):
            return draft
    return None


def same_columns(first: Draft, after: Draft) -> bool:
    """Whether two parts stand in the same columns, one perhaps moved aside as a whole."""
    ours, theirs = first.columns, after.columns
    if len(ours) != len(theirs):
        return False
    by = theirs[0].x0 - ours[0].x0
    alike = sum(_alike(a, b, by) for a, b in zip(ours, theirs, strict=True))
    return 3 * alike >= 2 * len(ours)


def _alike(a: Column, b: Column, by: float) -> bool:
    """Whether the print of two columns begins, ends or centres alike."""
    start, end = abs(a.x0 + by - b.x0), abs(a.x1 + by - b.x1)
    return min(start, end, abs(a.x0 + a.x1 + 2 * by - b.x0 - b.x1) / 2) <= NEAR_PT


def _meet(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 5 and min(a[3], b[3]) - max(a[1], b[1]) > 2
