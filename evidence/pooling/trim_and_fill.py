"""Trim and fill: the series that would make a funnel even."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.errors import unknown_name
from evidence.pooling.arrays import Array
from evidence.pooling.effects import Effects
from evidence.pooling.inverse import fit_inverse_variance


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimAndFill:
    """Series that would make the funnel even, and the proportion with them filled in."""

    estimator: str
    side: str
    missing: int
    se_missing: float | None
    estimate: float
    ci_low: float
    ci_high: float
    tau2: float
    filled: tuple[tuple[float, float], ...]
    """(estimate, variance) on the analysis scale of each filled series."""


def trim_and_fill(
    effects: Effects,
    *,
    method: str = "reml",
    test: str = "z",
    level: float = 0.95,
    estimator: str = "L0",
    side: str | None = None,
) -> TrimAndFill:
    """Duval & Tweedie 2000, Biometrics 56:455 (estimators L0, R0, Q0), as metafor's ``trimfill``.

    Numbers are on the analysis scale. ``side`` is where series are missing; None: from the
    sign of Egger's slope.
    """
    if estimator not in ("L0", "R0", "Q0"):
        raise unknown_name("estimator", estimator, ["L0", "R0", "Q0"])
    y, v = effects.estimate, effects.variance
    side = side or _side(y, v, method)
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    turned, variance = (sign * y)[order], v[order]
    k, missing, before, se, centre = len(y), 0, -1, 0.0, 0.0
    for _ in range(100):
        if missing == before:
            break
        before = missing
        kept = slice(0, k - missing)
        centre = float(fit_inverse_variance(turned[kept], variance[kept], method=method).beta[0])
        missing, se = _count_missing(turned - centre, estimator)
    far = slice(k - missing, k)
    filled_y = sign * (2 * centre - turned[far])
    fit = fit_inverse_variance(
        np.concatenate([y, filled_y]), np.concatenate([v, variance[far]]), method=method, test=test
    )
    mean, _, low, high = fit.interval(np.ones(1), level)
    return TrimAndFill(
        estimator=estimator,
        side=side,
        missing=missing,
        se_missing=se,
        estimate=mean,
        ci_low=low,
        ci_high=high,
        tau2=fit.tau2,
        filled=tuple(zip(filled_y.tolist(), variance[far].tolist(), strict=True)),
    )


def _side(y: Array, v: Array, method: str) -> str:
    X = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    if np.linalg.matrix_rank(X) < 2:
        return "left"
    slope = fit_inverse_variance(y, v, X, method=method).beta[1]
    return "right" if slope < 0 else "left"


def _count_missing(centred: Array, estimator: str) -> tuple[int, float]:
    """Number of missing series and its standard error from signed ranks."""
    k = len(centred)
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(centred), kind="stable")] = np.arange(1, k + 1)
    signed = np.sign(centred) * ranks
    if estimator == "R0":
        below = -signed[signed < 0]
        k0 = k - (float(below.max()) if len(below) else 0.0) - 1
        return max(0, round(k0)), float(np.sqrt(2 * max(0.0, k0) + 2))
    rank_sum = float(signed[signed > 0].sum())
    if estimator == "L0":
        k0 = (4 * rank_sum - k * (k + 1)) / (2 * k - 1)
        scale = 4 / (2 * k - 1)
    else:
        inside = max(2 * k**2 - 4 * rank_sum + 0.25, 0.0)
        k0 = k - 0.5 - float(np.sqrt(inside))
        below_root = (k - 0.5) ** 2 - k0 * (2 * k - k0 - 1)
        scale = 2 / float(np.sqrt(below_root)) if below_root > 0 else 0.0
    variance = (
        k * (k + 1) * (2 * k + 1)
        + 10 * k0**3
        + 27 * k0**2
        + 17 * k0
        - 18 * k * k0**2
        - 18 * k * k0
        + 6 * k**2 * k0
    ) / 24
    return max(0, round(k0)), scale * float(np.sqrt(max(variance, 0.0)))
