"""Binomial-normal model on the log odds by maximum likelihood (metafor ``rma.glmm``, PLO).

events ~ Bin(total, expit(X b + tau u)), u ~ N(0, 1); Newton on (b, log tau) with the observed
information from Louis' identity, integrals by adaptive Gauss-Hermite quadrature with more and
more nodes until the estimates stand still (Stijnen, Hamza & Ozdemir 2010, Stat Med 29:3046).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.effects import TRANSFORMS, expit, measure
from evidence.pooling.fit import Fit
from evidence.pooling.linear import weighted_sums
from evidence.pooling.logistic import fit_common, saturated_loglik, wald_q
from evidence.pooling.quadrature import EVEN_NODES, Posterior, posterior
from evidence.pooling.tau2 import dersimonian_laird

NODES = (20, 40, 80, 160, 320)
TOLERANCE = 1e-8
MAX_STEPS = 40
LARGEST_TAU = 60.0
WIDE_TAU = 3.0
"""Above this the search goes on with evenly spread nodes."""
BLOCK = 2048
"""Series handled at once, so that their nodes stay in the processor's cache."""


@dataclass(slots=True)
class Point:
    """Where a search stands: parameters, log-likelihood, gradient and information."""

    b: Array
    tau: float
    loglik: float
    gradient: Array
    """With respect to (b, log tau)."""
    information: Array
    spread: Array
    """Sum of squared scores: positive definite where the information is not."""
    mode: Array


def evaluate(
    events: Array, total: Array, X: Array, b: Array, tau: float, nodes: int, mode: Array | None
) -> Point:
    """Log-likelihood, gradient and observed information at (b, tau), summed block by block."""
    k, p = X.shape
    eta = X @ b
    loglik, gradient = 0.0, np.zeros(p + 1)
    information, spread = np.zeros((p + 1, p + 1)), np.zeros((p + 1, p + 1))
    modes = np.empty(k)
    for start in range(0, k, BLOCK):
        part = slice(start, start + BLOCK)
        before = None if mode is None else mode[part]
        at = posterior(events[part], total[part], eta[part], tau, nodes=nodes, mode=before)
        scores, added = _louis(at, X[part], tau)
        loglik += float(at.loglik.sum())
        gradient += scores.sum(axis=0)
        information += added
        spread += scores.T @ scores
        modes[part] = at.mode
    return Point(
        b=b,
        tau=tau,
        loglik=loglik,
        gradient=gradient,
        information=information,
        spread=spread,
        mode=modes,
    )


def _louis(at: Posterior, X: Array, tau: float) -> tuple[Array, Array]:
    """Scores (k, p + 1) and observed information for (b, log tau) (Louis 1982, JRSS B 44:226)."""
    w, u, e, v = at.weights, at.effect, at.residual, at.variance
    we, ue, wv = w * e, u * e, w * v
    mean_e = we.sum(axis=1)
    mean_ue = (w * ue).sum(axis=1)
    bb = wv.sum(axis=1) - (we * e).sum(axis=1) + mean_e**2
    bt = (wv * u).sum(axis=1) - (we * ue).sum(axis=1) + mean_e * mean_ue
    tt = (wv * u * u).sum(axis=1) - (w * ue * ue).sum(axis=1) + mean_ue**2
    p = X.shape[1]
    information = np.empty((p + 1, p + 1))
    information[:p, :p] = (X.T * bb) @ X
    information[:p, p] = information[p, :p] = tau * (X.T @ bt)
    information[p, p] = tau * tau * tt.sum() - tau * mean_ue.sum()
    scores = np.empty((len(mean_e), p + 1))
    scores[:, :p] = X * mean_e[:, None]
    scores[:, p] = tau * mean_ue
    return scores, information


def _direction(point: Point) -> Array:
    """Newton's step, or one by summed squared scores where the surface is not concave."""
    try:
        np.linalg.cholesky(point.information)
        step = np.linalg.solve(point.information, point.gradient)
    except np.linalg.LinAlgError:
        ridge = 1e-8 * np.eye(len(point.gradient)) * max(1.0, np.trace(point.spread))
        step = np.linalg.solve(point.spread + ridge, point.gradient)
    largest = np.abs(step).max()
    return step if largest <= 1.5 else step * (1.5 / largest)


def _climb(
    events: Array, total: Array, X: Array, b: Array, tau: float, nodes: int, mode: Array | None
) -> tuple[Point, bool, int]:
    point = evaluate(events, total, X, b, tau, nodes, mode)
    for steps in range(1, MAX_STEPS):
        step = _direction(point)
        if np.abs(step).max() < TOLERANCE:
            return point, True, steps
        following = _try_step(events, total, X, point, step, nodes)
        if following is None:
            return point, bool(np.abs(step).max() < 1e-5), steps
        point = following
        if point.tau < 1e-7 or point.tau > LARGEST_TAU:
            return point, False, steps
        if point.tau > WIDE_TAU and nodes < EVEN_NODES:
            return point, False, steps
    return point, False, MAX_STEPS


def _try_step(
    events: Array, total: Array, X: Array, point: Point, step: Array, nodes: int
) -> Point | None:
    slack = 1e-9 * (1 + abs(point.loglik))
    for _ in range(30):
        tau = point.tau * float(np.exp(step[-1]))
        if tau <= 2 * LARGEST_TAU:
            tried = evaluate(events, total, X, point.b + step[:-1], tau, nodes, point.mode)
            if tried.loglik >= point.loglik - slack:
                return tried
        step = step / 2
    return None


def _start_tau(events: Array, total: Array, X: Array) -> float:
    effects = measure(TRANSFORMS["logit"], events, total)
    tau2, _, _ = dersimonian_laird(effects.estimate, effects.variance, X)
    return float(np.sqrt(np.clip(tau2, 0.04, 4.0)))


def fit_glmm(
    events: Array, total: Array, X: Array | None = None, *, method: str = "glmm", test: str = "t"
) -> Fit:
    """Maximum likelihood of the binomial-normal model; X (k, p), None an intercept alone.

    tau2 is exactly 0 where the likelihood falls from there on. ``converged`` is False where
    tau runs away (separation) or the search stops; nothing is replaced here.
    """
    design = np.ones((len(events), 1)) if X is None else X
    b0, common_loglik, common_cov = fit_common(events, total, design)
    point, converged, steps = _search(events, total, design, b0, common_loglik)
    k, p = design.shape
    if point is None:
        b, cov, tau2, loglik = b0, common_cov, 0.0, common_loglik
    else:
        b, tau2, loglik = point.b, point.tau**2, point.loglik
        cov = _covariance(point.information, p)
    effects = measure(TRANSFORMS["logit"], events, total)
    typical = (k - p) / weighted_sums(effects.estimate, X, 1 / effects.variance).trace_p
    return Fit(
        method=method,
        k=k,
        beta=b,
        cov=cov,
        tau2=tau2,
        df=None if test == "z" else k - p,
        q=wald_q(events, total, X) if k > p else None,
        q_df=k - p,
        i2=100 * tau2 / (typical + tau2) if k > p else None,
        h2=tau2 / typical + 1 if k > p else None,
        loglik=loglik,
        lrt=max(0.0, 2 * (saturated_loglik(events, total) - common_loglik)) if k > p else None,
        converged=converged,
        iterations=steps,
        typical_variance=typical if k > p else None,
    )


def _covariance(information: Array, p: int) -> Array:
    try:
        return np.asarray(np.linalg.inv(information)[:p, :p])
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(information)[:p, :p])


def _search(
    events: Array, total: Array, X: Array, b0: Array, common_loglik: float
) -> tuple[Point | None, bool, int]:
    """The best interior point, or None where tau = 0 is at least as likely."""
    p = expit(X @ b0)
    downhill = float(((events - total * p) ** 2 - total * p * (1 - p)).sum()) <= 0
    tau = 0.7 if downhill else _start_tau(events, total, X)
    point, converged, steps = _climb(events, total, X, b0, tau, NODES[0], None)
    if downhill and (point.tau < 0.02 or not point.loglik > common_loglik + 1e-9):
        return None, True, steps
    for more in NODES[1:]:
        if not 1e-7 <= point.tau <= LARGEST_TAU:
            break
        if point.tau > WIDE_TAU and more < EVEN_NODES:
            continue
        tried = evaluate(events, total, X, point.b, point.tau, more, point.mode)
        if converged and np.abs(_direction(tried)).max() < TOLERANCE:
            point = tried
            break
        point, converged, extra = _climb(events, total, X, point.b, point.tau, more, point.mode)
        steps += extra
    if point.tau < 1e-5 or (converged and point.loglik < common_loglik):
        return None, True, steps
    return point, converged, steps
