"""Coefficients of a meta-regression: their table, and Wald tests of several together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.pooling.design import Design
from evidence.pooling.dist import chi2_p, critical, f_p, two_sided_p
from evidence.pooling.fit import Fit
from evidence.pooling.settings import EXACT_METHODS, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One column of the model on the analysis scale, per unit of the moderator."""

    name: str
    estimate: float
    se: float | None
    """None, like p and both ends, where separation lets the estimate run away."""
    statistic: float | None
    p: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OmnibusTest:
    """Wald test of several coefficients together: chi-square, or F with ``df2``."""

    name: str
    q_m: float
    df: int
    df2: float | None
    p: float


def coefficients(fit: Fit, design: Design, settings: Settings) -> tuple[Coefficient, ...]:
    """One row per column, for the raw moderator; those that run away have no interval."""
    turn = design.unscale()
    beta, cov = turn @ fit.beta, turn @ fit.cov @ turn.T
    crit = critical(settings.level, fit.df)
    lost, found = runaway(fit, design), []
    for name, estimate, variance in zip(design.names, beta, np.diag(cov), strict=True):
        if name in lost:
            found.append(_without_interval(name, float(estimate)))
            continue
        se = float(np.sqrt(max(variance, 0.0)))
        statistic = float(estimate) / se if se > 0 else None
        found.append(
            Coefficient(
                name=name,
                estimate=float(estimate),
                se=se,
                statistic=statistic,
                p=None if statistic is None else two_sided_p(statistic, fit.df),
                ci_low=float(estimate) - crit * se,
                ci_high=float(estimate) + crit * se,
            )
        )
    return tuple(found)


def _without_interval(name: str, estimate: float) -> Coefficient:
    return Coefficient(
        name=name, estimate=estimate, se=None, statistic=None, p=None, ci_low=None, ci_high=None
    )


def runaway(fit: Fit, design: Design) -> list[str]:
    """Columns of a GLMM whose coefficient separation lets grow without bound."""
    if fit.method not in EXACT_METHODS:
        return []
    return [
        name
        for name, b, variance in zip(design.names, fit.beta, np.diag(fit.cov), strict=True)
        if abs(b) > 12 or variance > 1e4 or variance <= 0
    ]


def all_moderators(fit: Fit, design: Design) -> OmnibusTest | None:
    """All columns but the intercept; None where one of them runs away."""
    if set(runaway(fit, design)) - {"intercept"}:
        return None
    return omnibus(fit, "all", list(range(1, len(design.names))))


def omnibus(fit: Fit, name: str, columns: list[int]) -> OmnibusTest | None:
    """Wald test that the coefficients of ``columns`` are all zero; None for no columns."""
    if not columns:
        return None
    b, cov = fit.beta[columns], fit.cov[np.ix_(columns, columns)]
    try:
        statistic = float(b @ np.linalg.solve(cov, b))
    except np.linalg.LinAlgError:
        return None
    df = len(columns)
    if fit.df is None:
        return OmnibusTest(name=name, q_m=statistic, df=df, df2=None, p=chi2_p(statistic, df))
    value = statistic / df
    return OmnibusTest(name=name, q_m=value, df=df, df2=fit.df, p=f_p(value, df, fit.df))


def by_moderator(fit: Fit, design: Design) -> tuple[OmnibusTest, ...]:
    """One test per moderator, of all its columns together."""
    lost = {
        owner
        for column, owner in zip(design.names, design.moderator, strict=True)
        if column in runaway(fit, design)
    }
    names = [name for name in dict.fromkeys(design.moderator) if name and name not in lost]
    tests = [
        omnibus(fit, name, [at for at, owner in enumerate(design.moderator) if owner == name])
        for name in names
    ]
    return tuple(test for test in tests if test is not None)
