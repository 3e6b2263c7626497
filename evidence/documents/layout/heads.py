"""Heads of a table: which lines they take, which of them span, and how they stack."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from evidence.documents.layout.columns import Column
from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.rules import Stroke


@dataclass(slots=True)
class Head:
    """One head cell: the pieces it is made of and the columns and tiers it covers."""

    first: int
    last: int
    pieces: list[Piece]
    tier: int = 0
    tiers: int = 1


@dataclass(slots=True)
class _Span:
    first: int
    last: int
    y: float
    pieces: list[Piece] = field(default_factory=list)


def stack_heads(pieces: list[Piece], columns: list[Column], strokes: list[Stroke]) -> list[Head]:
    """Head cells of the zone above the body, with their tiers."""
    spans, rest = _spans(pieces, columns, strokes)
    rest = _held_back(rest)
    heads: list[Head] = []
    for span in spans:
        over = [s for s in spans if s.y < span.y and s.first <= span.first and s.last >= span.last]
        heads.append(Head(span.first, span.last, span.pieces, tier=len(over)))
    last: list[Head] = []
    for c in range(len(columns)):
        groups = _apart([p for p in rest if p.first == c])
        for k, own in enumerate(groups):
            top = min(p.base for p in own)
            over = [s for s in spans if s.first <= c <= s.last and s.y <= top + 1]
            head = Head(c, max(p.last for p in own), own, tier=max(len(over), k))
            heads.append(head)
            if k:
                last.append(head)
    depth = max((h.tier for h in heads), default=0) + 1
    for head in last:
        head.tier = depth - 1
    _part_overlaps(heads)
    for head in heads:
        under = [
            h for h in heads if h.tier > head.tier and h.first <= head.last and head.first <= h.last
        ]
        head.tiers = 1 if under else depth - head.tier
    return heads


def _held_back(pieces: list[Piece]) -> list[Piece]:
    """Pieces that end before the column they reach into, where it has a free head of its own.

    A line of a wrapped head may be wider than the cells below it and pass the column's bound.
    """
    held = []
    for piece in pieces:
        last = piece.last
        while last > piece.first and any(
            p.first == last and p.x0 > piece.x1 for p in pieces if p is not piece
        ):
            last -= 1
        held.append(replace(piece, last=last))
    return held


def _part_overlaps(heads: list[Head]) -> None:
    """Heads of one tier side by side: each keeps the columns before the next one begins."""
    for tier in {head.tier for head in heads}:
        row = sorted((h for h in heads if h.tier == tier), key=lambda h: h.first)
        for left, right in pairwise(row):
            if left.last >= right.first > left.first:
                left.last = right.first - 1


def _apart(pieces: list[Piece]) -> list[list[Piece]]:
    """Head pieces of a column, parted where more than a line's height is left free."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.base):
        if groups and piece.base - groups[-1][-1].base <= 1.9 * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _spans(
    pieces: list[Piece], columns: list[Column], strokes: list[Stroke]
) -> tuple[list[_Span], list[Piece]]:
    spans: list[_Span] = []
    taken: set[int] = set()
    for stroke in sorted(strokes, key=lambda s: s.y):
        covered = [
            i for i, c in enumerate(columns) if stroke.x0 - 3 <= (c.x0 + c.x1) / 2 <= stroke.x1 + 3
        ]
        if not covered:
            continue
        ceiling = max(
            (s.y for s in spans if s.first <= covered[-1] and covered[0] <= s.last), default=-1.0
        )
        above = [
            p
            for p in pieces
            if id(p) not in taken
            and ceiling < p.base <= stroke.y + 1
            and stroke.x0 - 6 <= (p.x0 + p.x1) / 2 <= stroke.x1 + 6
        ]
        if not above:
            continue
        taken |= {id(p) for p in above}
        groups = _side_by_side(above)
        if len(groups) == 1:
            spans.append(_Span(covered[0], covered[-1], stroke.y, above))
            continue
        for group in groups:
            first, last = min(p.first for p in group), max(p.last for p in group)
            spans.append(_Span(first, last, stroke.y, group))
    rest = [p for p in pieces if id(p) not in taken]
    spans += _over_repeats(rest, columns) or _free_spans(rest, columns)
    used = {id(p) for s in spans for p in s.pieces}
    return sorted(spans, key=lambda s: s.y), [p for p in pieces if id(p) not in used]


def _side_by_side(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces gathered into groups that do not overlap across."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.x0):
        if groups and piece.x0 <= max(p.x1 for p in groups[-1]) + 0.4 * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _over_repeats(pieces: list[Piece], columns: list[Column]) -> list[_Span]:
    """Heads without a rule over heads that repeat: ``n, %`` under each of several groups.

    The lowest line of heads is the same sequence once per head above it, and each head above
    stands over the middle of its own sequence.
    """
    bottom = max((p.base for p in pieces), default=0.0)
    low = sorted((p for p in pieces if bottom - p.base < 0.4 * p.size), key=lambda p: p.first)
    top = sorted((p for p in pieces if bottom - p.base > 0.8 * p.size), key=lambda p: p.x0)
    low = [p for p in low if p.first > 0]
    if len(top) < 2 or len({round(p.base) for p in top}) > 1 or len(low) % len(top):
        return []
    size = len(low) // len(top)
    if size < 2:
        return []
    groups = [low[k : k + size] for k in range(0, len(low), size)]
    if any([p.text for p in g] != [p.text for p in groups[0]] for g in groups):
        return []
    for head, group in zip(top, groups, strict=True):
        left, right = group[0].x0, group[-1].x1
        if not left - head.size <= (head.x0 + head.x1) / 2 <= right + head.size:
            return []
    return [
        _Span(group[0].first, group[-1].last, head.base, [head])
        for head, group in zip(top, groups, strict=True)
    ]


def _free_spans(pieces: list[Piece], columns: list[Column]) -> list[_Span]:
    """Heads without a rule that stand across several columns with heads of their own below."""
    found: list[_Span] = []
    for piece in sorted(pieces, key=lambda p: p.base):
        if piece.last == piece.first:
            continue
        below = [
            p
            for p in pieces
            if p.base > piece.base + 1 and piece.first <= p.first and p.last <= piece.last
        ]
        if len({p.first for p in below}) < 2:
            continue
        found.append(_Span(piece.first, piece.last, piece.base, [piece]))
    return found
