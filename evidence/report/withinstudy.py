"""Strata compared inside the same series, beside the contrast across series."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext, WithinStudy
from evidence.report.links import result_anchor, row_anchor
from evidence.report.numbers import series_value, words_of
from evidence.report.parts import Line, Table, Warn, columns
from evidence.report.text import Cell, Sentence, Value, p_text, ratio_text
from evidence.report.warnings import warning

METHODS = {
    "mh": "Mantel–Haenszel",
    "peto": "Peto",
    "exact": "exact conditional",
    "conditional-glmm": "conditional mixed model",
    "unconditional-glmm": "unconditional mixed model",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinBlock:
    """One outcome and pair of strata."""

    title: str
    sentence: Sentence
    series: Table
    pooled: Table
    warnings: tuple[Warn, ...]


def within_block(ctx: ReportContext, within: WithinStudy) -> WithinBlock:
    """Counts of each series, the odds ratios inside series, then the one across series."""
    w = words_of(ctx)
    name = f"{within.outcome}-{within.a}-{within.b}"
    title = w("{outcome}: {a} and {b} inside the same series").format(
        outcome=w.outcome(within.outcome), a=within.a, b=within.b
    )
    return WithinBlock(
        title=title[:1].upper() + title[1:],
        sentence=w.say(
            "Patients of one series share centre, regimen and reading of responses, so this"
            " comparison is preferred to the one across series (Fisher 2017, BMJ 356:j573)."
        ),
        series=_series(ctx, within, name),
        pooled=_pooled(ctx, within, name),
        warnings=tuple(warning(ctx, problem) for problem in within.problems),
    )


def _series(ctx: ReportContext, within: WithinStudy, name: str) -> Table:
    w = words_of(ctx)
    return Table(
        ident=f"table-within-{name}",
        caption=w("Responses by stratum, n/N"),
        columns=columns(w("Series"), within.a, within.b, numeric=(within.a, within.b)),
        lines=tuple(
            Line(
                cells=(
                    series_value(ctx, one.series),
                    _count(ctx, within, one.series, within.a, one.a_events, one.a_total),
                    _count(ctx, within, one.series, within.b, one.b_events, one.b_total),
                )
            )
            for one in within.series
        ),
    )


def _count(
    ctx: ReportContext, within: WithinStudy, series: str, stratum: str, events: int, total: int
) -> Value:
    row = next(
        (
            row
            for row in ctx.rows
            if series in (row.series, row.label)
            and (row.stratum, row.outcome) == (stratum, within.outcome)
        ),
        None,
    )
    derived = row is not None and row.how == "derived"
    return Value(f"{events}/{total}", row_anchor(row) if row else None, derived=derived)


def _pooled(ctx: ReportContext, within: WithinStudy, name: str) -> Table:
    w = words_of(ctx)
    anchor = f"table-within-{name}"
    k = len(within.series)
    n = sum(one.a_total + one.b_total for one in within.series)
    lines: list[Line] = []
    for one in within.pooled:
        ratio: Cell = Value(ratio_text(one.odds_ratio, one.ci_low, one.ci_high), anchor)
        size = Value(w.series_patients(k, n), anchor)
        lines.append(
            Line(
                cells=(
                    w("inside series"),
                    w(METHODS.get(one.method, one.method)),
                    size,
                    ratio,
                    Value(p_text(one.p), anchor),
                    w.told(one.note) if one.note else "",
                )
            )
        )
    across = within.across
    if across is not None:
        text = ratio_text(across.odds_ratio, across.ci_low, across.ci_high)
        note: Cell = w("uncontrolled series; descriptive only")
        if across.aliased:
            note = w.told(across.aliased)
        overall = result_anchor(within.outcome, "disease", within.a)
        shown = Value(text, overall), Value(p_text(across.p), overall)
        lines.append(Line(cells=(w("across series"), w.told(across.model), "", *shown, note)))
    heads = (w("Comparison"), w("Method"), w("Size"), w("Odds ratio"), "p", w("Note"))
    return Table(
        ident=f"table-within-pooled-{name}",
        caption=w("{a} against {b}: odds ratios").format(a=within.a, b=within.b),
        columns=columns(*heads, numeric=heads[3:5]),
        lines=tuple(lines),
    )
