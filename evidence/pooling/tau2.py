"""Estimators of the between-series variance: a plain registry of small functions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.linear import Sums, dot, log_likelihood, trace_pp, weighted_sums
from evidence.pooling.solvers import bracket_upward, find_root

Estimate = tuple[float, bool, int]
"""tau2, converged, iterations."""
Estimator = Callable[[Array, Array, Array | None], Estimate]

TOLERANCE = 1e-11
MAX_STEPS = 200
LOCAL_MAXIMUM = float(np.finfo(float).eps ** 0.25)
"""metafor's ``control$tol``: tau2 = 0 is taken where its likelihood is higher by this much."""


def _columns(X: Array | None) -> int:
    return 1 if X is None else X.shape[1]


def common(y: Array, v: Array, X: Array | None) -> Estimate:
    """Common-effect model: tau2 is zero by assumption."""
    return 0.0, True, 0


def dersimonian_laird(y: Array, v: Array, X: Array | None) -> Estimate:
    """(Q - (k - p)) / tr(P) (DerSimonian & Laird 1986, Control Clin Trials 7:177, eq. 8)."""
    sums = weighted_sums(y, X, 1 / v)
    return (sums.rss - (len(y) - _columns(X))) / sums.trace_p, True, 0


def hunter_schmidt(y: Array, v: Array, X: Array | None) -> Estimate:
    """(Q - k) / sum(w) (Hunter & Schmidt; Viechtbauer 2005, J Educ Behav Stat 30:261, eq. 5)."""
    sums = weighted_sums(y, X, 1 / v)
    return (sums.rss - len(y)) / float(sums.weights.sum()), True, 0


def hedges(y: Array, v: Array, X: Array | None) -> Estimate:
    """Unweighted moments (Hedges & Olkin 1985 p. 194): (RSS - tr(PV)) / (k - p)."""
    k, p = len(y), _columns(X)
    sums = weighted_sums(y, X, np.ones(k))
    if X is None:
        trace_pv = float(v.sum()) * (1 - 1 / k)
    else:
        trace_pv = float(v.sum() - np.trace(sums.inverse @ ((X.T * v) @ X)))
    return (sums.rss - trace_pv) / (k - p), True, 0


def sidik_jonkman(y: Array, v: Array, X: Array | None) -> Estimate:
    """Crude variance reweighted once (Sidik & Jonkman 2005, J R Stat Soc C 54:367)."""
    k, p = len(y), _columns(X)
    crude = float(np.mean((y - y.mean()) ** 2))
    if crude == 0.0:
        return 0.0, True, 0
    sums = weighted_sums(y, X, 1 / (v + crude))
    return crude * sums.rss / (k - p), True, 0


def paule_mandel(y: Array, v: Array, X: Array | None) -> Estimate:
    """Root of Q(tau2) = k - p (Paule & Mandel 1982, J Res NBS 87:377); EB solves the same."""
    target = len(y) - _columns(X)

    def excess(tau2: float) -> float:
        return weighted_sums(y, X, 1 / (v + tau2)).rss - target

    if excess(0.0) <= 0:
        return 0.0, True, 0
    tau2, steps = 0.0, 0
    for steps in range(1, MAX_STEPS):
        sums = weighted_sums(y, X, 1 / (v + tau2))
        step = (sums.rss - target) / max(sums.y_pp_y, 1e-300)
        tau2 += step
        if abs(step) <= TOLERANCE * (1 + tau2):
            return tau2, True, steps
    high = bracket_upward(excess, max(tau2, 1.0))
    if high is None:
        return tau2, False, steps
    return find_root(excess, 0.0, high), True, steps


def _score_and_information(
    y: Array, v: Array, X: Array | None, tau2: float, restricted: bool
) -> tuple[float, float]:
    sums: Sums = weighted_sums(y, X, 1 / (v + tau2))
    if restricted:
        return sums.y_pp_y - sums.trace_p, trace_pp(sums, X)
    weights = sums.weights
    return sums.y_pp_y - float(weights.sum()), dot(weights, weights)


def _likelihood(y: Array, v: Array, X: Array | None, *, restricted: bool) -> Estimate:
    """Fisher scoring sped up by secants; zero where the score there points down."""
    tau2 = max(hedges(y, v, X)[0], 0.0)
    score, information = _score_and_information(y, v, X, tau2, restricted)
    previous: tuple[float, float] | None = None
    for step in range(1, MAX_STEPS):
        move = score / information
        if previous is not None and score != previous[1]:
            secant = -score * (tau2 - previous[0]) / (score - previous[1])
            if secant * move > 0 and abs(secant) < 10 * abs(move):
                move = secant
        if tau2 + move < 0:
            if _score_and_information(y, v, X, 0.0, restricted)[0] <= 0:
                return 0.0, True, step
            move = -tau2 / 2
        previous = (tau2, score)
        tau2 += move
        if abs(move) <= TOLERANCE * (1 + tau2):
            return _checked_against_zero(y, v, X, tau2, restricted), True, step
        score, information = _score_and_information(y, v, X, tau2, restricted)
    return tau2, False, MAX_STEPS


def _checked_against_zero(
    y: Array, v: Array, X: Array | None, tau2: float, restricted: bool
) -> float:
    if tau2 < 1e-5:
        return tau2
    at_zero = log_likelihood(y, X, v, restricted=restricted)
    at_tau2 = log_likelihood(y, X, v + tau2, restricted=restricted)
    return 0.0 if at_zero - at_tau2 > LOCAL_MAXIMUM else tau2


def maximum_likelihood(y: Array, v: Array, X: Array | None) -> Estimate:
    """ML of the normal-normal model (Viechtbauer 2005, J Educ Behav Stat 30:261, eq. 9)."""
    return _likelihood(y, v, X, restricted=False)


def restricted_likelihood(y: Array, v: Array, X: Array | None) -> Estimate:
    """REML of the normal-normal model (Viechtbauer 2005, J Educ Behav Stat 30:261, eq. 11)."""
    return _likelihood(y, v, X, restricted=True)


ESTIMATORS: dict[str, Estimator] = {
    "common": common,
    "dl": dersimonian_laird,
    "pm": paule_mandel,
    "reml": restricted_likelihood,
    "ml": maximum_likelihood,
    "eb": paule_mandel,
    "sj": sidik_jonkman,
    "hs": hunter_schmidt,
    "he": hedges,
}
