"""Numbers that manuscripts print in the margin beside their lines."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from evidence.documents.layout.ink import Ink
from evidence.documents.layout.words import Line, Word

FEWEST = 5
"""So many numbers in a row make a series."""
STEPS = (1, 2, 5, 10)
"""By how much numbers go up from one numbered line to the next."""
CLEAR = 0.4
"""Numbers stand further from the text than this share of their font size."""
MOST_BARE = 0.3
"""No larger a share of the numbers is followed by lines without one: those of tables."""
EDGE = 0.09
"""Running heads and feet stand within this share of the page's height."""


def without_line_numbers(lines: list[Line], ink: Ink) -> list[Line]:
    """The lines of a page without the numbers in its left or its right margin.

    They count up, and nothing is printed or drawn as far out as they are.
    """
    for end in (0, -1):
        numbers = _series([ln.words[end] for ln in lines if ln.words[end].text.isdecimal()])
        if numbers and _line_by_line(numbers, lines) and _in_margin(numbers, end, lines, ink):
            marks = {id(word) for word in numbers}
            lines = [kept for line in lines if (kept := _without(line, marks))]
    return lines


def _series(words: list[Word]) -> list[Word]:
    """Numbers under one another that count up by the same step, nearly all of those given."""
    aligned = [w for w in words if words and abs(w.x1 - median(v.x1 for v in words)) < w.size]
    if len(aligned) < FEWEST:
        return []
    steps = [int(b.text) - int(a.text) for a, b in pairwise(aligned)]
    usual = max(STEPS, key=steps.count)
    return aligned if steps.count(usual) >= 0.9 * len(steps) else []


def _line_by_line(numbers: list[Word], lines: list[Line]) -> bool:
    """Whether each line has its number: those of references stand at the first of several."""
    step = int(numbers[1].text) - int(numbers[0].text)
    marks = {id(word) for word in numbers}
    at = [k for k, line in enumerate(lines) if any(id(w) in marks for w in line.words)]
    far = sum(b - a > step for a, b in pairwise(at))
    return far <= MOST_BARE * len(at)


def _in_margin(numbers: list[Word], end: int, lines: list[Line], ink: Ink) -> bool:
    """Whether all other print but running heads stands inwards of the numbers, and every rule."""
    marks = {id(word) for word in numbers}
    reach = CLEAR * numbers[0].size
    left, right = min(w.x0 for w in numbers), max(w.x1 for w in numbers)
    others = [
        word
        for line in lines
        if EDGE * ink.height < line.base < (1 - EDGE) * ink.height
        for word in line.words
        if id(word) not in marks
    ]
    top, bottom = numbers[0].top, numbers[-1].bottom
    crossed = any(r.x0 < right and left < r.x1 and top < r.top < bottom for r in ink.across)
    if end:
        return not crossed and all(word.x1 <= left - reach for word in others)
    return not crossed and all(word.x0 >= right + reach for word in others)


def _without(line: Line, marks: set[int]) -> Line | None:
    words = [word for word in line.words if id(word) not in marks]
    if len(words) == len(line.words):
        return line
    return Line(words, line.base, median(word.size for word in words)) if words else None
