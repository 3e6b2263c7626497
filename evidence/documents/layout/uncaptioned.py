"""Tables without a caption: grids of rules, and runs of lines in columns."""

from __future__ import annotations

from itertools import pairwise

from evidence.documents.base import Box
from evidence.documents.layout.captions import segments
from evidence.documents.layout.rules import Stroke
from evidence.documents.layout.runs import is_tabular, tabular_runs
from evidence.documents.layout.sheet import Region, Sheet, clip, is_prose, region_in

MIN_WIDTH_PT = 90


def find_uncaptioned(sheet: Sheet) -> list[Region]:
    """Regions that look like tables by their rules or by their lines alone."""
    found = _ruled(sheet)
    lines = [
        line
        for line in sheet.lines
        if not any(b[1] - 2 <= line.base <= b[3] + 2 for b in (r.box for r in found))
    ]
    for run in tabular_runs(lines, sheet.body_size):
        box = _widen(sheet, run.box)
        found.append(region_in(Region(sheet, box, None, foot_top=box[3]), box))
    return sorted(found, key=lambda r: r.box[1])


def _ruled(sheet: Sheet) -> list[Region]:
    groups: list[list[Stroke]] = []
    for stroke in sheet.strokes:
        if stroke.length < MIN_WIDTH_PT:
            continue
        home = next(
            (
                g
                for g in groups
                if abs(g[-1].x0 - stroke.x0) <= 5 and abs(g[-1].x1 - stroke.x1) <= 5
            ),
            None,
        )
        if home is None:
            groups.append([stroke])
        else:
            home.append(stroke)
    regions = []
    for group in groups:
        for part in _without_prose(sheet, group):
            box = (part[0].x0, part[0].y, part[0].x1, part[-1].y)
            if len(part) >= 2 and _has_columns(sheet, box):
                regions.append(region_in(Region(sheet, box, None, foot_top=box[3]), box))
    return _outermost(regions)


def _without_prose(sheet: Sheet, group: list[Stroke]) -> list[list[Stroke]]:
    parts: list[list[Stroke]] = [[group[0]]]
    for upper, lower in pairwise(group):
        between = clip(sheet.lines, (lower.x0, upper.y, lower.x1, lower.y), slack=0)
        if is_prose(between, lower.x0, lower.x1, sheet.body_size):
            parts.append([lower])
        else:
            parts[-1].append(lower)
    return parts


def _has_columns(sheet: Sheet, box: Box) -> bool:
    lines = clip(sheet.lines, box, slack=0)
    tabular = sum(is_tabular(segments(line), sheet.body_size) for line in lines)
    return tabular >= 3 and tabular >= 0.4 * len(lines)


def _outermost(regions: list[Region]) -> list[Region]:
    kept: list[Region] = []
    for region in sorted(regions, key=lambda r: r.box[1] - r.box[3]):
        if not any(_inside(region.box, other.box) for other in kept):
            kept.append(region)
    return kept


def _inside(a: Box, b: Box) -> bool:
    return b[0] - 5 <= a[0] and a[2] <= b[2] + 5 and a[1] < b[3] and b[1] < a[3]


def _widen(sheet: Sheet, box: Box) -> Box:
    """Take in rules that close the run off above and below."""
    x0, top, x1, bottom = box
    near = 1.6 * sheet.body_size
    for stroke in sheet.strokes:
        if stroke.x0 <= x0 + 10 and stroke.x1 >= x1 - 10 and stroke.length <= 1.3 * (x1 - x0) + 20:
            if top - near <= stroke.y <= top:
                top = stroke.y
            if bottom <= stroke.y <= bottom + near:
                bottom = stroke.y
    return (x0, top, x1, bottom)
