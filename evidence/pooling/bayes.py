"""Bayesian binomial-normal model by quadrature on a grid: no sampling, no seed.

events ~ Bin(total, expit(mu + tau u)); mu ~ N(0, mu_prior), tau ~ half-normal(tau_prior)
(Roever 2020, J Stat Softw 93(6); prior after Roever et al. 2021, Res Synth Methods 12:448).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from evidence.errors import Problem, Severity
from evidence.model.pooled import GroupResult, Interval
from evidence.pooling.arrays import Array
from evidence.pooling.counts import Counts
from evidence.pooling.edges import FEW_SERIES, prediction_remark
from evidence.pooling.effects import expit
from evidence.pooling.fitted import GroupFit
from evidence.pooling.quadrature import EVEN_NODES, posterior
from evidence.pooling.settings import Settings
from evidence.pooling.solvers import find_root

DROP = 22.0
"""Grid points whose log posterior lies this far below the highest are outside the grid."""
MU_POINTS, TAU_POINTS, NODES = 161, 40, 30
WIDE_TAU = 2.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """Joint posterior of (mu, tau) on a grid; ``mass`` (mu, tau) sums to 1."""

    mu: Array
    tau: Array
    mass: Array

    def mu_cdf(self, value: float) -> float:
        """P(mu < value), the density between grid points taken as cubic."""
        density = self.mass.sum(axis=1)
        return _cdf(self.mu, density, value)

    def mu_quantile(self, tail: float) -> float:
        """The value with probability ``tail`` below it."""
        return find_root(lambda v: self.mu_cdf(v) - tail, float(self.mu[0]), float(self.mu[-1]))

    def predictive_cdf(self, value: float) -> float:
        """P(log odds of a new series < value)."""
        return float((self.mass * ndtr((value - self.mu[:, None]) / self.tau)).sum())

    def predictive_quantile(self, tail: float) -> float:
        """The log odds of a new series with probability ``tail`` below it."""
        reach = 12 * float(self.tau[-1])
        low, high = float(self.mu[0]) - reach, float(self.mu[-1]) + reach
        return find_root(lambda v: self.predictive_cdf(v) - tail, low, high, tolerance=1e-10)

    def tau_quantile(self, tail: float) -> float:
        """Quantile of tau by its cumulative mass at the nodes."""
        mass = self.mass.sum(axis=0)
        middle = np.cumsum(mass) - mass / 2
        return float(np.interp(tail, middle, self.tau))

    def probability_above(self, proportion: float) -> float:
        """P(proportion of the median series > ``proportion``)."""
        return 1 - self.mu_cdf(float(np.log(proportion / (1 - proportion))))

    def predictive_above(self, proportion: float) -> float:
        """P(proportion of a new series > ``proportion``)."""
        return 1 - self.predictive_cdf(float(np.log(proportion / (1 - proportion))))


def _cdf(x: Array, mass: Array, value: float) -> float:
    """Cumulative mass of an evenly spaced grid at ``value`` (Hermite between points)."""
    step = x[1] - x[0]
    if value <= x[0]:
        return 0.0
    if value >= x[-1]:
        return 1.0
    cumulative = np.cumsum(mass) - mass / 2
    at = int((value - x[0]) / step)
    at = min(at, len(x) - 2)
    t = (value - x[at]) / step
    h00, h10 = (1 + 2 * t) * (1 - t) ** 2, t * (1 - t) ** 2
    h01, h11 = t * t * (3 - 2 * t), t * t * (t - 1)
    return float(
        h00 * cumulative[at] + h10 * mass[at] + h01 * cumulative[at + 1] + h11 * mass[at + 1]
    )


def fit_bayes(
    events: Array, total: Array, *, tau_prior: float = 1.0, mu_prior: float = 10.0
) -> Posterior:
    """Posterior on a grid fitted to where the mass is: coarse first, then fine."""
    unit = np.linspace(-12, 12, 49)
    taus = tau_prior * np.linspace(0.05, 5, 25)
    coarse = _log_posterior(events, total, unit, taus, 12, tau_prior, mu_prior)
    mu_range, tau_range = _region(coarse, unit, taus)
    unit = np.linspace(*mu_range, 61)
    taus = np.linspace(max(tau_range[0], 1e-6), tau_range[1], 41)
    middle = _log_posterior(events, total, unit, taus, 16, tau_prior, mu_prior)
    mu_range, tau_range = _region(middle, unit, taus)
    mu = np.linspace(*mu_range, MU_POINTS)
    nodes, weights = np.polynomial.legendre.leggauss(TAU_POINTS)
    tau = (tau_range[1] - tau_range[0]) * (nodes + 1) / 2 + tau_range[0]
    log_mass = _log_posterior(events, total, mu, tau, NODES, tau_prior, mu_prior) + np.log(weights)
    mass = np.exp(log_mass - log_mass.max())
    return Posterior(mu=mu, tau=tau, mass=mass / mass.sum())


def _region(
    log_posterior: Array, mu: Array, tau: Array
) -> tuple[tuple[float, float], tuple[float, float]]:
    inside = log_posterior > log_posterior.max() - DROP
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    step_mu, step_tau = mu[1] - mu[0], tau[1] - tau[0]
    low_tau = tau[columns[0]] - step_tau if columns[0] > 0 else 0.0
    return (
        (float(mu[rows[0]] - step_mu), float(mu[rows[-1]] + step_mu)),
        (float(max(low_tau, 0.0)), float(tau[columns[-1]] + step_tau)),
    )


def _log_posterior(
    events: Array,
    total: Array,
    mu: Array,
    tau: Array,
    nodes: int,
    tau_prior: float,
    mu_prior: float,
) -> Array:
    """Log posterior density up to a constant, shape (mu, tau)."""
    pairs, index = np.unique(np.column_stack([events, total]), axis=0, return_inverse=True)
    repeats = np.bincount(index.ravel(), minlength=len(pairs))
    x, n = np.repeat(pairs[:, 0], len(mu)), np.repeat(pairs[:, 1], len(mu))
    eta = np.tile(mu, len(pairs))
    columns = []
    mode = None
    for value in tau:
        many = nodes if value < WIDE_TAU else max(nodes, EVEN_NODES)
        at = posterior(x, n, eta, float(value), nodes=many, mode=mode)
        mode = at.mode
        columns.append(repeats @ at.loglik.reshape(len(pairs), len(mu)))
    prior = -((mu / mu_prior) ** 2)[:, None] / 2 - (tau / tau_prior) ** 2 / 2
    return np.asarray(np.array(columns).T + prior)


def pool_bayes(name: str, counts: Counts, settings: Settings) -> GroupFit:
    """One group: posterior median with equal-tailed intervals, predictive interval."""
    fitted = fit_bayes(
        counts.events, counts.total, tau_prior=settings.tau_prior, mu_prior=settings.mu_prior
    )
    tails = ((1 - settings.level) / 2, (1 + settings.level) / 2)
    low, high = (fitted.mu_quantile(tail) for tail in tails)
    middle = fitted.mu_quantile(0.5)
    pi = [float(expit(fitted.predictive_quantile(tail))) for tail in tails]
    density = fitted.mass.sum(axis=1)
    mean = float(density @ fitted.mu)
    tau2 = [fitted.tau_quantile(tail) ** 2 for tail in (*tails, 0.5)]
    result = GroupResult(
        group=name,
        k=len(counts),
        events=int(counts.events.sum()),
        total=int(counts.total.sum()),
        estimate=float(expit(middle)),
        ci_low=float(expit(low)),
        ci_high=float(expit(high)),
        pi_low=pi[0],
        pi_high=pi[1],
        pi_df="posterior predictive",
        tau2=tau2[2],
        tau2_interval=Interval(low=tau2[0], high=tau2[1], method="posterior"),
        population_estimate=_population(fitted),
        method="bayes",
        model_estimate=mean,
        model_se=float(np.sqrt(density @ (fitted.mu - mean) ** 2)),
        problems=tuple(_remarks(counts, settings, pi)),
    )
    return GroupFit(counts=counts, settings=settings, result=result, posterior=fitted)


def _population(fitted: Posterior) -> float:
    """Posterior mean of a new series' proportion."""
    z = np.linspace(-8, 8, 65)
    weight = np.exp(-z * z / 2)
    weight /= weight.sum()
    value = 0.0
    for column, tau in enumerate(fitted.tau):
        spread = expit(fitted.mu[:, None] + tau * z) @ weight
        value += float(fitted.mass[:, column] @ spread)
    return value


def _remarks(counts: Counts, settings: Settings, pi: list[float]) -> list[Problem]:
    found = [
        Problem(
            code="prior",
            message=f"Prior: tau half-normal with scale {settings.tau_prior:g}, mean log odds "
            f"normal with standard deviation {settings.mu_prior:g}; estimate is the posterior "
            "median, intervals are credible intervals.",
            severity=Severity.NOTE,
        )
    ]
    if len(counts) < FEW_SERIES:
        found.append(
            Problem(
                code="few-series",
                message=f"{len(counts)} series: the prior of tau carries much of the answer.",
            )
        )
    return found + prediction_remark(pi[0], pi[1], True)
