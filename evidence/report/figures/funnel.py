"""The funnel plot: log odds of each series against its number of patients."""

from __future__ import annotations

import math

from evidence.model.pooled import GroupResult
from evidence.report.figures.axes import draw_axes
from evidence.report.figures.scatter import (
    Anchors,
    field_axes,
    series_cells,
    series_drawing,
    with_table,
)
from evidence.report.links import slug
from evidence.report.parts import Figure
from evidence.report.text import number_text
from evidence.report.words import Words


def funnel_figure(w: Words, group: GroupResult, outcome: str, anchors: Anchors) -> Figure | None:
    """Log odds against the number of patients; series with none or all get 0.5 for their place."""
    if not group.studies:
        return None
    title = w("Funnel plot of {outcome}: log odds against number of patients").format(
        outcome=outcome
    )
    points = [(s.series, _logit(s.events, s.total), s.total) for s in group.studies]
    reach = max(abs(logit) for _, logit, _ in points) + 0.5
    axes = field_axes((-reach, reach), (0, max(total for _, _, total in points) * 1.1))
    drawing = series_drawing(w, f"funnel-{slug(outcome)}", title, len(points))
    draw_axes(drawing, axes, x_label=w("log odds"), y_label=w("patients"))
    if group.model_estimate is not None:
        x = axes.x(group.model_estimate)
        drawing.line(x, axes.top, x, axes.bottom, colour="accent2", dash="4 3")
    for name, logit, total in points:
        label = anchors.get(name, (name, ""))[0]
        drawing.circle(axes.x(logit), axes.y(total), 4.5, opacity=0.75, hint=label)
    return with_table(
        drawing,
        w("The dashed line is the pooled log odds; 0.5 was added to place none and all."),
        (w("Series"), w("log odds"), w("patients")),
        [
            series_cells(name, anchors, number_text(logit), str(total))
            for name, logit, total in points
        ],
    )


def _logit(events: int, total: int) -> float:
    half = 0.5 if events in (0, total) else 0.0
    return math.log((events + half) / (total - events + half))
