"""Profile likelihood of tau2 in the GLMM: the most likely mean at each tau2."""

from __future__ import annotations

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.dist import chi2_quantile
from evidence.pooling.fit import Fit
from evidence.pooling.glmm import evaluate, fit_common
from evidence.pooling.solvers import find_root

NODES = 40


def profile_loglik(
    events: Array, total: Array, X: Array, tau: float, b: Array
) -> tuple[float, Array]:
    """Log-likelihood at ``tau`` with b chosen best, and that b (Newton from ``b``)."""
    if tau <= 1e-6:
        b, loglik, _ = fit_common(events, total, X)
        return loglik, b
    p, mode = X.shape[1], None
    for _ in range(50):
        point = evaluate(events, total, X, b, tau, NODES, mode)
        mode = point.mode
        information = point.information[:p, :p]
        try:
            step = np.linalg.solve(information, point.gradient[:p])
        except np.linalg.LinAlgError:
            break
        step = np.clip(step, -1.0, 1.0)
        b = b + step
        if np.abs(step).max() < 1e-9:
            break
    return evaluate(events, total, X, b, tau, NODES, mode).loglik, b


def profile_tau2(
    events: Array, total: Array, fit: Fit, level: float
) -> tuple[float | None, float | None]:
    """tau2 whose profile log-likelihood lies chi-square(1, level) / 2 below the maximum
    (Venzon & Moolgavkar 1988, J R Stat Soc C 37:87); 0 below where the drop never comes.
    """
    X = np.ones((len(events), 1))
    best = fit.loglik if fit.loglik is not None else 0.0
    target = best - chi2_quantile(1 - level, 1) / 2
    b = fit.beta

    def excess(tau: float) -> float:
        nonlocal b
        loglik, b = profile_loglik(events, total, X, tau, b)
        return loglik - target

    tau = float(np.sqrt(fit.tau2))
    low = 0.0 if excess(0.0) >= 0 else find_root(excess, 0.0, tau, tolerance=1e-9) ** 2
    b, high = fit.beta, max(2 * tau, 0.5)
    while excess(high) > 0:
        high *= 1.6
        if high > 60:
            return low, None
    return low, find_root(excess, tau, high, tolerance=1e-9) ** 2
