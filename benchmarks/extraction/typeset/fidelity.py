"""What the scorer forgives: spaces, signs and raised marks inside cells that hold the right text.

The corpus' scorer ignores white space and hyphens, so glued words and a lost minus go unseen.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from papers import GoldTable, celltext, scorer

from evidence.documents.base import Grid

DASHES = re.compile(r"[\u2010-\u2015\u2212-]")


def cell_faults(golds: list[GoldTable], grids: list[Grid]) -> Iterator[tuple[str, str, str]]:
    """Kind of fault, gold and read text of every cell with the gold letters but other print."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for gold in golds:
        for element in gold.element.iter():
            if scorer.ln(element) in ("td", "th") and celltext(element):
                wanted[scorer.key(celltext(element))].append(strict(celltext(element)))
    for cell in (c for grid in grids for row in grid.rows for c in row if c.text):
        texts = wanted.get(scorer.key(cell.text), [])
        read = strict(cell.text)
        if texts and read not in texts:
            yield _kind(texts[0], read), texts[0], read


def strict(text: str) -> str:
    """Text with dashes as hyphens, apostrophes alike and every stretch of white as one space."""
    text = unicodedata.normalize("NFKC", text.replace("\u2019", "'"))
    return " ".join(DASHES.sub("-", text).split())


def _kind(gold: str, read: str) -> str:
    if gold.count("-") != read.count("-"):
        return "hyphen"
    if len(gold.split()) > len(read.split()):
        return "glued"
    return "parted" if len(gold.split()) < len(read.split()) else "other"


def trust(golds: list[dict[str, Any]], grids: list[Grid], texts: Any) -> Counter[tuple[bool, bool]]:
    """How many cells of matched tables are right, and in doubt."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for grid in grids:
        cells = scorer.pred_table({"rows": texts(grid)})["cells"]
        gold = max(golds, key=lambda g: sum((g["cells"] & cells).values()), default=None)
        if gold is None or sum((gold["cells"] & cells).values()) < 0.3 * sum(cells.values()):
            continue
        left = Counter(gold["cells"])
        for cell in (c for row in grid.rows for c in row if scorer.key(c.text)):
            key = scorer.key(cell.text)
            right = left[key] > 0
            left[key] -= right
            counts[(right, cell.doubt is not None)] += 1
    return counts
