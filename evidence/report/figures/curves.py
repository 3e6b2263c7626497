"""Curves as few straight lines as the eye can tell from them."""

from __future__ import annotations

import math

HAIR_PX = 0.2
"""A curve may leave its polygon by less than an eye or a printer can tell."""


def straightened(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points a line needs: without those nearer than ``HAIR_PX`` to what is left.

    Ramer U (1972). An iterative procedure for the polygonal approximation of plane curves.
    """
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = math.hypot(x2 - x1, y2 - y1)
    away = [
        abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
        if length
        else math.hypot(x - x1, y - y1)
        for x, y in points
    ]
    far = max(range(len(points)), key=away.__getitem__)
    if away[far] < HAIR_PX:
        return [points[0], points[-1]]
    return [*straightened(points[: far + 1])[:-1], *straightened(points[far:])]
