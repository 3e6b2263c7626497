"""A grid held against the table that was printed: cells right, wrong, and wrong without a doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from content import Table

from evidence.documents.base import Grid

_ALIKE = 0.4
"""Rows that share so many of their letters may be the same."""
Read = tuple[str, bool]
"""(letters of a cell, whether it is in doubt)."""


def printed_rows(table: Table) -> list[list[str]]:
    """The letters of every place of a printed table; spanned places stay empty."""
    return [
        [part for text, span in row for part in (letters(text), *[""] * (span - 1))]
        for row in table.rows
    ]


def letters(text: str) -> str:
    """Letters and digits as compared: without blanks, hyphens and case."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u00ad", "")
    return re.sub(r"[\s\-–]+", "", plain).lower()


def _read_rows(grid: Grid) -> list[list[Read]]:
    seen: set[int] = set()
    rows: list[list[Read]] = []
    for row in grid.matrix():
        rows.append([])
        for cell in row:
            new = cell is not None and id(cell) not in seen
            rows[-1].append((letters(cell.text), cell.doubt is not None) if new else ("", False))
            seen.add(id(cell))
    return rows


def compare(grid: Grid, gold: list[list[str]], wrong: list[tuple[str, str]]) -> Counter[str]:
    """Cells ``right`` (of these ``doubted``), ``wrong``, and of the wrong ones ``silent``.

    The silent ones are added to ``wrong`` as (read, printed).
    Rows, then columns, are paired in order so that most cells agree.
    """
    rows = _read_rows(grid)
    pairs = _paired([[_rows_alike(row, other) for other in gold] for row in rows])
    agree = [[0.0] * max(map(len, gold)) for _ in range(max(map(len, rows)))]
    for i, j in pairs.items():
        for a, (text, _) in enumerate(rows[i]):
            for b, printed in enumerate(gold[j]):
                agree[a][b] += (1 + 0.001 * (a == b)) * bool(text and text == printed)
    columns = _paired(agree)
    counts: Counter[str] = Counter()
    for i, row in enumerate(rows):
        for a, (text, doubted) in enumerate(row):
            if not text:
                continue
            there = i in pairs and a in columns and columns[a] < len(gold[pairs[i]])
            printed = gold[pairs[i]][columns[a]] if there else ""
            if text == printed:
                counts["right"] += 1
                counts["doubted"] += doubted
                continue
            counts["wrong"] += 1
            if not doubted:
                counts["silent"] += 1
                wrong.append((text, printed))
    return counts


def _rows_alike(row: Sequence[Read], gold: Sequence[str]) -> float:
    own = Counter(text for text, _ in row if text)
    exact = (own & Counter(gold)).total()
    ours, theirs = (_pieces(texts) for texts in ([text for text, _ in row], gold))
    alike = 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())
    return exact + alike if exact or alike > _ALIKE else 0.0


def _pieces(texts: Sequence[str]) -> Counter[str]:
    return Counter(piece for text in texts for piece in re.findall(r".{1,4}", text))


def _paired(worth: Sequence[Sequence[float]]) -> dict[int, int]:
    """Pairs in order, at most one for each side, of the greatest worth together."""
    rows, columns = len(worth), len(worth[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows):
        for j in range(columns):
            both = best[i][j] + worth[i][j] if worth[i][j] > 0 else -1.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], both)
    pairs: dict[int, int] = {}
    i, j = rows, columns
    while i and j:
        own = worth[i - 1][j - 1]
        if own > 0 and best[i][j] == best[i - 1][j - 1] + own:
            i, j = i - 1, j - 1
            pairs[i] = j
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs
