"""Set lines of text as print: glyphs at the pitch of the text, as the layout code reads a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.documents.base import Box
from evidence.documents.layout.ink import Glyph, Ink
from evidence.documents.layout.words import Line, read_lines
from evidence.documents.text.pages import CHAR_PT, LINE_PT, SIZE_PT
from evidence.documents.text.tight import WIDENED

_BASE_PT = 0.8 * LINE_PT
_INSET_PT = 1.0
SOFT_HYPHEN = "\u00ad"
"""Within a line it is not printed."""


@dataclass(slots=True)
class TextInk(Ink):
    """Lines of a text page in print. They may stand closer than on the page, or without others."""

    tops: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """Index of the page's line that each of ``tops`` stands for."""
    shifts: list[tuple[int, ...]] = field(default_factory=list)
    """For each line, the characters before which blanks were set in."""

    def shown(self, box: Box) -> Box:
        """The box on the page: columns as they are, lines where they stand."""
        x0, top, x1, bottom = box
        first = max(0, bisect_right(self.tops, top + _INSET_PT) - 1)
        last = max(first, bisect_left(self.tops, bottom - _INSET_PT) - 1)
        own = self.shifts[first] if self.shifts else ()
        x0, x1 = _unspread(x0, own), _unspread(x1, own)
        return (x0, LINE_PT * self.rows[first], x1, LINE_PT * (self.rows[last] + 1))


def _unspread(x: float, shifts: Sequence[int]) -> float:
    """Where a place of a line with blanks set in stands without them."""
    for start in shifts:
        x -= min(CHAR_PT * WIDENED, max(0.0, x - CHAR_PT * start))
    return x


def set_in_type(
    lines: Sequence[tuple[int, str]],
    tops: Sequence[float],
    *,
    page: int,
    left: int = 0,
    shifts: Sequence[tuple[int, ...]] = (),
) -> TextInk:
    """The print of lines (index on the page, text from character ``left``) at given heights."""
    glyphs: list[Glyph] = []
    for (_, text), top in zip(lines, tops, strict=True):
        for x, char in enumerate(text):
            if char == SOFT_HYPHEN and text[x + 1 : x + 2].strip() and glyphs:
                glyphs[-1].x1 += CHAR_PT
            elif not char.isspace():
                glyphs.append(_glyph(char, left + x, top))
    return TextInk(
        number=page,
        width=max((glyph.x1 for glyph in glyphs), default=0.0),
        height=tops[-1] + LINE_PT if tops else 0.0,
        turn=0,
        glyphs=glyphs,
        across=[],
        down=[],
        shades=[],
        boxes=[],
        tops=list(tops),
        rows=[row for row, _ in lines],
        shifts=[tuple(left + x for x in own) for own in shifts],
    )


def set_lines(ink: TextInk) -> list[Line]:
    """The printed lines of some text; its type is of one width, whatever letters it holds."""
    lines = read_lines(ink.glyphs)
    for line in lines:
        for word in line.words:
            word.fixed = True
    return lines


def _glyph(char: str, x: int, top: float) -> Glyph:
    bottom = top + LINE_PT - _INSET_PT
    x0, x1 = CHAR_PT * x, CHAR_PT * (x + 1)
    return Glyph(char, x0, top + _INSET_PT, x1, bottom, top + _BASE_PT, SIZE_PT)
