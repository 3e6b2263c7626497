"""The further analyses of a report: sensitivity, leave-one-out, cumulative, within-study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.errors import EvidenceError, FindingsInData
from evidence.review.diagnostics import (
    baujat_points,
    gosh_points,
    influence_rows,
    regression_lines,
    small_study_of,
)
from evidence.review.switches import Switches
from evidence.review.within import within_study

if TYPE_CHECKING:
    from evidence.model.pooled import GroupResult
    from evidence.pooling import Result, Table
    from evidence.report.context import AnalysisLine
    from evidence.review.review import Review

METHODS: tuple[tuple[str, dict[str, str]], ...] = (
    ("binomial-normal (GLMM), z interval", {"method": "glmm", "test": "z"}),
    ("REML on the logit, Hartung-Knapp", {"method": "reml", "test": "hk-adhoc"}),
    ("DerSimonian-Laird on the logit", {"method": "dl", "test": "z"}),
    ("common proportion on the logit", {"method": "common", "test": "z"}),
    ("REML on the double arcsine", {"method": "reml", "transform": "double-arcsine", "test": "z"}),
    ("beta-binomial", {"method": "beta-binomial", "test": "z"}),
)
NUMBERS = (
    "k",
    "events",
    "total",
    "estimate",
    "ci_low",
    "ci_high",
    "pi_low",
    "pi_high",
    "tau2",
    "i2",
)
PRIMARY = 2
"""How many of the protocol's outcomes, from the first, are analysed in depth."""


def deepen(review: Review) -> dict[str, Any]:
    """Fields of ``ReportContext`` beyond the pooled numbers; empty for an empty review."""
    results = {
        outcome: result
        for outcome in review.protocol.outcomes[:PRIMARY]
        if (result := _pooled(review, outcome)) is not None
    }
    if not results:
        return {}
    labels = {row.series: row.label for row in review.rows}
    return {
        "sensitivity": {name: tuple(sensitivity_lines(review, name)) for name in results},
        "leave_one_out": {
            name: _lines(result.leave_one_out(), "left_out", "without {}", labels)
            for name, result in results.items()
            if len(result.data.counts) > 1
        },
        "cumulative": {
            name: _lines(result.cumulative(), "added", "{}", labels)
            for name, result in results.items()
            if result.data.year and all(year is not None for year in result.data.year)
        },
        "influence": {name: influence_rows(result) for name, result in results.items()},
        "baujat": {name: baujat_points(result) for name, result in results.items()},
        "gosh": {
            name: gosh_points(result)
            for name, result in results.items()
            if len(result.data.counts) > 2
        },
        "regressions": tuple(regression_lines(review, next(iter(results)))),
        "within": tuple(
            found for name in results if (found := within_study(review, name)) is not None
        ),
        "small_study": {name: small_study_of(name, result) for name, result in results.items()},
    }


def _pooled(review: Review, outcome: str, **options: Any) -> Result | None:
    try:
        return review.pool(outcome, **options)
    except EvidenceError:
        return None


def analysis_line(label: str, kind: str, group: GroupResult, **more: Any) -> AnalysisLine:
    """One pooled number as a row of a sensitivity table."""
    from evidence.report.context import AnalysisLine

    return AnalysisLine(
        label=label, kind=kind, **{name: getattr(group, name) for name in NUMBERS}, **more
    )


def sensitivity_lines(review: Review, outcome: str) -> Iterator[AnalysisLine]:
    """The main analysis, then one row per choice that could have been made otherwise."""
    main = review.pool(outcome)
    yield analysis_line("main analysis", "main", main.groups[0], reference=True)
    for label, settings in METHODS:
        result = _pooled(review, outcome, **settings)
        if result is not None:
            yield analysis_line(label, "method", result.groups[0])
    for label, switches in scenarios(review):
        result = _pooled(review, outcome, switches=switches)
        if result is not None:
            note = "; ".join(f"{e.series}: {e.reason}" for e in result.excluded) or None
            yield analysis_line(label, "counts", result.groups[0], note=note)
    yield from _other_sources(review, outcome)


def scenarios(review: Review) -> list[tuple[str, Switches]]:
    """Each switch of the table turned the other way, in words."""
    usual = Switches.from_protocol(review.protocol)
    words = {
        "derived": ("stated counts only", "with derived counts"),
        "attributed": (
            "responses after another therapy not counted",
            "responses after another therapy counted",
        ),
        "overlaps": ("overlapping series left out", "overlapping series counted too"),
        "unverified": ("series confirmed by a person only", "with unconfirmed series"),
        "mixed_routes": ("series of several routes left out", "with series of several routes"),
        "case_reports": ("case reports left out", "with case reports"),
    }
    return [
        (words[name][not getattr(usual, name)], replace(usual, **{name: not getattr(usual, name)}))
        for name in words
    ]


def _other_sources(review: Review, outcome: str) -> Iterator[AnalysisLine]:
    """The same number from the most preferred sources, where the main analysis uses one."""
    from evidence.review.analysis import pool_rows

    if review.protocol.table.as_printed_in is None:
        return
    try:
        result = pool_rows(review.build_rows(), review.protocol, outcome)
    except FindingsInData:
        return
    label = "each count from the most preferred source that states it"
    yield analysis_line(label, "sources", result.groups[0])


def _lines(
    table: Table, name: str, words: str, labels: Mapping[str, str]
) -> tuple[AnalysisLine, ...]:
    return tuple(
        _line(row, words.format(labels.get(row[name], row[name])), str(row[name]))
        for row in table.rows
    )


def _line(row: Mapping[str, Any], label: str, series: str) -> AnalysisLine:
    from evidence.report.context import AnalysisLine

    numbers: dict[str, Any] = {field: row.get(field) for field in NUMBERS}
    return AnalysisLine(label=label, series=series, **numbers)
