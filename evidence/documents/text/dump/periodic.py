"""Dumps with a cell a line: the number of columns is the period at which kinds of cells repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

Line = tuple[int, str]
"""(1-based line of the file, its text)."""

_MOST_COLUMNS = 16
_MOST_CELLS = 6000
_APART = 0.6
"""Share of the lines that open a paragraph from which a paragraph is a cell."""
_FEWEST_ROWS = 3
"""With the head."""
_ALIKE = 0.8
"""Share of a column's cells that are of its usual kind, on average over the columns."""
_AHEAD = 0.1
"""By so much no other period may come near."""
_NONE = re.compile(r"^(?:n\.?[rsade]\.?|n/a|nil|none|yes|no|[-–—−]+|\.{2,3}|…)$", re.I)


def paragraphs(body: Sequence[Line]) -> list[list[Line]]:
    """Lines between blank ones."""
    blocks: list[list[Line]] = [[]]
    for line in body:
        if line[1].strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def single_cells(body: Sequence[Line]) -> list[list[Line]]:
    """The cells of a dump with a cell a line, or with a cell a paragraph of a line or two."""
    blocks = paragraphs(body)
    lines = [[line] for block in blocks for line in block]
    return blocks if len(blocks) >= _APART * len(lines) else lines


def in_columns(body: Sequence[Line]) -> bool:
    """Whether the table seems printed column after column: blocks of values of one kind."""
    blocks = [block for block in paragraphs(body) if len(block) >= _FEWEST_ROWS]
    kinds = [[kind_of(text.strip()) for _, text in block[1:]] for block in blocks]
    even = sum(_usual(own) not in ("text", "none") and _share(own) >= _ALIKE for own in kinds)
    return even > 1 and even >= 0.4 * len(blocks)


def read_columns(body: Sequence[Line]) -> list[list[list[Line]]] | None:
    """Rows of a table printed column after column: blocks of as many lines, else None.

    Each block opens with a head, and below it the cells are of one kind, for most of the blocks.
    """
    blocks = paragraphs(body)
    sizes = {len(block) for block in blocks}
    if len(blocks) < 2 or len(sizes) != 1 or sizes.pop() < _FEWEST_ROWS:
        return None
    kinds = [[kind_of(text.strip()) for _, text in block] for block in blocks]
    values = [own for own in kinds if own[0] == "text" and "text" not in own[1:]]
    if not any(_share(own[1:]) >= _ALIKE for own in values):
        return None
    return [[[line] for line in row] for row in zip(*blocks, strict=True)]


def read_cells(cells: Sequence[list[Line]]) -> list[list[list[Line]]] | None:
    """Rows of a table printed cell by cell; None where no period stands out."""
    kinds = kinds_of(cells)
    if len(cells) > _MOST_CELLS:
        return None
    scores = {
        n: _agreement(kinds, n)
        for n in range(2, min(_MOST_COLUMNS, len(cells) // _FEWEST_ROWS) + 1)
    }
    fitting = [n for n in scores if len(cells) % n == 0 and _has_head(kinds, n)]
    best = max(fitting, key=lambda n: scores[n], default=None)
    if best is None or scores[best] < _ALIKE:
        return None
    rivals = [score for n, score in scores.items() if n % best and _has_head(kinds, n)]
    if max(rivals, default=0.0) > scores[best] - _AHEAD:
        return None
    return [list(cells[k : k + best]) for k in range(0, len(cells), best)]


def kinds_of(cells: Sequence[Sequence[Line]]) -> list[str]:
    """The kind of each cell."""
    return [kind_of(" ".join(text.strip() for _, text in cell)) for cell in cells]


def _has_head(kinds: Sequence[str], n: int) -> bool:
    """Whether the first row is text where the columns below hold values."""
    columns = [kinds[j::n] for j in range(n)]
    valued = [column for column in columns if _usual(column[1:]) != "text"]
    return bool(valued) and all(column[0] == "text" for column in valued)


def _agreement(kinds: Sequence[str], n: int) -> float:
    """Share of cells below the head that are of their column's usual kind, beyond chance."""
    columns = [kinds[j::n][1:] for j in range(n)]
    return sum(_share(column) for column in columns) / n


def _share(kinds: Sequence[str]) -> float:
    counts = Counter(kind for kind in kinds if kind != "none")
    return counts.most_common(1)[0][1] / counts.total() if counts else 1.0


def _usual(kinds: Sequence[str]) -> str:
    counts = Counter(kind for kind in kinds if kind != "none")
    return counts.most_common(1)[0][0] if counts else "none"


def kind_of(text: str) -> str:
    """The kind of a cell by its shape: ``text``, ``none``, or a value's pattern (``9 (9)``)."""
    if _NONE.match(text):
        return "none"
    letters = sum(char.isalpha() for char in text)
    if not re.match(r"^[<>≤≥=±+−–—~(\[-]{0,3}[.·]?\d", text) or letters > 0.34 * len(text):
        return "text"
    shape = re.sub(r"\d+(?:[.,·]\d+)*", "9", text)
    shape = re.sub(r"^[<>≤≥=~]+\s?", "", shape)
    return re.sub(r"[a-z*†‡§]+$", "", shape)
