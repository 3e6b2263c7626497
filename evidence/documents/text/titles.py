"""The titles of tables on a laid-out page, and the lines each takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.documents.captions import parse_title
from evidence.documents.text.column import View
from evidence.documents.text.pages import Piece, pieces

_CONTINUES = re.compile(r"^\(table\s*(\w{1,4})\s+continue[sd]\b", re.I)
_BESIDE = 4
"""No page has more columns of print: a line that names more tables is a list."""
NEIGHBOURS = 8
"""Only so many titles before and after one can claim the same lines."""

Line = tuple[int, str]
"""(index of the line on its page, its text within the table's column of print)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A line, or a piece of one, that names a table."""

    index: int
    piece: Piece
    label: str
    continued: bool
    under: bool
    """It says that the table stands above it."""

    def inside(self, view: View, other: Title) -> bool:
        """Whether it stands in a column of print, on another line than ``other``."""
        return view[0] <= self.piece.start < view[1] and self.index != other.index


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledPage:
    """The lines of a page, the titles on it in order, and its width in characters."""

    lines: Sequence[str]
    titles: tuple[Title, ...]
    starts: frozenset[int]
    """Where titles begin."""
    width: int

    def next_title(self, number: int, view: View) -> int:
        """The line of the next title in a column of print, or the end of the page."""
        after = self.titles[number + 1 : number + NEIGHBOURS]
        own = self.titles[number]
        return next((t.index for t in after if t.inside(view, own)), len(self.lines))

    def last_title(self, number: int, view: View) -> int:
        """The line after the title before this one in a column of print, or the page's first."""
        before = self.titles[max(0, number - NEIGHBOURS) : number][::-1]
        own = self.titles[number]
        return next((t.index + 1 for t in before if t.inside(view, own)), 0)


def titled(lines: Sequence[str]) -> TitledPage:
    """The page with its titles."""
    titles = tuple(_titles(lines))
    starts = frozenset(title.piece.start for title in titles)
    width = max(map(len, lines), default=0)
    return TitledPage(lines=lines, titles=titles, starts=starts, width=width)


def _titles(lines: Sequence[str]) -> Iterator[Title]:
    for index, line in enumerate(lines):
        if "ab" not in line.lower() and "a b" not in line.lower():
            continue
        own = [title for piece in pieces(line) if (title := _title(index, piece)) is not None]
        yield from own if len(own) <= _BESIDE else ()


def _title(index: int, piece: Piece) -> Title | None:
    under = _CONTINUES.match(piece.text)
    parsed = (under.group(1), "", True) if under else parse_title(piece.text)
    if parsed is None:
        return None
    return Title(
        index=index, piece=piece, label=parsed[0], continued=parsed[2], under=under is not None
    )


def caption_of(own: Sequence[Line]) -> tuple[int, str]:
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
