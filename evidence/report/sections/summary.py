"""Summary of findings: per 100 treated, with the certainty a person gave and why."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.links import result_anchor
from evidence.report.numbers import overall_group, pooled_counts, words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Cell, Sentence, Value, span_text


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryContext:
    """The table; None when nothing was pooled."""

    summary: Table | None
    note: Sentence


def build(ctx: ReportContext) -> SummaryContext:
    """One line per outcome of the protocol."""
    w = words_of(ctx)
    lines = [_line(ctx, outcome) for outcome in ctx.protocol.outcomes]
    heads = (
        w("Outcome"),
        w("Series"),
        w("Patients"),
        "n/N",
        w("Per 100 treated (interval)"),
        w("Certainty"),
        w("Reasons"),
    )
    return SummaryContext(
        summary=Table(
            ident="table-summary",
            caption=w("Findings by outcome"),
            columns=columns(*heads, numeric=heads[1:5]),
            lines=tuple(lines),
        )
        if lines
        else None,
        note=w.say(
            "Per 100 treated is the pooled proportion across uncontrolled series, rounded to whole"
            " patients. Certainty is a person's judgement; evidence without controls starts low."
        ),
    )


def _line(ctx: ReportContext, outcome: str) -> Line:
    w = words_of(ctx)
    found = overall_group(ctx, outcome)
    judged = (ctx.certainty or {}).get(outcome)
    certainty: Cell = w(judged.level) if judged else w("not judged")
    reasons: Cell = "; ".join(judged.reasons) if judged else "–"
    title = w.outcome(outcome)
    if found is None:
        return Line(cells=(title, "0", "0", None, None, certainty, reasons))
    result, group = found
    href = result_anchor(outcome, None, group.group)
    per = "n/a"
    if group.estimate is not None:
        per = str(round(100 * group.estimate))
        if group.ci_low is not None and group.ci_high is not None:
            ends = span_text(str(round(100 * group.ci_low)), str(round(100 * group.ci_high)))
            per += f" ({ends})"
    return Line(
        cells=(
            title,
            Value(str(group.k), href),
            Value(str(group.total), href),
            pooled_counts(result, group),
            Value(per, href),
            certainty,
            reasons,
        )
    )
