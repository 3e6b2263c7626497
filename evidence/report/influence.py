"""How much each series, and each set of series, moves a pooled proportion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evidence.report.context import BaujatPoint, InfluenceRow, ReportContext
from evidence.report.figures.influence import baujat_figure, gosh_figure
from evidence.report.links import result_anchor
from evidence.report.numbers import series_anchors, words_of
from evidence.report.parts import Figure, Line, Table, columns
from evidence.report.text import Value, number_text


def influence_figures(ctx: ReportContext, outcome: str) -> dict[str, Figure | None]:
    """The Baujat and the GOSH plot by name; None for what was not run."""
    w = words_of(ctx)
    anchors = series_anchors(ctx, outcome)
    baujat = baujat_figure(w, (ctx.baujat or {}).get(outcome, ()), outcome, anchors)
    if baujat is not None and (ctx.influence or {}).get(outcome):
        baujat = replace(baujat, twin=None)
    result = ctx.result(outcome)
    gosh = gosh_figure(
        w,
        (ctx.gosh or {}).get(outcome, ()),
        outcome,
        k=result.groups[0].k if result and result.groups else 0,
        href=result_anchor(outcome, None, "all"),
    )
    return {"Baujat plot": baujat, "all subsets (GOSH)": gosh}


MEASURES: dict[str, Callable[[InfluenceRow], float | None]] = {
    "Cook's distance": lambda row: row.cook,
    "DFFITS": lambda row: row.dffits,
    "Hat": lambda row: row.hat,
    "τ² without": lambda row: row.tau2_without,
}


def influence_table(ctx: ReportContext, outcome: str) -> Table | None:
    """Measures that the model has, and the two axes of the Baujat plot; one line per series."""
    rows = (ctx.influence or {}).get(outcome, ())
    if not rows:
        return None
    w = words_of(ctx)
    anchors = series_anchors(ctx, outcome)
    shown = {
        name: get for name, get in MEASURES.items() if any(get(row) is not None for row in rows)
    }
    pulls = {point.series: point for point in (ctx.baujat or {}).get(outcome, ())}
    heads = [w("Series"), *map(w, shown)]
    heads += [w("contribution to Q"), w("pull")] if pulls else []
    return Table(
        ident=f"table-influence-{outcome}",
        caption=w("Influence of each series on {outcome}").format(outcome=outcome),
        columns=columns(*heads, numeric=tuple(heads[1:])),
        lines=tuple(
            Line(
                cells=_influence_cells(
                    anchors.get(row.series, (row.series, None)),
                    [number_text(get(row)) for get in shown.values()]
                    + (_pull(pulls.get(row.series)) if pulls else []),
                )
            )
            for row in rows
        ),
    )


def _influence_cells(label_href: tuple[str, str | None], numbers: list[str]) -> tuple[Value, ...]:
    label, href = label_href
    return (Value(label), *(Value(number, href) for number in numbers))


def _pull(point: BaujatPoint | None) -> list[str]:
    if point is None:
        return ["n/a", "n/a"]
    return [number_text(point.q_share, 3), number_text(point.influence, 4)]
