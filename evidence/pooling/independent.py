"""Levels compared where each has a model of its own: beta-binomial and Bayesian posteriors."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from evidence.errors import Problem
from evidence.model.pooled import Between, Contrast
from evidence.pooling.bayes import Posterior
from evidence.pooling.contrast import holm, missing_contrast, mover
from evidence.pooling.dist import chi2_p, critical, two_sided_p
from evidence.pooling.fitted import GroupFit
from evidence.pooling.settings import Settings
from evidence.pooling.solvers import find_root


def compare_independent(
    groups: list[GroupFit], settings: Settings
) -> tuple[Between | None, list[Contrast], list[Problem]]:
    """All pairs from the levels' own fits; levels without a fitted mean get no contrast."""
    df = None
    if settings.test != "z":
        df = float(sum(len(group.counts) for group in groups) - len(groups))
    contrasts = []
    for b, a in combinations(groups, 2):
        if a.posterior is not None and b.posterior is not None:
            contrasts.append(_posterior_contrast(a, b, settings))
        elif a.result.model_se and b.result.model_se and (df is None or df >= 1):
            contrasts.append(_wald_contrast(a, b, settings, df))
        else:
            contrasts.append(missing_contrast(a.result.group, b.result.group))
    between = None if settings.method == "bayes" else separate_test(groups)
    return between, holm(contrasts), []


def separate_test(groups: list[GroupFit]) -> Between | None:
    """Test between levels with each level's own spread: weighted squares of the means."""
    known = [group.result for group in groups if group.result.model_se]
    if len(known) < 2:
        return None
    means = np.array([result.model_estimate for result in known], float)
    weights = np.array([1 / (result.model_se or 1.0) ** 2 for result in known], float)
    centre = float(weights @ means) / float(weights.sum())
    q_m = float(weights @ (means - centre) ** 2)
    df = len(known) - 1
    return Between(q_m=q_m, df=df, p=chi2_p(q_m, df), model="separate tau2")


def _ends(group: GroupFit) -> tuple[float, float, float]:
    result = group.result
    return result.estimate or 0.0, result.ci_low or 0.0, result.ci_high or 0.0


def _wald_contrast(a: GroupFit, b: GroupFit, settings: Settings, df: float | None) -> Contrast:
    estimate = (a.result.model_estimate or 0.0) - (b.result.model_estimate or 0.0)
    se = float(np.hypot(a.result.model_se or 0.0, b.result.model_se or 0.0))
    half = critical(settings.level, df) * se
    difference, low, high = mover(_ends(a), _ends(b))
    return Contrast(
        a=a.result.group,
        b=b.result.group,
        odds_ratio=float(np.exp(estimate)),
        ci_low=float(np.exp(estimate - half)),
        ci_high=float(np.exp(estimate + half)),
        p=two_sided_p(estimate / se, df),
        difference=difference,
        difference_ci_low=low,
        difference_ci_high=high,
        model="separate fits",
    )


def difference_cdf(a: Posterior, b: Posterior, value: float) -> float:
    """P(mu of a - mu of b < value), the two posteriors independent."""
    density = a.mass.sum(axis=1)
    return float(sum(w * (1 - b.mu_cdf(m - value)) for m, w in zip(a.mu, density, strict=True)))


def probability_larger(a: GroupFit, b: GroupFit) -> float | None:
    """P(proportion in a > proportion in b) from the posteriors of both levels."""
    if a.posterior is None or b.posterior is None:
        return None
    return 1 - difference_cdf(a.posterior, b.posterior, 0.0)


def _posterior_contrast(a: GroupFit, b: GroupFit, settings: Settings) -> Contrast:
    pa, pb = a.posterior, b.posterior
    low, high = float(pa.mu[0] - pb.mu[-1]), float(pa.mu[-1] - pb.mu[0])
    quantiles = [
        find_root(
            lambda d, tail=tail: difference_cdf(pa, pb, d) - tail,  # type: ignore[misc]
            low,
            high,
            tolerance=1e-8,
        )
        for tail in (0.5, (1 - settings.level) / 2, (1 + settings.level) / 2)
    ]
    difference, d_low, d_high = mover(_ends(a), _ends(b))
    return Contrast(
        a=a.result.group,
        b=b.result.group,
        odds_ratio=float(np.exp(quantiles[0])),
        ci_low=float(np.exp(quantiles[1])),
        ci_high=float(np.exp(quantiles[2])),
        p=None,
        difference=difference,
        difference_ci_low=d_low,
        difference_ci_high=d_high,
        model="separate posteriors",
        probability=probability_larger(a, b),
    )
