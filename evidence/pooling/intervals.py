"""Interval of one series' proportion: exact by default, the others by statsmodels."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv

from evidence.errors import unknown_name
from evidence.pooling.arrays import Array

_STATSMODELS = {
    "clopper-pearson": "beta",
    "wilson": "wilson",
    "jeffreys": "jeffreys",
    "agresti-coull": "agresti_coull",
}
SERIES_INTERVALS = tuple(_STATSMODELS)


def series_intervals(
    events: Array, total: Array, *, level: float = 0.95, method: str = "clopper-pearson"
) -> tuple[Array, Array]:
    """Low and high ends, 0-1 (Clopper & Pearson 1934, Biometrika 26:404, by default)."""
    if method not in _STATSMODELS:
        raise unknown_name("series interval", method, list(_STATSMODELS))
    if method == "clopper-pearson":
        return clopper_pearson(events, total, level)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(events, total, alpha=1 - level, method=_STATSMODELS[method])
    return np.clip(np.asarray(low), 0, 1), np.clip(np.asarray(high), 0, 1)


def clopper_pearson(events: Array, total: Array, level: float) -> tuple[Array, Array]:
    """Exact interval from beta quantiles; 0 and 1 where no or only events were seen."""
    events, total = np.asarray(events, float), np.asarray(total, float)
    alpha = 1 - level
    none, full = events == 0, events == total
    low = betaincinv(np.where(none, 1, events), total - events + 1, alpha / 2)
    high = betaincinv(events + 1, np.where(full, 1, total - events), 1 - alpha / 2)
    return np.where(none, 0.0, low), np.where(full, 1.0, high)
