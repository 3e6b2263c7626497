"""Gauss-Hermite nodes, and the posterior of each series' random effect on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from evidence.pooling.arrays import Array

EVEN_NODES = 80
"""From this many nodes on they are spread evenly, without Gauss-Hermite."""
DROP = 40.0


@lru_cache(maxsize=16)
def hermite_nodes(count: int) -> tuple[Array, Array]:
    """Nodes z and log weights for integrals over a standard normal scale.

    sum(exp(log_weight) * g(z)) equals the integral of g(z) dz for g close to a normal density:
    Golub-Welsch nodes, weights from the Hermite functions, which stay accurate in the tails.
    """
    off_diagonal = np.sqrt(np.arange(1, count) / 2)
    nodes = np.linalg.eigvalsh(np.diag(off_diagonal, -1))
    for _ in range(2):
        last, before = _hermite_function(count, nodes)
        nodes = nodes - last / (np.sqrt(2 * count) * before)
    nodes = (nodes - nodes[::-1]) / 2
    _, before = _hermite_function(count, nodes)
    log_weights = -np.log(count) - 2 * np.log(np.abs(before))
    return nodes * np.sqrt(2), log_weights + 0.5 * np.log(2)


def _hermite_function(count: int, x: Array) -> tuple[Array, Array]:
    """Orthonormal Hermite functions of order ``count`` and ``count - 1`` at x."""
    before = np.zeros_like(x)
    current = np.pi**-0.25 * np.exp(-(x**2) / 2)
    for order in range(count):
        following = np.sqrt(2 / (order + 1)) * x * current - np.sqrt(order / (order + 1)) * before
        before, current = current, following
    return current, before


@dataclass(slots=True)
class Posterior:
    """Random effects on adapted nodes: arrays (k, nodes), and log marginal likelihoods (k,)."""

    weights: Array
    """Posterior mass of each node; rows sum to 1."""
    effect: Array
    """u, the standardised random effect at each node."""
    residual: Array
    """events - total * p at each node."""
    variance: Array
    """total * p * (1 - p) at each node."""
    loglik: Array
    mode: Array


def posterior(
    events: Array,
    total: Array,
    eta: Array,
    tau: float | Array,
    *,
    nodes: int,
    mode: Array | None = None,
) -> Posterior:
    """Posterior of u for events ~ Bin(total, expit(eta + tau u)), u ~ N(0, 1); tau one or (k,).

    Below 80 nodes they are centred on each mode and scaled by its curvature (adaptive
    Gauss-Hermite: Liu & Pierce 1994, Biometrika 81:624). From 80 on they are even over all that
    matters (trapezoid rule, exponentially accurate for such integrands: Trefethen & Weideman
    2014, SIAM Rev 56:385), which holds for a wide random effect, where a posterior is far from
    normal. The binomial coefficient is left out.
    """
    mode, curvature = _modes(events, total, eta, tau, mode)
    if nodes < EVEN_NODES:
        scale = 1 / np.sqrt(curvature)
        z, log_weights = hermite_nodes(nodes)
        effect = mode[:, None] + scale[:, None] * z
    else:
        low, high = _reach(events, total, eta, tau, mode)
        scale, log_weights = (high - low) / (nodes - 1), np.zeros(nodes)
        effect = low[:, None] + scale[:, None] * np.arange(nodes)
    by_row = tau[:, None] if isinstance(tau, np.ndarray) else tau
    log_odds = eta[:, None] + by_row * effect
    small = np.exp(-np.abs(log_odds))
    softplus = np.maximum(log_odds, 0) + np.log1p(small)
    proportion = np.where(log_odds >= 0, 1.0, small) / (1 + small)
    column = total[:, None]
    log_joint = events[:, None] * log_odds - column * softplus - effect * effect / 2 + log_weights
    peak = log_joint.max(axis=1)
    weights = np.exp(log_joint - peak[:, None])
    mass = weights.sum(axis=1)
    weights /= mass[:, None]
    expected = column * proportion
    return Posterior(
        weights=weights,
        effect=effect,
        residual=events[:, None] - expected,
        variance=expected * (1 - proportion),
        loglik=peak + np.log(mass * scale) - 0.5 * np.log(2 * np.pi),
        mode=mode,
    )


def _reach(
    events: Array, total: Array, eta: Array, tau: float | Array, mode: Array
) -> tuple[Array, Array]:
    """Both ends beyond which the log posterior lies ``DROP`` below its peak, by bisection.

    The log posterior falls at least as fast as that of u, so sqrt(2 DROP) is always far enough.
    """

    def height(u: Array) -> Array:
        log_odds = eta + tau * u
        softplus = np.maximum(log_odds, 0) + np.log1p(np.exp(-np.abs(log_odds)))
        return np.asarray(events * log_odds - total * softplus - u * u / 2)

    floor = height(mode) - DROP
    ends = []
    for side in (-1.0, 1.0):
        near, far = np.zeros_like(mode), np.full_like(mode, np.sqrt(2 * DROP) + 0.1)
        for _ in range(14):
            middle = (near + far) / 2
            inside = height(mode + side * middle) > floor
            near, far = np.where(inside, middle, near), np.where(inside, far, middle)
        ends.append(mode + side * far)
    return ends[0], ends[1]


def _modes(
    events: Array, total: Array, eta: Array, tau: float | Array, mode: Array | None
) -> tuple[Array, Array]:
    """Newton to each mode, to a fraction of its width: only the nodes depend on it.

    A step that turns back is held to half of the longest before it, so that none runs in circles.
    """
    mode = np.zeros_like(eta) if mode is None else mode
    longest, before = np.full_like(eta, 2.0), np.zeros_like(eta)
    for _ in range(60):
        log_odds = eta + tau * mode
        small = np.exp(-np.abs(log_odds))
        proportion = np.where(log_odds >= 0, 1.0, small) / (1 + small)
        curvature = 1 + tau * tau * total * proportion * (1 - proportion)
        step = (tau * (events - total * proportion) - mode) / curvature
        if (step * step * curvature).max() < 0.01:
            break
        longest = np.where(step * before < 0, longest / 2, longest)
        before = np.clip(step, -longest, longest)
        mode = mode + before
    return mode, curvature
