"""Many GLMMs at once (intercept alone): Newton on (b, log tau) for every row still moving."""

from __future__ import annotations

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.glmm import LARGEST_TAU, fit_glmm
from evidence.pooling.quadrature import posterior

TOLERANCE = 1e-7
MAX_STEPS = 60
WIDE_TAU = 2.5
"""Above this 40 nodes are too few; such rows are fitted one by one."""


def fit_glmm_batch(events: Array, total: Array, inside: Array) -> tuple[Array, Array, Array, Array]:
    """b, se, tau2 and converged (G,) for rows of ``inside`` (G, k) over series (k,) or (G, k).

    Rows need both events and non-events. Rows the joint search leaves are fitted one by one.
    """
    inside = np.asarray(inside, bool)
    x = np.where(inside, np.broadcast_to(events, inside.shape), 0.0)
    n = np.where(inside, np.broadcast_to(total, inside.shape), 0.0)
    p = x.sum(axis=1) / n.sum(axis=1)
    b0 = np.log(p / (1 - p))
    expected = n * p[:, None]
    downhill = ((x - expected) ** 2 - expected * (1 - p[:, None])).sum(axis=1) <= 0
    common = x.sum(axis=1) * np.log(p) + (n - x).sum(axis=1) * np.log1p(-p)
    b, tau, se, loglik, done = _climb(x, n, inside, b0, np.full(len(p), 0.7))
    flat = done & ((tau < 0.02) | (loglik <= common + 1e-9))
    at_zero = downhill & (flat | (tau < 0.02))
    b, tau2 = np.where(at_zero, b0, b), np.where(at_zero, 0.0, tau**2)
    se = np.where(at_zero, 1 / np.sqrt(n.sum(axis=1) * p * (1 - p)), se)
    converged = done | at_zero
    for row in np.flatnonzero(~converged):
        at = inside[row]
        if _only_edges(x[row, at], n[row, at]):
            tau2[row] = se[row] = np.nan
            continue
        fit = fit_glmm(x[row, at], n[row, at])
        b[row], se[row], tau2[row] = fit.beta[0], np.sqrt(fit.cov[0, 0]), fit.tau2
        converged[row] = fit.converged
    return b, se, tau2, converged


def _only_edges(x: Array, n: Array) -> bool:
    return bool(((x == 0) | (x == n)).all())


def _climb(
    x: Array, n: Array, inside: Array, b: Array, tau: Array
) -> tuple[Array, Array, Array, Array, Array]:
    b, tau = b.copy(), tau.copy()
    se, done = np.full(len(b), np.nan), np.zeros(len(b), bool)
    loglik = np.full(len(b), -np.inf)
    active, nodes = np.arange(len(b)), 20
    trial_b, trial_tau = b.copy(), tau.copy()
    step = np.zeros((len(b), 2))
    for _ in range(MAX_STEPS):
        value, gradient, information, spread = _evaluate(
            x[active], n[active], inside[active], trial_b[active], trial_tau[active], nodes
        )
        better = value >= loglik[active] - 1e-9 * (1 + np.abs(value))
        rows = active[better]
        b[rows], tau[rows], loglik[rows] = trial_b[rows], trial_tau[rows], value[better]
        step[rows] = _directions(gradient[better], information[better], spread[better])
        step[active[~better]] /= 2
        small = np.abs(step[active]).max(axis=1) < TOLERANCE
        se[rows] = _errors(information[better])
        done[active[small]] = True
        lost = (tau[active] < 1e-3) | (tau[active] > LARGEST_TAU)
        active = active[~small & ~lost]
        if not len(active):
            break
        trial_b[active] = b[active] + step[active, 0]
        trial_tau[active] = tau[active] * np.exp(step[active, 1])
    return _checked(x, n, inside, (b, tau, se, loglik, done))


def _checked(
    x: Array, n: Array, inside: Array, found: tuple[Array, Array, Array, Array, Array]
) -> tuple[Array, Array, Array, Array, Array]:
    """Rows that more nodes would still move are handed back as not done."""
    b, tau, se, loglik, done = found
    rows = np.flatnonzero(done)
    if len(rows):
        _, gradient, information, spread = _evaluate(
            x[rows], n[rows], inside[rows], b[rows], tau[rows], 40
        )
        step = _directions(gradient, information, spread)
        b[rows] += step[:, 0]
        tau[rows] *= np.exp(step[:, 1])
        se[rows] = _errors(information)
        uncertain = (np.abs(step).max(axis=1) > 1e-5) | (tau[rows] > WIDE_TAU)
        done[rows[uncertain]] = False
    return b, tau, se, loglik, done


def _directions(gradient: Array, information: Array, spread: Array) -> Array:
    determinant = information[:, 0] * information[:, 2] - information[:, 1] ** 2
    concave = (determinant > 0) & (information[:, 0] > 0)
    used = np.where(concave[:, None], information, spread + np.array([1e-8, 0.0, 1e-8]))
    determinant = used[:, 0] * used[:, 2] - used[:, 1] ** 2
    determinant = np.where(determinant > 0, determinant, 1.0)
    step = np.column_stack(
        [
            used[:, 2] * gradient[:, 0] - used[:, 1] * gradient[:, 1],
            used[:, 0] * gradient[:, 1] - used[:, 1] * gradient[:, 0],
        ]
    )
    step /= determinant[:, None]
    largest = np.abs(step).max(axis=1, keepdims=True)
    return np.asarray(np.where(largest > 1.5, step * 1.5 / np.maximum(largest, 1e-300), step))


def _errors(information: Array) -> Array:
    determinant = information[:, 0] * information[:, 2] - information[:, 1] ** 2
    good = determinant > 0
    ratio = np.where(good, information[:, 2] / np.where(good, determinant, 1.0), np.nan)
    return np.asarray(np.sqrt(np.where(ratio > 0, ratio, np.nan)))


def _evaluate(
    x: Array, n: Array, inside: Array, b: Array, tau: Array, nodes: int, chunk: int = 40_000
) -> tuple[Array, Array, Array, Array]:
    """Log-likelihood (A,), gradient (A, 2), information and squared scores (A, 3: bb, bt, tt)."""
    row, column = np.nonzero(inside)
    parts = [
        _series_sums(
            x[row[at : at + chunk], column[at : at + chunk]],
            n[row[at : at + chunk], column[at : at + chunk]],
            b[row[at : at + chunk]],
            tau[row[at : at + chunk]],
            nodes,
        )
        for at in range(0, len(row), chunk)
    ]
    values = np.concatenate(parts, axis=1)
    sums = np.array([np.bincount(row, weights=value, minlength=len(b)) for value in values])
    value, e, ue, bb, bt, tt, ee, eu, uu = sums
    gradient = np.column_stack([e, tau * ue])
    information = np.column_stack([bb, tau * bt, tau**2 * tt - tau * ue])
    return value, gradient, information, np.column_stack([ee, tau * eu, tau**2 * uu])


def _series_sums(x: Array, n: Array, eta: Array, tau: Array, nodes: int) -> Array:
    at = posterior(x, n, eta, tau, nodes=nodes)
    w, u, e, v = at.weights, at.effect, at.residual, at.variance
    we, ue, wv = w * e, u * e, w * v
    mean_e, mean_ue = we.sum(axis=1), (w * ue).sum(axis=1)
    bb = wv.sum(axis=1) - (we * e).sum(axis=1) + mean_e**2
    bt = (wv * u).sum(axis=1) - (we * ue).sum(axis=1) + mean_e * mean_ue
    tt = (wv * u * u).sum(axis=1) - (w * ue * ue).sum(axis=1) + mean_ue**2
    return np.array(
        [at.loglik, mean_e, mean_ue, bb, bt, tt, mean_e**2, mean_e * mean_ue, mean_ue**2]
    )
