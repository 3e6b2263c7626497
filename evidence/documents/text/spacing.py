"""Rows that blank lines part, told from groups of rows and from lines set wide apart."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.documents.text.pages import pieces

_FEWEST = 3
"""So many blocks at least show a habit."""
_FULL = 0.6
"""Share of the most pieces of any line from which a line is full."""
_GROUPS = 0.25
"""Share of the blocks that may hold several full lines if blocks are rows."""


def row_blocks(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Blocks between blank lines (first line, after the last) where each is one row, else none.

    A row that wraps has one line at most in which most columns hold print; a group of rows has
    several.
    """
    blocks: list[tuple[int, int]] = []
    for k, text in enumerate(texts):
        if text.strip() and blocks and blocks[-1][1] == k:
            blocks[-1] = (blocks[-1][0], k + 1)
        elif text.strip():
            blocks.append((k, k + 1))
    counts = [len(pieces(text)) for text in texts]
    full = _FULL * max(counts, default=0)
    several = sum(sum(n >= full for n in counts[a:b]) > 1 for a, b in blocks)
    wrapped = any(b - a > 1 for a, b in blocks)
    if len(blocks) < _FEWEST or not wrapped or several > _GROUPS * len(blocks):
        return []
    return blocks
