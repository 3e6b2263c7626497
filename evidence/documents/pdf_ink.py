"""Characters, rules and shaded areas of one PDF page, by pdfminer under pdfplumber.

pdfplumber makes a dictionary of some thirty entries per character; the layout code needs nine of
them, so the page's content stream is interpreted with a device of our own that keeps only those.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt

from evidence.documents.base import Box
from evidence.documents.layout.accents import join_accents
from evidence.documents.layout.ink import Glyph, RawPage, Rule, only_visible
from evidence.documents.pdf_glyphs import NamingResources, character
from evidence.documents.pdf_log import kept_messages

MAX_RULE_PT = 2.6
"""A stroke or filled bar up to this thick is a rule; a thicker one is a shaded area."""

REMEMBERED = 60
"""So many shades back a shade is looked for that another one may stand in."""


class InkDevice(PDFLayoutAnalyzer):
    """Collects glyphs, rules and shades in the frame of the page as shown."""

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.page: RawPage = RawPage(0, 0, 0)
        self.left = self.top = 0.0
        self.tints: list[Any] = []

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Take the visible part of the page (its crop box) as the frame."""
        x0, y0, x1, y1 = page.cropbox or page.mediabox
        corners = [apply_matrix_pt(ctm, (x, y)) for x in (x0, x1) for y in (y0, y1)]
        self.left = min(x for x, _ in corners)
        self.top = max(y for _, y in corners)
        width = max(x for x, _ in corners) - self.left
        self.page = RawPage(self.pageno, width, self.top - min(y for _, y in corners))
        self.tints = []

    def end_page(self, page: Any) -> None:
        """Nothing to do: what was drawn is already kept."""

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Drawings inside forms count like any other."""

    def end_figure(self, name: str) -> None:
        """Nothing to close."""

    def render_image(self, name: str, stream: Any) -> None:
        """Pictures hold no characters."""

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Keep one character; returns its advance in text space."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            name = getattr(font, "glyph_names", {}).get(cid, "")
            text = character(name) or f"(cid:{cid})"
        advance = float(font.char_width(cid) * fontsize * scaling)
        if font.is_vertical():
            return advance
        a, b, c, d, e, f = matrix
        low = font.get_descent() * fontsize + rise
        high = low + fontsize
        xs = (e + c * low, e + c * high, e + a * advance + c * low, e + a * advance + c * high)
        ys = (f + d * low, f + d * high, f + b * advance + d * low, f + b * advance + d * high)
        turn = _turn(a, b)
        left, top = self.left, self.top
        base = (e + c * rise - left) if turn in (90, 270) else (top - f - d * rise)
        size = abs(fontsize) * math.hypot(c, d)
        self.page.glyphs.append(
            Glyph(
                text,
                min(xs) - left,
                top - max(ys),
                max(xs) - left,
                top - min(ys),
                base,
                size,
                font.fontname or "",
                turn,
            )
        )
        return advance

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Keep straight strokes and filled boxes; leave other drawing alone."""
        if not (stroke or fill):
            return
        linewidth = gstate.linewidth if stroke else 0.0
        colour = None if not fill or _is_white(gstate.ncolor) else gstate.ncolor
        for points in _subpaths(path):
            self._keep([apply_matrix_pt(self.ctm, p) for p in points], linewidth, colour)

    def _keep(self, points: list[tuple[float, float]], linewidth: float, colour: Any) -> None:
        xs = [x - self.left for x, _ in points]
        ys = [self.top - y for _, y in points]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        wide, high = x1 - x0, bottom - top
        if min(wide, high) <= MAX_RULE_PT:
            if max(wide, high) > 2 * MAX_RULE_PT:
                self.page.rules.append(Rule(x0, top, x1, bottom))
            return
        if linewidth and len(points) >= 4 and _is_box(points):
            self.page.rules += [
                Rule(x0, top, x1, top),
                Rule(x0, bottom, x1, bottom),
                Rule(x0, top, x0, bottom),
                Rule(x1, top, x1, bottom),
            ]
            self.page.boxes.append((x0, top, x1, bottom))
        elif _is_box(points) and colour is not None:
            self._shade((x0, top, x1, bottom), colour)

    def _shade(self, box: Box, colour: Any) -> None:
        """Keep a shade unless it is painted in the colour of one it stands in: none sees it."""
        for other, tint in zip(
            self.page.shades[-REMEMBERED:], self.tints[-REMEMBERED:], strict=True
        ):
            if tint == colour and _within(box, other):
                return
        self.page.shades.append(box)
        self.tints.append(colour)


def _turn(a: float, b: float) -> int:
    """Clockwise degrees that set text written along (a, b) upright."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


def _subpaths(path: Any) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = []
    for step in path:
        if step[0] == "m":
            found.append([])
        if step[0] != "h" and found:
            found[-1].append(tuple(step[-2:]))
    return [points for points in found if len(points) >= 2]


def _within(box: Box, other: Box) -> bool:
    return (
        other[0] - 1 <= box[0]
        and other[1] - 1 <= box[1]
        and box[2] <= other[2] + 1
        and box[3] <= other[3] + 1
    )


def _is_white(colour: Any) -> bool:
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(v, (int, float)) for v in values):
        return False
    if len(values) == 4:
        return all(v <= 0.01 for v in values)
    return all(v >= 0.99 for v in values)


def _is_box(points: list[tuple[float, float]]) -> bool:
    xs = sorted(x for x, _ in points)
    ys = sorted(y for _, y in points)
    near = 0.01 + 0.01 * max(xs[-1] - xs[0], ys[-1] - ys[0])
    return all(min(x - xs[0], xs[-1] - x) <= near for x in xs) and all(
        min(y - ys[0], ys[-1] - y) <= near for y in ys
    )


def read_ink(page: Any, resources: NamingResources | None = None) -> RawPage:
    """The ink of one pdfplumber page; ``page.close()`` stays with the caller.

    ``resources`` keeps the fonts of a document from one page to the next.
    """
    resources = resources or NamingResources()
    device = InkDevice(resources)
    device.pageno = page.page_number
    PDFPageInterpreter(resources, device).process_page(page.page_obj)
    device.page.glyphs = join_accents(device.page.glyphs)
    return only_visible(device.page)


class Miner:
    """A document opened by pdfplumber when the first of its pages is wanted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.resources = NamingResources()
        self.document: Any = None
        self.lost: dict[int, list[str]] = {}
        """Per page read, what pdfminer said of print it could not make out."""

    def read(self, number: int) -> RawPage:
        """The ink of page ``number`` (1-based); raises what pdfminer raises on a broken page."""
        import pdfplumber

        with kept_messages() as self.lost[number]:
            if self.document is None:
                self.document = pdfplumber.open(self.path)
            page = self.document.pages[number - 1]
            try:
                return read_ink(page, self.resources)
            finally:
                page.close()

    def close(self) -> None:
        """Close the file. pdfplumber's own ``close`` parses every page of a broken file again."""
        if self.document is not None:
            self.document.stream.close()
