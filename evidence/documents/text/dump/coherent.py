"""Whether a rebuilt table holds together: what speaks against its heads, columns and cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from evidence.documents.text.dump.align import Placed
from evidence.documents.text.dump.head_words import holds_two, is_known_head
from evidence.documents.text.dump.heads import Head
from evidence.documents.text.dump.shapes import numbered_rows

_MOST = 0.8
"""Share of a column's cells that shows what the column holds."""
_FEWEST = 3
_UNITS = {"dose", "duration", "frequency", "people", "small", "status", "paren-count"}
_PHRASES = {"regimen", "events"}
"""Kinds of columns whose cells hold any number of words of several types."""
_COUNTED = {"count", "label"}
"""Kinds of columns that hold numbers beside names."""
_OPEN_END = re.compile(r"(?:[-–,/(&]|\b(?:of|and|or|in|to|the|with|for|et))$", re.I)
_BRACKETS = re.compile(r"^\([^()\d]*\)$")
_CITED = re.compile(r"\bet al\b|\b(?:19|20)\d\d\b")
_INTEGER = re.compile(r"\d{1,3}$")


def is_fragment(head: str) -> bool:
    """Whether a head is no whole one: an open end, a torn bracket, a unit, a word in lower case,
    a citation.
    """
    lower = head[:1].islower() and len(head) > 1 and not is_known_head(head.capitalize())
    torn = head.count("(") != head.count(")")
    return lower or torn or any(p.search(head) for p in (_OPEN_END, _BRACKETS, _CITED))


def is_open(text: str) -> bool:
    """Whether a text ends where more must follow."""
    return bool(_OPEN_END.search(text))


def whole_heads(heads: Sequence[str]) -> bool:
    """Whether no head is a part of one, two in one, or a row."""
    return not any(is_fragment(head) or holds_two(head) for head in heads if head)


def is_merged(placed: Sequence[Placed], heads: Sequence[Head]) -> bool:
    """Whether some column seems to be two: a number or a sex beside words in most cells.

    Where the rows are numbered, their numbers must stand alone.
    """
    cells = _cells(placed)
    for column, head in enumerate(heads):
        own = [cell for (_, at), cell in cells.items() if at == column]
        if column and head.kind not in _COUNTED and _two_in_one(own):
            return True
    numbers = numbered_rows([item.word for item in placed])
    opening = [cell for (_, column), cell in cells.items() if column == 0]
    alone = sum(len(cell) == 1 for cell in opening)
    return bool(numbers) and alone < _MOST * len(opening)


def _two_in_one(cells: Sequence[Sequence[Placed]]) -> bool:
    """Whether whole numbers open, or close, nearly all cells of words."""
    sides = Counter(side for cell in cells for side in _bare_sides(cell))
    return len(cells) >= _FEWEST and max(sides.values(), default=0) >= _MOST * len(cells)


def _bare_sides(cell: Sequence[Placed]) -> list[str]:
    words = [item.word for item in cell if not item.word.inside]
    numbers = [bool(_INTEGER.match(word.text)) or word.tag == "sex" for word in words]
    if len(words) < 2 or sum(any(c.isdigit() for c in word.text) for word in words) > 1:
        return []
    first = numbers[0] and words[1].tag not in _UNITS and words[0].tag not in _UNITS
    last = numbers[-1] and words[-2].text.isalpha() and words[-1].tag not in _UNITS
    return ["first"] * first + ["last"] * last


def _cells(placed: Sequence[Placed]) -> dict[tuple[int, int], list[Placed]]:
    cells: dict[tuple[int, int], list[Placed]] = {}
    for item in placed:
        cells.setdefault((item.row, item.column), []).append(item)
    return cells


def strays(placed: Sequence[Placed], width: int) -> set[tuple[int, int]]:
    """(row, column) of cells that a later line was added to although the first held all columns.

    Such a line may go on with any cell of its row: some tools print the second lines of all cells
    together.
    """
    first: dict[int, int] = {}
    for item in placed:
        first.setdefault(item.row, item.word.line)
    opened: dict[int, int] = {}
    for item in placed:
        if item.word.line == first[item.row]:
            opened[item.row] = max(opened.get(item.row, 0), item.column)
    return {
        (item.row, item.column)
        for item in placed
        if opened[item.row] == width - 1 and item.word.line > first[item.row]
    }


def alike_neighbours(placed: Sequence[Placed], kinds: Sequence[str]) -> set[tuple[int, int]]:
    """(row, column) of cells whose neighbour holds words of the same kind on the same line.

    Their types do not tell where the one ends, unless a gap does.
    """
    return {
        (after.row, column)
        for before, after in pairwise(placed)
        for column in (before.column, after.column)
        if before.row == after.row
        and after.column == before.column + 1
        and kinds[before.column] == kinds[after.column]
        and kinds[after.column] in _PHRASES
        and not (after.word.first or after.word.gap)
    }
