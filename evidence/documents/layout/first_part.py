"""The first part of a table whose caption stands under its last: at the foot of the page before."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Box
from evidence.documents.layout.columns import Column
from evidence.documents.layout.follow import at_foot
from evidence.documents.layout.grid import Draft, draft_table
from evidence.documents.layout.sheet import Sheet, begins_page, meet, without_running_head
from evidence.documents.layout.uncaptioned import find_uncaptioned

NEAR_PT = 4.0
"""Print of one column begins, ends or centres on two pages no further apart than this."""


def may_begin_before(draft: Draft) -> bool:
    """Whether a table stands on its caption with nothing but a running head over it."""
    region = draft.region
    named = region.foot_top is None and region.label is not None
    return named and begins_page(region.sheet, region.box)


def rows_at_foot(sheet: Sheet, after: Draft, taken: list[Box]) -> Draft | None:
    """What looks like a table at the foot of the page before ``after``, outside ``taken``."""
    if sheet.ink.turn != after.region.sheet.ink.turn:
        return None
    body = replace(sheet, lines=without_running_head(sheet.lines, sheet.ink.height))
    for found in find_uncaptioned(body):
        region = replace(found, label=after.region.label, foot_top=None)
        draft = None if any(meet(found.box, box) for box in taken) else draft_table(region)
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
