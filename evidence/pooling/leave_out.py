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

    ``order`` gives one sortable value per series. One series alone has its exact interval.
    """
    counts = result.data.counts
    keys = result.data.year if order is None else tuple(order)
    if keys is None or len(keys) != len(counts):
        raise WrongUsage(
            "Cumulative pooling needs one year per series. Mend: pool(..., year=[...]) "
            "or cumulative(order=[...])."
        )
    last = max((float(key) for key in keys if key is not None), default=0.0) + 1
    ranked = np.argsort([last if key is None else float(key) for key in keys], kind="stable")
    rows = []
    for size in range(1, len(counts) + 1):
        index = np.array(ranked[:size])
        group = pool_group("all", counts.take(index), result.settings).result
        added = int(ranked[size - 1])
        rows.append({"added": counts.series[added], "year": keys[added], **numbers(group)})
    return Table(title=f"{result.data.outcome}: cumulative", rows=tuple(rows))
