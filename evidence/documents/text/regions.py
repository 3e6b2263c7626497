"""Find the tables of a laid-out page: title, body and notes, below their title or above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.documents.captions import parse_title
from evidence.documents.text.column import View, column_of
from evidence.documents.text.extent import in_columns, opens_note, table_end, table_start
from evidence.documents.text.pages import Piece, is_running
from evidence.documents.text.titles import NEIGHBOURS, Line, TitledPage, caption_of

_WINDOW = 60
"""Lines around a title by which its column of print is told."""
_MOST_NOTES = 25
"""Lines of notes between a table and the title under it."""
_NEAR = 2
"""Lines within which a table that begins below another title belongs to that one."""
_SHORT = 2
"""So many lines of running text may be a note."""
_HEADS = 3
"""So many lines may stand above the first in columns: heads wrap."""
_FAR = 6
"""So many blank lines at most stand between a title and its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The lines of one table, or of one part of a continued one."""

    label: str
    caption: str
    continued: bool
    view: View
    body: tuple[Line, ...]
    notes: tuple[Line, ...]
    title: tuple[Line, ...] = ()

    @property
    def lines(self) -> set[int]:
        """Indices of all its lines on the page."""
        return {index for index, _ in (*self.title, *self.body, *self.notes)}


def find_regions(page: TitledPage) -> list[Region]:
    """The tables of a page."""
    regions: list[Region] = []
    for number in reversed(range(len(page.titles))):
        ways = [_above] if page.titles[number].under else [_below, _above]
        found = (way(page, number) for way in ways)
        near = regions[-NEIGHBOURS:]
        region = next((r for r in found if r and not any(share(r, o) for o in near)), None)
        if region is not None:
            regions.append(region)
    return sorted(regions, key=_order)


def carried_region(page: TitledPage, first: int, label: str, caption: str) -> Region | None:
    """The table, or the part of one, that opens a page; its title stands on a page before."""
    piece = Piece(text="", start=0, end=0)
    view = column_of(page.lines[first : first + _WINDOW], [], piece, page.starts, page.width)
    end = next((t.index for t in page.titles if view[0] <= t.piece.start < view[1]), None)
    own = cut(page.lines, view, first, len(page.lines) if end is None else end)
    if not any(in_columns(text) for _, text in own[:_HEADS]):
        return None
    return _region((label, caption, True), view, own, 0)


def _order(region: Region) -> tuple[int, int]:
    return region.view[0], region.body[0][0]


def share(one: Region, other: Region) -> bool:
    """Whether two regions claim the same lines of the same column of print."""
    beside = one.view[1] <= other.view[0] or other.view[1] <= one.view[0]
    return not beside and bool(one.lines & other.lines)


def _below(page: TitledPage, number: int) -> Region | None:
    title = page.titles[number]
    index = title.index
    near = page.lines[index : index + _WINDOW]
    behind = page.lines[max(0, index - _WINDOW) : index][::-1]
    view = column_of(near, behind, title.piece, page.starts, page.width)
    own = cut(page.lines, view, index, page.next_title(number, view))
    count, text = caption_of(own)
    parsed = parse_title(text)
    start = next((k for k in range(count, len(own)) if own[k][1].strip()), len(own))
    if parsed is None or start - count > _FAR:
        return None
    region = _region(parsed, view, own, start)
    few = sum(in_columns(text) for _, text in region.body) < 2
    return None if few else replace(region, title=tuple(own[:count]))


def _region(title: tuple[str, str, bool], view: View, own: Sequence[Line], start: int) -> Region:
    """The table whose body begins at one of its lines."""
    end, after = table_end([text for _, text in own], start)
    return Region(
        label=title[0],
        caption=title[1],
        continued=title[2],
        view=view,
        body=tuple(own[start:end]),
        notes=tuple(own[end:after]),
    )


def _above(page: TitledPage, number: int) -> Region | None:
    """The table that stands on its title."""
    title = page.titles[number]
    index = title.index
    near = page.lines[max(0, index - _WINDOW) : index + 1][::-1]
    view = column_of(near, near, title.piece, page.starts, page.width)
    after = page.last_title(number, view)
    own = cut(page.lines, view, after, index)
    start = table_start([text for _, text in own])
    end, _ = table_end([text for _, text in own], start)
    few = sum(in_columns(text) for _, text in own[start:end]) < 3
    if few or len(own) - end > _MOST_NOTES or _has_prose([text for _, text in own[end:]]):
        return None
    if after and own[start][0] - after <= _NEAR and index - own[end - 1][0] > 2 * _NEAR:
        return None
    below = cut(page.lines, view, index, index + _FAR)
    count, text = (1, "") if title.under else caption_of(below)
    parsed = parse_title(text)
    return Region(
        label=title.label,
        caption=parsed[1] if parsed else "",
        continued=title.continued,
        view=view,
        title=tuple(below[:count]),
        body=tuple(own[start:end]),
        notes=tuple(own[end:]),
    )


def _has_prose(lines: Sequence[str]) -> bool:
    """Whether running text, and not notes alone, stands behind a blank line."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(" ".join(line.split()))
        else:
            paragraphs.append([])
    return any(
        len(own) > _SHORT and is_running(own) and not opens_note(own[0]) for own in paragraphs[1:]
    )


def cut(lines: Sequence[str], view: View, start: int, end: int) -> list[Line]:
    """What stands in a column of print; lines that only another column fills are left out."""
    found = [(k, _inside(lines[k], view)) for k in range(start, min(end, len(lines)))]
    return [(k, text) for k, text in found if text.strip() or not lines[k].strip()]


def _inside(line: str, view: View) -> str:
    """A line's words whose middle stands in the view, at their places in it."""
    left, right = view
    words = [m for m in re.finditer(r"\S+", line) if left <= (m.start() + m.end()) / 2 <= right]
    if not words:
        return ""
    return " " * max(0, words[0].start() - left) + line[words[0].start() : words[-1].end()]
