"""Rows of a table body: from rules, from line pitch, and from whether a line break was forced."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import Piece, leading
from evidence.documents.layout.rules import Stroke

OPEN = 1.13
"""Lines further apart than this multiple of the leading do not belong to one wrapped cell."""


@dataclass(slots=True)
class Row:
    """The pieces of one logical row."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(w.top for p in self.pieces for w in p.words)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(w.bottom for p in self.pieces for w in p.words)


def find_rows(pieces: list[Piece], columns: list[Column], strokes: list[Stroke]) -> list[Row]:
    """Body pieces grouped into rows, top to bottom."""
    if not pieces:
        return []
    clusters = _clusters(pieces)
    pitch = leading(pieces)
    rows = [Row(list(clusters[0]))]
    for lower in clusters[1:]:
        if _breaks(rows[-1].pieces, lower, columns, strokes, pitch):
            rows.append(Row(list(lower)))
        else:
            rows[-1].pieces += lower
    return rows


def _clusters(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that share a baseline, within a fifth of the font size."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.first)):
        if groups and piece.base - groups[-1][0].base <= 0.2 * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _breaks(
    row: list[Piece],
    lower: list[Piece],
    columns: list[Column],
    strokes: list[Stroke],
    pitch: float,
) -> bool:
    base = lower[0].base
    upper_base = max(p.base for p in row)
    if any(upper_base - 1 < s.y < base - 0.3 * lower[0].size for s in strokes):
        return True
    if base - upper_base < 0.72 * pitch:
        return False
    tightest = min(
        (base - u.base for p in lower if (u := _above(row, p)) is not None), default=None
    )
    if tightest is None:
        return base - upper_base > 0.9 * pitch and not _label_only(row)
    if tightest > OPEN * pitch:
        return True
    score = sum(_evidence(row, p, columns) for p in lower)
    covered = len({c for p in lower for c in range(p.first, p.last + 1)})
    used = len({c for p in row for c in range(p.first, p.last + 1)})
    if covered < used and lower[0].first > 0:
        score -= 1.0
    if covered >= 0.6 * len(columns) and covered >= used:
        score += 0.75
    return score > 0


def _above(row: list[Piece], piece: Piece) -> Piece | None:
    over = [p for p in row if p.first <= piece.last and piece.first <= p.last]
    return max(over, key=lambda p: p.base) if over else None


def _label_only(row: list[Piece]) -> bool:
    return all(p.last == 0 for p in row)


def _evidence(row: list[Piece], lower: Piece, columns: list[Column]) -> float:
    """Above 0: a new row begins at ``lower``; below 0: it goes on with the cell above."""
    upper = _above(row, lower)
    if upper is None:
        return 0.0 if _label_only(row) else 1.5
    if upper.value and lower.value and lower.text[0] not in "([":
        return 2.0
    text, above = lower.text, upper.text
    if above.endswith(("-", "–", ",", "/", "(")) or above.count("(") > above.count(")"):
        return -2.0
    score = 0.0
    if text[0].islower() or text[0] in ")([%/+":
        score -= 1.5
    right = max(c.x1 for c in columns[lower.first : lower.last + 1])
    first = lower.words[0]
    fits = upper.x1 + 0.28 * upper.size + (first.x1 - first.x0) <= right - 0.1 * upper.size
    indent = lower.x0 - upper.x0
    if lower.first == 0 and fits:
        score += 1.5
    elif fits:
        score += 0.5
    else:
        score -= 1.0
    if lower.first == 0 and indent < -0.5 * lower.size:
        score += 1.5
    return score
