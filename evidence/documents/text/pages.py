"""A text file as pages of lines, and how large its characters are taken to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.documents.base import CellLine, Page

TAB = 8
CHAR_PT, LINE_PT, SIZE_PT = 6.0, 12.0, 10.0
"""A text page is set like a typewriter's: width of a character, height of a line, size of type."""


Part = tuple[Collection[int], int, int]
"""Some lines of a page (indices), first character, after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """The lines between two form feeds; ``first`` is the file's line (1-based) they begin at."""

    number: int
    first: int
    raw: tuple[str, ...]
    """As in the file."""
    lines: tuple[str, ...]
    """With tabs filled up to each eighth character."""

    @property
    def width(self) -> int:
        """Characters of the longest line."""
        return max((len(line) for line in self.lines), default=0)

    @property
    def shown(self) -> Page:
        """The page with a box for every line: columns and lines at the pitch of the text."""
        return Page(
            number=self.number,
            width_pt=CHAR_PT * self.width,
            height_pt=LINE_PT * len(self.lines),
            lines=tuple(
                CellLine(text=line, page=self.number, box_pt=_box(line, row))
                for row, line in enumerate(self.lines)
                if line.strip()
            ),
        )

    def without(self, parts: Iterable[Part]) -> TextPage:
        """The page with some characters of some lines blanked."""
        lines = list(self.lines)
        for rows, left, right in parts:
            for row in rows:
                line = lines[row]
                lines[row] = (line[:left] + " " * len(line[left:right]) + line[right:]).rstrip()
        return replace(self, lines=tuple(lines))


def _box(line: str, row: int) -> tuple[float, float, float, float]:
    start = len(line) - len(line.lstrip())
    return CHAR_PT * start, LINE_PT * row, CHAR_PT * len(line.rstrip()), LINE_PT * (row + 1)


def split_pages(text: str) -> list[TextPage]:
    """Pages are told by form feeds, lines by any line end; a form feed ends a line, too."""
    pages: list[tuple[int, list[str]]] = [(1, [])]
    for number, line in enumerate(re.split(r"\r\n?|\n|(?<=[^\r\n\f])(?=\f)", text), start=1):
        for _ in range(line.count("\f")):
            pages.append((number, []))
        pages[-1][1].append(line.replace("\f", ""))
    return [
        TextPage(
            number=number,
            first=first,
            raw=tuple(lines),
            lines=tuple(line.expandtabs(TAB) for line in lines),
        )
        for number, (first, lines) in enumerate(pages, start=1)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of one line that no gap of two spaces parts."""

    text: str
    start: int
    end: int


_PIECE = re.compile(r"\S+(?: \S+)*")
_PLAIN_WORD = re.compile(r"^[(\[\"'“‘]?[a-zà-ÿ][a-zà-ÿ'’-]*[.,;:)\]]*$")


def pieces(line: str) -> list[Piece]:
    """The pieces of a line with their places."""
    return [Piece(text=m.group(0), start=m.start(), end=m.end()) for m in _PIECE.finditer(line)]


def is_running(lines: Sequence[str], *, share: float = 0.45) -> bool:
    """Whether lines read as running text, perhaps in two columns: long pieces of plain words."""
    found = [piece for line in lines for piece in pieces(line)]
    words = [word for piece in found for word in piece.text.split()]
    plain = sum(bool(_PLAIN_WORD.match(word)) for word in words)
    return bool(found) and len(words) >= 5 * len(found) and plain >= share * len(words)


def filled(lines: Sequence[str]) -> Iterator[str]:
    """The lines that are not blank."""
    return (line for line in lines if line.strip())
