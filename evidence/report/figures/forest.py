"""The forest plot of an outcome: its picture, its words, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.report.context import ReportContext
from evidence.report.figures.forest_drawing import draw_forest
from evidence.report.figures.forest_lines import ForestLine, forest_lines, line_percent
from evidence.report.links import slug
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Cell, Value, level_text
from evidence.report.words import Words, words

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
    name = w.outcome(outcome)
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


def caption(w: Words, title: str, level: float) -> str:
    """What the marks mean."""
    return w(
        "{title}. Squares: proportion in each series with its exact {level} interval; area follows"
        " the weight, or the number of patients where the model gives no weights. Diamonds: pooled"
        " proportion across uncontrolled series. Bars: prediction interval. † count derived."
    ).format(title=title, level=level_text(level))


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
