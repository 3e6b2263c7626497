"""Beta-binomial model by maximum likelihood: true proportions follow a beta distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaln, psi

from evidence.errors import Problem, Severity
from evidence.model.pooled import GroupResult
from evidence.pooling.arrays import Array
from evidence.pooling.counts import Counts
from evidence.pooling.dist import critical
from evidence.pooling.edges import FEW_SERIES, prediction_remark
from evidence.pooling.effects import expit
from evidence.pooling.fitted import GroupFit
from evidence.pooling.quadrature import hermite_nodes
from evidence.pooling.settings import Settings
from evidence.pooling.solvers import find_root

LOG_SIZE = (-9.0, 14.0)
"""Range of log(alpha + beta) that is searched; its ends are the two boundaries."""

FLAT = 1e-7
"""A log likelihood this close to that of one common proportion is no sign of spread."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BetaFit:
    """Mean on the log odds with its standard error, log(alpha + beta), and how it went."""

    mean_logit: float
    se: float
    log_size: float
    loglik: float
    converged: bool
    at_edge: bool

    @property
    def rho(self) -> float:
        """Intraclass correlation 1 / (alpha + beta + 1)."""
        return float(1 / (np.exp(self.log_size) + 1))


def fit_beta_binomial(events: Array, total: Array) -> BetaFit:
    """Newton on (logit mean, log(alpha + beta)) (Griffiths 1973, Biometrics 29:637)."""
    p = np.clip(events.sum() / total.sum(), 1e-6, 1 - 1e-6)
    theta = np.array([np.log(p / (1 - p)), 1.5])
    value, gradient = _loglik(theta, events, total)
    converged = False
    for _ in range(200):
        hessian = _hessian(theta, events, total)
        step = _ascent(hessian, gradient)
        if theta[1] >= LOG_SIZE[1] or theta[1] <= LOG_SIZE[0]:
            step[1] = 0.0
            step[0] = np.clip(-gradient[0] / min(hessian[0, 0], -1e-12), -1, 1)
        if np.abs(step).max() < 1e-9:
            converged = True
            break
        theta, value, gradient, moved = _walk(theta, step, value, events, total)
        if not moved:
            converged = bool(np.abs(step).max() < 1e-5)
            break
    common = _without_spread(float(p), float(total.sum()))
    if common.loglik >= value - FLAT:
        return common
    return _summary(theta, value, converged, events, total)


def _without_spread(p: float, total: float) -> BetaFit:
    """The boundary alpha + beta = infinity, where every series has the proportion p."""
    return BetaFit(
        mean_logit=float(np.log(p / (1 - p))),
        se=float(1 / np.sqrt(total * p * (1 - p))),
        log_size=LOG_SIZE[1],
        loglik=float(total * (p * np.log(p) + (1 - p) * np.log(1 - p))),
        converged=True,
        at_edge=True,
    )


def _summary(theta: Array, value: float, converged: bool, events: Array, total: Array) -> BetaFit:
    hessian = _hessian(theta, events, total)
    at_edge = bool(theta[1] >= LOG_SIZE[1] - 1e-9 or theta[1] <= LOG_SIZE[0] + 1e-9)
    variance = -1 / hessian[0, 0] if at_edge else float(np.linalg.inv(-hessian)[0, 0])
    return BetaFit(
        mean_logit=float(theta[0]),
        se=float(np.sqrt(max(variance, 0.0))),
        log_size=float(theta[1]),
        loglik=value,
        converged=converged,
        at_edge=at_edge,
    )


def _loglik(theta: Array, events: Array, total: Array) -> tuple[float, Array]:
    mean, size = float(expit(theta[0])), float(np.exp(theta[1]))
    a, b = mean * size, (1 - mean) * size
    value = float((betaln(events + a, total - events + b) - betaln(a, b)).sum())
    both = psi(total + size) - psi(size)
    d_a = float((psi(events + a) - psi(a) - both).sum())
    d_b = float((psi(total - events + b) - psi(b) - both).sum())
    slope = mean * (1 - mean) * size
    return value, np.array([(d_a - d_b) * slope, d_a * a + d_b * b])


def _hessian(theta: Array, events: Array, total: Array) -> Array:
    step = 1e-5
    columns = []
    for at in range(2):
        shift = np.zeros(2)
        shift[at] = step
        up, down = (_loglik(theta + sign * shift, events, total)[1] for sign in (1, -1))
        columns.append((up - down) / (2 * step))
    matrix = np.array(columns)
    return np.asarray((matrix + matrix.T) / 2)


def _ascent(hessian: Array, gradient: Array) -> Array:
    values, vectors = np.linalg.eigh(hessian)
    safe = -np.maximum(np.abs(values), 1e-8)
    step = -(vectors @ ((vectors.T @ gradient) / safe))
    largest = np.abs(step).max()
    return np.asarray(step if largest <= 2 else step * (2 / largest))


def _walk(
    theta: Array, step: Array, value: float, events: Array, total: Array
) -> tuple[Array, float, Array, bool]:
    for _ in range(40):
        tried = theta + step
        tried[1] = np.clip(tried[1], *LOG_SIZE)
        new_value, gradient = _loglik(tried, events, total)
        if new_value >= value - 1e-12 * abs(value):
            return tried, new_value, gradient, True
        step = step / 2
    return theta, value, _loglik(theta, events, total)[1], False


def predictive_interval(fit: BetaFit, level: float, df: float | None) -> tuple[float, float]:
    """Quantiles of the beta distribution, its mean uncertain on the log odds (t or normal)."""
    z, log_weights = hermite_nodes(40)
    weights = np.exp(log_weights - z * z / 2)
    weights /= weights.sum()
    stretch = critical(level, df) / critical(level, None)
    means = expit(fit.mean_logit + fit.se * stretch * z)
    size = float(np.exp(fit.log_size))
    a, b = np.clip(means * size, 1e-12, None), np.clip((1 - means) * size, 1e-12, None)

    def cdf(p: float) -> float:
        return float(weights @ betainc(a, b, p))

    def quantile(tail: float) -> float:
        return find_root(lambda p: cdf(p) - tail, 0.0, 1.0, tolerance=1e-12)

    return quantile((1 - level) / 2), quantile((1 + level) / 2)


def pool_beta_binomial(name: str, counts: Counts, settings: Settings) -> GroupFit:
    """One group; the estimate is the population mean, tau2 does not exist in this model."""
    fit = fit_beta_binomial(counts.events, counts.total)
    df = None if settings.test == "z" else len(counts) - 1
    half = critical(settings.level, df) * fit.se
    ends = expit(np.array([fit.mean_logit, fit.mean_logit - half, fit.mean_logit + half]))
    pi_low, pi_high = predictive_interval(fit, settings.level, df)
    pi_low, pi_high = min(pi_low, float(ends[1])), max(pi_high, float(ends[2]))
    result = GroupResult(
        group=name,
        k=len(counts),
        events=int(counts.events.sum()),
        total=int(counts.total.sum()),
        estimate=float(ends[0]),
        ci_low=float(ends[1]),
        ci_high=float(ends[2]),
        pi_low=pi_low,
        pi_high=pi_high,
        pi_df="beta distribution",
        population_estimate=float(ends[0]),
        population_ci_low=float(ends[1]),
        population_ci_high=float(ends[2]),
        converged=fit.converged,
        method="beta-binomial",
        model_estimate=fit.mean_logit,
        model_se=fit.se,
        problems=(*_remarks(counts, fit), *prediction_remark(pi_low, pi_high, True)),
    )
    return GroupFit(counts=counts, settings=settings, result=result)


def _remarks(counts: Counts, fit: BetaFit) -> list[Problem]:
    found = [
        Problem(
            code="beta-binomial-spread",
            message=f"Spread between series as intraclass correlation: rho {fit.rho:.3f} "
            "(this model has no tau2).",
            severity=Severity.NOTE,
        )
    ]
    if len(counts) < FEW_SERIES:
        found.append(
            Problem(
                code="few-series",
                message=f"{len(counts)} series: the spread between series is hardly known.",
            )
        )
    if fit.at_edge and fit.log_size > 0:
        found.append(
            Problem(
                code="tau2-boundary",
                message="The spread between series is estimated at its boundary, 0.",
                severity=Severity.NOTE,
            )
        )
    elif fit.at_edge:
        found.append(
            Problem(
                code="separation",
                message="Separation: series have no or only events; the model counts each series "
                "as one observation.",
            )
        )
    if not fit.converged:
        found.append(
            Problem(code="not-converged", message="The beta-binomial fit did not converge.")
        )
    return found
