"""How much the results depend on choices: sensitivity, leave-one-out, cumulative, influence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.model.outcome import OUTCOME_NAMES
from evidence.report.adapt import line_from_group
from evidence.report.context import (
    AnalysisLine,
    BaujatPoint,
    InfluenceRow,
    RegressionLine,
    ReportContext,
)
from evidence.report.figures.analyses import Named, analysis_figure
from evidence.report.figures.forest import outcome_title
from evidence.report.figures.scatter import baujat_figure, bubble_figure, gosh_figure
from evidence.report.links import result_anchor, rows_of, slug, source_anchor
from evidence.report.numbers import series_value, words_of
from evidence.report.parts import Figure, Line, Table, Warn, columns
from evidence.report.text import Cell, Sentence, Value, join, number_text, p_equals
from evidence.report.words import Words

MODERATORS = {
    "dose_mg": "dose",
    "year": "year of publication",
    "doses_per_week": "doses a week",
}
"""Names of row fields as words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityBlock:
    """One outcome."""

    title: str
    figures: tuple[Figure, ...]
    influence: Table | None
    missing: tuple[Sentence, ...]
    """Which analyses were not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionBlock:
    """One meta-regression."""

    sentence: Sentence
    figure: Figure | None
    warnings: tuple[Warn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityContext:
    """The headline outcomes, then the regressions."""

    blocks: tuple[SensitivityBlock, ...]
    regressions: tuple[RegressionBlock, ...]
    no_regression: Sentence | None


def build(ctx: ReportContext) -> SensitivityContext:
    """Whatever was run; what was not is named."""
    w = words_of(ctx)
    return SensitivityContext(
        blocks=tuple(_block(ctx, outcome) for outcome in ctx.protocol.outcomes[:2]),
        regressions=tuple(_regressions(ctx)),
        no_regression=None if ctx.regressions else w.say("No meta-regression was run."),
    )


def series_anchors(ctx: ReportContext, outcome: str) -> dict[str, tuple[str, str]]:
    """Series id to its label and the anchor of its row."""
    found: dict[str, tuple[str, str]] = {}
    for entry in ctx.series:
        rows = rows_of(ctx, entry.series.series, outcome)
        if rows:
            found[entry.series.series] = (entry.series.label, source_anchor(rows[0]))
    return found


def _block(ctx: ReportContext, outcome: str) -> SensitivityBlock:
    w = words_of(ctx)
    title = outcome_title(w, outcome)
    href = result_anchor(outcome, None, "all")
    result = ctx.result(outcome)
    anchor = href if result is not None and result.groups else None
    kinds: tuple[tuple[str, str, Mapping[str, tuple[AnalysisLine, ...]] | None], ...] = (
        ("sensitivity", w("Sensitivity of {outcome}: one change at a time"), ctx.sensitivity),
        ("leave-one-out", w("Leave-one-out: {outcome} without each series"), ctx.leave_one_out),
        ("cumulative", w("Cumulative by year: {outcome} as series are added"), ctx.cumulative),
    )
    figures: list[Figure] = []
    missing: list[Sentence] = []
    for name, heading, lines in kinds:
        found = _with_reference(ctx, outcome, name, (lines or {}).get(outcome, ()))
        named = [_named(ctx, outcome, name, line) for line in found]
        figure = analysis_figure(
            w,
            named,
            ident=f"{name}-{slug(outcome)}",
            title=heading.format(outcome=outcome),
            href=anchor,
            notes=_notes(ctx, named, anchor),
            folded=outcome != ctx.protocol.outcomes[0],
        )
        if figure is None:
            missing.append(w.say("Not run: {analysis}.", analysis=w(name)))
        else:
            figures.append(figure)
    _add_influence(ctx, outcome, figures, missing)
    return SensitivityBlock(
        title=title[:1].upper() + title[1:],
        figures=tuple(figures),
        influence=_influence(ctx, outcome),
        missing=tuple(missing),
    )


def _with_reference(
    ctx: ReportContext, outcome: str, name: str, lines: tuple[AnalysisLine, ...]
) -> tuple[AnalysisLine, ...]:
    """Leave-one-out and cumulative lines under the result of all series."""
    result = ctx.result(outcome)
    if not lines or name == "sensitivity" or result is None or not result.groups:
        return lines
    main = line_from_group("all series", result.groups[0], reference=True)
    return (replace(main, problems=()), *lines)


STEPS = {"leave-one-out": "without {series}", "cumulative": "+ {series}"}
"""What is done with a series, by the kind of analysis."""


def _named(ctx: ReportContext, outcome: str, kind: str, line: AnalysisLine) -> Named:
    """An analysis in words, its series leading to its row."""
    w = words_of(ctx)
    if line.series is None:
        return Named(name=w.told(line.label), line=line)
    anchors = series_anchors(ctx, outcome)
    series = Value(*anchors.get(line.series, (line.label, None)))
    return Named(name=w.say(STEPS[kind], series=series), line=line)


def _notes(ctx: ReportContext, analyses: Sequence[Named], href: str | None) -> tuple[Cell, ...]:
    """What the analyses warn of and leave out, each said once with the analyses it concerns."""
    w = words_of(ctx)
    warned: dict[Warn, list[str]] = {}
    notes: list[Cell] = []
    for named in analyses:
        for problem in named.line.problems:
            warned.setdefault(Warn.of(w, problem), []).append(named.text)
        notes += _left_out(ctx, named)
    for warn, names in warned.items():
        shown = Value("; ".join(dict.fromkeys(names)), href)
        notes.append(w.say("{names}: {warning}", names=shown, warning=warn.text))
    return tuple(notes)


def _left_out(ctx: ReportContext, named: Named) -> Iterator[Cell]:
    w = words_of(ctx)
    reasons: dict[str, list[Cell]] = {}
    for item in named.line.excluded:
        reasons.setdefault(item.reason.partition(": ")[0], []).append(
            series_value(ctx, item.series)
        )
    for reason, series in reasons.items():
        yield w.say(
            "{analysis}: left out ({reason}) {named}.",
            analysis=named.text,
            reason=w.told(reason),
            named=join(series, between=", "),
        )


def _add_influence(
    ctx: ReportContext, outcome: str, figures: list[Figure], missing: list[Sentence]
) -> None:
    w = words_of(ctx)
    anchors = series_anchors(ctx, outcome)
    baujat = baujat_figure(w, (ctx.baujat or {}).get(outcome, ()), outcome, anchors)
    result = ctx.result(outcome)
    gosh = gosh_figure(
        w,
        (ctx.gosh or {}).get(outcome, ()),
        outcome,
        k=result.groups[0].k if result and result.groups else 0,
        href=result_anchor(outcome, None, "all"),
    )
    if baujat is not None and (ctx.influence or {}).get(outcome):
        baujat = replace(baujat, twin=None)
    for name, figure in (("Baujat plot", baujat), ("all subsets (GOSH)", gosh)):
        if figure is None:
            missing.append(w.say("Not run: {analysis}.", analysis=w(name)))
        else:
            folded = outcome != ctx.protocol.outcomes[0]
            figures.append(replace(figure, folded=folded))


MEASURES: dict[str, Callable[[InfluenceRow], float | None]] = {
    "Cook's distance": lambda row: row.cook,
    "DFFITS": lambda row: row.dffits,
    "Hat": lambda row: row.hat,
    "τ² without": lambda row: row.tau2_without,
}


def _influence(ctx: ReportContext, outcome: str) -> Table | None:
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _regressions(ctx: ReportContext) -> list[RegressionBlock]:
    w = words_of(ctx)
    blocks: list[RegressionBlock] = []
    for line in ctx.regressions or ():
        table = f"bubble-{slug(line.outcome)}-{slug(line.moderator)}-table"
        text = w.say(
            "{outcome} against {moderator} over {k} series: {p}, permutation {pp},"
            " heterogeneity accounted for {r2}."
            if line.p_permutation is not None
            else "{outcome} against {moderator} over {k} series: {p}, heterogeneity accounted for"
            " {r2}.",
            outcome=_capital(w(OUTCOME_NAMES.get(line.outcome, line.outcome))),
            moderator=_moderator(w, line),
            k=Value(str(len(line.points)), table),
            p=Value(p_equals(line.p), table),
            pp=Value(p_equals(line.p_permutation), table),
            r2="n/a" if line.r2 is None else Value(f"{line.r2:.0f}%", table),
        )
        blocks.append(
            RegressionBlock(
                sentence=text,
                figure=_bubble(ctx, line),
                warnings=tuple(Warn.of(w, problem) for problem in line.problems),
            )
        )
    return blocks


def _moderator(w: Words, line: RegressionLine) -> str:
    """``dose (mg)``, ``year of publication``"""
    name = w(MODERATORS.get(line.moderator, line.moderator))
    return f"{name} ({line.unit})" if line.unit else name


def _bubble(ctx: ReportContext, line: RegressionLine) -> Figure | None:
    w = words_of(ctx)
    anchors = series_anchors(ctx, line.outcome)
    figure = bubble_figure(w, line, anchors, name=_moderator(w, line))
    first = ctx.regressions is not None and line is ctx.regressions[0]
    return replace(figure, folded=not first) if figure else None


def outcome_figures(ctx: ReportContext, outcome: str) -> list[Figure]:
    """Every figure of an outcome about how firm it is, the funnel among them."""
    from evidence.report.figures.scatter import funnel_figure
    from evidence.report.numbers import overall_group

    figures = list(_block(ctx, outcome).figures)
    anchors = series_anchors(ctx, outcome)
    figures += [
        drawn
        for line in ctx.regressions or ()
        if line.outcome == outcome and (drawn := _bubble(ctx, line)) is not None
    ]
    found = overall_group(ctx, outcome)
    funnel = funnel_figure(words_of(ctx), found[1], outcome, anchors) if found else None
    return [*figures, funnel] if funnel else figures
