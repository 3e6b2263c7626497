"""A plotting area with round tick marks, for figures that have two axes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from evidence.report.figures.svg import Drawing
from evidence.report.text import short_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """A rectangle of the drawing and the values at its edges."""

    left: float
    top: float
    width: float
    height: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, value: float) -> float:
        """Pixel position of an x value; beyond the edges it stands on the edge."""
        span = self.x_high - self.x_low or 1.0
        share = min(max((value - self.x_low) / span, 0.0), 1.0)
        return self.left + share * self.width

    def y(self, value: float) -> float:
        """Pixel position of a y value, growing upwards."""
        span = self.y_high - self.y_low or 1.0
        share = min(max((value - self.y_low) / span, 0.0), 1.0)
        return self.top + (1 - share) * self.height

    @property
    def bottom(self) -> float:
        """Pixel position of the lower edge."""
        return self.top + self.height


def ticks(low: float, high: float, *, about: int = 5) -> list[float]:
    """Round numbers within the limits, about so many."""
    span = high - low
    if span <= 0:
        return [low]
    raw = span / about
    scale = 10 ** math.floor(math.log10(raw))
    step = next(scale * m for m in (1, 2, 2.5, 5, 10) if scale * m >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def draw_axes(
    drawing: Drawing,
    axes: Axes,
    *,
    x_label: str,
    y_label: str,
    show_x: Callable[[float], str] = short_number,
    show_y: Callable[[float], str] = short_number,
) -> None:
    """Grid, ticks and labels; the y label stands above its axis, so that nobody turns a head."""
    for tick in ticks(axes.y_low, axes.y_high):
        drawing.line(axes.left, axes.y(tick), axes.left + axes.width, axes.y(tick), colour="grid")
    for tick in ticks(axes.x_low, axes.x_high):
        drawing.line(axes.x(tick), axes.bottom, axes.x(tick), axes.bottom + 4, colour="rule")
    upright = [(axes.y(tick) + 4, show_y(tick)) for tick in ticks(axes.y_low, axes.y_high)]
    drawing.scale(upright, axes.left - 6)
    level = [(axes.x(tick), show_x(tick)) for tick in ticks(axes.x_low, axes.x_high)]
    drawing.ticks(level, axes.bottom + 17)
    drawing.line(axes.left, axes.bottom, axes.left + axes.width, axes.bottom, colour="rule")
    drawing.text(8, axes.top - 12, y_label, size=11, bold=True, colour="muted")
    drawing.text(
        axes.left + axes.width / 2,
        axes.bottom + 34,
        x_label,
        anchor="middle",
        size=11,
        bold=True,
        colour="muted",
    )


def percent_tick(value: float) -> str:
    """``40%``"""
    return f"{short_number(100 * value)}%"
