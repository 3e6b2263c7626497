"""Meta-regressions in words and as bubble plots."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.model.outcome import OUTCOME_NAMES
from evidence.report.context import RegressionLine, ReportContext
from evidence.report.figures.bubble import bubble_figure
from evidence.report.links import slug
from evidence.report.numbers import series_anchors, words_of
from evidence.report.parts import Figure, Warn
from evidence.report.text import Sentence, Value, interval, p_equals, percent, short_number
from evidence.report.warnings import warning
from evidence.report.words import Words

MODERATORS = {
    "dose_mg": "dose",
    "year": "year of publication",
    "doses_per_week": "doses a week",
}
"""Names of row fields as words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionBlock:
    """One meta-regression."""

    sentence: Sentence
    figure: Figure | None
    warnings: tuple[Warn, ...]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def regression_blocks(ctx: ReportContext) -> list[RegressionBlock]:
    """A sentence and a figure per fitted line."""
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
                sentence=(*text, *_ends(ctx, line, table)),
                figure=bubble(ctx, line),
                warnings=tuple(warning(ctx, problem) for problem in line.problems),
            )
        )
    return blocks


def _ends(ctx: ReportContext, line: RegressionLine, table: str) -> Sentence:
    """Where the fitted line starts and ends."""
    if not line.curve:
        return ()
    w = words_of(ctx)
    unit = f" {line.unit}" if line.unit else ""
    low, high = (
        w.say(
            "{percent} ({interval}) at {x}",
            percent=Value(percent(y, None), table),
            interval=Value(interval(bottom, top, None), table),
            x=Value(f"{short_number(x)}{unit}", table),
        )
        for x, y, bottom, top in (line.curve[0], line.curve[-1])
    )
    return (" ", *w.say("The fitted line runs from {low} to {high}.", low=low, high=high))


def _moderator(w: Words, line: RegressionLine) -> str:
    """``dose (mg)``, ``year of publication``"""
    name = w(MODERATORS.get(line.moderator, line.moderator))
    return f"{name} ({line.unit})" if line.unit else name


def bubble(ctx: ReportContext, line: RegressionLine) -> Figure | None:
    """The bubble plot of one line; the page draws the first and folds the others."""
    w = words_of(ctx)
    anchors = series_anchors(ctx, line.outcome)
    figure = bubble_figure(w, line, anchors, name=_moderator(w, line))
    first = ctx.regressions is not None and line is ctx.regressions[0]
    return replace(figure, folded=not first) if figure else None
