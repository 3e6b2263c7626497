"""Results by route, dose and disease: the confounding panel first, then the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.pooled import Contrast, GroupResult, Pooled
from evidence.report.context import ReportContext
from evidence.report.crosstable import cross_sentences, cross_table
from evidence.report.figures.forest import forest_figure
from evidence.report.links import result_anchor
from evidence.report.numbers import (
    left_out,
    pooled_counts,
    pooled_interval,
    pooled_percent,
    prediction_value,
    words_of,
)
from evidence.report.parts import Figure, Line, Table, Warn, columns
from evidence.report.text import Cell, Sentence, Value, number_text, p_equals, p_text, ratio_text
from evidence.report.warnings import pooled_warnings
from evidence.report.withinstudy import WithinBlock, within_block

ALIASED = "confounded"
"""Code of the warning that stands in the line of the contrast it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBlock:
    """One outcome by one grouping."""

    title: str
    table: Table | None
    between: Sentence | None
    """The test between the groups, in words."""
    contrasts: Table | None
    figure: Figure | None
    warnings: tuple[Warn, ...]
    missing: Sentence | None
    """Why there is nothing to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsContext:
    """Confounding first, then every grouping of the headline outcomes."""

    confounding: Table | None
    confounding_notes: tuple[Sentence, ...]
    blocks: tuple[GroupBlock, ...]
    within: tuple[WithinBlock, ...]
    no_within: Sentence | None


def build(ctx: ReportContext) -> GroupsContext:
    """The panel, then a block per outcome and grouping that was asked for."""
    return GroupsContext(
        confounding=cross_table(ctx),
        confounding_notes=cross_sentences(ctx),
        blocks=tuple(
            _block(ctx, outcome, by)
            for outcome in ctx.protocol.outcomes[:2]
            for by in ctx.protocol.groups.by
        ),
        within=tuple(within_block(ctx, within) for within in ctx.within or ()),
        no_within=None
        if ctx.within
        else words_of(ctx).say(
            "No comparison inside series is shown: none was run, or no series splits its counts."
        ),
    )


def _block(ctx: ReportContext, outcome: str, by: str) -> GroupBlock:
    w = words_of(ctx)
    title = w("{outcome} by {grouping}").format(outcome=w.outcome(outcome), grouping=w(by))
    title = title[:1].upper() + title[1:]
    result = ctx.result(outcome, by)
    if result is None or not result.groups:
        return GroupBlock(
            title=title,
            table=None,
            between=None,
            contrasts=None,
            figure=None,
            warnings=() if result is None else pooled_warnings(ctx, result),
            missing=w.say(
                "Not shown: no series with counts for this outcome states its {grouping}.",
                grouping=w(by),
            ),
        )
    return GroupBlock(
        title=title,
        table=group_table(ctx, result, by),
        between=_between(ctx, result),
        contrasts=_contrast_table(ctx, result, by),
        figure=forest_figure(ctx, outcome, by),
        warnings=tuple(warn for warn in pooled_warnings(ctx, result) if warn.code != ALIASED),
        missing=None,
    )


def group_table(ctx: ReportContext, result: Pooled, by: str) -> Table:
    """One line per level; a lone series keeps its own exact interval and no diamond."""
    w = words_of(ctx)
    heads = (w(by).capitalize(), w("Series"), "n/N", "%", w("Interval"), w("Prediction"), "τ²")
    return Table(
        ident=f"table-groups-{result.outcome}-{by}",
        caption=w("{outcome} by {grouping}: pooled proportion across uncontrolled series").format(
            outcome=result.outcome, grouping=w(by)
        ),
        columns=columns(*heads, numeric=heads[1:]),
        lines=tuple(
            Line(
                cells=(
                    w.level(group.group),
                    Value(str(group.k), result_anchor(result.outcome, by, group.group)),
                    pooled_counts(result, group),
                    pooled_percent(result, group),
                    pooled_interval(result, group),
                    prediction_value(result, group) or w("n/a"),
                    _tau2(ctx, result, group),
                )
            )
            for group in result.groups
        ),
        notes=_left_out(ctx, result),
    )


def _tau2(ctx: ReportContext, result: Pooled, group: GroupResult) -> Value:
    if group.k == 1:
        return Value(words_of(ctx)("one series"))
    text = number_text(group.tau2)
    return Value(text, result_anchor(result.outcome, result.by, group.group))


def _left_out(ctx: ReportContext, result: Pooled) -> tuple[Cell, ...]:
    if not result.excluded:
        return ()
    return (left_out(ctx, result.excluded),)


def _between(ctx: ReportContext, result: Pooled) -> Sentence | None:
    w = words_of(ctx)
    test = result.between
    if test is None or test.q_m is None:
        return None
    aliased = any(contrast.aliased for contrast in result.contrasts)
    template = "Test between the groups: Q = {q} on {df} df, {p} ({model})."
    if aliased:
        template += " The groups are confounded; see the panel above."
    shown = {"q": number_text(test.q_m), "df": str(test.df), "p": p_equals(test.p)}
    table = f"table-groups-{result.outcome}-{result.by}"
    return w.say(
        template,
        model=w.told(test.model),
        **{name: Value(text, table) for name, text in shown.items()},
    )


def _contrast_table(ctx: ReportContext, result: Pooled, by: str) -> Table | None:
    if not result.contrasts:
        return None
    w = words_of(ctx)
    heads = (
        w("Groups"),
        w("Odds ratio"),
        w("Difference, percentage points"),
        "p",
        w("p (Holm)"),
        w("Confounded with"),
    )
    return Table(
        ident=f"table-contrasts-{result.outcome}-{by}",
        caption=w("Differences across uncontrolled series, {outcome} by {grouping}").format(
            outcome=result.outcome, grouping=w(by)
        ),
        columns=columns(*heads, numeric=heads[1:5]),
        lines=tuple(
            _contrast_line(ctx, contrast, result.outcome, by) for contrast in result.contrasts
        ),
    )


def _contrast_line(ctx: ReportContext, contrast: Contrast, outcome: str, by: str) -> Line:
    w = words_of(ctx)
    known = contrast.odds_ratio is not None
    text = ratio_text(contrast.odds_ratio, contrast.ci_low, contrast.ci_high)
    ratio = Value(text, result_anchor(outcome, by, contrast.a) if known else None)
    points = w("n/a")
    if contrast.difference is not None:
        low, high = contrast.difference_ci_low, contrast.difference_ci_high
        points = f"{_signed(contrast.difference)}"
        if low is not None and high is not None:
            points += " (" + w("{low} to {high}").format(low=_signed(low), high=_signed(high)) + ")"
    return Line(
        cells=(
            f"{w.level(contrast.a)} – {w.level(contrast.b)}",
            ratio,
            Value(
                points,
                None if contrast.difference is None else result_anchor(outcome, by, contrast.b),
            ),
            _p(ctx, contrast.p, ratio),
            _p(ctx, contrast.p_holm, ratio),
            _aliased(ctx, contrast),
        )
    )


def _p(ctx: ReportContext, p: float | None, ratio: Value) -> Value:
    return Value(p_text(p), None if p is None else ratio.href)


def _aliased(ctx: ReportContext, contrast: Contrast) -> Cell:
    w = words_of(ctx)
    if contrast.aliased is None:
        return w("nothing found")
    return (Value(w(ALIASED), "table-confounding"), ": ", *w.told(contrast.aliased))


def _signed(share: float) -> str:
    value = round(100 * share)
    return f"−{-value}" if value < 0 else f"+{value}" if value else "0"


__all__ = ["GroupBlock", "GroupsContext", "Value", "build", "group_table"]
