"""Scatter figures: funnel against patients, Baujat, GOSH, and the bubble plot of a regression."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from evidence.model.pooled import GroupResult
from evidence.report.context import BaujatPoint, RegressionLine
from evidence.report.figures.axes import Axes, draw_axes, percent_tick
from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import shortened
from evidence.report.links import slug
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Cell, Value, number_text, percent, short_number
from evidence.report.words import Words

WIDTH, HEIGHT = 640.0, 340.0
Anchors = Mapping[str, tuple[str, str]]
"""Series id to (label, anchor of its row)."""


def _axes(x: tuple[float, float], y: tuple[float, float]) -> Axes:
    return Axes(
        left=64,
        top=34,
        width=WIDTH - 90,
        height=HEIGHT - 90,
        x_low=x[0],
        x_high=x[1],
        y_low=y[0],
        y_high=y[1],
    )


def funnel_figure(w: Words, group: GroupResult, outcome: str, anchors: Anchors) -> Figure | None:
    """Log odds against the number of patients; series with none or all get 0.5 for their place."""
    if not group.studies:
        return None
    title = w("Funnel plot of {outcome}: log odds against number of patients").format(
        outcome=outcome
    )
    points = [(s.series, _logit(s.events, s.total), s.total) for s in group.studies]
    reach = max(abs(logit) for _, logit, _ in points) + 0.5
    axes = _axes((-reach, reach), (0, max(total for _, _, total in points) * 1.1))
    drawing = Drawing(
        ident=f"funnel-{slug(outcome)}",
        title=title,
        desc=w("{k} series. The table after the figure holds the same numbers.").format(
            k=len(points)
        ),
        width=WIDTH,
    )
    draw_axes(drawing, axes, x_label=w("log odds"), y_label=w("patients"))
    if group.model_estimate is not None:
        x = axes.x(group.model_estimate)
        drawing.line(x, axes.top, x, axes.bottom, colour="accent2", dash="4 3")
    for name, logit, total in points:
        label = anchors.get(name, (name, ""))[0]
        drawing.circle(axes.x(logit), axes.y(total), 4.5, opacity=0.75, hint=label)
    lines = [_line(name, anchors, number_text(logit), str(total)) for name, logit, total in points]
    note = w("The dashed line is the pooled log odds; 0.5 was added to place none and all.")
    return Figure(
        ident=drawing.ident,
        caption=(f"{title}. {note}",),
        svg=drawing.to_svg(),
        twin=_table(drawing.ident, title, (w("Series"), w("log odds"), w("patients")), lines),
    )


def _logit(events: int, total: int) -> float:
    half = 0.5 if events in (0, total) else 0.0
    return math.log((events + half) / (total - events + half))


def baujat_figure(
    w: Words, points: Sequence[BaujatPoint], outcome: str, anchors: Anchors
) -> Figure | None:
    """How much each series adds to Q against how far it pulls the pooled estimate."""
    if not points:
        return None
    title = w("Baujat plot of {outcome}").format(outcome=outcome)
    axes = _axes(
        (0, max(p.q_share for p in points) * 1.15 or 1),
        (0, max(p.influence for p in points) * 1.15 or 1),
    )
    drawing = Drawing(
        ident=f"baujat-{slug(outcome)}",
        title=title,
        desc=w("{k} series. The table after the figure holds the same numbers.").format(
            k=len(points)
        ),
        width=WIDTH,
    )
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
        if i < 3:
            end = x > axes.left + axes.width * 0.7
            drawing.text(
                x - 8 if end else x + 8,
                y + 4,
                shortened(label, width=x - axes.left - 12 if end else WIDTH - x - 12, size=11),
                size=11,
                anchor="end" if end else "start",
                href=href or None,
            )
    lines = [
        _line(p.series, anchors, number_text(p.q_share, 3), number_text(p.influence, 4))
        for p in ranked
    ]
    heads = (w("Series"), w("contribution to Q"), w("pull"))
    return Figure(
        ident=drawing.ident,
        caption=(
            f"{title}. "
            + w(
                "Further right: the series adds more to the heterogeneity (Q); further up: the"
                " pooled proportion moves more without it."
            ),
        ),
        svg=drawing.to_svg(),
        twin=_table(drawing.ident, title, heads, lines),
    )


def gosh_figure(
    w: Words, points: Sequence[tuple[float, float]], outcome: str, *, k: int, href: str
) -> Figure | None:
    """Pooled proportion against I² over subsets of series, binned so that the file stays small.

    ``k`` series have 2^k - 1 subsets; where fewer are given, they are a sample and called so.
    """
    if len(set(points)) < 2:
        return None
    title = w("All subsets (GOSH) of {outcome}: pooled proportion against I²").format(
        outcome=outcome
    )
    bins: dict[tuple[int, int], int] = {}
    for estimate, i2 in points:
        key = min(int(estimate * 32), 31), min(int(i2 / 6.25), 15)
        bins[key] = bins.get(key, 0) + 1
    axes = _axes((0, 1), (0, 100))
    drawing = Drawing(
        ident=f"gosh-{slug(outcome)}",
        title=title,
        desc=w("{n} subsets, binned. The table after the figure sums them up.").format(
            n=len(points)
        ),
        width=WIDTH,
    )
    draw_axes(
        drawing,
        axes,
        x_label=w("pooled proportion"),
        y_label="I², %",
        show_x=percent_tick,
    )
    top = max(bins.values())
    sizes: dict[int, list[tuple[float, float]]] = {}
    for (column, row), count in sorted(bins.items()):
        place = (axes.x((column + 0.5) / 32), axes.y(row * 6.25 + 3.125))
        sizes.setdefault(round(2 + 11 * math.sqrt(count / top)), []).append(place)
    for size, places in sorted(sizes.items()):
        drawing.dots(places, size=size)
    ordered = sorted(estimate for estimate, _ in points)
    spread = sorted(i2 for _, i2 in points)
    lines = [
        (
            name,
            Value(percent(_quantile(ordered, q), None), href),
            Value(f"{_quantile(spread, q):.0f}%", href),
        )
        for name, q in ((w("least"), 0.0), (w("median"), 0.5), (w("most"), 1.0))
    ]
    return Figure(
        ident=drawing.ident,
        caption=(f"{title}. {_sampled(w, len(points), 2**k - 1)}",),
        svg=drawing.to_svg(),
        twin=_table(drawing.ident, title, (w("Subsets"), w("pooled proportion"), "I²"), lines),
    )


def _sampled(w: Words, fitted: int, possible: int) -> str:
    if fitted >= possible:
        return w("All {n} subsets; a larger dot holds more.").format(n=number_text(fitted, 0))
    return w(
        "A random sample of {n} of the {all} subsets, drawn with a fixed seed and fitted by inverse"
        " variance (DerSimonian–Laird); a larger dot holds more."
    ).format(n=number_text(fitted, 0), all=number_text(possible, 0))


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * (len(ordered) - 1) + 0.5), len(ordered) - 1)]


def bubble_figure(w: Words, line: RegressionLine, anchors: Anchors, *, name: str) -> Figure | None:
    """Proportion against a moderator; bubble area follows the number of patients."""
    if not line.points:
        return None
    title = w("{outcome} against {moderator}").format(outcome=line.outcome, moderator=name)
    xs = [p.x for p in line.points]
    pad = (max(xs) - min(xs)) * 0.08 or 1.0
    axes = _axes((min(xs) - pad, max(xs) + pad), (0, 1))
    drawing = Drawing(
        ident=f"bubble-{slug(line.outcome)}-{slug(line.moderator)}",
        title=title,
        desc=w("{k} series. The table after the figure holds the same numbers.").format(k=len(xs)),
        width=WIDTH,
    )
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
    lines = [
        _line(p.series, anchors, short_number(p.x), str(p.total), percent(p.estimate, p.total))
        for p in line.points
    ]
    heads = (w("Series"), name, w("patients"), "%")
    return Figure(
        ident=drawing.ident,
        caption=(
            f"{title}. "
            + w("Bubbles: series, area by patients. Line: fitted, with the band of its interval."),
        ),
        svg=drawing.to_svg(),
        twin=_table(drawing.ident, title, heads, lines),
    )


def _line(series: str, anchors: Anchors, *numbers: str) -> tuple[Value, ...]:
    label, href = anchors.get(series, (series, None))
    return (Value(label), *(Value(number, href) for number in numbers))


def _table(
    ident: str, title: str, heads: Sequence[str], lines: Sequence[tuple[Cell, ...]]
) -> Table:
    return Table(
        ident=f"{ident}-table",
        caption=title,
        columns=tuple(Column(head=head, numeric=i > 0) for i, head in enumerate(heads)),
        lines=tuple(Line(cells=cells) for cells in lines),
    )
