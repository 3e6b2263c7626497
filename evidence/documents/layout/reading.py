"""Reading order: columns of print found by their gutter, lines left column before right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evidence.documents.base import Box
from evidence.documents.layout.captions import segments
from evidence.documents.layout.cells import render_word
from evidence.documents.layout.ink import Ink
from evidence.documents.layout.words import Line, Word

WIDE = "\u2003"
"""Stands for white wider than a space between words."""
QUIET = 0.3
"""A strip that a smaller share of the lines crosses than this may part columns of print."""


@dataclass(slots=True)
class PrintLine:
    """One printed line of one column, in the frame in which it reads left to right."""

    text: str
    box: Box
    base: float
    size: float
    bold: bool
    column: int
    shown: Box
    """The box in the frame of the page as shown."""
    spaced: str = ""
    """The text with an em space (``WIDE``) where white parts it."""


def reading_lines(lines: list[Line], ink: Ink) -> list[PrintLine]:
    """Lines of a page in reading order."""
    gutters = find_gutters(lines, ink.width)
    pending: list[list[PrintLine]] = [[] for _ in range(len(gutters) + 1)]
    ordered: list[PrintLine] = []

    def flush() -> None:
        for column in pending:
            ordered.extend(column)
            column.clear()

    for line in lines:
        for first, last, words in _split(line, gutters):
            printed = _print(words, line, first, ink)
            if first != last:
                flush()
                ordered.append(printed)
            else:
                pending[first].append(printed)
    flush()
    return ordered


def find_gutters(lines: list[Line], width: float) -> list[float]:
    """Middles of the white strips that part columns of print; empty for a single column.

    A first page may open over its full width: then its lower part alone shows the columns.
    """
    for share in (1.0, 0.7, 0.45):
        lower = lines[len(lines) - int(share * len(lines)) :]
        gutters = _gutters(lower, width) if len(lower) >= 8 else []
        if gutters:
            return gutters
    return []


def _gutters(lines: list[Line], width: float) -> list[float]:
    step = 2.0
    cover: Counter[int] = Counter()
    for line in lines:
        places: set[int] = set()
        for word in line.words:
            places.update(range(int(word.x0 / step), int(word.x1 / step) + 1))
        cover.update(places)
    busy = sorted(cover.values())[int(0.7 * len(cover))]
    left, right = min(cover), max(cover)
    gutters: list[float] = []
    start: int | None = None
    for k in range(left, right + 2):
        quiet = cover[k] <= QUIET * busy and k <= right
        if quiet and start is None:
            start = k
        elif not quiet and start is not None:
            strip = (start * step, k * step)
            if (
                strip[1] - strip[0] >= 6
                and strip[0] > 0.15 * width
                and strip[1] < 0.85 * width
                and _between(lines, strip)
            ):
                gutters.append((strip[0] + strip[1]) / 2)
            start = None
    return gutters


def _between(lines: list[Line], strip: tuple[float, float]) -> bool:
    """Whether enough print stands on both sides of a strip."""
    left = sum(line.x0 < strip[0] for line in lines)
    right = sum(line.x1 > strip[1] for line in lines)
    return min(left, right) >= max(5, 0.2 * len(lines))


def _split(line: Line, gutters: list[float]) -> list[tuple[int, int, list[Word]]]:
    """Words of a line per column; a run that crosses a gutter keeps the columns it covers."""
    parts: list[tuple[int, int, list[Word]]] = []
    for word in line.words:
        first = sum(word.x0 >= g for g in gutters)
        last = sum(word.x1 > g for g in gutters)
        if parts:
            before = parts[-1][2][-1]
            joined = word.x0 - before.x1 <= 0.6 * word.size and any(
                before.x1 <= g + 0.1 and word.x0 >= g - 0.1 for g in gutters
            )
            if first == parts[-1][1] or joined:
                parts[-1] = (parts[-1][0], max(last, parts[-1][1]), [*parts[-1][2], word])
                continue
        parts.append((first, last, [word]))
    return parts


def _print(words: list[Word], line: Line, column: int, ink: Ink) -> PrintLine:
    box = (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
    letters = sum(len(w.glyphs) for w in words)
    sizes: Counter[float] = Counter()
    for w in words:
        sizes[w.size] += len(w.glyphs)
    bold = sum(len(w.glyphs) for w in words if w.bold) > 0.6 * letters
    parts = segments(Line(words, line.base, line.size))
    return PrintLine(
        " ".join(render_word(w)[0] for w in words),
        box,
        line.base,
        sizes.most_common(1)[0][0],
        bold,
        column,
        ink.shown(box),
        WIDE.join(" ".join(render_word(w)[0] for w in part.words) for part in parts),
    )
