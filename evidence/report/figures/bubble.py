"""The bubble plot of a meta-regression: proportion of each series against a moderator."""

from __future__ import annotations

import math

from evidence.report.context import RegressionLine
from evidence.report.figures.axes import draw_axes, percent_tick
from evidence.report.figures.scatter import (
    Anchors,
    field_axes,
    series_cells,
    series_drawing,
    with_table,
)
from evidence.report.links import slug
from evidence.report.parts import Figure
from evidence.report.text import percent, short_number
from evidence.report.words import Words


def bubble_figure(w: Words, line: RegressionLine, anchors: Anchors, *, name: str) -> Figure | None:
    """Proportion against a moderator; bubble area follows the number of patients."""
    if not line.points:
        return None
    title = w("{outcome} against {moderator}").format(outcome=line.outcome, moderator=name)
    xs = [p.x for p in line.points]
    pad = (max(xs) - min(xs)) * 0.08 or 1.0
    axes = field_axes((min(xs) - pad, max(xs) + pad), (0, 1))
    ident = f"bubble-{slug(line.outcome)}-{slug(line.moderator)}"
    drawing = series_drawing(w, ident, title, len(xs))
    draw_axes(drawing, axes, x_label=name, y_label="%", show_y=percent_tick)
    if line.curve:
        upper = [(axes.x(x), axes.y(high)) for x, _, _, high in line.curve]
        lower = [(axes.x(x), axes.y(low)) for x, _, low, _ in line.curve]
        drawing.polygon([*upper, *reversed(lower)], colour="soft2", opacity=0.5)
        drawing.path([(axes.x(x), axes.y(y)) for x, y, _, _ in line.curve], colour="accent2")
    most = max(p.total for p in line.points)
    for point in sorted(line.points, key=lambda p: -p.total):
        drawing.circle(
            axes.x(point.x),
            axes.y(point.estimate),
            3 + 11 * math.sqrt(point.total / most),
            colour="accent",
            opacity=0.55,
            hint=anchors.get(point.series, (point.series, ""))[0],
        )
    return with_table(
        drawing,
        w("Bubbles: series, area by patients. Line: fitted, with the band of its interval."),
        (w("Series"), name, w("patients"), "%"),
        [
            series_cells(
                p.series, anchors, short_number(p.x), str(p.total), percent(p.estimate, p.total)
            )
            for p in line.points
        ],
    )
