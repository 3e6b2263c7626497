"""Influence of each series: what the fit looks like without it (metafor ``influence``)."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import chdtr

from evidence.errors import Problem, Severity
from evidence.pooling.analysis import Analysis
from evidence.pooling.effects import measure
from evidence.pooling.fit import Fit
from evidence.pooling.fitted import GroupFit
from evidence.pooling.glmm import fit_glmm
from evidence.pooling.inverse import fit_inverse_variance
from evidence.pooling.linear import leverage, weighted_sums
from evidence.pooling.settings import EXACT_METHODS
from evidence.pooling.table import Table


def influence(result: Analysis) -> Table:
    """Rstudent, DFFITS, Cook's distance, covariance ratio, tau2 and Q without, hat, DFBETAS.

    Viechtbauer & Cheung 2010, Res Synth Methods 1:112. The GLMM has no weights: there Cook's
    distance, covariance ratio and tau2 without are from refits, and the rest does not exist.
    """
    group = result.overall_fit
    title = f"{result.data.outcome}: influence"
    if group.fit is None or len(group.counts) < 3:
        return Table(title=title, rows=(), problems=(_too_few(),))
    if group.settings.method in EXACT_METHODS or group.fit.weights is None:
        return _refits(group, title)
    return Table(title=title, rows=tuple(_rows(group, group.fit)))


def _rows(group: GroupFit, fit: Fit) -> list[dict[str, Any]]:
    settings, counts = group.settings, group.counts
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    y, v, k = effects.estimate, effects.variance, fit.k
    full = weighted_sums(y, None, 1 / (v + fit.tau2))
    hat = leverage(full, None)
    rows = []
    for at in range(k):
        keep = np.arange(k) != at
        without = fit_inverse_variance(
            y[keep], v[keep], None, method=settings.method, test=settings.test
        )
        shift = float(fit.beta[0] - without.beta[0])
        s2, tau2 = without.residual_scale, without.tau2
        spread = float(np.sqrt(v[at] * s2 + without.cov[0, 0] + tau2 * s2))
        dffits = shift / float(np.sqrt(s2 * hat[at] * (tau2 + v[at]))) if s2 > 0 else None
        cook = shift**2 / float(fit.cov[0, 0])
        vb = 1 / float((1 / (v + tau2)).sum())
        dfbetas = shift / float(np.sqrt(s2 * vb)) if s2 > 0 else None
        rows.append(
            {
                "series": counts.series[at],
                "rstudent": float(y[at] - without.beta[0]) / spread if spread > 0 else None,
                "dffits": dffits,
                "cook": cook,
                "covratio": float(without.cov[0, 0] / fit.cov[0, 0]),
                "tau2_without": tau2,
                "q_without": without.q,
                "hat": float(hat[at]),
                "weight": float(full.weights[at] / full.weights.sum()),
                "dfbetas": dfbetas,
                "influential": _influential(k, dffits, cook, float(hat[at]), dfbetas),
            }
        )
    return rows


def _influential(
    k: int, dffits: float | None, cook: float, hat: float, dfbetas: float | None
) -> bool:
    """metafor's marks: |DFFITS| > 3 sqrt(1 / (k - 1)), Cook beyond the median of chi-square(1),
    hat > 3 / k, |DFBETAS| > 1.
    """
    return bool(
        (dffits is not None and abs(dffits) > 3 * np.sqrt(1 / (k - 1)))
        or chdtr(1, cook) > 0.5
        or hat > 3 / k
        or (dfbetas is not None and abs(dfbetas) > 1)
    )


def _refits(group: GroupFit, title: str) -> Table:
    counts, fit = group.counts, group.fit
    if fit is None or group.settings.method != "glmm":
        return Table(title=title, rows=(), problems=(_no_influence(group.settings.method),))
    rows = []
    for at, name in enumerate(counts.series):
        kept = counts.take(np.arange(len(counts)) != at)
        without = fit_glmm(kept.events, kept.total, test=group.settings.test)
        known = without.converged and 0 < kept.events.sum() < kept.total.sum()
        shift = float(fit.beta[0] - without.beta[0])
        rows.append(
            {
                "series": name,
                "rstudent": None,
                "dffits": None,
                "cook": shift**2 / float(fit.cov[0, 0]) if known else None,
                "covratio": float(without.cov[0, 0] / fit.cov[0, 0]) if known else None,
                "tau2_without": without.tau2 if known else None,
                "q_without": without.q if known else None,
                "hat": None,
                "weight": None,
                "dfbetas": None,
                "influential": bool(known and chdtr(1, shift**2 / float(fit.cov[0, 0])) > 0.5),
            }
        )
    note = Problem(
        code="no-weights",
        message="The GLMM has no weights: hat values, DFFITS and rstudent do not exist.",
        severity=Severity.NOTE,
        remedy="method='reml' for the full influence set",
    )
    return Table(title=title, rows=tuple(rows), problems=(note,))


def baujat(result: Analysis) -> Table:
    """Squared Pearson residual against squared change of the pooled value (Baujat 2002,
    Stat Med 21:2641); inverse-variance methods only.
    """
    group = result.overall_fit
    title = f"{result.data.outcome}: Baujat"
    settings, counts, fit = group.settings, group.counts, group.fit
    if fit is None or fit.weights is None or settings.method in EXACT_METHODS or fit.k < 3:
        return Table(title=title, rows=(), problems=(_no_influence(settings.method),))
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    y, v = effects.estimate, effects.variance
    rows = []
    for at in range(fit.k):
        keep = np.arange(fit.k) != at
        without = fit_inverse_variance(
            y[keep], v[keep], None, method=settings.method, test=settings.test
        )
        change = float(without.beta[0] - fit.beta[0]) ** 2
        variance = float(without.cov[0, 0])
        rows.append(
            {
                "series": counts.series[at],
                "residual2": float((y[at] - fit.beta[0]) ** 2 / (fit.tau2 + v[at])),
                "influence": change / variance if variance > 0 else None,
            }
        )
    return Table(title=title, rows=tuple(rows))


def _too_few() -> Problem:
    return Problem(
        code="too-few-series", message="Influence needs a fitted model of 3 series or more."
    )


def _no_influence(method: str) -> Problem:
    return Problem(
        code="no-weights",
        message=f"Method '{method}' has no weights to measure influence by.",
        remedy="method='reml'",
    )
