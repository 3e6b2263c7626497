"""Likelihoods of paired strata: non-central hypergeometric, and binomials with series effects."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import gammaln, logsumexp

from evidence.pooling.arrays import Array
from evidence.pooling.pairs import Tables
from evidence.pooling.solvers import find_root

GRID = np.linspace(-8.5, 8.5, 401)
LOG_DENSITY = -GRID * GRID / 2 - np.log(np.exp(-GRID * GRID / 2).sum())
RUNAWAY = 15.0


def log_weights(a: float, na: float, b: float, nb: float) -> tuple[Array, Array]:
    """Support of events in stratum a given all events, and its log weights at odds ratio 1."""
    events = a + b
    support = np.arange(max(0.0, events - nb), min(na, events) + 1)
    return support, _log_choose(na, support) + _log_choose(nb, events - support)


def _log_choose(n: float, x: Array) -> Array:
    result: Array = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    return result


def exact_odds_ratio(
    a: Array, na: Array, b: Array, nb: Array, level: float
) -> tuple[float | None, float, float | None, float]:
    """Conditional estimate (None if 0 or infinite), exact interval (high None if infinite), p."""
    first, log_w = 0.0, np.zeros(1)
    for row in zip(a, na, b, nb, strict=True):
        support, weights = log_weights(*map(float, row))
        first += float(support[0])
        log_w = _convolve(log_w, weights)
    values = first + np.arange(len(log_w))
    seen = float(a.sum())

    def probabilities(log_or: float) -> Array:
        log_p = log_w + values * log_or
        return np.asarray(np.exp(log_p - logsumexp(log_p)))

    def tail(log_or: float, upper: bool) -> float:
        at = values >= seen if upper else values <= seen
        return float(probabilities(log_or)[at].sum())

    alpha = (1 - level) / 2
    lowest, highest = seen == values[0], seen == values[-1]
    low = 0.0 if lowest else np.exp(find_root(lambda t: tail(t, True) - alpha, -60, 60))
    high = None if highest else float(np.exp(find_root(lambda t: tail(t, False) - alpha, -60, 60)))
    estimate = None
    if not lowest and not highest:
        estimate = float(
            np.exp(find_root(lambda t: float(probabilities(t) @ values) - seen, -60, 60))
        )
    null = probabilities(0.0)
    p = float(null[null <= null[values == seen][0] * (1 + 1e-7)].sum())
    return estimate, float(low), high, min(p, 1.0)


def _convolve(left: Array, right: Array) -> Array:
    """Log weights of a sum, each side scaled by its peak."""
    peak = float(left.max() + right.max())
    mixed = np.convolve(np.exp(left - left.max()), np.exp(right - right.max()))
    result: Array = np.log(np.maximum(mixed, 1e-300)) + peak
    return result


def fit_conditional_glmm(tables: Tables) -> tuple[float, float, float, bool]:
    """Log odds ratio, its standard error, tau2, converged."""
    parts = [
        (*log_weights(float(a), float(na), float(b), float(nb)), float(a))
        for a, na, b, nb in zip(tables.a, tables.na, tables.b, tables.nb, strict=True)
    ]

    def loglik(theta: Array, tau: float) -> float:
        grid = theta[0] + tau * (GRID if tau > 0 else np.zeros(1))
        density = LOG_DENSITY if tau > 0 else np.zeros(1)
        value = 0.0
        for support, weights, seen in parts:
            normaliser = logsumexp(weights[:, None] + support[:, None] * grid, axis=0)
            observed = weights[support == seen][0] + seen * grid - normaliser
            value += float(logsumexp(observed + density))
        return value

    return _two_stage(loglik, np.zeros(1))


def fit_unconditional_glmm(tables: Tables) -> tuple[float, float, float, bool]:
    """Log odds ratio, its standard error, tau2, converged; one intercept per series."""
    a, na, b, nb = tables.a, tables.na, tables.b, tables.nb

    def loglik(theta: Array, tau: float) -> float:
        shift = tau / 2 * (GRID if tau > 0 else np.zeros(1))
        density = LOG_DENSITY if tau > 0 else np.zeros(1)
        eta_a = theta[1:, None] + theta[0] + shift
        eta_b = theta[1:, None] - shift
        joint = (
            a[:, None] * eta_a
            - na[:, None] * np.logaddexp(0, eta_a)
            + b[:, None] * eta_b
            - nb[:, None] * np.logaddexp(0, eta_b)
        )
        return float(logsumexp(joint + density, axis=1).sum())

    start = np.concatenate([[0.0], np.log((a + b + 0.5) / (na + nb - a - b + 0.5))])
    return _two_stage(loglik, start)


def _two_stage(
    loglik: Callable[[Array, float], float], start: Array
) -> tuple[float, float, float, bool]:
    """Maximise at tau = 0, then with tau free; tau = 0 stays where it is no worse."""
    flat, flat_value = _maximise(lambda theta: loglik(theta, 0.0), start)
    if abs(flat[0]) > RUNAWAY:
        return float(flat[0]), float("nan"), 0.0, False

    def joint(theta: Array) -> float:
        return loglik(theta[:-1], float(np.exp(theta[-1])))

    free, free_value = _maximise(joint, np.append(flat, np.log(0.7)))
    tau2 = float(np.exp(2 * free[-1]))
    if free_value <= flat_value + 1e-7 or tau2 < 1e-6:
        se = _standard_error(lambda theta: loglik(theta, 0.0), flat)
        return float(flat[0]), se, 0.0, bool(np.isfinite(se))
    se = _standard_error(joint, free)
    good = bool(np.isfinite(se)) and abs(free[0]) < 3 * RUNAWAY
    return float(free[0]), se, tau2, good


def _maximise(function: Callable[[Array], float], start: Array) -> tuple[Array, float]:
    """BFGS, then Newton steps on a numerical Hessian until they no longer matter."""
    from scipy.optimize import minimize

    def bounded(theta: Array) -> float:
        return -function(np.clip(theta, -40, 40))

    found = minimize(bounded, start, method="BFGS", options={"gtol": 1e-6}).x
    found = np.clip(found, -40, 40)
    for _ in range(4):
        gradient, hessian = _derivatives(function, found)
        try:
            step = np.linalg.solve(-hessian, gradient)
        except np.linalg.LinAlgError:
            break
        if np.abs(step).max() > 0.5 or function(found + step) < function(found) - 1e-9:
            break
        found = found + step
        if np.abs(step).max() < 1e-9:
            break
    return found, function(found)


def _derivatives(function: Callable[[Array], float], at: Array) -> tuple[Array, Array]:
    step, size = 1e-4, len(at)
    unit = np.eye(size) * step
    centre = function(at)
    up = np.array([function(at + unit[i]) for i in range(size)])
    down = np.array([function(at - unit[i]) for i in range(size)])
    hessian = np.diag((up - 2 * centre + down) / step**2)
    for i in range(size):
        for j in range(i):
            both = function(at + unit[i] + unit[j]) + function(at - unit[i] - unit[j])
            cross = (both - up[i] - down[i] - up[j] - down[j] + 2 * centre) / (2 * step**2)
            hessian[i, j] = hessian[j, i] = cross
    return (up - down) / (2 * step), hessian


def _standard_error(function: Callable[[Array], float], at: Array) -> float:
    _, hessian = _derivatives(function, at)
    try:
        variance = float(np.linalg.inv(-hessian)[0, 0])
    except np.linalg.LinAlgError:
        return float("nan")
    return float(np.sqrt(variance)) if variance > 0 else float("nan")
