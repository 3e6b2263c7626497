"""Turn a picture upright before it is read: tables are often scanned sideways."""

from __future__ import annotations

from typing import Any

from evidence.documents.base import Box
from evidence.documents.ocr_read import Recognised, recognise, straighten

LONG = 2.0
"""A box this much longer than thick holds a stretch of text and shows which way it runs."""
GARBLED = 0.85
"""Mean confidence below which a page may stand on its head."""
SPARSE = 0.8
"""Characters per square of a stretch; fewer are read where it stands on its head, some 2.5 else."""
AROUND_PX = 150
"""So much of the page around one stretch is enough to compare two directions."""


def recognise_upright(engine: Any, picture: Any) -> tuple[Any, list[Recognised], int]:
    """(straightened picture, its text, degrees by which it was turned clockwise to be read)."""
    level = straighten(picture)
    found = recognise(engine, level)
    turns = _turns_to_try(found)
    if not turns:
        return level, found, 0
    sample = _sample(level, found)
    turn = max(turns, key=lambda t: _certainty(recognise(engine, _turned(sample, t))))
    if turn == 0:
        return level, found, 0
    level = straighten(_turned(picture, turn))
    return level, recognise(engine, level), turn


def _turns_to_try(found: list[Recognised]) -> tuple[int, ...]:
    """Sideways where stretches are tall on the whole; both ways up where little was read."""
    sides = [(p, p.box[2] - p.box[0], p.box[3] - p.box[1]) for p in found]
    long = [(p, wide, high) for p, wide, high in sides if max(wide, high) > LONG * min(wide, high)]
    if len(long) < 2:
        return ()
    if sum(high - wide for _, wide, high in long) > 0:
        return (90, 270)
    letters = sum(len(piece.text) for piece, _, _ in long)
    sure = sum(piece.confidence for piece, _, _ in long) / len(long)
    if sure < GARBLED or letters < SPARSE * sum(wide / high for _, wide, high in long if high):
        return (0, 180)
    return ()


def _sample(picture: Any, found: list[Recognised]) -> Any:
    """The part of the picture around its longest stretch of text."""
    x0, top, x1, bottom = max((piece.box for piece in found), key=_extent)
    return picture[
        max(0, int(top) - AROUND_PX) : int(bottom) + AROUND_PX,
        max(0, int(x0) - AROUND_PX) : int(x1) + AROUND_PX,
    ]


def _extent(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _certainty(found: list[Recognised]) -> float:
    """How many characters the recogniser is sure of."""
    return sum(piece.confidence * len(piece.text) for piece in found)


def _turned(picture: Any, degrees: int) -> Any:
    """The picture turned clockwise by a multiple of 90 degrees."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))
