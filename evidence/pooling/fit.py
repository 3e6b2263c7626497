"""What a fitted model is, whatever method made it: coefficients on the analysis scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.errors import Problem
from evidence.pooling.arrays import Array
from evidence.pooling.dist import critical


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """Coefficients (p,) with covariance (p, p) on the analysis scale, and heterogeneity."""

    method: str
    k: int
    beta: Array
    cov: Array
    tau2: float
    df: float | None
    """Degrees of freedom of t; None for z."""
    q: float | None
    q_df: int
    i2: float | None
    h2: float | None
    loglik: float | None = None
    lrt: float | None = None
    """Likelihood ratio statistic of heterogeneity, against the saturated model."""
    weights: Array | None = None
    residual_scale: float = 1.0
    """Hartung-Knapp's factor of the variance; 1 elsewhere."""
    converged: bool = True
    iterations: int = 0
    typical_variance: float | None = None
    problems: tuple[Problem, ...] = ()

    def linear(self, row: Array) -> tuple[float, float]:
        """Estimate and standard error of ``row @ beta``."""
        variance = float(row @ self.cov @ row)
        return float(row @ self.beta), float(np.sqrt(max(variance, 0.0)))

    def interval(self, row: Array, level: float) -> tuple[float, float, float, float]:
        """Estimate, standard error and the two ends of the confidence interval."""
        estimate, se = self.linear(row)
        half = critical(level, self.df) * se
        return estimate, se, estimate - half, estimate + half
