"""Binomial models without a random effect: common, saturated, and the tests between them."""

from __future__ import annotations

import numpy as np
from scipy.special import xlogy

from evidence.pooling.arrays import Array
from evidence.pooling.effects import expit
from evidence.pooling.fit import Fit
from evidence.pooling.linear import weighted_sums


def fit_common(events: Array, total: Array, X: Array) -> tuple[Array, float, Array]:
    """Binomial logistic model without random effect: b, log-likelihood and covariance.

    Newton (IRLS); for an intercept alone it is the logit of pooled events over pooled total.
    """
    overall = np.clip(events.sum() / total.sum(), 1e-12, 1 - 1e-12)
    b = np.zeros(X.shape[1])
    constant = X.std(axis=0) == 0
    if constant.any():
        b[constant.argmax()] = np.log(overall / (1 - overall)) / X[0, constant.argmax()]
    for _ in range(60):
        p = expit(X @ b)
        information = (X.T * (total * p * (1 - p))) @ X
        step = np.linalg.lstsq(information, X.T @ (events - total * p), rcond=None)[0]
        b = b + np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-11:
            break
    p = expit(X @ b)
    loglik = float((xlogy(events, p) + xlogy(total - events, 1 - p)).sum())
    information = (X.T * (total * p * (1 - p))) @ X
    return b, loglik, np.linalg.pinv(information)


def fit_binomial(events: Array, total: Array, X: Array | None = None) -> Fit:
    """One binomial sample (per level of X): no tau2, z, nothing said of heterogeneity."""
    design = np.ones((len(events), 1)) if X is None else X
    b, loglik, cov = fit_common(events, total, design)
    k, p = design.shape
    return Fit(
        method="common",
        k=k,
        beta=b,
        cov=cov,
        tau2=0.0,
        df=None,
        q=None,
        q_df=k - p,
        i2=None,
        h2=None,
        loglik=loglik,
        converged=False,
    )


def saturated_loglik(events: Array, total: Array) -> float:
    """Log-likelihood with one proportion per series, binomial coefficient left out."""
    p = events / total
    return float((xlogy(events, p) + xlogy(total - events, 1 - p)).sum())


def wald_q(events: Array, total: Array, X: Array | None) -> float:
    """Wald test of heterogeneity: weighted squares of the observed log odds.

    Series with no or only events have no information in the saturated model and add nothing.
    """
    inside = (events > 0) & (events < total)
    if inside.sum() < 2:
        return 0.0
    x, n = events[inside], total[inside]
    design = None if X is None else X[inside]
    if design is not None:
        design = design[:, np.abs(design).sum(axis=0) > 0]
        if np.linalg.matrix_rank(design) < design.shape[1]:
            return 0.0
    return weighted_sums(np.log(x / (n - x)), design, x * (n - x) / n).rss
