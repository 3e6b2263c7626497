"""Normal, t, chi-square and F probabilities from ``scipy.special`` alone (it loads fast)."""

from __future__ import annotations

import math

from scipy.special import chdtrc, chdtri, fdtrc, ndtr, ndtri, stdtr, stdtrit


def critical(level: float, df: float | None) -> float:
    """Two-sided critical value: t on ``df`` degrees of freedom, normal where ``df`` is None."""
    upper = 0.5 + level / 2
    return float(ndtri(upper)) if df is None else float(stdtrit(df, upper))


def two_sided_p(statistic: float, df: float | None) -> float:
    """Two-sided p of a z or t statistic."""
    tail = -abs(statistic)
    return float(2 * (ndtr(tail) if df is None else stdtr(df, tail)))


def chi2_p(statistic: float, df: float) -> float:
    """Upper tail of chi-square; 1 where there are no degrees of freedom."""
    return float(chdtrc(df, max(statistic, 0.0))) if df > 0 else 1.0


def chi2_quantile(upper_tail: float, df: float) -> float:
    """The value with probability ``upper_tail`` above it."""
    return float(chdtri(df, upper_tail))


def f_p(statistic: float, df1: float, df2: float) -> float:
    """Upper tail of F."""
    return float(fdtrc(df1, df2, max(statistic, 0.0)))


def finite(value: float | None) -> float | None:
    """None for what is not a finite number, so that no NaN leaves this room."""
    if value is None or not math.isfinite(value):
        return None
    return float(value)
