"""Two readings laid side by side: tables, rows and cells that are the same one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from evidence.documents.base import Cell, Grid

_HYPHENS = re.compile(r"[\u00ad\u2010-\u2015\u2212-]")
_ALIKE = str.maketrans(
    {"·": ".", "⋅": ".", "∙": ".", "’": "'", "‘": "'", "“": '"', "”": '"', "μ": "µ", "∗": "*"}
)
_SAME_TABLE = 0.3
"""Tables that share fewer of their cells than this are not the same table."""
_SAME_ROW = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A cell of the first reading and its counterpart in the second; None: only in one."""

    row: int
    """1-based, in the first reading (in the second where the first has none)."""
    first: Cell | None
    second: Cell | None

    @property
    def agrees(self) -> bool:
        """Both readings hold the same characters, white space and hyphens aside."""
        return self.first is not None and self.second is not None and same(self.first, self.second)


@lru_cache(maxsize=65536)
def text_key(text: str) -> str:
    """The form in which texts are compared: width, case, hyphens and spaces do not count."""
    plain = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    plain = _HYPHENS.sub("-", plain)
    plain = re.sub(r"[\s\u200b\ufeff]+", "", plain).casefold()
    return re.sub(r"(?<=[a-z])-(?=[a-z])", "", plain)


def same(first: Cell, second: Cell) -> bool:
    """Whether two cells say the same, with or without their footnote marks."""
    ours = {text_key(first.plain), text_key(first.text)}
    return bool(ours & {text_key(second.plain), text_key(second.text)})


def match_tables(
    first: Sequence[Grid], second: Sequence[Grid]
) -> tuple[list[tuple[Grid, Grid]], list[Grid], list[Grid]]:
    """(pairs that are the same table, only in the first, only in the second).

    Shared cells decide; a shared number helps where two tables share equally much.
    """
    scored = sorted(
        (
            (overlap(one, two) + (0.2 if _same_label(one, two) else 0.0), i, j)
            for i, one in enumerate(first)
            for j, two in enumerate(second)
        ),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if score >= _SAME_TABLE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return (
        [(first[i], second[j]) for i, j in sorted(pairs.items())],
        [grid for i, grid in enumerate(first) if i not in pairs],
        [grid for j, grid in enumerate(second) if j not in pairs.values()],
    )


def join_parts(grids: Sequence[Grid], others: Sequence[Grid]) -> list[Grid]:
    """Parts of a table that the other reading has in one piece, joined; repeated heads once."""
    whole = Counter(grid.label for grid in others)
    joined: list[Grid] = []
    for grid in grids:
        at = next((i for i, g in enumerate(joined) if g.label and g.label == grid.label), None)
        if at is None or whole[grid.label] != 1:
            joined.append(grid)
            continue
        first = joined[at]
        heads = {_row_key(row) for row in first.rows[: first.header_rows]}
        rows = [row for row in grid.rows if _row_key(row) not in heads]
        joined[at] = replace(first, rows=(*first.rows, *rows), pages=(*first.pages, *grid.pages))
    return joined


def _row_key(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text_key(cell.plain) for cell in row if cell.text)


def _same_label(first: Grid, second: Grid) -> bool:
    return first.label is not None and second.label == first.label


def overlap(first: Grid, second: Grid) -> float:
    """Share of filled cells that two grids have in common (0–1)."""
    ours, theirs = _bag(first), _bag(second)
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * sum((ours & theirs).values()) / total if total else 0.0


def _bag(grid: Grid) -> Counter[str]:
    return Counter(text_key(cell.plain) for row in grid.rows for cell in row if cell.text)


def compare_grids(first: Grid, second: Grid) -> list[Pair]:
    """Every filled cell of either grid beside its counterpart, row by row."""
    return [pair for row in compare_rows(first, second) for pair in row]


def compare_rows(first: Grid, second: Grid) -> list[list[Pair]]:
    """The pairs of every row that stands in either grid."""
    ours = [[cell for cell in row if cell.text] for row in first.rows]
    theirs = [[cell for cell in row if cell.text] for row in second.rows]
    rows: list[list[Pair]] = []
    for i, j in _align_rows(ours, theirs):
        row = i if i is not None else j
        left = ours[i] if i is not None else []
        right = theirs[j] if j is not None else []
        rows.append(list(_align_cells((row or 0) + 1, left, right)))
    return rows


def _align_rows(
    ours: Sequence[Sequence[Cell]], theirs: Sequence[Sequence[Cell]]
) -> list[tuple[int | None, int | None]]:
    """Rows side by side in order, by the cells they share (global alignment)."""
    high, wide = len(ours), len(theirs)
    score = [[0.0] * (wide + 1) for _ in range(high + 1)]
    for i in range(high - 1, -1, -1):
        for j in range(wide - 1, -1, -1):
            both = _alike(ours[i], theirs[j])
            gain = both + score[i + 1][j + 1] if both >= _SAME_ROW else 0.0
            score[i][j] = max(gain, score[i + 1][j], score[i][j + 1])
    return list(_walk(score, ours, theirs))


def _walk(
    score: Sequence[Sequence[float]],
    ours: Sequence[Sequence[Cell]],
    theirs: Sequence[Sequence[Cell]],
) -> Iterator[tuple[int | None, int | None]]:
    i = j = 0
    while i < len(ours) and j < len(theirs):
        both = _alike(ours[i], theirs[j])
        if both >= _SAME_ROW and score[i][j] <= both + score[i + 1][j + 1] + 1e-9:
            yield i, j
            i, j = i + 1, j + 1
        elif score[i + 1][j] >= score[i][j + 1]:
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1
    yield from ((rest, None) for rest in range(i, len(ours)))
    yield from ((None, rest) for rest in range(j, len(theirs)))


def _alike(ours: Sequence[Cell], theirs: Sequence[Cell]) -> float:
    """Share of cells in common, with a little for cells that are nearly the same."""
    if not ours or not theirs:
        return 1.0 if not ours and not theirs else 0.0
    left = Counter(text_key(cell.plain) for cell in ours)
    right = Counter(text_key(cell.plain) for cell in theirs)
    shared = 2 * sum((left & right).values()) / (len(ours) + len(theirs))
    if shared < _SAME_ROW and len(ours) == len(theirs):
        near = SequenceMatcher(None, text_key(ours[0].plain), text_key(theirs[0].plain)).ratio()
        return max(shared, 0.5 * near if near > 0.7 else 0.0)
    return shared


def _align_cells(row: int, ours: Sequence[Cell], theirs: Sequence[Cell]) -> Iterator[Pair]:
    if len(ours) == len(theirs):
        for one, two in zip(ours, theirs, strict=True):
            yield Pair(row=row, first=one, second=two)
        return
    left, right = ([text_key(c.plain) for c in cells] for cells in (ours, theirs))
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal" or b - a == d - c:
            for one, two in zip(ours[a:b], theirs[c:d], strict=True):
                yield Pair(row=row, first=one, second=two)
        else:
            yield from (Pair(row=row, first=cell, second=None) for cell in ours[a:b])
            yield from (Pair(row=row, first=None, second=cell) for cell in theirs[c:d])
