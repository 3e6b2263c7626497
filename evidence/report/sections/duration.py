"""How long responses last: medians listed with their endpoint, curves from patient rows only."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.figures.durations import survival_figure, swimmer_figure
from evidence.report.findings import OpenFindings
from evidence.report.links import result_anchor
from evidence.report.numbers import overall_group, sourced, words_of
from evidence.report.parts import Figure, Line, Table, columns
from evidence.report.sections.series import arm_value, duration_text, ordered
from evidence.report.survival import courses, median_months, patient_rows, product_limit
from evidence.report.text import Cell, Sentence, Value, percent, short_number

GUESSES = ("response_months", "response_duration", "duration")
"""Cells that durations usually stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationContext:
    """Listed durations, then the figures and how many patients they rest on."""

    listed: Table | None
    usable: Sentence
    swimmer: Figure | None
    survival: Figure | None


def build(ctx: ReportContext) -> DurationContext:
    """Nothing is averaged here: medians are listed as printed."""
    w = words_of(ctx)
    known = courses(ctx)
    return DurationContext(
        listed=_listed(ctx),
        usable=_usable(ctx),
        swimmer=swimmer_figure(w, known),
        survival=survival_figure(w, known),
    )


def _listed(ctx: ReportContext) -> Table | None:
    w = words_of(ctx)
    lines: list[Line] = []
    found = OpenFindings(ctx)
    for entry in ordered(ctx):
        for a, arm in enumerate(entry.series.arms):
            for d, duration in enumerate(arm.response_months):
                statistic = next(
                    (n for n in ("median", "mean") if getattr(duration, n) is not None),
                    "individual values" if duration.values else "value",
                )
                text = duration_text(duration) or "–"
                if duration.printed:
                    text += f" ({duration.printed})"
                paths = (f"arms[{a}].response_months[{d}]", f"arms[{a}].response_months")
                people: Cell = "–"
                if duration.patients is not None:
                    people = sourced(f"{duration.patients}", entry, *paths, guesses=GUESSES)
                lines.append(
                    Line(
                        cells=(
                            arm_value(entry, a),
                            sourced(text, entry, *paths, guesses=GUESSES),
                            w(statistic),
                            w(duration.endpoint or "response duration"),
                            people,
                            found.about(entry.series.series, f"response_months[{d}]"),
                        )
                    )
                )
    if not lines:
        return None
    return Table(
        ident="table-durations",
        caption=w("Durations as reported, months"),
        columns=columns(
            w("Series"),
            w("Months"),
            w("Statistic"),
            w("Endpoint"),
            w("In patients"),
            w("Open findings"),
        ),
        lines=tuple(lines),
        notes=(w("Medians are listed, not averaged; different endpoints are never mixed."),),
    ).without_blank_columns()


def _usable(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    rows = patient_rows(ctx)
    known = courses(ctx)
    if not rows:
        return w.say(
            "No source prints its patients one by one, so there is no Kaplan–Meier curve and no"
            " swimmer plot."
        )
    if not known:
        return w.say(
            "{n} patients are printed one by one, but none with the length of the response.",
            n=Value(str(len(rows)), "sec-provenance"),
        )
    steps = product_limit([(c.months, c.ended) for c in known])
    median = median_months(steps)
    found = overall_group(ctx, "ORR")
    responders = found[1].events if found else None
    sentence = w.say(
        "The curves rest on {n} responses printed patient by patient, median {median} months",
        n=Value(str(len(known)), "swimmer-table"),
        median=Value(short_number(median), "kaplan-meier-table")
        if median is not None
        else w("not reached"),
    )
    if responders:
        share = percent(len(known) / responders, responders)
        href = result_anchor("ORR", None, "all")
        sentence += w.say(
            "; that is {n}/{all} of all responders ({share}), so they may not speak for the rest",
            n=Value(str(len(known)), "swimmer-table"),
            all=Value(str(responders), href),
            share=Value(share, href),
        )
    return (*sentence, ".")
