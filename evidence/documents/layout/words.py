"""From glyphs to words and printed lines, with superscripts put back on the line they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from evidence.documents.base import Box
from evidence.documents.layout.ink import Glyph
from evidence.documents.layout.scripts import attach_scripts

WORD_GAP = 0.17
"""A gap wider than this share of the font size parts two words where no spaces are printed."""
SPACED_GAP = 0.3
"""The same on a line that has space characters of its own."""
WORD_SPACE = 0.38
"""Words no further apart than this share of the font size read as one stretch of text."""
HEAVY = re.compile(r"bold|black|heavy|demi|[.\-,+_]B[ID]?\d?$", re.I)
FIXED = 1.65
"""In fonts of one width a word space is 0.6 of the size, not 0.28: gaps count by this less."""


@dataclass(slots=True)
class Word:
    """Glyphs set without a gap, on one baseline; raised and lowered ones included."""

    glyphs: list[Glyph]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    fixed: bool = False
    """Whether the font's characters are all of one width."""

    @property
    def em(self) -> float:
        """The measure of gaps: the size, more where word spaces are wider."""
        return self.size * (FIXED if self.fixed else 1.0)

    @property
    def text(self) -> str:
        """Every character as printed, superscripts not told apart."""
        return "".join(g.text for g in self.glyphs)

    @property
    def font(self) -> str:
        """The font of the first character."""
        return self.glyphs[0].font

    @property
    def bold(self) -> bool:
        """Whether the font's name says it is heavy."""
        return bool(HEAVY.search(self.font))

    @property
    def raised(self) -> bool:
        """Whether the word is nothing but superscript."""
        return all(g.level > 0 for g in self.glyphs)


@dataclass(slots=True)
class Line:
    """Words on one baseline, left to right."""

    words: list[Word]
    base: float
    size: float
    x0: float = field(init=False)
    x1: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        self.x0 = self.words[0].x0
        self.x1 = max(w.x1 for w in self.words)
        self.top = min(w.top for w in self.words)
        self.bottom = max(w.bottom for w in self.words)

    @property
    def em(self) -> float:
        """The measure of gaps: the size, more where word spaces are wider."""
        return self.size * (FIXED if self.words[0].fixed else 1.0)

    @property
    def text(self) -> str:
        """The words with single spaces between."""
        return " ".join(w.text for w in self.words)


def box_of(words: Iterable[Word]) -> Box:
    """The smallest box around some words."""
    x0, top, x1, bottom = zip(*((w.x0, w.top, w.x1, w.bottom) for w in words), strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def level_lines(lines: list[Line]) -> list[Line]:
    """Lines with those joined that stand side by side on almost the same baseline."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda ln: ln.base):
        host = next(
            (
                other
                for other in reversed(joined[-4:])
                if line.base - other.base <= 0.2 * min(line.size, other.size)
                and all(w.x1 <= v.x0 or v.x1 <= w.x0 for w in line.words for v in other.words)
            ),
            None,
        )
        if host is None:
            joined.append(line)
        else:
            words = sorted(host.words + line.words, key=lambda w: w.x0)
            joined[joined.index(host)] = Line(words, host.base, host.size)
    return joined


def read_lines(glyphs: list[Glyph]) -> list[Line]:
    """Every printed line of the page, top to bottom; columns side by side share a line."""
    fixed = _fixed_fonts(glyphs)
    rows = _by_baseline([g for g in glyphs if g.text and g.size > 0])
    attach_scripts(rows)
    lines = []
    for row in rows:
        words = list(_words(row))
        for word in words:
            word.fixed = word.font in fixed
        if words:
            sizes = [w.size for w in words]
            lines.append(Line(words, words[0].base, median(sizes)))
    return sorted(lines, key=lambda line: (line.base, line.x0))


def _fixed_fonts(glyphs: list[Glyph]) -> set[str]:
    """Fonts whose narrow letters are as wide as the wide ones."""
    narrow: dict[str, set[float]] = {}
    wide: dict[str, set[float]] = {}
    for g in glyphs:
        kind = narrow if g.text in "iljtfI.,:" else wide if g.text in "mwMWNGOQDH%" else None
        if kind is not None and g.size:
            kind.setdefault(g.font, set()).add(round((g.x1 - g.x0) / g.size, 2))
    return {
        font
        for font in narrow.keys() & wide.keys()
        if max(narrow[font] | wide[font]) - min(narrow[font] | wide[font]) <= 0.02
    }


def _by_baseline(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    last: float | None = None
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if last is not None and glyph.base - last <= max(0.4, 0.07 * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
        last = glyph.base
    return rows


def _words(row: list[Glyph]) -> Iterable[Word]:
    row.sort(key=lambda g: (g.x0, g.x1))
    spaced = sum(g.text == " " for g in row) >= 0.06 * len(row)
    word_gap = SPACED_GAP if spaced else WORD_GAP
    current: list[Glyph] = []
    for g in row:
        if g.text.isspace():
            if current:
                yield _word(current)
                current = []
            continue
        if current:
            previous = current[-1]
            size = max(previous.size, g.size)
            if g.text == previous.text and abs(g.x0 - previous.x0) < 0.12 * size:
                continue
            gap = word_gap * size
            if g.x0 - previous.x1 > gap and g.x0 - max(q.x1 for q in current[-2:]) > gap:
                yield _word(current)
                current = []
        current.append(g)
    if current:
        yield _word(current)


def _word(glyphs: list[Glyph]) -> Word:
    plain = [g for g in glyphs if g.level == 0] or glyphs
    return Word(
        glyphs,
        min(g.x0 for g in glyphs),
        min(g.top for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.bottom for g in glyphs),
        plain[0].base,
        max(g.size for g in plain),
    )
