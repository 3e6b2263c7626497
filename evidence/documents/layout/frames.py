"""Turn a page so that its writing runs left to right, once per writing direction it holds."""

from __future__ import annotations

from collections import Counter

from evidence.documents.base import Box
from evidence.documents.layout.ink import Glyph, Ink, RawPage, Rule, turn_box

MIN_GLYPHS = 40
"""A direction with fewer characters is a margin note or an axis label, not a page of text."""


def split_frames(page: RawPage) -> list[Ink]:
    """The page once per direction in which enough text runs; the fullest direction first."""
    counts = Counter(g.turn for g in page.glyphs)
    turns = [t for t, n in counts.most_common() if n >= MIN_GLYPHS] or [
        t for t, _ in counts.most_common(1)
    ]
    return [turned(page, turn) for turn in turns]


def turned(page: RawPage, turn: int) -> Ink:
    """The page in the frame in which text of direction ``turn`` stands upright."""
    width, height = page.width, page.height
    wide, high = (height, width) if turn in (90, 270) else (width, height)
    rules = [
        Rule(*turn_box((r.x0, r.top, r.x1, r.bottom), turn, width, height)) for r in page.rules
    ]
    return Ink(
        number=page.number,
        width=wide,
        height=high,
        turn=turn,
        glyphs=[_turn_glyph(g, turn, width, height) for g in page.glyphs if g.turn == turn],
        across=[r for r in rules if r.horizontal],
        down=[r for r in rules if not r.horizontal],
        shades=[turn_box(s, turn, width, height) for s in page.shades],
        boxes=[turn_box(s, turn, width, height) for s in page.boxes],
        crosswise=[_turn_glyph(g, g.turn, width, height) for g in page.glyphs if g.turn != turn],
    )


def turned_back(page: RawPage, turn: int) -> RawPage:
    """A page read after it was turned clockwise by ``turn``, in the frame in which it is shown."""
    if turn == 0:
        return page
    wide, high = page.width, page.height
    shown = RawPage(page.number, *((high, wide) if turn in (90, 270) else (wide, high)))

    def back(box: Box) -> Box:
        return turn_box(box, 360 - turn, wide, high)

    for g in page.glyphs:
        base = {90: g.base, 180: shown.height - g.base, 270: shown.width - g.base}[turn]
        box = back((g.x0, g.top, g.x1, g.bottom))
        shown.glyphs.append(Glyph(g.text, *box, base, g.size, g.font, turn))
    shown.rules = [Rule(*back((r.x0, r.top, r.x1, r.bottom))) for r in page.rules]
    shown.shades = [back(box) for box in page.shades]
    shown.boxes = [back(box) for box in page.boxes]
    return shown


def _turn_glyph(glyph: Glyph, turn: int, width: float, height: float) -> Glyph:
    if turn == 0:
        return glyph
    x0, top, x1, bottom = turn_box(
        (glyph.x0, glyph.top, glyph.x1, glyph.bottom), turn, width, height
    )
    base = {90: glyph.base, 180: height - glyph.base, 270: width - glyph.base}[turn]
    return Glyph(glyph.text, x0, top, x1, bottom, base, glyph.size, glyph.font, turn)
