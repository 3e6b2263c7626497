"""Recognise one page picture: characters with boxes and confidence, and the rules drawn on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from statistics import median
from typing import Any

from evidence.documents.base import Box
from evidence.documents.layout.ink import Glyph, RawPage, Rule

POINTS_PER_INCH = 72.0
_SKEW_LIMIT_DEGREES = 2.5
_SKEW_STEP_DEGREES = 0.1
_SKEW_WIDTH_PX = 800
_RULE_SHARE = 0.08
"""A dark run longer than this share of the page's width is a rule."""
_LETTER_SHARE = 0.26
"""A gap narrower than this may still part two letters of one word."""
_PALE = 14
"""Grey levels by which a tint or a pale rule is darker than the paper."""
_RULE_INCH = 0.035
"""No rule is thicker."""
_WORD_SHARE = 0.17
"""A gap without ink wider than this share of a line's height parts two words."""
_ROW_SHARE = 0.45
"""Boxes whose middles differ by less than this share of their height stand on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A stretch of text as the recogniser saw it; boxes in pixels of the straightened picture."""

    text: str
    confidence: float
    box: Box
    places: tuple[tuple[str, float, float], ...]
    """(character, left, right) in order."""


def _cv2() -> Any:
    """OpenCV, which comes with the recogniser."""
    return import_module("cv2")


def recognise(engine: Any, picture: Any) -> list[Recognised]:
    """Every stretch of text in a picture (height × width × 3, bytes), in no order.

    The recogniser's own turning of upside-down stretches is off: it makes a lone 9 of a 6.
    """
    found, _ = engine(picture, return_word_box=True, use_cls=False)
    return [_recognised(entry) for entry in found or []]


def _recognised(entry: Any) -> Recognised:
    corners, text, confidence = entry[0], str(entry[1]), float(entry[2])
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    top, bottom = (ys[0] + ys[1]) / 2, (ys[2] + ys[3]) / 2
    box = (min(xs), top, max(xs), bottom)
    boxes, characters = (entry[3], entry[4]) if len(entry) > 4 else ([], [])
    places = tuple(
        (str(char), min(float(x) for x, _ in corners), max(float(x) for x, _ in corners))
        for char, corners in zip(characters, boxes, strict=False)
    )
    if "".join(char for char, _, _ in places) != text.replace(" ", ""):
        places = _evenly(text, box)
    return Recognised(text=text, confidence=confidence, box=box, places=places)


def _evenly(text: str, box: Box) -> tuple[tuple[str, float, float], ...]:
    """Characters at equal steps, where the recogniser gave no place for each."""
    step = (box[2] - box[0]) / max(1, len(text))
    return tuple(
        (char, box[0] + i * step, box[0] + (i + 1) * step)
        for i, char in enumerate(text)
        if char != " "
    )


def set_in_words(found: list[Recognised], picture: Any) -> list[Recognised]:
    """The same text with its characters moved into the words that the ink itself shows.

    The recogniser tells where a character is only roughly and drops most spaces.
    """
    cv2 = _cv2()
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    return [replace(piece, places=_in_words(piece, dark)) for piece in found]


def _in_words(piece: Recognised, dark: Any) -> tuple[tuple[str, float, float], ...]:
    spans = _ink_spans(piece.box, dark)
    if not spans or not piece.places:
        return piece.places
    groups: list[list[str]] = [[] for _ in spans]
    first, last = piece.places[0][1], piece.places[-1][2]
    stretch = (spans[-1][1] - spans[0][0]) / max(1.0, last - first)
    current = 0
    for char, left, right in piece.places:
        middle = spans[0][0] + ((left + right) / 2 - first) * stretch
        while current + 1 < len(spans) and middle > (spans[current][1] + spans[current + 1][0]) / 2:
            current += 1
        groups[current].append(unicodedata.normalize("NFKC", char))
    places: list[tuple[str, float, float]] = []
    for (left, right), chars in zip(spans, groups, strict=True):
        step = (right - left) / max(1, len(chars))
        places += [(c, left + i * step, left + (i + 1) * step) for i, c in enumerate(chars)]
    return tuple(places)


def _ink_spans(box: Box, dark: Any) -> list[tuple[float, float]]:
    """(left, right) of the words in a box: runs of ink that no wide gap parts."""
    x0, top, x1, bottom = (int(value) for value in box)
    trim = int(0.15 * (bottom - top))
    crop = dark[max(0, top + trim) : bottom - trim, max(0, x0) : x1]
    if not crop.size:
        return []
    columns = [i for i, ink in enumerate(crop.any(axis=0).tolist()) if ink]
    gap = _WORD_SHARE * (bottom - top)
    spans: list[tuple[float, float]] = []
    for column in columns:
        place = float(max(0, x0) + column)
        if spans and place - spans[-1][1] < gap:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return _spaced_out(spans, bottom - top)


def _spaced_out(spans: list[tuple[float, float]], high: float) -> list[tuple[float, float]]:
    """Single letters set apart (``T A B L E``) joined: their gaps are narrower than a word's."""
    joined: list[tuple[float, float]] = []
    for left, right in spans:
        near = joined and left - joined[-1][1] < _LETTER_SHARE * high
        narrow = joined and min(right - left, joined[-1][1] - joined[-1][0]) < 0.6 * high
        if near and narrow:
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


def straighten(picture: Any) -> Any:
    """The picture turned by the small angle at which its lines stand out most from the gaps."""
    import numpy as np

    cv2 = _cv2()
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _SKEW_WIDTH_PX / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    steps = int(_SKEW_LIMIT_DEGREES / _SKEW_STEP_DEGREES)
    angles = [step * _SKEW_STEP_DEGREES for step in range(-steps, steps + 1)]
    best = max(angles, key=lambda a: float(np.var(_turned(dark, a, 0).sum(axis=1, dtype=float))))
    return picture if abs(best) < _SKEW_STEP_DEGREES / 2 else _turned(picture, best, (255,) * 3)


def _turned(picture: Any, degrees: float, fill: Any) -> Any:
    cv2 = _cv2()
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    return cv2.warpAffine(picture, matrix, (wide, high), borderValue=fill)


def find_rules(picture: Any, dpi: float) -> list[Rule]:
    """Long thin strokes that run across the page, dark or pale, in points."""
    cv2 = _cv2()
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    along = cv2.blur(grey, (int(0.2 * dpi), 1))
    inked = (along < _paper(grey) - _PALE).astype("uint8")
    length = max(20, int(_RULE_SHARE * grey.shape[1]))
    runs = cv2.morphologyEx(inked, cv2.MORPH_OPEN, cv2.getStructuringElement(0, (length, 1)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    scale = POINTS_PER_INCH / dpi
    return [
        Rule(x * scale, (y + h / 2) * scale, (x + w) * scale, (y + h / 2) * scale)
        for x, y, w, h, _ in stats[1:].tolist()
        if h <= _RULE_INCH * dpi and _stands_alone(inked, x, y, w, h)
    ]


def find_shades(picture: Any, dpi: float) -> list[Box]:
    """Areas of the page that are tinted, in points."""
    cv2 = _cv2()
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    even = cv2.medianBlur(grey, int(0.06 * dpi) | 1)
    tinted = ((even < _paper(grey) - _PALE) & (even > 90)).astype("uint8")
    size = (int(0.5 * dpi), int(0.05 * dpi))
    areas = cv2.morphologyEx(tinted, cv2.MORPH_OPEN, cv2.getStructuringElement(0, size))
    _, _, stats, _ = cv2.connectedComponentsWithStats(areas, connectivity=4)
    scale = POINTS_PER_INCH / dpi
    return [
        (x * scale, y * scale, (x + w) * scale, (y + h) * scale)
        for x, y, w, h, area in stats[1:].tolist()
        if area > 0.7 * w * h and w > _RULE_SHARE * grey.shape[1] and h < 0.5 * grey.shape[0]
    ]


def _paper(grey: Any) -> float:
    """The brightness of the bare page."""
    import numpy as np

    return float(np.percentile(grey[::4, ::4], 75))


def _stands_alone(inked: Any, x: int, y: int, wide: int, high: int) -> bool:
    """Clear paper above and below: what a rule has and a line of letters has not."""
    above = inked[max(0, y - 5) : max(0, y - 2), x : x + wide]
    below = inked[y + high + 2 : y + high + 5, x : x + wide]
    return all(band.size and float(band.mean()) < 0.1 for band in (above, below))


def raw_page(
    number: int,
    found: list[Recognised],
    size_px: tuple[int, int],
    dpi: float,
    *,
    rules: Sequence[Rule] = (),
    shades: Sequence[Box] = (),
) -> RawPage:
    """Recognised text as a page of glyphs in points, its stretches levelled into lines."""
    scale = POINTS_PER_INCH / dpi
    page = RawPage(number, size_px[0] * scale, size_px[1] * scale)
    page.rules, page.shades = list(rules), list(shades)
    for piece in _levelled(found):
        _, top, _, bottom = piece.box
        high = bottom - top
        for char, left, right in piece.places:
            page.glyphs.append(
                Glyph(
                    char,
                    left * scale,
                    (top + 0.1 * high) * scale,
                    right * scale,
                    (bottom - 0.1 * high) * scale,
                    (bottom - 0.25 * high) * scale,
                    0.8 * high * scale,
                )
            )
    return page


def _levelled(found: list[Recognised]) -> list[Recognised]:
    """Stretches that stand on one line get the same top and bottom; heights near the usual too."""
    if not found:
        return []
    usual = median(piece.box[3] - piece.box[1] for piece in found)
    lines: list[list[Recognised]] = []
    for piece in sorted(found, key=lambda p: p.box[1] + p.box[3]):
        middle = (piece.box[1] + piece.box[3]) / 2
        last = lines[-1] if lines else []
        mean = sum(p.box[1] + p.box[3] for p in last) / (2 * len(last)) if last else 0.0
        if last and abs(middle - mean) < _ROW_SHARE * usual:
            last.append(piece)
        else:
            lines.append([piece])
    return [_set(piece, line, usual) for line in lines for piece in line]


def _set(piece: Recognised, line: list[Recognised], usual: float) -> Recognised:
    middle = sum(p.box[1] + p.box[3] for p in line) / (2 * len(line))
    high = median(p.box[3] - p.box[1] for p in line)
    if 0.75 * usual < high < 1.3 * usual:
        high = usual
    box = (piece.box[0], middle - high / 2, piece.box[2], middle + high / 2)
    return replace(piece, box=box)
