"""One table of pooled numbers over methods, transforms, corrections and exclusions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from evidence.errors import EvidenceError, Problem, WrongUsage
from evidence.pooling.counts import Counts, check_counts
from evidence.pooling.group import pool_group
from evidence.pooling.leave_out import numbers
from evidence.pooling.result import Result
from evidence.pooling.settings import EXACT_METHODS, Settings
from evidence.pooling.table import Table

METHODS = ("glmm", "reml", "dl", "common", "beta-binomial")


def sensitivity(
    result: Result,
    *,
    methods: Sequence[str] = METHODS,
    transforms: Sequence[str] = ("logit", "double-arcsine"),
    corrections: Sequence[float] = (0.5, 0.1),
    exclusions: Mapping[str, Iterable[bool]] | None = None,
    replacements: Mapping[str, tuple[Iterable[Any], Iterable[Any]]] | None = None,
) -> Table:
    """Rows of method x transform x correction for all series, and of each scenario by the
    result's own method.

    ``exclusions`` maps a name to a flag per series (True is left out); "without derived counts"
    is added where counts are flagged derived. ``replacements`` maps a name to other (events,
    total), such as an attribution switched.
    """
    counts, settings = result.data.counts, result.settings
    rows, problems = [], []
    for variant in variants(settings, counts, methods, transforms, corrections):
        row, problem = _row("all series", counts, variant)
        rows.append(row)
        problems += problem
    for name, scenario in scenarios(result, exclusions or {}, replacements or {}):
        if scenario is None:
            problems.append(_nothing_left(name))
            continue
        row, problem = _row(name, scenario, settings)
        rows.append(row)
        problems += problem
    return Table(
        title=f"{result.data.outcome}: sensitivity", rows=tuple(rows), problems=tuple(problems)
    )


def variants(
    settings: Settings,
    counts: Counts,
    methods: Sequence[str],
    transforms: Sequence[str],
    corrections: Sequence[float],
) -> list[Settings]:
    """Settings of every combination that makes a difference, the result's own first."""
    corrected = bool(((counts.events == 0) | (counts.events == counts.total)).any())
    found = [settings]
    for method in methods:
        exact = method in EXACT_METHODS
        test = "t" if exact and settings.test.startswith("hk") else settings.test
        for transform in ("logit",) if exact else tuple(transforms):
            uses = corrected and not exact and transform in ("logit", "log", "raw")
            for correction in corrections if uses else (settings.correction,):
                found.append(
                    replace(
                        settings,
                        method=method,
                        transform=transform,
                        correction=correction,
                        test=test,
                    ).check()
                )
    return list(dict.fromkeys(found))


def scenarios(
    result: Result,
    exclusions: Mapping[str, Iterable[bool]],
    replacements: Mapping[str, tuple[Iterable[Any], Iterable[Any]]],
) -> list[tuple[str, Counts | None]]:
    """Named sets of counts; None where nothing is left."""
    counts = result.data.counts
    flags = {name: np.array(list(values), dtype=bool) for name, values in exclusions.items()}
    if counts.derived.any():
        flags = {"without derived counts": counts.derived, **flags}
    found: list[tuple[str, Counts | None]] = []
    for name, out in flags.items():
        if len(out) != len(counts):
            raise WrongUsage(f"'{name}' has {len(out)} flags for {len(counts)} series.")
        found.append((name, counts.take(~out) if not out.all() else None))
    for name, (events, total) in replacements.items():
        found.append((name, check_counts(events, total, series=counts.series)))
    return found


def _row(name: str, counts: Counts, settings: Settings) -> tuple[dict[str, Any], list[Problem]]:
    head = {
        "scenario": name,
        "asked": settings.method,
        "transform": settings.transform,
        "test": settings.test,
        "correction": None if settings.method in EXACT_METHODS else settings.correction,
    }
    try:
        group = pool_group("all", counts, settings).result
    except EvidenceError as error:
        return head, error.problems
    return head | numbers(group), []


def _nothing_left(name: str) -> Problem:
    return Problem(code="nothing-left", message=f"'{name}' leaves no series to pool.")
