"""Print that stands across the direction of a page: the turned heads of narrow columns."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Box
from evidence.documents.layout.columns import Column
from evidence.documents.layout.ink import Glyph, Ink, turn_box
from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.words import Line, Word, read_lines


def crosswise_lines(ink: Ink) -> list[Line]:
    """Lines of other writing directions, their words as read, their boxes in the ink's frame.

    Of each line the baseline is where its print ends at the bottom.
    """
    lines = []
    for turn in sorted({g.turn for g in ink.crosswise}):
        read = read_lines([g for g in ink.crosswise if g.turn == turn])
        lines += [_placed(line, turn, ink) for line in read]
    return lines


def _placed(line: Line, turn: int, ink: Ink) -> Line:
    """A line read in the frame of its own direction, in the frame of the ink."""
    back = (ink.turn - turn) % 360
    size = (ink.height, ink.width) if back in (90, 270) else (ink.width, ink.height)

    def box(part: Glyph | Word) -> Box:
        return turn_box((part.x0, part.top, part.x1, part.bottom), back, *size)

    bottom = max(box(word)[3] for word in line.words)
    words = [
        Word(
            [replace(g, x0=x0, top=top, x1=x1, bottom=low)
             for g in word.glyphs for x0, top, x1, low in [box(g)]],
            *box(word),
            bottom,
            word.size,
            word.fixed,
        )
        for word in line.words
    ]  # fmt: skip
    return Line(words, bottom, line.size)


def turned_heads(lines: list[Line], columns: list[Column]) -> list[Piece]:
    """Heads of single columns set crosswise: each over the column its line stands on."""
    pieces = []
    for line in lines:
        middle = (min(w.x0 for w in line.words) + line.x1) / 2
        column = next((k for k, c in enumerate(columns) if c.left <= middle <= c.right), None)
        if column is not None:
            pieces.append(Piece(column, column, line.words, line.base, line.size))
    return pieces
