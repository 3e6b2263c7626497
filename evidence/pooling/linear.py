"""Weighted least squares with a between-series variance: the sums every estimator needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.pooling.arrays import Array

UNTHREADED = 4096


def dot(left: Array, right: Array) -> float:
    """Sum of products; long ones not by BLAS, whose threads cost more than they save."""
    return float(left @ right) if len(left) < UNTHREADED else float((left * right).sum())


@dataclass(slots=True)
class Sums:
    """Sums of one weighted fit; P = W - W X (X'WX)^-1 X'W is never formed (it is k by k)."""

    weights: Array
    beta: Array
    inverse: Array
    """(X'WX)^-1, shape (p, p)."""
    residuals: Array
    rss: float
    """y'Py."""
    trace_p: float

    @property
    def y_pp_y(self) -> float:
        """y'PPy."""
        weighted = self.weights * self.residuals
        return dot(weighted, weighted)


def weighted_sums(y: Array, X: Array | None, weights: Array) -> Sums:
    """Fit y on X (k, p) with weights (k,); ``X`` None is an intercept alone."""
    if X is None:
        total = float(weights.sum())
        beta = dot(weights, y) / total
        residuals = y - beta
        trace = total - dot(weights, weights) / total
        return Sums(
            weights,
            np.array([beta]),
            np.array([[1 / total]]),
            residuals,
            dot(weights, residuals * residuals),
            trace,
        )
    xw = X.T * weights
    inverse = np.linalg.inv(xw @ X)
    coefficients = inverse @ (xw @ y)
    residuals = y - X @ coefficients
    trace = float(weights.sum() - np.trace(inverse @ (xw * weights) @ X))
    return Sums(
        weights, coefficients, inverse, residuals, dot(weights, residuals * residuals), trace
    )


def trace_pp(sums: Sums, X: Array | None) -> float:
    """tr(PP) from p by p products."""
    w = sums.weights
    squared = w * w
    if X is None:
        total, second, third = float(w.sum()), float(squared.sum()), dot(squared, w)
        return second - 2 * third / total + (second / total) ** 2
    second_moment = sums.inverse @ ((X.T * squared) @ X)
    third_moment = sums.inverse @ ((X.T * (squared * w)) @ X)
    return float(
        squared.sum() - 2 * np.trace(third_moment) + np.sum(second_moment * second_moment.T)
    )


def leverage(sums: Sums, X: Array | None) -> Array:
    """Diagonal of the hat matrix X (X'WX)^-1 X'W, shape (k,)."""
    if X is None:
        return np.asarray(sums.weights * sums.inverse[0, 0])
    return np.asarray(np.einsum("ij,jk,ik->i", X, sums.inverse, X) * sums.weights)


def log_likelihood(y: Array, X: Array | None, variance: Array, *, restricted: bool) -> float:
    """Normal log-likelihood at marginal ``variance``, as metafor has it (REML without log|X'X|)."""
    sums = weighted_sums(y, X, 1 / variance)
    k, p = len(y), len(sums.beta)
    value = -0.5 * (np.log(variance).sum() + sums.rss)
    if not restricted:
        return float(value - 0.5 * k * np.log(2 * np.pi))
    _, log_det_inverse = np.linalg.slogdet(sums.inverse)
    return float(value + 0.5 * log_det_inverse - 0.5 * (k - p) * np.log(2 * np.pi))
