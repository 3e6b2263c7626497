"""Print inside columns: each line cut into the pieces that belong to one column or span several."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from evidence.documents.layout.columns import Column, column_of
from evidence.documents.layout.words import WORD_SPACE, Line, Word

VALUE = re.compile(r"^[<>≤≥=±+−–—~(\[]*\d[\d.,·/%()\[\]±×–—−:;<>≤≥\-+*†‡§a-c]*$")
DASH = re.compile(r"^[-–—−…]+$|^(?:nr|ns|na|n/a|nd|n\.r\.|n\.s\.|n\.a\.)$", re.I)


@dataclass(slots=True)
class Piece:
    """Words of one line within columns ``first`` to ``last``."""

    first: int
    last: int
    words: list[Word]
    base: float
    size: float
    doubt: str | None = None
    """Why the row or column this piece was given to is uncertain."""

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(w.x1 for w in self.words)

    @property
    def text(self) -> str:
        """Words with single spaces."""
        return " ".join(w.text for w in self.words)

    @property
    def value(self) -> bool:
        """Whether the piece is a number, a count with percent, or a sign for none."""
        return all(VALUE.match(w.text) or DASH.match(w.text) for w in self.words)


def cut_line(line: Line, columns: list[Column]) -> list[Piece]:
    """The pieces of a line; neighbours joined where print runs over a column bound."""
    pieces: list[Piece] = []
    for word in line.words:
        first = last = column_of(word, columns)
        over = 0.35 * word.size
        while (
            last + 1 < len(columns)
            and word.x1 > columns[last + 1].x0 + over
            and _crosses(word, columns[last].right)
        ):
            last += 1
        while (
            first > 0
            and word.x0 < columns[first - 1].x1 - over
            and _crosses(word, columns[first].left)
        ):
            first -= 1
        before = pieces[-1] if pieces else None
        if before is not None and before.first < first <= before.last and _apart(before, word):
            before.last = first - 1
        if before is not None and (
            first <= before.last
            or (
                word.x0 - before.x1 <= WORD_SPACE * word.em
                and not (columns[first].tight and before.x1 <= columns[first].left <= word.x0)
            )
        ):
            before.words.append(word)
            before.last = max(before.last, last)
        else:
            pieces.append(Piece(first, last, [word], line.base, word.size))
    for piece in pieces:
        _keep_to_print(piece, columns)
    return pieces


def _keep_to_print(piece: Piece, columns: list[Column]) -> None:
    """Print that starts with its column and only runs into the white beside it spans nothing."""
    if piece.first == piece.last:
        return
    over = [
        c
        for c in range(piece.first, piece.last + 1)
        if min(piece.x1, columns[c].x1) - max(piece.x0, columns[c].x0) > 0.3 * piece.size
    ]
    if over and abs(piece.x0 - columns[over[0]].x0) <= 0.6 * piece.size:
        piece.first, piece.last = over[0], over[-1]


def _apart(before: Piece, word: Word) -> bool:
    """Whether a word stands clear of the piece that reaches into its column."""
    return word.x0 - before.x1 > word.size


def _crosses(word: Word, bound: float) -> bool:
    return word.x0 < bound - 1 and word.x1 > bound + 1


def leading(pieces: list[Piece]) -> tuple[float, float]:
    """The usual distance between lines of a wrapped cell, and the font size of that print."""
    size = Counter(round(p.size, 1) for p in pieces).most_common(1)[0][0]
    steps: list[tuple[float, float]] = []
    last: dict[int, float] = {}
    for piece in sorted(pieces, key=lambda p: p.base):
        for c in range(piece.first, piece.last + 1):
            if c in last and piece.base - last[c] > 0.8 * size:
                steps.append((piece.base - last[c], piece.size))
            last[c] = piece.base
    if not steps:
        return 1.25 * size, size
    steps.sort()
    for pitch, _ in steps:
        near = sum(abs(p - pitch) <= 0.05 * pitch for p, _ in steps)
        if near >= max(2, 0.08 * len(steps)):
            group = [step for step in steps if pitch <= step[0] <= 1.1 * pitch]
            return sum(p for p, _ in group) / len(group), median(s for _, s in group)
    return steps[0]


def step_prior(clusters: list[list[Piece]], pitch: float, threshold: float) -> float:
    """What a step of the usual leading means in this table: above 0 a wrapped line, below 0 a row.

    Where rows are set further apart than lines, lines at the usual leading hold the rests of
    wrapped cells. Where most of them begin in the first column and fill as many columns as the
    line that opened the group, they are rows, and wide steps only part groups of rows.
    """
    wide = tight = full = several = every = 0
    opened = len({p.first for p in clusters[0]})
    for upper, lower in pairwise(clusters):
        filled = len({p.first for p in lower})
        if lower[0].base - upper[0].base > threshold * pitch:
            wide += 1
            opened = filled
        elif lower[0].base - upper[0].base > 0.8 * pitch:
            tight += 1
            full += lower[0].first == 0 and filled >= 0.6 * opened
            every += lower[0].first == 0 and filled >= max(3, opened)
            several += lower[0].first == 0 and filled >= max(2, 0.6 * opened)
    if wide >= 3 and tight > 0 and full <= 0.4 * tight:
        return 2.5
    if (tight >= 4 and several >= 0.8 * tight) or (tight >= 2 and every == tight):
        return -1.2
    return 0.0
