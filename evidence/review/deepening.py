"""The further analyses of a report: sensitivity, leave-one-out, cumulative, within-study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.errors import EvidenceError, FindingsInData
from evidence.review.diagnostics import (
    baujat_points,
    gosh_points,
    regression_lines,
    small_study_of,
)
from evidence.review.within import within_study
from evidence.table.switches import Switches

if TYPE_CHECKING:
    from evidence.pooling import Result
    from evidence.report.context import AnalysisLine
    from evidence.review.contents import Contents

METHODS: tuple[tuple[str, dict[str, str]], ...] = (
    ("binomial-normal (GLMM), z interval", {"method": "glmm", "test": "z"}),
    ("REML on the logit, Hartung-Knapp", {"method": "reml", "test": "hk-adhoc"}),
    ("DerSimonian-Laird on the logit", {"method": "dl", "test": "z"}),
    ("common proportion on the logit", {"method": "common", "test": "z"}),
    ("REML on the double arcsine", {"method": "reml", "transform": "double-arcsine", "test": "z"}),
    ("beta-binomial", {"method": "beta-binomial", "test": "z"}),
)
PRIMARY = 2
"""How many of the protocol's outcomes, from the first, are analysed in depth."""


def deepen(review: Contents) -> dict[str, Any]:
    """Fields of ``ReportContext`` beyond the pooled numbers; empty for an empty review."""
    from evidence.report.adapt import cumulative_lines, influence_rows, leave_one_out_lines

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
            name: leave_one_out_lines(result.leave_one_out().rows, labels)
            for name, result in results.items()
            if len(result.data.counts) > 1
        },
        "cumulative": {
            name: cumulative_lines(result.cumulative().rows, labels)
            for name, result in results.items()
            if result.data.year and all(year is not None for year in result.data.year)
        },
        "influence": {
            name: influence_rows(result.influence().rows) for name, result in results.items()
        },
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


def _pooled(review: Contents, outcome: str, **options: Any) -> Result | None:
    try:
        return review.pool(outcome, **options)
    except EvidenceError:
        return None


def sensitivity_lines(review: Contents, outcome: str) -> Iterator[AnalysisLine]:
    """The main analysis, then one row per choice that could have been made otherwise."""
    from evidence.report.adapt import line_from_group

    main = review.pool(outcome)
    yield line_from_group("main analysis", main.groups[0], kind="main", reference=True)
    for label, settings in METHODS:
        result = _pooled(review, outcome, **settings)
        if result is not None:
            yield line_from_group(label, result.groups[0], kind="method")
    for label, switches in scenarios(review):
        result = _pooled(review, outcome, switches=switches)
        if result is not None:
            line = line_from_group(label, result.groups[0], kind="counts")
            yield replace(line, excluded=result.excluded)
    yield from _other_sources(review, outcome)


def scenarios(review: Contents) -> list[tuple[str, Switches]]:
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


def _other_sources(review: Contents, outcome: str) -> Iterator[AnalysisLine]:
    """The same number from the most preferred sources, where the main analysis uses one."""
    from evidence.report.adapt import line_from_group
    from evidence.review.analysis import pool_rows

    if review.protocol.table.as_printed_in is None:
        return
    try:
        result = pool_rows(review.build_rows(), review.protocol, outcome)
    except FindingsInData:
        return
    label = "each count from the most preferred source that states it"
    yield line_from_group(label, result.groups[0], kind="sources")
