"""The explorer: the rows and results the page needs to redraw a forest without a server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence.model.levels import level_order
from evidence.model.outcome import OUTCOME_NAMES
from evidence.model.pooled import Pooled
from evidence.model.row import EvidenceRow
from evidence.pooling.edges import WIDE_PREDICTION
from evidence.report.context import ReportContext
from evidence.report.figures.forest_lines import dose_text
from evidence.report.links import outcome_slug, row_anchor
from evidence.report.numbers import words_of
from evidence.report.text import Sentence

LABELS = (
    "overall",
    "Route",
    "Dose",
    "Disease",
    "Series",
    "n/N",
    "% (interval)",
    "All series",
    "Prediction interval for a new series",
    "one series, so no pooled proportion",
    "No series passes these filters.",
    "From the report's results",
    "Computed in this page",
    "The page cannot compute this model; choose another to use filters.",
    "series",
    "patients",
    "patient",
    "fewer than 5 series: the interval and τ² are hardly known",
    "all or no patients had the event: exact interval of the pooled counts",
    "the groups also differ in other respects; see the confounding panel",
    "τ² is on its boundary, 0; this is not evidence that the series agree",
    "the prediction interval hardly limits what a new series may show",
    "0.5 was added to events and to non-events of series with no or only events",
    "explained beside the number in this report",
    "Not reported",
    "Left out (mixes diseases without a split)",
    "patients, %",
    "mixed",
    "to",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerContext:
    """Choices of the form, and the data as JSON."""

    intro: Sentence
    outcomes: tuple[tuple[str, str], ...]
    groupings: tuple[tuple[str, str], ...]
    routes: tuple[tuple[str, str], ...]
    doses: tuple[str, ...]
    diseases: tuple[str, ...]
    years: tuple[int, int] | None
    own_model: str | None
    """The report's model where the page cannot compute it; None where it can."""
    counted: tuple[tuple[str, str, bool], ...]
    """Switches: name, words, whether the report counts them."""
    data: str
    """JSON, safe inside a script element."""


def build(ctx: ReportContext) -> ExplorerContext:
    """Embed what is needed: rows of the outcomes, and the pooled results of the report."""
    w = words_of(ctx)
    rows = [row for row in ctx.rows if _shown(ctx, row)]
    years = [row.year for row in rows if row.year is not None]
    present = {row.outcome for row in rows}
    return ExplorerContext(
        intro=w.say(
            "Choose an outcome, a grouping and which series count. Without filters the numbers are"
            " those of this report; with filters the page pools the counts itself by the same"
            " model."
        ),
        outcomes=tuple(
            (outcome, w(OUTCOME_NAMES.get(outcome, outcome)))
            for outcome in ctx.protocol.outcomes
            if outcome in present
        ),
        groupings=tuple((by, w(by)) for by in ctx.protocol.groups.by),
        routes=tuple((level, w.level(level)) for level in _levels(row.route for row in rows)),
        doses=_levels(row.dose_band for row in rows),
        diseases=_levels(row.disease for row in rows),
        years=(min(years), max(years)) if years else None,
        own_model=None if computable(ctx) else _model_name(ctx),
        counted=(
            ("derived", w("derived counts"), ctx.protocol.table.derived),
            ("mixed", w("mixed routes"), True),
            ("overlaps", w("overlapping series"), ctx.protocol.table.overlaps),
            (
                "attributed",
                w("responses another therapy may explain"),
                ctx.protocol.table.attributed,
            ),
        ),
        data=_json(ctx, rows),
    )


def computable(ctx: ReportContext) -> bool:
    """Whether the page itself can pool as the report does."""
    model = ctx.protocol.model
    return (
        model.method in ("glmm", "dl", "common")
        and model.transform == "logit"
        and model.test in ("t", "z")
    )


def _model_name(ctx: ReportContext) -> str:
    model = ctx.protocol.model
    return f"{model.method}, {model.transform}, {model.test}"


def _shown(ctx: ReportContext, row: EvidenceRow) -> bool:
    table = ctx.protocol.table
    return (
        row.outcome in ctx.protocol.outcomes
        and row.total is not None
        and (table.unverified or row.status != "unverified")
        and (table.case_reports or row.total > 1)
    )


def _levels(values: Any) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value is not None}, key=level_order))


def _json(ctx: ReportContext, rows: list[EvidenceRow]) -> str:
    w = words_of(ctx)
    data = {
        "level": ctx.protocol.model.level,
        "method": ctx.protocol.model.method if computable(ctx) else "own",
        "test": ctx.protocol.model.test,
        "comma": w.decimal_comma,
        "wide": WIDE_PREDICTION,
        "labels": {label: w(label) for label in LABELS if w(label) != label},
        "names": STRATUM,
        "fields": GROUP,
        "outcomes": [[outcome, outcome_slug(outcome)] for outcome in ctx.protocol.outcomes],
        "strata": _strata(ctx.protocol.outcomes, [row for row in rows if not row.excluded]),
        "pooled": [
            {"outcome": result.outcome, "by": result.by, "groups": _groups(result)}
            for result in ctx.pooled.values()
            if result.by is None or result.outcome in ctx.protocol.outcomes[:2]
        ],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


STRATUM = (
    "id",
    "series",
    "label",
    "year",
    "stratum",
    "arm",
    "total",
    "route",
    "dose",
    "doseText",
    "disease",
    "population",
    "overlap",
)


GROUP = ("group", "k", "events", "total", "est", "lo", "hi", "plo", "phi", "tau2", "codes")


def _strata(outcomes: Sequence[str], rows: list[EvidenceRow]) -> list[list[Any]]:
    """One list per stratum: what it is, then of each outcome [events, derived, attributed].

    Zeros at the end are left out; an outcome without a row is 0.
    """
    found: dict[tuple[Any, ...], dict[str, list[Any]]] = {}
    for row in rows:
        counts = [row.events, int(row.how == "derived"), row.attributed_events]
        while len(counts) > 1 and not counts[-1]:
            counts.pop()
        found.setdefault(_stratum(row), {})[row.outcome] = counts
    return [[*key, *(counts.get(one, 0) for one in outcomes)] for key, counts in found.items()]


def _stratum(row: EvidenceRow) -> tuple[Any, ...]:
    return (
        row_anchor(row).removesuffix(outcome_slug(row.outcome)),
        row.series,
        row.label,
        row.year,
        row.stratum,
        row.arm,
        row.total,
        row.route,
        row.dose_band,
        dose_text(row),
        row.disease,
        row.population,
        int(bool(row.overlaps)),
    )


def _groups(result: Pooled) -> list[list[Any]]:
    """One list per pooled group, in the order of ``GROUP``."""
    return [
        [
            g.group,
            g.k,
            g.events,
            g.total,
            *map(_short, (g.estimate, g.ci_low, g.ci_high, g.pi_low, g.pi_high, g.tau2)),
            [problem.code for problem in g.problems],
        ]
        for g in result.groups
    ]


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
