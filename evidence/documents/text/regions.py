"""Find the tables of a laid-out page: title, body and notes, below their title or above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.documents.captions import parse_title
from evidence.documents.text.column import View, column_of
from evidence.documents.text.extent import in_columns, table_end, table_start
from evidence.documents.text.pages import Piece, pieces

_CONTINUES = re.compile(r"^\(table\s*(\w{1,4})\s+continue[sd]\b", re.I)
_WINDOW = 60
"""Lines around a title by which its column of print is told."""
_NEIGHBOURS = 8
"""Only so many titles before and after one can claim the same lines."""
_MOST_NOTES = 25
"""Lines of notes between a table and the title under it."""
_FAR = 6
"""So many blank lines at most stand between a title and its table."""

Line = tuple[int, str]
"""(index of the line on its page, its text within the table's column of print)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The lines of one table, or of one part of a continued one."""

    label: str
    caption: str
    continued: bool
    view: View
    title: tuple[Line, ...]
    body: tuple[Line, ...]
    notes: tuple[Line, ...]

    @property
    def lines(self) -> set[int]:
        """Indices of all its lines on the page."""
        return {index for index, _ in (*self.title, *self.body, *self.notes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    index: int
    piece: Piece
    label: str
    continued: bool
    under: bool
    """It says that the table stands above it."""

    def inside(self, view: View, other: _Title) -> bool:
        """Whether it stands in a column of print, on another line than ``other``."""
        return view[0] <= self.piece.start < view[1] and self.index != other.index


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The lines of a page, the titles on it in order, and its width in characters."""

    lines: Sequence[str]
    titles: tuple[_Title, ...]
    starts: frozenset[int]
    """Where titles begin."""
    width: int

    def next_title(self, number: int, view: View) -> int:
        """The line of the next title in a column of print, or the end of the page."""
        after = self.titles[number + 1 : number + _NEIGHBOURS]
        own = self.titles[number]
        return next((t.index for t in after if t.inside(view, own)), len(self.lines))

    def last_title(self, number: int, view: View) -> int:
        """The line after the title before this one in a column of print, or the page's first."""
        before = self.titles[max(0, number - _NEIGHBOURS) : number][::-1]
        own = self.titles[number]
        return next((t.index + 1 for t in before if t.inside(view, own)), 0)


def find_regions(lines: Sequence[str]) -> tuple[list[Region], list[tuple[int, str]]]:
    """(tables of a page, (line index, label) of titles without a table)."""
    page = _page(lines)
    regions: list[Region] = []
    missed: list[tuple[int, str]] = []
    for number in reversed(range(len(page.titles))):
        title = page.titles[number]
        ways = [_above] if title.under else [_below, _above]
        found = (way(page, number) for way in ways)
        near = regions[-_NEIGHBOURS:]
        region = next((r for r in found if r and not any(_share(r, o) for o in near)), None)
        if region is not None:
            regions.append(region)
        elif not title.continued:
            missed.append((title.index, title.label))
    return sorted(regions, key=_order), missed


def _page(lines: Sequence[str]) -> _Page:
    titles = tuple(_titles(lines))
    starts = frozenset(title.piece.start for title in titles)
    width = max(map(len, lines), default=0)
    return _Page(lines=lines, titles=titles, starts=starts, width=width)


def _order(region: Region) -> tuple[int, int]:
    return region.view[0], region.body[0][0]


def _share(one: Region, other: Region) -> bool:
    """Whether two regions claim the same lines of the same column of print."""
    beside = one.view[1] <= other.view[0] or other.view[1] <= one.view[0]
    return not beside and bool(one.lines & other.lines)


def _titles(lines: Sequence[str]) -> Iterator[_Title]:
    for index, line in enumerate(lines):
        if "ab" not in line.lower() and "a b" not in line.lower():
            continue
        for piece in pieces(line):
            under = _CONTINUES.match(piece.text)
            parsed = (under.group(1), "", True) if under else parse_title(piece.text)
            if parsed is not None:
                yield _Title(
                    index=index,
                    piece=piece,
                    label=parsed[0],
                    continued=parsed[2],
                    under=under is not None,
                )


def _below(page: _Page, number: int) -> Region | None:
    title = page.titles[number]
    index = title.index
    near = page.lines[index : index + _WINDOW]
    behind = page.lines[max(0, index - _WINDOW) : index][::-1]
    view = column_of(near, behind, title.piece, page.starts, page.width)
    own = _cut(page.lines, view, index, page.next_title(number, view))
    count, text = _caption(own)
    parsed = parse_title(text)
    start = next((k for k in range(count, len(own)) if own[k][1].strip()), len(own))
    if parsed is None or start - count > _FAR:
        return None
    end, after = table_end([text for _, text in own], start)
    body = own[start:end]
    if sum(in_columns(text) for _, text in body) < 2:
        return None
    return Region(
        label=parsed[0],
        caption=parsed[1],
        continued=parsed[2],
        view=view,
        title=tuple(own[:count]),
        body=tuple(body),
        notes=tuple(own[end:after]),
    )


def _above(page: _Page, number: int) -> Region | None:
    """The table that stands on its title."""
    title = page.titles[number]
    index = title.index
    near = page.lines[max(0, index - _WINDOW) : index + 1][::-1]
    view = column_of(near, near, title.piece, page.starts, page.width)
    own = _cut(page.lines, view, page.last_title(number, view), index)
    start = table_start([text for _, text in own])
    end, _ = table_end([text for _, text in own], start)
    if sum(in_columns(text) for _, text in own[start:end]) < 3 or len(own) - end > _MOST_NOTES:
        return None
    below = _cut(page.lines, view, index, index + _FAR)
    count, text = (1, "") if title.under else _caption(below)
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


def _cut(lines: Sequence[str], view: View, start: int, end: int) -> list[Line]:
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


def _caption(own: Sequence[Line]) -> tuple[int, str]:
    """(how many lines the title takes, its text): lines go on while the break was forced."""
    width = max(len(text) for _, text in own[:40])
    parts = [own[0][1].strip()]
    count, last = 1, own[0][1]
    first = parse_title(" ".join(parts[0].split()))
    if first is not None and not first[1] and not first[2]:
        count = next((k for k in range(1, min(3, len(own))) if own[k][1].strip()), 0)
        if not count or len(pieces(own[count][1])) != 1:
            return 1, " ".join(parts[0].split())
        last = own[count][1]
        parts.append(last.strip())
        count += 1
    left = len(last) - len(last.lstrip())
    while count < len(own) and own[count][1].strip():
        text = own[count][1]
        if _is_cut(text) or abs(len(text) - len(text.lstrip()) - left) > 12:
            break
        word = text.split()[0]
        forced = len(last) + 1 + len(word) > 0.93 * width
        goes_on = word[0].islower() or word[0] == "(" or parts[-1].endswith((",", "-", "of", "and"))
        if not (forced or goes_on):
            break
        parts.append(text.strip())
        count, last = count + 1, text
    return count, " ".join(" ".join(parts).split())


def _is_cut(text: str) -> bool:
    found = pieces(text)
    return any(b.start - a.end > 2 for a, b in pairwise(found))
