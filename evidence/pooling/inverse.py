"""Inverse-variance pooling and meta-regression of a transformed proportion (``rma.uni``)."""

from __future__ import annotations

from evidence.errors import Problem
from evidence.pooling.arrays import Array
from evidence.pooling.fit import Fit
from evidence.pooling.linear import log_likelihood, weighted_sums
from evidence.pooling.tau2 import ESTIMATORS


def fit_inverse_variance(
    y: Array, v: Array, X: Array | None = None, *, method: str = "reml", test: str = "t"
) -> Fit:
    """Fit y (k,) with variances v (k,) on X (k, p); X None is an intercept alone.

    Common-effect I² and H² come from Q (Higgins & Thompson 2002, Stat Med 21:1539); the others
    from tau2 and the typical variance (k - p) / tr(P), as ``rma.uni`` has them.
    """
    k, p = len(y), 1 if X is None else X.shape[1]
    fixed = weighted_sums(y, X, 1 / v)
    tau2, converged, iterations = ESTIMATORS[method](y, v, X) if k > p else (0.0, True, 0)
    tau2 = max(float(tau2), 0.0)
    sums = fixed if tau2 == 0.0 else weighted_sums(y, X, 1 / (v + tau2))
    scale, problems = _residual_scale(sums.rss, k - p, test)
    q, typical = max(fixed.rss, 0.0), (k - p) / fixed.trace_p if k > p else None
    i2, h2 = _spread(method, q, k - p, tau2, typical)
    return Fit(
        method=method,
        k=k,
        beta=sums.beta,
        cov=sums.inverse * scale,
        tau2=tau2,
        df=None if test == "z" else k - p,
        q=q,
        q_df=k - p,
        i2=i2,
        h2=h2,
        loglik=log_likelihood(y, X, v + tau2, restricted=False) if method == "ml" else None,
        weights=sums.weights,
        residual_scale=scale,
        converged=converged,
        iterations=iterations,
        typical_variance=typical,
        problems=problems,
    )


def _residual_scale(rss: float, df: int, test: str) -> tuple[float, tuple[Problem, ...]]:
    """Hartung-Knapp factor (Knapp & Hartung 2003, Stat Med 22:2693); the ad hoc floor is 1."""
    if test not in ("hk", "hk-adhoc") or df < 1:
        return 1.0, ()
    scale = rss / df
    if test == "hk-adhoc" and scale < 1:
        return 1.0, (
            Problem(
                code="hk-floor",
                message=f"Hartung-Knapp would narrow the interval (factor {scale:.3g}); "
                "the factor was held at 1.",
            ),
        )
    if test == "hk" and scale < 1:
        return scale, (
            Problem(
                code="hk-narrower",
                message=f"Hartung-Knapp narrows the variance by the factor {scale:.3g}; "
                "the interval is shorter than that of the t test.",
                remedy="test='hk-adhoc' holds the factor at 1 or above",
            ),
        )
    return scale, ()


def _spread(
    method: str, q: float, df: int, tau2: float, typical: float | None
) -> tuple[float | None, float | None]:
    """I² in percent and H²; None with no degrees of freedom."""
    if df < 1 or typical is None:
        return None, None
    if method == "common":
        return (max(0.0, 100 * (q - df) / q) if q > 0 else 0.0), q / df
    return 100 * tau2 / (tau2 + typical), tau2 / typical + 1
