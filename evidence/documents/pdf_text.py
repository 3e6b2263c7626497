"""Characters of a page by pdfium: fast enough to look at every page before choosing which to read.

pdfium parses fonts and content streams on its own, so its characters also serve as a second,
independent reading of every table cell.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

from evidence.documents.base import Box
from evidence.documents.layout.accents import join_accents
from evidence.documents.layout.ink import Glyph, RawPage, only_visible

MAX_GLYPHS = 80_000
"""A page with more characters is a drawing or an attack, not a page to read."""

_NO_PRINT = frozenset((0, 10, 13, 0xFFFE))


def read_text_page(document: Any, number: int) -> RawPage:
    """The characters of page ``number`` (1-based) of a pypdfium2 document; no rules."""
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            frame = _Frame(page)
            result = RawPage(number, frame.width, frame.height)
            result.glyphs = join_accents(_glyphs(text_page, frame))
            return only_visible(result)
        finally:
            text_page.close()
    finally:
        page.close()


class _Frame:
    """From PDF user space to points from the top left of the page as shown."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        shown = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, shown)
        left, bottom, right, top = shown.left, shown.bottom, shown.right, shown.top
        self.box = (left, bottom, right, top)
        self.rotation = page.get_rotation()
        self.wide, self.high = right - left, top - bottom
        turned = self.rotation in (90, 270)
        self.width, self.height = (self.high, self.wide) if turned else (self.wide, self.high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space in the frame of the page as shown."""
        u, v = x - self.box[0], y - self.box[1]
        if self.rotation == 90:
            return v, u
        if self.rotation == 180:
            return self.wide - u, v
        if self.rotation == 270:
            return self.high - v, self.wide - u
        return u, self.high - v

    def rect(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of user space in the frame of the page as shown."""
        if self.rotation == 0:
            x, y = self.box[0], self.box[3]
            return (left - x, y - top, right - x, y - bottom)
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _glyphs(text_page: Any, frame: _Frame) -> list[Glyph]:
    import pypdfium2.raw as raw

    count = text_page.count_chars()
    if count > MAX_GLYPHS:
        raise ValueError(f"{count} characters on one page, expected at most {MAX_GLYPHS}")
    handle = text_page.raw
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    unicode_at, box_at, item_at = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        _returning_address(raw.FPDFText_GetTextObject),
    )
    pointer = ctypes.cast(handle, ctypes.c_void_p)
    glyphs: list[Glyph] = []
    before, guessed, high = None, False, 0
    name, size, turn, base = "", 0.0, 0, 0.0
    corners = (0.0, 0.0, 0.0, 0.0)
    for i in range(count):
        code = unicode_at(handle, i)
        if code in _NO_PRINT:
            continue
        if code == 32 and raw.FPDFText_IsGenerated(handle, i) == 1:
            guessed = True
            continue
        item = item_at(pointer, i)
        if item is None:
            continue
        box_at(handle, i, rect)
        if item != before:
            before = item
            raw.FPDFText_GetMatrix(handle, i, matrix)
            size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d)
            turn = _turn(matrix.a, matrix.b, frame.rotation)
            name = _font(raw, handle, i)
            raw.FPDFText_GetCharOrigin(handle, i, x, y)
            origin = frame.point(x.value, y.value)
            base = origin[0] if turn in (90, 270) else origin[1]
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        text = "-" if code == 2 else chr(code)
        here = (rect.left, rect.bottom, rect.right, rect.top)
        if here == corners and glyphs and text.isalpha():
            glyphs[-1].text += text
            continue
        corners = here
        glyph = Glyph(text, *frame.rect(*here), base, size, name, turn)
        if guessed and glyphs and _apart(glyphs[-1], glyph):
            g = glyphs[-1]
            glyphs.append(Glyph(" ", g.x1, g.top, g.x1, g.bottom, g.base, g.size, g.font, g.turn))
        guessed = False
        glyphs.append(glyph)
    return glyphs


def _returning_address(function: Any) -> Any:
    """A pdfium function of (text page, index) that returns a plain address: ten times faster."""
    prototype = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _apart(left: Glyph, right: Glyph) -> bool:
    """Whether a space pdfium guessed between two characters of a line shows on paper."""
    return left.turn == right.turn == 0 and right.x0 - left.x1 > 0.1 * right.size


def _font(raw: Any, handle: Any, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace")


def _turn(a: float, b: float, rotation: int) -> int:
    """Clockwise degrees that set the character upright on the page as shown."""
    across = 0 if a >= 0 else 180
    own = across if abs(a) >= abs(b) else (90 if b > 0 else 270)
    return (own - rotation) % 360
