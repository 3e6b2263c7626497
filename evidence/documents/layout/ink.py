"""What a page is made of before anyone reads it: glyphs, rules and shaded areas.

Coordinates are points from the top left. A ``RawPage`` is in the frame of the page as it is shown;
an ``Ink`` is the same page turned so that one writing direction runs from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.base import Box

MAX_SIDE_PT = 14_400
"""No page of a PDF is wider or higher (ISO 32000-1, annex C)."""


@dataclass(slots=True)
class Glyph:
    """One printed character with its box, its baseline and the size of its font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str = ""
    turn: int = 0
    """Degrees the page must be turned clockwise for this character to stand upright."""
    level: int = 0
    """1 for a superscript, -1 for a subscript, 0 on the line."""


@dataclass(slots=True)
class Rule:
    """A thin straight stroke, horizontal when it is wider than high."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether the stroke runs across."""
        return self.x1 - self.x0 >= self.bottom - self.top

    @property
    def length(self) -> float:
        """Length in points."""
        return max(self.x1 - self.x0, self.bottom - self.top)

    @property
    def y(self) -> float:
        """Middle of a horizontal rule."""
        return (self.top + self.bottom) / 2

    @property
    def x(self) -> float:
        """Middle of a vertical rule."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class RawPage:
    """A page as drawn, in the frame in which it is shown."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    """Outlined boxes; their sides are among the rules as well."""


def only_visible(page: RawPage) -> RawPage:
    """The page without what is drawn off it, as broken files do at places far away.

    Raises ValueError for a page larger than the format allows.
    """
    wide, high = page.width, page.height
    if not (0 < wide <= MAX_SIDE_PT and 0 < high <= MAX_SIDE_PT):
        raise ValueError(f"a page of {wide:.0f} x {high:.0f} points")

    def shows(x0: float, top: float, x1: float, bottom: float) -> bool:
        return x1 >= 0 and x0 <= wide and bottom >= 0 and top <= high

    most = wide + high
    page.glyphs = [
        g
        for g in page.glyphs
        if g.x1 >= 0
        and g.x0 <= wide
        and g.bottom >= 0
        and g.top <= high
        and g.x1 - g.x0 <= most
        and g.bottom - g.top <= most
    ]
    page.rules = [r for r in page.rules if shows(r.x0, r.top, r.x1, r.bottom)]
    page.shades = [box for box in page.shades if shows(*box)]
    page.boxes = [box for box in page.boxes if shows(*box)]
    return page


@dataclass(slots=True)
class Ink:
    """A page turned so that its text runs left to right: what the layout code reads."""

    number: int
    width: float
    height: float
    turn: int
    glyphs: list[Glyph]
    across: list[Rule]
    down: list[Rule]
    shades: list[Box]
    boxes: list[Box]
    crosswise: list[Glyph] = field(default_factory=list)
    """Glyphs of other writing directions, each in the frame in which it stands upright."""

    def shown(self, box: Box) -> Box:
        """A box of this frame in the frame of the page as it is shown."""
        return turn_box(box, (360 - self.turn) % 360, self.width, self.height)


def turn_box(box: Box, turn: int, width: float, height: float) -> Box:
    """``box`` after the page of ``width`` × ``height`` points is turned clockwise by ``turn``."""
    x0, top, x1, bottom = box
    if turn == 90:
        return (height - bottom, x0, height - top, x1)
    if turn == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    if turn == 270:
        return (top, width - x1, bottom, width - x0)
    return box
