"""``pool``: counts in, one result out: groups, the test between them, contrasts, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from evidence.errors import Problem, WrongUsage
from evidence.model.levels import level_order
from evidence.model.pooled import Excluded
from evidence.pooling.analysis import Data
from evidence.pooling.between import compare_groups
from evidence.pooling.counts import check_counts
from evidence.pooling.group import pool_group
from evidence.pooling.result import Result
from evidence.pooling.settings import Settings, make_settings


def pool(
    events: Iterable[Any],
    total: Iterable[Any],
    *,
    series: Iterable[Any] | None = None,
    by: Iterable[Any] | None = None,
    method: str = "glmm",
    transform: str = "logit",
    test: str = "t",
    level: float = 0.95,
    outcome: str = "events",
    by_name: str | None = None,
    year: Iterable[Any] | None = None,
    derived: Iterable[bool] | None = None,
    moderators: Mapping[str, Iterable[Any]] | None = None,
    **options: Any,
) -> Result:
    """Pool single-arm proportions.

    ``events`` and ``total`` are whole counts, one per series, in any order; ``by`` names each
    series' group, ``moderators`` other groupings that a comparison is checked against for
    confounding. Further options (correction, pi_df, series_interval, back_n, tau_prior,
    mu_prior) are those of ``Settings``. The result's ``to_dict`` is the JSON structure.

    Raises FindingsInData naming every faulty row, WrongUsage for an unknown name.
    """
    settings = make_settings(method=method, transform=transform, test=test, level=level, **options)
    counts = check_counts(events, total, series=series, derived=derived)
    k = len(counts)
    data = Data(
        outcome=outcome,
        by_name=by_name if by_name is not None or by is None else "group",
        counts=counts,
        by=_labels("by", by, k),
        year=_labels("year", year, k),
        moderators={
            name: _labels(name, values, k) or () for name, values in (moderators or {}).items()
        },
    )
    return pool_data(data, settings)


def pool_data(data: Data, settings: Settings) -> Result:
    """Pool checked data: overall, or each level of ``data.by`` and the levels compared."""
    if data.by is None:
        return Result(
            data=data, settings=settings, fitted=(pool_group("all", data.counts, settings),)
        )
    levels, excluded = split_levels(data)
    groups = [pool_group(name, data.counts.take(np.array(at)), settings) for name, at in levels]
    between, contrasts, problems = compare_groups(groups, settings)
    if data.moderators:
        from evidence.pooling.confounding import mark_aliased

        contrasts, confounded = mark_aliased(
            contrasts, data.by_name or "group", data.by, data.moderators
        )
        problems = [*problems, *confounded]
    return Result(
        data=data,
        settings=settings,
        fitted=tuple(groups),
        between=between,
        contrasts=tuple(contrasts),
        excluded=excluded,
        own_problems=(*_left_out(excluded, data), *problems),
    )


def split_levels(data: Data) -> tuple[list[tuple[str, list[int]]], tuple[Excluded, ...]]:
    """Levels in a fixed order with the rows of each; rows without a level are named."""
    rows: dict[str, list[int]] = {}
    excluded = []
    for at, label in enumerate(data.by or ()):
        if label is None:
            reason = f"no value for {data.by_name}"
            excluded.append(Excluded(series=data.counts.series[at], reason=reason))
        else:
            rows.setdefault(label, []).append(at)
    return [(name, rows[name]) for name in sorted(rows, key=level_order)], tuple(excluded)


def _left_out(excluded: tuple[Excluded, ...], data: Data) -> list[Problem]:
    if not excluded:
        return []
    names = ", ".join(item.series for item in excluded)
    return [
        Problem(
            code="no-group",
            message=f"{len(excluded)} series have no value for {data.by_name} and are in no "
            f"group: {names}.",
        )
    ]


def _labels(name: str, values: Iterable[Any] | None, k: int) -> tuple[str | None, ...] | None:
    """Labels as words; None, NaN and the empty word mean that there is none."""
    if values is None:
        return None
    labels = tuple(_label(value) for value in values)
    if len(labels) != k:
        raise WrongUsage(
            Problem(
                code="length-differs",
                message=f"events has {k} values, but {name} has {len(labels)}.",
            )
        )
    return labels


def _label(value: Any) -> str | None:
    if value is None or value != value or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
