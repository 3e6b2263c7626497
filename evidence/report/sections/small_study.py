"""Whether small series differ from large ones, or the sentence why that is not tested."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.report.context import ReportContext, SmallStudy
from evidence.report.figures.funnel import funnel_figure
from evidence.report.links import slug
from evidence.report.numbers import overall_group, series_anchors, words_of
from evidence.report.parts import Figure, Line, Table, columns
from evidence.report.text import Sentence, Value, interval, number_text, p_text, percent

LEAST_SERIES = 10
"""Below this many series neither funnel nor test is shown (Sterne 2011, BMJ 343:d4002)."""

TESTS = {"Egger, mixed effects": "Egger, mixed model"}
"""Names of tests in this report's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudyBlock:
    """One outcome."""

    title: str
    sentences: tuple[Sentence, ...]
    figure: Figure | None
    tests: Table | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudyContext:
    """The headline outcomes."""

    blocks: tuple[SmallStudyBlock, ...]


def build(ctx: ReportContext) -> SmallStudyContext:
    """Funnel and tests from ten series on; otherwise the reason."""
    return SmallStudyContext(
        blocks=tuple(_block(ctx, outcome) for outcome in ctx.protocol.outcomes[:2])
    )


def _block(ctx: ReportContext, outcome: str) -> SmallStudyBlock:
    w = words_of(ctx)
    title = w.outcome(outcome)
    title = title[:1].upper() + title[1:]
    found = overall_group(ctx, outcome)
    study = (ctx.small_study or {}).get(outcome)
    reason = _withheld(ctx, outcome)
    if reason is not None or found is None:
        return SmallStudyBlock(
            title=title, sentences=(reason,) if reason else (), figure=None, tests=None
        )
    sentences: list[Sentence] = []
    if study is None:
        sentences.append(w.say("No test of asymmetry was run."))
    elif study.filled is not None:
        sentences.append(_filled(ctx, study, found[1].total))
    sentences.append(
        w.say("An uneven funnel has many causes; differences between the patients are one.")
    )
    return SmallStudyBlock(
        title=title,
        sentences=tuple(sentences),
        figure=_funnel(ctx, outcome),
        tests=_tests(ctx, study) if study else None,
    )


def _funnel(ctx: ReportContext, outcome: str) -> Figure | None:
    found = overall_group(ctx, outcome)
    if found is None:
        return None
    figure = funnel_figure(words_of(ctx), found[1], outcome, series_anchors(ctx, outcome))
    folded = outcome != ctx.protocol.outcomes[0]
    return replace(figure, folded=folded) if figure else None


def _withheld(ctx: ReportContext, outcome: str) -> Sentence | None:
    w = words_of(ctx)
    found = overall_group(ctx, outcome)
    study = (ctx.small_study or {}).get(outcome)
    if found is None:
        return w.say("Withheld: nothing was pooled for this outcome.")
    if found[1].k < LEAST_SERIES:
        return w.say(
            "Withheld: {k} series are too few to tell an uneven funnel from chance; at least {n}"
            " are needed.",
            k=Value(str(found[1].k), "sec-forest"),
            n=str(LEAST_SERIES),
        )
    if study is not None and study.withheld:
        return w.told(study.withheld)
    return None


def _filled(ctx: ReportContext, study: SmallStudy, total: int) -> Sentence:
    w = words_of(ctx)
    ends = study.filled_ci or (None, None)
    table = f"funnel-{slug(study.outcome)}-table"
    return w.say(
        "Trim-and-fill would add {n} series and give {value} ({interval}).",
        n=Value(str(study.filled), table),
        value=Value(percent(study.filled_estimate, total), table),
        interval=Value(interval(ends[0], ends[1], total), table),
    )


def _tests(ctx: ReportContext, study: SmallStudy) -> Table | None:
    if not study.tests:
        return None
    w = words_of(ctx)
    heads = (w("Test"), w("Statistic"), "p", w("Note"))
    table = f"funnel-{slug(study.outcome)}-table"
    return Table(
        ident=f"table-small-study-{study.outcome}",
        caption=w("Tests of asymmetry"),
        columns=columns(*heads, numeric=heads[1:3]),
        lines=tuple(
            Line(
                cells=(
                    w(TESTS.get(test.name, test.name)),
                    Value(number_text(test.statistic), table),
                    Value(p_text(test.p), table),
                    w.told(test.note) if test.note else "–",
                )
            )
            for test in study.tests
        ),
    )
