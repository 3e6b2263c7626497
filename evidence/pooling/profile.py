"""Profile likelihood of tau2 in the GLMM: the most likely mean at each tau2."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.dist import chi2_quantile
from evidence.pooling.fit import Fit
from evidence.pooling.glmm import Point, evaluate
from evidence.pooling.logistic import fit_common
from evidence.pooling.solvers import find_root

LARGEST_TAU = 60.0
TOLERANCE = 1e-8
GAIN = 1e-8
"""A gain in log-likelihood that no longer moves an interval."""
ROUNDING = 1e-13


def nodes_for(tau: float) -> int:
    """More nodes for a wider random effect, whose posteriors are further from normal."""
    return 24 if tau < 1.5 else 80 if tau < 6 else 160 if tau < 15 else 320


@dataclass(slots=True)
class Profile:
    """The profile at one tau after another, each climb starting where the last one ended."""

    events: Array
    total: Array
    b: Array
    mode: Array | None = None

    def at(self, tau: float) -> tuple[float, float]:
        """Log-likelihood with the mean chosen best, and its slope in log tau.

        For a fixed tau the marginal likelihood is log-concave in b: Newton with halved steps
        climbs. The slope is the plain one, by the envelope theorem.
        """
        X, nodes = np.ones((len(self.events), 1)), nodes_for(tau)
        point = evaluate(self.events, self.total, X, self.b, tau, nodes, self.mode)
        for _ in range(40):
            moved = self._climb(point, X, nodes)
            if moved is None:
                break
            gained, point = moved.loglik - point.loglik, moved
            if gained < GAIN:
                break
        self.b, self.mode = point.b, point.mode
        return point.loglik, float(point.gradient[-1])

    def _climb(self, point: Point, X: Array, nodes: int) -> Point | None:
        """One step that gains, or None at the top."""
        curvature = float(point.information[0, 0])
        slope = float(point.gradient[0])
        if curvature <= 0 or slope * slope / curvature < GAIN:
            return None
        step = float(np.clip(slope / curvature, -2.0, 2.0))
        while abs(step) > 1e-6:
            moved = evaluate(
                self.events, self.total, X, point.b + step, point.tau, nodes, point.mode
            )
            if moved.loglik >= point.loglik - ROUNDING * abs(point.loglik):
                return moved
            step /= 2
        return None


def profile_tau2(
    events: Array, total: Array, fit: Fit, level: float
) -> tuple[float | None, float | None]:
    """tau2 whose profile log-likelihood lies chi-square(1, level) / 2 below the maximum
    (Venzon & Moolgavkar 1988, J R Stat Soc C 37:87); 0 below where the drop never comes, None
    above where it comes beyond any tau2 that means something.
    """
    best = fit.loglik if fit.loglik is not None else 0.0
    target = best - chi2_quantile(1 - level, 1) / 2
    _, at_zero, _ = fit_common(events, total, np.ones((len(events), 1)))
    tau = math.sqrt(fit.tau2)
    low = 0.0
    if at_zero < target:
        low = _crossing(Profile(events, total, fit.beta), target, tau, -0.5) or 0.0
    high = _crossing(Profile(events, total, fit.beta), target, max(tau, 0.05), 0.5)
    return low**2, None if high is None else high**2


def profile_mean(
    events: Array, total: Array, fit: Fit, level: float
) -> tuple[float | None, float | None]:
    """Log odds where the likelihood, tau2 chosen best, lies chi-square(1, level) / 2 below its
    maximum (as ``lme4::confint``); no standard error and no t are needed for it.
    """
    best = fit.loglik if fit.loglik is not None else 0.0
    target = best - chi2_quantile(1 - level, 1) / 2
    centre, se = float(fit.beta[0]), float(np.sqrt(fit.cov[0, 0]))

    def excess(b: float) -> float:
        return _best_over_tau(events, total, b, math.sqrt(fit.tau2)) - target

    ends: list[float | None] = []
    for side in (-1.0, 1.0):
        reach = 2 * se
        while excess(centre + side * reach) > 0 and reach < 40 * se:
            reach *= 1.5
        found = None
        if excess(centre + side * reach) <= 0:
            low, high = sorted((centre, centre + side * reach))
            found = find_root(excess, low, high, tolerance=1e-9)
        ends.append(found)
    return ends[0], ends[1]


def _best_over_tau(events: Array, total: Array, b: float, tau: float) -> float:
    """Largest log-likelihood over tau at a fixed mean: golden section in log(tau + 0.05)."""
    X, at = np.ones((len(events), 1)), np.array([b])

    def value(s: float) -> float:
        spread = max(math.exp(s) - 0.05, 1e-6)
        return evaluate(events, total, X, at, spread, nodes_for(spread), None).loglik

    low, high = math.log(0.05), math.log(max(3 * tau, 1.0) * 4 + 0.05)
    ratio = (math.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = value(left), value(right)
    while high - low > 1e-5:
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = value(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = value(right)
    return max(at_left, at_right)


def _crossing(profile: Profile, target: float, inside: float, stride: float) -> float | None:
    """tau where the profile meets ``target``, outwards from ``inside`` by ``stride`` in log tau.

    Newton in log tau between the ends of a bracket; None where tau passes its limit.
    """
    within, beyond = math.log(inside), None
    at = within + stride
    for _ in range(80):
        if at > math.log(LARGEST_TAU):
            return None
        loglik, slope = profile.at(math.exp(at))
        excess = loglik - target
        if excess > 0:
            within = at
        else:
            beyond = at
        following = at - excess / slope if slope != 0 else math.inf
        if beyond is None:
            reach = at + 4 * stride
            ahead = (following - at) * stride > 0
            following = min(following, reach, key=lambda s: abs(s - at)) if ahead else reach
        elif not min(within, beyond) < following < max(within, beyond):
            following = (within + beyond) / 2
        if abs(following - at) < TOLERANCE:
            break
        at = following
    return math.exp(at)
