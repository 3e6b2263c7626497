"""The picture of a forest plot: columns, squares, diamonds, prediction bars, one axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from evidence.report.figures.forest_lines import ForestLine, line_percent
from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import wrap
from evidence.report.text import short_number
from evidence.report.words import Words

WIDTH = 980.0
LABEL_X, ROUTE_X, DOSE_X, DISEASE_X, COUNTS_X = 8.0, 206.0, 256.0, 330.0, 484.0
PLOT_X, PLOT_WIDTH, PERCENT_X = 508.0, 290.0, 814.0
LEADING = 14.0
TOP = 34.0


def draw_forest(
    w: Words,
    lines: Sequence[ForestLine],
    *,
    ident: str,
    title: str,
    axis: tuple[float, float] = (0.0, 1.0),
) -> str:
    """The picture alone; heights follow the wrapped labels, so that no two lines overlap."""
    drawing = Drawing(ident=ident, title=title, desc=describe(w, lines), width=WIDTH)
    place = _scale(axis)
    layout = _layout(lines)
    bottom = TOP + sum(height for _, height in layout)
    _draw_grid(drawing, place, axis, top=TOP - 6, bottom=bottom)
    _draw_heads(drawing, w)
    y = TOP
    for line, height in layout:
        _draw_line(drawing, line, y=y, height=height, place=place, axis=axis)
        y += height
    _draw_axis(drawing, place, axis, y=bottom + 4, label=w("patients, %"))
    return drawing.to_svg()


def describe(w: Words, lines: Sequence[ForestLine]) -> str:
    """One sentence for readers who do not see the picture."""
    count = sum(line.kind == "series" for line in lines)
    overall = next((line for line in lines if line.kind == "overall"), None)
    text = w("{k} series, each with its proportion and interval").format(k=count)
    if overall is not None and overall.estimate is not None:
        text += "; " + w("pooled proportion across uncontrolled series {value}").format(
            value=line_percent(overall)
        )
    return text + ". " + w("The table after the figure holds the same numbers.")


def _scale(axis: tuple[float, float]) -> Callable[[float], float]:
    low, high = axis

    def place(proportion: float) -> float:
        share = (min(max(proportion, low), high) - low) / (high - low)
        return PLOT_X + share * PLOT_WIDTH

    return place


def _layout(lines: Sequence[ForestLine]) -> list[tuple[ForestLine, float]]:
    return [(line, _height(line)) for line in lines]


def _height(line: ForestLine) -> float:
    label, disease = _wrapped(line)
    text_lines = max(len(label), len(disease), 1)
    extra = {"heading": 12.0, "overall": 14.0, "pooled": 8.0, "foot": 2.0}.get(line.kind, 6.0)
    return LEADING * text_lines + extra


def _wrapped(line: ForestLine) -> tuple[list[str], list[str]]:
    bold = line.kind in ("heading", "pooled", "overall")
    room = {
        "series": ROUTE_X - LABEL_X - 10,
        "pooled": COUNTS_X - LABEL_X - 70,
        "overall": COUNTS_X - LABEL_X - 70,
        "foot": COUNTS_X - LABEL_X - 20,
        "prediction": COUNTS_X - LABEL_X - 20,
        "heading": COUNTS_X - LABEL_X - 20,
    }.get(line.kind, PERCENT_X - LABEL_X)
    size = 11 if line.kind == "foot" else 12
    label = wrap(line.label, width=room - _indent(line), bold=bold, size=size)
    disease = wrap(line.disease, width=COUNTS_X - DISEASE_X - 52) if line.disease else []
    return label, disease


def _indent(line: ForestLine) -> float:
    return 10.0 if line.kind in ("series", "foot", "prediction", "single") else 0.0


def _draw_heads(drawing: Drawing, w: Words) -> None:
    heads = (
        (LABEL_X, w("Series"), "start"),
        (ROUTE_X, w("Route"), "start"),
        (DOSE_X, w("Dose"), "start"),
        (DISEASE_X, w("Disease"), "start"),
        (COUNTS_X, "n/N", "end"),
        (PERCENT_X, w("% (interval)"), "start"),
    )
    for x, text, anchor in heads:
        drawing.text(x, 16, text, anchor=anchor, bold=True, colour="muted", size=11)
    drawing.line(LABEL_X, 23, WIDTH - 8, 23, colour="rule")


def _draw_grid(
    drawing: Drawing,
    place: Callable[[float], float],
    axis: tuple[float, float],
    *,
    top: float,
    bottom: float,
) -> None:
    drawing.uprights((place(tick) for tick in _ticks(axis)), top, bottom)


def _draw_axis(
    drawing: Drawing,
    place: Callable[[float], float],
    axis: tuple[float, float],
    *,
    y: float,
    label: str,
) -> None:
    drawing.line(place(axis[0]), y, place(axis[1]), y, colour="rule")
    for tick in _ticks(axis):
        drawing.line(place(tick), y, place(tick), y + 4, colour="rule")
    drawing.ticks([(place(tick), short_number(100 * tick)) for tick in _ticks(axis)], y + 17)
    drawing.text(PERCENT_X, y + 17, label, size=11, colour="muted")


def _ticks(axis: tuple[float, float]) -> list[float]:
    low, high = axis
    return [low + (high - low) * i / 5 for i in range(6)]


def _draw_line(
    drawing: Drawing,
    line: ForestLine,
    *,
    y: float,
    height: float,
    place: Callable[[float], float],
    axis: tuple[float, float],
) -> None:
    label, disease = _wrapped(line)
    lead = {"heading": 8.0, "overall": 8.0}.get(line.kind, 0.0)
    base, middle = y + lead + 11, y + lead + 7
    if line.kind == "overall":
        drawing.line(LABEL_X, y + 3, WIDTH - 8, y + 3, colour="rule")
    strong = line.kind in ("heading", "pooled", "overall")
    quiet = line.kind in ("foot", "prediction", "single")
    drawing.open_link(line.href)
    drawing.lines(
        LABEL_X + _indent(line),
        base,
        label,
        leading=LEADING,
        bold=strong,
        colour="muted" if quiet else "ink",
        size=11 if line.kind == "foot" else 12,
    )
    if line.counts:
        drawing.text(COUNTS_X, base, line.counts, anchor="end", bold=strong)
    percent = line_percent(line)
    if percent:
        colour = "muted" if line.kind == "prediction" else "ink"
        drawing.text(PERCENT_X, base, percent, bold=strong, colour=colour)
    if line.route:
        drawing.text(ROUTE_X, base, line.route)
    if line.dose:
        drawing.text(DOSE_X, base, line.dose)
    drawing.lines(DISEASE_X, base, disease, leading=LEADING)
    drawing.close_link(line.href)
    _draw_mark(drawing, line, middle=middle, place=place, axis=axis)


def _draw_mark(
    drawing: Drawing,
    line: ForestLine,
    *,
    middle: float,
    place: Callable[[float], float],
    axis: tuple[float, float],
) -> None:
    if line.low is None or line.high is None:
        return
    if line.kind == "prediction":
        left, right = place(line.low), place(line.high)
        drawing.rect(left, middle - 3, max(right - left, 1), 6, colour="soft2")
        _draw_arrows(drawing, line, middle=middle, place=place, axis=axis, colour="accent2")
    elif line.kind == "series":
        drawing.line(place(line.low), middle, place(line.high), middle, colour="ink")
        _draw_arrows(drawing, line, middle=middle, place=place, axis=axis, colour="ink")
        if line.estimate is not None and axis[0] <= line.estimate <= axis[1]:
            half = max(7.0 * math.sqrt(max(line.size, 0.0)), 1.2)
            drawing.rect(place(line.estimate) - half, middle - half, 2 * half, 2 * half)
    elif line.estimate is not None:
        colour = "accent2" if line.kind == "overall" else "accent"
        tall = 7.0 if line.kind == "overall" else 6.0
        centre = place(line.estimate)
        drawing.polygon(
            [
                (place(line.low), middle),
                (centre, middle - tall),
                (place(line.high), middle),
                (centre, middle + tall),
            ],
            colour=colour,
        )


def _draw_arrows(
    drawing: Drawing,
    line: ForestLine,
    *,
    middle: float,
    place: Callable[[float], float],
    axis: tuple[float, float],
    colour: str,
) -> None:
    if line.low is not None and line.low < axis[0]:
        x = place(axis[0])
        drawing.polygon([(x - 5, middle), (x + 3, middle - 4), (x + 3, middle + 4)], colour=colour)
    if line.high is not None and line.high > axis[1]:
        x = place(axis[1])
        drawing.polygon([(x + 5, middle), (x - 3, middle - 4), (x - 3, middle + 4)], colour=colour)
