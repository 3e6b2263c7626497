"""Letters and their accents as one character where a font prints them as two.

TeX's fonts and old Type 1 fonts have no accented letters: an accent is printed over (or under) a
letter, and ``Szabó`` comes out as ``Szabo´``.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from evidence.documents.layout.ink import Glyph

COMBINING = {
    "`": "\u0300", "´": "\u0301", "ˊ": "\u0301", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303",
    "~": "\u0303", "¯": "\u0304", "ˉ": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308",
    "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
    **{mark: mark for mark in "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c"},
}  # fmt: skip
ALONE = {"˜": "~", "ˆ": "^"}
"""What an accent that stands over no letter is a sign for."""
DOTLESS = {"ı": "i", "ȷ": "j"}
RAISED = 0.35
"""An accent over a capital is raised by less than this share of the font size."""
SQUARE_PT = 8


def join_accents(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs in their order, accents joined to the letters they stand over."""
    places = [i for i, g in enumerate(glyphs) if g.text in COMBINING]
    if not places:
        return glyphs
    letters: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for g in glyphs:
        if len(g.text) == 1 and g.text.isalpha() and g.text not in COMBINING:
            letters[_square(g, 0, 0)].append(g)
    joined: set[int] = set()
    for i in places:
        accent = glyphs[i]
        squares = (_square(accent, dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        near = (g for square in squares for g in letters.get(square, ()))
        letter = next((g for g in near if _stands_over(accent, g)), None)
        if letter is None:
            accent.text = ALONE.get(accent.text, accent.text)
            continue
        plain = DOTLESS.get(letter.text, letter.text)
        letter.text = unicodedata.normalize("NFC", plain + COMBINING[accent.text])
        joined.add(i)
    return [g for i, g in enumerate(glyphs) if i not in joined]


def _square(glyph: Glyph, dx: int, dy: int) -> tuple[int, int]:
    """The square of the page a glyph's middle lies in, or one so many squares further."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return int(x // SQUARE_PT) + dx, int(y // SQUARE_PT) + dy


def _stands_over(accent: Glyph, letter: Glyph) -> bool:
    """Whether an accent is printed at the place of a letter, of its size, raised a little or not.

    Along the line its middle stands on the letter; both are written in one direction.
    """
    if letter.turn != accent.turn or len(letter.text) != 1:
        return False
    upright = accent.turn in (0, 180)
    low, high = (letter.x0, letter.x1) if upright else (letter.top, letter.bottom)
    ends = (accent.x0, accent.x1) if upright else (accent.top, accent.bottom)
    return (
        abs(letter.size - accent.size) <= 0.1 * letter.size
        and low <= sum(ends) / 2 <= high
        and abs(letter.base - accent.base) <= RAISED * letter.size
    )
