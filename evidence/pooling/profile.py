"""Profile likelihood of tau2 in the GLMM: the most likely mean at each tau2."""

from __future__ import annotations

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.dist import chi2_quantile
from evidence.pooling.fit import Fit
from evidence.pooling.glmm import evaluate, fit_common
from evidence.pooling.solvers import find_root


def nodes_for(tau: float) -> int:
    """More nodes for a wider random effect, whose posteriors are further from normal."""
    return 40 if tau < 2 else 80 if tau < 5 else 160


def profile_loglik(
    events: Array, total: Array, X: Array, tau: float, b: Array
) -> tuple[float, Array]:
    """Log-likelihood at ``tau`` with b chosen best, and that b.

    For a fixed tau the marginal likelihood is log-concave in b: Newton with halved steps climbs.
    """
    if tau <= 1e-6:
        b, loglik, _ = fit_common(events, total, X)
        return loglik, b
    p, nodes = X.shape[1], nodes_for(tau)
    point = evaluate(events, total, X, b, tau, nodes, None)
    for _ in range(60):
        try:
            step = np.linalg.solve(point.information[:p, :p], point.gradient[:p])
        except np.linalg.LinAlgError:
            break
        step = np.clip(step, -2.0, 2.0)
        moved = evaluate(events, total, X, b + step, tau, nodes, point.mode)
        while moved.loglik < point.loglik and np.abs(step).max() > 1e-4:
            step = step / 2
            moved = evaluate(events, total, X, b + step, tau, nodes, point.mode)
        if moved.loglik - point.loglik < 1e-10:
            break
        b, point = b + step, moved
    return point.loglik, b


def profile_tau2(
    events: Array, total: Array, fit: Fit, level: float
) -> tuple[float | None, float | None]:
    """tau2 whose profile log-likelihood lies chi-square(1, level) / 2 below the maximum
    (Venzon & Moolgavkar 1988, J R Stat Soc C 37:87); 0 below where the drop never comes.
    """
    X = np.ones((len(events), 1))
    best = fit.loglik if fit.loglik is not None else 0.0
    target = best - chi2_quantile(1 - level, 1) / 2

    def excess(tau: float) -> float:
        return profile_loglik(events, total, X, tau, fit.beta)[0] - target

    tau = float(np.sqrt(fit.tau2))
    low = 0.0 if excess(0.0) >= 0 else find_root(excess, 0.0, tau, tolerance=1e-9) ** 2
    high = max(2 * tau, 0.5)
    while excess(high) > 0:
        high *= 1.6
        if high > 60:
            return low, None
    return low, find_root(excess, tau, high, tolerance=1e-9) ** 2
