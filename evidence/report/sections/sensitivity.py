"""How much the results depend on choices: sensitivity, leave-one-out, cumulative, influence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.report.adapt import line_from_group
from evidence.report.context import AnalysisLine, ReportContext
from evidence.report.figures.analyses import Named, analysis_figure
from evidence.report.figures.funnel import funnel_figure
from evidence.report.influence import influence_figures, influence_table
from evidence.report.links import result_anchor, slug
from evidence.report.numbers import overall_group, series_anchors, series_value, words_of
from evidence.report.parts import Figure, Table, Warn
from evidence.report.regressions import RegressionBlock, bubble, regression_blocks
from evidence.report.text import Cell, Sentence, Value, join
from evidence.report.warnings import warning

HEADINGS = {
    "sensitivity": "Sensitivity of {outcome}: one change at a time",
    "leave-one-out": "Leave-one-out: {outcome} without each series",
    "cumulative": "Cumulative by year: {outcome} as series are added",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityBlock:
    """One outcome."""

    title: str
    figures: tuple[Figure, ...]
    influence: Table | None
    missing: Sentence | None
    """Which analyses were not run, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityContext:
    """The headline outcomes, then the regressions."""

    blocks: tuple[SensitivityBlock, ...]
    regressions: tuple[RegressionBlock, ...]
    regression_note: Sentence
    """What a meta-regression can say; that there is none."""


def build(ctx: ReportContext) -> SensitivityContext:
    """Whatever was run; what was not is named."""
    w = words_of(ctx)
    return SensitivityContext(
        blocks=tuple(_block(ctx, outcome) for outcome in ctx.protocol.outcomes[:2]),
        regressions=tuple(regression_blocks(ctx)),
        regression_note=w.say(
            "What goes together across uncontrolled series may do so through the other ways in"
            " which they differ ({panel}).",
            panel=Value(w("confounding panel"), "table-confounding"),
        )
        if ctx.regressions
        else w.say("No meta-regression was run."),
    )


def _block(ctx: ReportContext, outcome: str) -> SensitivityBlock:
    w = words_of(ctx)
    title = w.outcome(outcome)
    drawn = _figures(ctx, outcome)
    return SensitivityBlock(
        title=title[:1].upper() + title[1:],
        figures=tuple(figure for figure in drawn.values() if figure is not None),
        influence=influence_table(ctx, outcome),
        missing=_missing(ctx, outcome, [name for name, figure in drawn.items() if figure is None]),
    )


def _figures(ctx: ReportContext, outcome: str) -> dict[str, Figure | None]:
    """Each analysis by name, all but the first outcome's folded; None for what was not run."""
    folded = outcome != ctx.protocol.outcomes[0]
    drawn = {name: _analysis(ctx, outcome, name, folded=folded) for name in HEADINGS}
    for name, figure in influence_figures(ctx, outcome).items():
        drawn[name] = figure and replace(figure, folded=folded)
    return drawn


def _missing(ctx: ReportContext, outcome: str, names: Sequence[str]) -> Sentence | None:
    if not names:
        return None
    w = words_of(ctx)
    found = overall_group(ctx, outcome)
    why = "Not run: {analyses}."
    if found is None:
        why = "Not run: {analyses}, because no series gives counts for this outcome."
    elif found[1].k == 1:
        why = "Not run: {analyses}, because one series alone reports this outcome."
    return w.say(why, analyses=join(map(w, names)))


def _analysis(ctx: ReportContext, outcome: str, name: str, *, folded: bool) -> Figure | None:
    w = words_of(ctx)
    found = overall_group(ctx, outcome)
    anchor = result_anchor(outcome, None, "all") if found else None
    anchors = series_anchors(ctx, outcome)
    named = [_named(ctx, anchors, name, line) for line in _lines(ctx, outcome, name)]
    return analysis_figure(
        w,
        named,
        ident=f"{name}-{slug(outcome)}",
        title=w(HEADINGS[name]).format(outcome=outcome),
        href=anchor,
        notes=_notes(ctx, named, anchor),
        folded=folded,
    )


def _lines(ctx: ReportContext, outcome: str, name: str) -> tuple[AnalysisLine, ...]:
    """The analyses; leave-one-out and cumulative ones under the result of all series."""
    by_name = {
        "sensitivity": ctx.sensitivity,
        "leave-one-out": ctx.leave_one_out,
        "cumulative": ctx.cumulative,
    }
    lines = (by_name[name] or {}).get(outcome, ())
    found = overall_group(ctx, outcome)
    if not lines or name == "sensitivity" or found is None:
        return lines
    main = line_from_group("all series", found[1], reference=True)
    derived = {study.series for study in found[1].studies if study.derived}
    return (replace(main, problems=()), *_marked(lines, derived, name))


def _marked(lines: Sequence[AnalysisLine], derived: set[str], name: str) -> Iterator[AnalysisLine]:
    """Each line with whether a derived count is in it."""
    counted: set[str] = set()
    for line in lines:
        counted |= {line.series or ""}
        own = derived & counted if name == "cumulative" else derived - {line.series}
        yield replace(line, derived=bool(own))


STEPS = {"leave-one-out": "without {series}", "cumulative": "+ {series}"}
"""What is done with a series, by the kind of analysis."""


def _named(
    ctx: ReportContext, anchors: dict[str, tuple[str, str]], kind: str, line: AnalysisLine
) -> Named:
    """An analysis in words, its series leading to its row."""
    w = words_of(ctx)
    if line.series is None:
        return Named(name=w.told(line.label), line=line)
    series = Value(*anchors.get(line.series, (line.label, None)))
    return Named(name=w.say(STEPS[kind], series=series), line=line)


def _notes(ctx: ReportContext, analyses: Sequence[Named], href: str | None) -> tuple[Cell, ...]:
    """What the analyses warn of and leave out, each said once with the analyses it concerns."""
    w = words_of(ctx)
    warned: dict[Warn, dict[str, None]] = {}
    notes: list[Cell] = []
    for named in analyses:
        for problem in named.line.problems:
            warned.setdefault(warning(ctx, problem), {})[named.text] = None
        notes += _left_out(ctx, named)
    for warn, names in warned.items():
        told = w("every analysis") if len(names) == len(analyses) > 1 else "; ".join(names)
        shown = Value(told, href)
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


def outcome_figures(ctx: ReportContext, outcome: str) -> list[Figure]:
    """Every figure of an outcome about how firm it is, the funnel among them."""
    drawn = [*_figures(ctx, outcome).values()]
    drawn += [bubble(ctx, line) for line in ctx.regressions or () if line.outcome == outcome]
    if found := overall_group(ctx, outcome):
        anchors = series_anchors(ctx, outcome)
        drawn.append(funnel_figure(words_of(ctx), found[1], outcome, anchors))
    return [figure for figure in drawn if figure is not None]
