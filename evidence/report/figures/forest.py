"""The forest plot: columns, squares with exact intervals, diamonds, prediction bars, one axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from evidence.report.context import ReportContext
from evidence.report.figures.forest_lines import ForestLine, forest_lines, line_percent
from evidence.report.figures.svg import Drawing, wrap
from evidence.report.links import slug
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Cell, Value, level_text, short_number
from evidence.report.words import Words, words

WIDTH = 980.0
LABEL_X, ROUTE_X, DOSE_X, DISEASE_X, COUNTS_X = 8.0, 206.0, 256.0, 330.0, 484.0
PLOT_X, PLOT_WIDTH, PERCENT_X = 508.0, 290.0, 814.0
LEADING = 14.0
TOP = 34.0
MANY_SERIES = 100


def forest_figure(
    ctx: ReportContext, outcome: str, by: str | None = None, *, axis: tuple[float, float] = (0, 1)
) -> Figure | None:
    """The forest plot of an outcome; None when it was not pooled or has no series.

    The page draws the overall plots of the first two outcomes and the grouped plots of the
    first (beyond 100 series only the first plot of all). The others are folded to their table,
    or, by group, to their name: the table of groups before them holds the pooled numbers.
    """
    lines = forest_lines(ctx, outcome, by)
    if not any(line.kind == "series" for line in lines):
        return None
    w = words(ctx.protocol.review.language)
    name = outcome_title(w, outcome)
    title = (
        w("Forest plot of {outcome}, by {grouping}").format(outcome=name, grouping=w(by))
        if by
        else w("Forest plot of {outcome}").format(outcome=name)
    )
    ident = f"forest-{slug(outcome)}" + (f"-{slug(by)}" if by else "")
    result = ctx.result(outcome, by)
    folded = _folded(ctx, outcome, by, lines)
    return Figure(
        ident=ident,
        caption=(caption(w, title, result.level if result else 0.95),),
        svg=draw_forest(w, lines, ident=ident, title=title, axis=axis),
        twin=None
        if folded and by is not None
        else twin_table(w, lines, ident=ident, title=title, given=by is None),
        folded=folded,
    )


def _folded(ctx: ReportContext, outcome: str, by: str | None, lines: Sequence[ForestLine]) -> bool:
    many = sum(line.kind == "series" for line in lines) > MANY_SERIES
    first = outcome == ctx.protocol.outcomes[0]
    if by is not None:
        return many or not first
    return not first if many else outcome not in ctx.protocol.outcomes[:2]


def outcome_title(w: Words, outcome: str) -> str:
    """``overall response (ORR)``"""
    from evidence.model.outcome import OUTCOME_NAMES

    name = OUTCOME_NAMES.get(outcome)
    return f"{w(name)} ({outcome})" if name else outcome.removeprefix("complication:")


def caption(w: Words, title: str, level: float) -> str:
    """What the marks mean."""
    return w(
        "{title}. Squares: proportion in each series with its exact {level} interval; area follows"
        " the weight, or the number of patients where the model gives no weights. Diamonds: pooled"
        " proportion across uncontrolled series. Bars: prediction interval. † count derived."
    ).format(title=title, level=level_text(level))


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


def twin_table(
    w: Words, lines: Sequence[ForestLine], *, ident: str, title: str, given: bool = True
) -> Table:
    """The same lines as a table, in the same order; ``given`` adds route, dose and disease."""
    heads = [w("Series"), "n/N", w("% (interval)")]
    if given:
        heads[1:1] = [w("Route"), w("Dose"), w("Disease")]
    return Table(
        ident=f"{ident}-table",
        caption=w("{title}: the numbers").format(title=title),
        columns=tuple(Column(head=h, numeric=i >= len(heads) - 2) for i, h in enumerate(heads)),
        lines=tuple(_twin_line(line, given=given) for line in lines),
    )


LINKED = ("single", "pooled", "overall", "foot")
"""Lines whose label holds numbers of the pooled result."""


def _twin_line(line: ForestLine, *, given: bool) -> Line:
    counts = line.counts.removesuffix("†")
    percent = line_percent(line)
    middle: tuple[Cell, ...] = ()
    if given:
        dose = Value(line.dose, line.href) if line.dose else "–"
        middle = (line.route or "–", dose, Value(line.disease, line.href))
        middle = middle if line.kind == "series" else ("", "", "")
    cells: tuple[Cell, ...] = (
        Value(line.label, line.href) if line.kind in LINKED else line.label,
        *middle,
        Value(counts, line.href, derived=line.derived) if counts else "",
        Value(percent, line.href) if percent else "",
    )
    kind = {"heading": "group", "pooled": "pooled", "overall": "pooled", "series": ""}
    return Line(cells=cells, kind=kind.get(line.kind, "sub"))
