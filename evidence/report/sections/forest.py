"""Forest plots of every outcome over all series."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.figures.forest import forest_figure
from evidence.report.links import result_anchor, source_anchor
from evidence.report.numbers import (
    added_up_sentence,
    left_out,
    overall_group,
    pooled_sentence,
    words_of,
)
from evidence.report.parts import Figure, Warn
from evidence.report.text import Cell, Sentence, Value, join, percent
from evidence.report.warnings import pooled_warnings


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeBlock:
    """One outcome: its sentence, its figure, its warnings, who does not report it."""

    title: str
    sentences: tuple[Sentence, ...]
    figure: Figure | None
    warnings: tuple[Warn, ...]
    missing: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestContext:
    """All outcomes of the protocol, in its order."""

    outcomes: tuple[OutcomeBlock, ...]


def build(ctx: ReportContext) -> ForestContext:
    """One block per outcome; an outcome nobody reports says so."""
    return ForestContext(outcomes=tuple(_block(ctx, outcome) for outcome in ctx.protocol.outcomes))


def _block(ctx: ReportContext, outcome: str) -> OutcomeBlock:
    w = words_of(ctx)
    found = overall_group(ctx, outcome)
    title = w.outcome(outcome)
    title = title[:1].upper() + title[1:]
    if found is None:
        sentence = w.say("No series gives counts for this outcome, so nothing was pooled.")
        return OutcomeBlock(
            title=title, sentences=(sentence,), figure=None, warnings=(), missing=None
        )
    result, _ = found
    return OutcomeBlock(
        title=title,
        sentences=tuple(_sentences(ctx, outcome)),
        figure=forest_figure(ctx, outcome),
        warnings=pooled_warnings(ctx, result),
        missing=_missing(ctx, outcome),
    )


def _sentences(ctx: ReportContext, outcome: str) -> list[Sentence]:
    w = words_of(ctx)
    found = overall_group(ctx, outcome)
    if found is None:
        return []
    result, group = found
    template = (
        "Pooled proportion across uncontrolled series: {numbers}."
        if group.k > 1
        else "One series reports this outcome; nothing was pooled: {numbers}."
    )
    sentences = [w.say(template, numbers=pooled_sentence(ctx, result, group))]
    average = percent(group.population_estimate, group.total)
    if group.population_estimate is not None and average != percent(group.estimate, group.total):
        sentences.append(
            w.say(
                "That is the proportion in the median series; averaged over the spread of series"
                " it is {value}.",
                value=Value(average, result_anchor(outcome, None, group.group)),
            )
        )
    added_up = added_up_sentence(ctx, result, group)
    return [*sentences, added_up] if added_up else sentences


def _missing(ctx: ReportContext, outcome: str) -> Cell:
    """Who takes no part, and why: as the result says, else whose count is not reported."""
    w = words_of(ctx)
    result = ctx.result(outcome)
    if result is not None and result.excluded:
        return left_out(ctx, result.excluded)
    silent = [
        row
        for row in ctx.rows
        if row.outcome == outcome
        and row.events is None
        and not row.excluded
        and row.stratum == "all"
    ]
    if not silent:
        return None
    named = join(Value(row.label, source_anchor(row)) for row in silent)
    return w.say("Not reported by {named}.", named=named)
