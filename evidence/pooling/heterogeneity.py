"""Intervals of tau2 and I²: Q-profile for inverse variance, profile likelihood for the GLMM."""

from __future__ import annotations

from evidence.model.pooled import Interval
from evidence.pooling.arrays import Array
from evidence.pooling.dist import chi2_quantile
from evidence.pooling.fit import Fit
from evidence.pooling.fitted import GroupFit
from evidence.pooling.linear import weighted_sums
from evidence.pooling.solvers import bracket_upward, find_root


def heterogeneity_intervals(group: GroupFit) -> tuple[Interval | None, Interval | None]:
    """Intervals of tau2 and of I² (percent); None where there is no tau2."""
    fit, effects = group.fit, group.effects
    if fit is None or effects is None or fit.q_df < 1 or fit.typical_variance is None:
        return None, None
    level = group.settings.level
    if fit.method == "glmm":
        from evidence.pooling.profile import profile_tau2

        low, high = profile_tau2(group.counts.events, group.counts.total, fit, level)
        name = "profile likelihood"
    elif len(effects.estimate) == fit.k and fit.weights is not None:
        low, high = q_profile(effects.estimate, effects.variance, None, level)
        name = "Q-profile"
    else:
        return None, None
    return Interval(low=low, high=high, method=name), _i2_interval(low, high, fit, name)


def _i2_interval(low: float | None, high: float | None, fit: Fit, name: str) -> Interval:
    typical = fit.typical_variance or 1.0
    ends = [None if tau2 is None else 100 * tau2 / (tau2 + typical) for tau2 in (low, high)]
    return Interval(low=ends[0], high=ends[1], method=f"{name} of tau2")


def q_profile(
    y: Array, v: Array, X: Array | None, level: float
) -> tuple[float | None, float | None]:
    """tau2 where the generalised Q equals its chi-square quantiles (Viechtbauer 2007,
    Stat Med 26:37); 0 where Q(0) is already below.
    """
    df = len(y) - (1 if X is None else X.shape[1])
    ends: list[float | None] = []
    for upper_tail in ((1 - level) / 2, (1 + level) / 2):
        target = chi2_quantile(upper_tail, df)

        def excess(tau2: float, target: float = target) -> float:
            return weighted_sums(y, X, 1 / (v + tau2)).rss - target

        if excess(0.0) <= 0:
            ends.append(0.0)
            continue
        high = bracket_upward(excess, 1e-3)
        ends.append(None if high is None else find_root(excess, 0.0, high))
    return ends[0], ends[1]
