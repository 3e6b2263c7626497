"""What each series, and each set of series, does to a pooled proportion: Baujat and GOSH plots."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from evidence.report.context import BaujatPoint
from evidence.report.figures.axes import Axes, draw_axes, percent_tick
from evidence.report.figures.scatter import (
    WIDTH,
    Anchors,
    field_axes,
    series_cells,
    series_drawing,
    with_table,
)
from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import shortened
from evidence.report.links import slug
from evidence.report.parts import Figure
from evidence.report.text import Value, number_text, percent
from evidence.report.words import Words

NAMED = 3
"""How many series of a Baujat plot, the farthest out first, carry their name."""
COLUMNS, ROWS = 32, 16
"""Bins of a GOSH plot over the proportion and over I²."""


def baujat_figure(
    w: Words, points: Sequence[BaujatPoint], outcome: str, anchors: Anchors
) -> Figure | None:
    """How much each series adds to Q against how far it pulls the pooled estimate."""
    if not points:
        return None
    axes = field_axes(
        (0, max(p.q_share for p in points) * 1.15 or 1),
        (0, max(p.influence for p in points) * 1.15 or 1),
    )
    title = w("Baujat plot of {outcome}").format(outcome=outcome)
    drawing = series_drawing(w, f"baujat-{slug(outcome)}", title, len(points))
    draw_axes(
        drawing,
        axes,
        x_label=w("contribution to Q"),
        y_label=w("squared pull on the pooled estimate"),
    )
    ranked = sorted(points, key=lambda p: -(p.q_share + p.influence))
    for i, point in enumerate(ranked):
        label, href = anchors.get(point.series, (point.series, ""))
        x, y = axes.x(point.q_share), axes.y(point.influence)
        drawing.circle(x, y, 4.5, opacity=0.75, hint=label)
        if i < NAMED:
            _draw_name(drawing, axes, x, y, label, href)
    return with_table(
        drawing,
        w(
            "Further right: the series adds more to the heterogeneity (Q); further up: the"
            " pooled proportion moves more without it."
        ),
        (w("Series"), w("contribution to Q"), w("pull")),
        [
            series_cells(p.series, anchors, number_text(p.q_share, 3), number_text(p.influence, 4))
            for p in ranked
        ],
    )


def _draw_name(drawing: Drawing, axes: Axes, x: float, y: float, label: str, href: str) -> None:
    """A series' name beside its mark, on the side that has room."""
    left = x > axes.left + axes.width * 0.7
    room = x - axes.left - 12 if left else WIDTH - x - 12
    drawing.text(
        x - 8 if left else x + 8,
        y + 4,
        shortened(label, width=room, size=11),
        size=11,
        anchor="end" if left else "start",
        href=href or None,
    )


def gosh_figure(
    w: Words, points: Sequence[tuple[float, float]], outcome: str, *, k: int, href: str
) -> Figure | None:
    """Pooled proportion against I² over subsets of series, binned so that the file stays small.

    ``k`` series have 2^k - 1 subsets; where fewer are given, they are a sample and called so.
    """
    if len(set(points)) < 2:
        return None
    drawing = Drawing(
        ident=f"gosh-{slug(outcome)}",
        title=w("All subsets (GOSH) of {outcome}: pooled proportion against I²").format(
            outcome=outcome
        ),
        desc=w("{n} subsets, binned. The table after the figure sums them up.").format(
            n=len(points)
        ),
        width=WIDTH,
    )
    axes = field_axes((0, 1), (0, 100))
    draw_axes(drawing, axes, x_label=w("pooled proportion"), y_label="I², %", show_x=percent_tick)
    _draw_bins(drawing, axes, points)
    ordered = sorted(estimate for estimate, _ in points)
    spread = sorted(i2 for _, i2 in points)
    return with_table(
        drawing,
        _sampled(w, len(points), 2**k - 1),
        (w("Subsets"), w("pooled proportion"), "I²"),
        [
            (
                name,
                Value(percent(_quantile(ordered, q), None), href),
                Value(f"{_quantile(spread, q):.0f}%", href),
            )
            for name, q in ((w("least"), 0.0), (w("median"), 0.5), (w("most"), 1.0))
        ],
    )


def _draw_bins(drawing: Drawing, axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    """One dot a bin, its area by the subsets in it; dots of one size are one element."""
    high = 100 / ROWS
    bins = Counter(
        (min(int(estimate * COLUMNS), COLUMNS - 1), min(int(i2 / high), ROWS - 1))
        for estimate, i2 in points
    )
    top = max(bins.values())
    sizes: dict[int, list[tuple[float, float]]] = {}
    for (column, row), count in sorted(bins.items()):
        place = (axes.x((column + 0.5) / COLUMNS), axes.y((row + 0.5) * high))
        sizes.setdefault(round(2 + 11 * math.sqrt(count / top)), []).append(place)
    for size, places in sorted(sizes.items()):
        drawing.dots(places, size=size)


def _sampled(w: Words, fitted: int, possible: int) -> str:
    if fitted >= possible:
        return w("All {n} subsets; a larger dot holds more.").format(n=number_text(fitted, 0))
    return w(
        "A random sample of {n} of the {all} subsets, drawn with a fixed seed and fitted by inverse"
        " variance (DerSimonian–Laird); a larger dot holds more."
    ).format(n=number_text(fitted, 0), all=number_text(possible, 0))


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * (len(ordered) - 1) + 0.5), len(ordered) - 1)]
