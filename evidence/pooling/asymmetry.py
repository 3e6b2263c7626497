"""Small-study effects: tests of asymmetry and the funnel; not below 10 series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evidence.errors import Problem
from evidence.pooling.arrays import Array
from evidence.pooling.as_json import plain, plain_fields
from evidence.pooling.dist import two_sided_p
from evidence.pooling.effects import TRANSFORMS, Effects, measure
from evidence.pooling.inverse import fit_inverse_variance
from evidence.pooling.linear import weighted_sums
from evidence.pooling.result import Result
from evidence.pooling.settings import EXACT_METHODS
from evidence.pooling.trim_and_fill import TrimAndFill, trim_and_fill

FEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AsymmetryTest:
    """One test of funnel asymmetry; ``df`` None for z; the rank test states Kendall's tau."""

    name: str
    statistic: float | None
    df: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudy:
    """All small-study results, or only ``problems`` with the sentence why there are none."""

    k: int
    tests: tuple[AsymmetryTest, ...] = ()
    trim_and_fill: TrimAndFill | None = None
    funnel: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        filled = self.trim_and_fill
        return {
            "k": self.k,
            "tests": [
                {name: plain(getattr(test, name)) for name in ("name", "statistic", "df", "p")}
                for test in self.tests
            ],
            "trim_and_fill": None if filled is None else plain_fields(filled),
            "funnel": [dict(point) for point in self.funnel],
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def __str__(self) -> str:
        lines = [f"small series against large, {self.k} series"]
        for test in self.tests:
            p = "n/a" if test.p is None else f"{test.p:.3f}"
            shown = "n/a" if test.statistic is None else f"{test.statistic:.3f}"
            lines.append(f"  {test.name}: {shown}, p = {p}")
        if self.trim_and_fill is not None:
            lines.append(
                f"  trim and fill ({self.trim_and_fill.estimator}): "
                f"{self.trim_and_fill.missing} series on the {self.trim_and_fill.side}"
            )
        return "\n".join([*lines, *(f"! {p.code}: {p}" for p in self.problems)])


def small_study(result: Result, *, estimator: str = "L0", fewest: int = FEWEST) -> SmallStudy:
    """Egger, Peters, rank test, trim and fill and funnel data of all series of ``result``.

    Runs on the transformed proportions (log odds for methods on counts, pooled by REML there).
    Withheld below ``fewest`` series (Sterne et al. 2011, BMJ 343:d4002).
    """
    counts, settings = result.data.counts, result.settings
    k = len(counts)
    if k < fewest:
        return SmallStudy(k=k, problems=(_withheld(k, fewest),))
    if counts.events.sum() in (0, counts.total.sum()):
        return SmallStudy(k=k, problems=(_no_spread(),))
    exact = settings.method in EXACT_METHODS
    scale = TRANSFORMS["logit"] if exact else settings.scale
    method, test = ("reml", "z") if exact else (settings.method, settings.test)
    effects = measure(scale, counts.events, counts.total, settings.correction)
    tests = (
        egger(effects),
        egger_mixed(effects, method=method, test=test),
        peters(counts.events, counts.total, settings.correction),
        rank_test(effects),
    )
    filled = trim_and_fill(
        effects, method=method, test=test, level=settings.level, estimator=estimator
    )
    back = scale.back(np.array([filled.estimate, filled.ci_low, filled.ci_high]), _harmonic(counts))
    points = tuple(
        {
            "series": name,
            "estimate": float(y),
            "se": float(np.sqrt(v)),
            "total": int(n),
            "proportion": float(x / n),
        }
        for name, y, v, x, n in zip(
            counts.series,
            effects.estimate,
            effects.variance,
            counts.events,
            counts.total,
            strict=True,
        )
    )
    return SmallStudy(k=k, tests=tests, trim_and_fill=_on_percent(filled, back), funnel=points)


def _harmonic(counts: Any) -> float:
    return float(len(counts) / (1 / counts.total).sum())


def _on_percent(filled: TrimAndFill, back: Array) -> TrimAndFill:
    from dataclasses import replace

    return replace(filled, estimate=float(back[0]), ci_low=float(back[1]), ci_high=float(back[2]))


def _regression(y: Array, x: Array, weights: Array, name: str) -> AsymmetryTest:
    """Weighted least squares of y on x; t of the slope with k - 2 degrees of freedom."""
    X = np.column_stack([np.ones(len(y)), x])
    if np.linalg.matrix_rank(X) < 2 or len(y) < 3:
        return AsymmetryTest(name=name, statistic=None, df=None, p=None)
    sums = weighted_sums(y, X, weights)
    df = len(y) - 2
    se = float(np.sqrt(sums.inverse[1, 1] * sums.rss / df))
    if se == 0:
        return AsymmetryTest(name=name, statistic=None, df=df, p=None)
    t = float(sums.beta[1]) / se
    return AsymmetryTest(name=name, statistic=t, df=df, p=two_sided_p(t, df))


def egger(effects: Effects) -> AsymmetryTest:
    """Estimate on its standard error, weighted (Egger et al. 1997, BMJ 315:629)."""
    se = np.sqrt(effects.variance)
    return _regression(effects.estimate, se, 1 / effects.variance, "Egger")


def egger_mixed(effects: Effects, *, method: str = "reml", test: str = "z") -> AsymmetryTest:
    """Egger's regression within the random-effects model (metafor ``regtest`` default)."""
    se = np.sqrt(effects.variance)
    name = "Egger, mixed effects"
    X = np.column_stack([np.ones(len(se)), se])
    if np.linalg.matrix_rank(X) < 2:
        return AsymmetryTest(name=name, statistic=None, df=None, p=None)
    fit = fit_inverse_variance(effects.estimate, effects.variance, X, method=method, test=test)
    slope_se = float(np.sqrt(fit.cov[1, 1]))
    if slope_se == 0:
        return AsymmetryTest(name=name, statistic=None, df=fit.df, p=None)
    z = float(fit.beta[1]) / slope_se
    return AsymmetryTest(name=name, statistic=z, df=fit.df, p=two_sided_p(z, fit.df))


def peters(events: Array, total: Array, correction: float = 0.5) -> AsymmetryTest:
    """Log odds on 1 / total, weights x (n - x) / n (Peters et al. 2006, JAMA 295:676)."""
    effects = measure(TRANSFORMS["logit"], events, total, correction)
    return _regression(effects.estimate, 1 / total, 1 / effects.variance, "Peters")


def rank_test(effects: Effects) -> AsymmetryTest:
    """Kendall's tau of standardised estimate and variance (Begg & Mazumdar 1994,
    Biometrics 50:1088); exact p without ties, as metafor's ``ranktest``.
    """
    from scipy.stats import kendalltau

    y, v = effects.estimate, effects.variance
    sums = weighted_sums(y, None, 1 / v)
    spread = v - float(sums.inverse[0, 0])
    name = "rank test"
    if (spread <= 0).any() or len(set(v.tolist())) < 2:
        return AsymmetryTest(name=name, statistic=None, df=None, p=None)
    standardised = sums.residuals / np.sqrt(spread)
    ties = len(set(standardised.tolist())) < len(y) or len(set(v.tolist())) < len(y)
    found = kendalltau(standardised, v, method="asymptotic" if ties else "exact")
    return AsymmetryTest(
        name=name, statistic=float(found.statistic), df=None, p=float(found.pvalue)
    )


def _withheld(k: int, fewest: int) -> Problem:
    return Problem(
        code="small-study-withheld",
        message=f"{k} series: tests of asymmetry have no power below {fewest} series "
        "and are withheld.",
    )


def _no_spread() -> Problem:
    return Problem(
        code="small-study-withheld",
        message="All series have no or only events: there is no funnel to look at.",
    )
