"""The pooled proportion without each series, and as series are added one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evidence.errors import WrongUsage
from evidence.model.pooled import GroupResult
from evidence.pooling.analysis import Analysis
from evidence.pooling.group import pool_group
from evidence.pooling.table import Table

COLUMNS = (
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
    "h2",
    "q",
    "q_p",
    "method",
    "converged",
)


def numbers(group: GroupResult) -> dict[str, Any]:
    """What a sensitivity row says of one pooled number."""
    return {name: getattr(group, name) for name in COLUMNS}


def leave_one_out(result: Analysis) -> Table:
    """One row per series left out, then nothing else changed (metafor ``leave1out``)."""
    counts = result.data.counts
    rows = []
    for at, name in enumerate(counts.series):
        keep = np.arange(len(counts)) != at
        if not keep.any():
            break
        group = pool_group("all", counts.take(keep), result.settings).result
        rows.append({"left_out": name, **numbers(group)})
    return Table(title=f"{result.data.outcome}: leave one out", rows=tuple(rows))


def cumulative(result: Analysis, order: Sequence[Any] | None = None) -> Table:
    """One row per series added, by year (rows of a year in the order they came) or ``order``.

    ``order`` gives one number per series. One series alone has its exact interval.

    Raises:
        WrongUsage: there is not one year or number per series.
    """
    counts = result.data.counts
    keys = result.data.year if order is None else tuple(order)
    if keys is None or len(keys) != len(counts):
        raise WrongUsage(
            "Cumulative pooling needs one year per series. Mend: pool(..., year=[...]) "
            "or cumulative(order=[...])."
        )
    ranked = np.argsort(_ranks(keys), kind="stable")
    rows = []
    for size in range(1, len(counts) + 1):
        index = np.array(ranked[:size])
        group = pool_group("all", counts.take(index), result.settings).result
        added = int(ranked[size - 1])
        rows.append({"added": counts.series[added], "year": keys[added], **numbers(group)})
    return Table(title=f"{result.data.outcome}: cumulative", rows=tuple(rows))


def _ranks(keys: Sequence[Any]) -> list[float]:
    """The keys as numbers; series without one come last."""
    try:
        known = [None if key is None else float(key) for key in keys]
    except (TypeError, ValueError) as error:
        raise WrongUsage(f"Cumulative pooling orders series by numbers: {error}.") from error
    last = max((value for value in known if value is not None), default=0.0) + 1
    return [last if value is None else value for value in known]
