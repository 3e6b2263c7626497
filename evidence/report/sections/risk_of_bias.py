"""Risk of bias: the ten JBI items per series, never summed to a score."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.figures.strip import StripRow, strip_figure
from evidence.report.jbi import CITATION, ITEMS, judgements, unknown_items
from evidence.report.links import series_anchor
from evidence.report.numbers import words_of
from evidence.report.parts import Figure, Line, Table, columns
from evidence.report.sections.series import ordered
from evidence.report.text import Sentence, Value

MANY_SERIES = 60
"""Beyond these an all-unjudged strip says no more than its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskOfBiasContext:
    """The strip, the items, and the reasons that were given."""

    summary: Sentence
    strip: Figure | None
    items: tuple[str, ...]
    citation: str
    reasons: Table | None


def build(ctx: ReportContext) -> RiskOfBiasContext:
    """Judgements from the series files; unjudged is shown as unjudged."""
    w = words_of(ctx)
    entries = ordered(ctx)
    rows = [
        StripRow(
            label=entry.series.label,
            href=series_anchor(entry.series.series),
            answers=tuple(j.answer if j else None for j in judgements(entry.series)),
        )
        for entry in entries
    ]
    judged = sum(answer is not None for row in rows for answer in row.answers)
    return RiskOfBiasContext(
        summary=w.say(
            "{n} of {all} items are judged; the judgements are a person's and stand in the series"
            " files. No sum is made of them.",
            n=Value(str(judged), "sec-risk_of_bias"),
            all=Value(str(len(rows) * len(ITEMS)), "sec-risk_of_bias"),
        )
        if rows
        else w.say("The review holds no series to judge."),
        strip=strip_figure(w, rows) if judged or len(rows) <= MANY_SERIES else None,
        items=tuple(w(item) for item in ITEMS.values()),
        citation=CITATION,
        reasons=_reasons(ctx),
    )


def _reasons(ctx: ReportContext) -> Table | None:
    w = words_of(ctx)
    numbers = {name: str(i + 1) for i, name in enumerate(ITEMS)}
    lines: list[Line] = []
    for entry in ordered(ctx):
        label = Value(entry.series.label, series_anchor(entry.series.series))
        for key, judgement in entry.series.risk_of_bias.items():
            if judgement.why or judgement.by:
                number = Value(numbers.get(key, key), "figure-risk-of-bias")
                cells = (label, number, w(judgement.answer))
                lines.append(Line(cells=(*cells, judgement.why or "–", judgement.by or "–")))
        for key in unknown_items(entry.series):
            note = w("this is no item of the checklist")
            lines.append(Line(cells=(label, key, "–", note, "–")))
    if not lines:
        return None
    return Table(
        ident="table-bias-reasons",
        caption=w("Reasons given"),
        columns=columns(w("Series"), w("Item"), w("Answer"), w("Why"), w("By")),
        lines=tuple(lines),
    )
