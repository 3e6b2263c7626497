"""The GLMM against an independent quadrature: dense trapezoid sums in many digits."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit, log_expit

import evidence
from evidence.pooling.glmm import fit_glmm
from evidence.pooling.quadrature import hermite_nodes, posterior

DATA = Path(__file__).parents[1] / "reference" / "data"
U = np.linspace(-9, 9, 6001)
LOG_NORMAL = -U * U / 2 - np.log(np.exp(-U * U / 2).sum())


def dense_loglik(theta: np.ndarray, events: np.ndarray, total: np.ndarray) -> float:
    """Binomial-normal log-likelihood by trapezoid sums, which converge exponentially here."""
    eta = theta[0] + np.exp(theta[1]) * U
    joint = events[:, None] * log_expit(eta) + (total - events)[:, None] * log_expit(-eta)
    joint = joint + LOG_NORMAL
    peak = joint.max(axis=1)
    return float((peak + np.log(np.exp(joint - peak[:, None]).sum(axis=1))).sum())


def dense_fit(events: np.ndarray, total: np.ndarray) -> tuple[float, float]:
    start = np.array([np.log(events.sum() / (total - events).sum()), -0.3])
    options = {"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000, "maxfev": 4000}
    found = minimize(
        lambda t: -dense_loglik(t, events, total), start, method="Nelder-Mead", options=options
    )
    return float(found.x[0]), float(np.exp(2 * found.x[1]))


def read(name: str, column: str = "events") -> tuple[np.ndarray, np.ndarray]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return (
        np.array([float(row[column]) for row in rows]),
        np.array([float(row["total"]) for row in rows]),
    )


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("alemtuzumab", "events"),
        ("alemtuzumab", "cr"),
        ("pritz1997", "events"),
        ("debruin2009", "events"),
        ("axfors2021", "events"),
        ("nielweise2007", "events"),
    ],
)
def test_maximum_agrees_with_dense_quadrature(name: str, column: str) -> None:
    events, total = read(name, column)
    fit = fit_glmm(events, total)
    b, tau2 = dense_fit(events, total)
    # 1e-6: both maximise the same function; the simplex of the check stops near 1e-7
    assert abs(expit(fit.beta[0]) - expit(b)) < 1e-6
    assert abs(fit.tau2 - tau2) < 1e-6 * max(1.0, tau2)
    assert fit.loglik == pytest.approx(dense_loglik(np.array([b, np.log(tau2) / 2]), events, total))


@pytest.mark.parametrize("tau", [0.05, 0.7, 3.0, 12.0])
def test_marginal_likelihood_of_one_series(tau: float) -> None:
    for events, total in ((0.0, 5.0), (3.0, 4.0), (40.0, 40.0), (200_000.0, 1_000_000.0)):
        at = posterior(np.array([events]), np.array([total]), np.array([-1.0]), tau, nodes=160)
        theta = np.array([-1.0, np.log(tau)])
        if total > 1e5:
            continue  # the dense grid is too coarse for so many patients
        expected = dense_loglik(theta, np.array([events]), np.array([total]))
        assert float(at.loglik[0]) == pytest.approx(expected, abs=2e-6)


def test_nodes_integrate_normal_moments() -> None:
    z, log_weights = hermite_nodes(20)
    density = np.exp(log_weights - z * z / 2) / np.sqrt(2 * np.pi)
    assert density.sum() == pytest.approx(1, abs=1e-13)
    assert (density * z**4).sum() == pytest.approx(3, abs=1e-12)
    assert (density * z**10).sum() == pytest.approx(945, abs=1e-8)


def test_headline_figures_of_the_review() -> None:
    # overall and complete responses of the 14 series: the review's headline figures
    events, total = read("alemtuzumab")
    z = evidence.pool(events, total, test="z").fitted[0].result
    t = evidence.pool(events, total).fitted[0].result
    assert [round(100 * (v or 0), 2) for v in (z.estimate, z.ci_low, z.ci_high)] == [
        67.88,
        55.33,
        78.28,
    ]
    assert [round(100 * (v or 0), 2) for v in (t.ci_low, t.ci_high)] == [53.98, 79.19]
    assert [round(100 * (v or 0), 1) for v in (z.pi_low, z.pi_high)] == [32.1, 90.4]
    assert round(z.tau2 or 0, 4) == 0.5095
    complete = evidence.pool(*read("alemtuzumab", "cr")).fitted[0].result
    assert round(100 * (complete.estimate or 0), 2) == 24.06
    assert round(complete.tau2 or 0, 2) == 1.92


def test_profile_intervals_of_mean_and_tau2() -> None:
    # lme4 1.1-31, confint(glmer(cbind(x, n - x) ~ 1 + (1 | series), binomial, nAGQ = 25)):
    # (Intercept) 0.190324385754 to 1.37163649269, .sig01 0.229579476656 to 1.44576566344;
    # 1e-4: lme4 interpolates its profile by a spline
    result = evidence.pool(*read("alemtuzumab"))
    interval, spread = result.profile_interval(), result.groups[0].tau2_interval
    assert interval.low == pytest.approx(0.547437985832, abs=1e-4)
    assert interval.high == pytest.approx(0.797644424914, abs=1e-4)
    assert spread is not None
    assert spread.low == pytest.approx(0.0527067361, abs=1e-4)
    assert spread.high == pytest.approx(2.0902383536, abs=1e-4)


@pytest.mark.parametrize("nodes", [20, 40, 80, 160])
def test_modes_of_large_series_are_found_however_wide_the_effect(nodes: int) -> None:
    events, total = np.array([2425.0, 1490.0, 5.0]), np.array([4459.0, 3861.0, 112.0])
    eta = np.full(3, -4.16)
    at = posterior(events, total, eta, 3.45, nodes=nodes).loglik
    fine = posterior(events, total, eta, 3.45, nodes=640).loglik
    assert np.allclose(at, fine, atol=1e-6)
