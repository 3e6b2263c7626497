"""Small-study effects: regression tests, rank test, trim and fill, funnel; not below 10 series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from evidence.errors import Problem, WrongUsage
from evidence.pooling.arrays import Array
from evidence.pooling.as_json import plain
from evidence.pooling.dist import two_sided_p
from evidence.pooling.effects import TRANSFORMS, Effects, measure
from evidence.pooling.inverse import fit_inverse_variance
from evidence.pooling.linear import weighted_sums
from evidence.pooling.result import Result
from evidence.pooling.settings import EXACT_METHODS

FEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AsymmetryTest:
    """One test of funnel asymmetry; ``df`` None for z; the rank test states Kendall's tau."""

    name: str
    statistic: float | None
    df: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimAndFill:
    """Series that would make the funnel even, and the proportion with them filled in."""

    estimator: str
    side: str
    missing: int
    se_missing: float | None
    estimate: float
    ci_low: float
    ci_high: float
    tau2: float
    filled: tuple[tuple[float, float], ...]
    """(estimate, variance) on the analysis scale of each filled series."""


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
            "trim_and_fill": None
            if filled is None
            else {name: plain(getattr(filled, name)) for name in filled.__dataclass_fields__},
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


def trim_and_fill(
    effects: Effects,
    *,
    method: str = "reml",
    test: str = "z",
    level: float = 0.95,
    estimator: str = "L0",
    side: str | None = None,
) -> TrimAndFill:
    """Duval & Tweedie 2000, Biometrics 56:455 (estimators L0, R0, Q0), as metafor's ``trimfill``.

    Numbers are on the analysis scale. ``side`` is where series are missing; None: from the
    sign of Egger's slope.
    """
    if estimator not in ("L0", "R0", "Q0"):
        raise WrongUsage(f"Unknown estimator '{estimator}'. Known: L0, R0, Q0.")
    y, v = effects.estimate, effects.variance
    side = side or _side(y, v, method)
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    turned, variance = (sign * y)[order], v[order]
    k, missing, before, se, centre = len(y), 0, -1, 0.0, 0.0
    for _ in range(100):
        if missing == before:
            break
        before = missing
        kept = slice(0, k - missing)
        centre = float(fit_inverse_variance(turned[kept], variance[kept], method=method).beta[0])
        missing, se = _count_missing(turned - centre, estimator)
    far = slice(k - missing, k)
    filled_y = sign * (2 * centre - turned[far])
    fit = fit_inverse_variance(
        np.concatenate([y, filled_y]), np.concatenate([v, variance[far]]), method=method, test=test
    )
    mean, _, low, high = fit.interval(np.ones(1), level)
    return TrimAndFill(
        estimator=estimator,
        side=side,
        missing=missing,
        se_missing=se,
        estimate=mean,
        ci_low=low,
        ci_high=high,
        tau2=fit.tau2,
        filled=tuple(zip(filled_y.tolist(), variance[far].tolist(), strict=True)),
    )


def _side(y: Array, v: Array, method: str) -> str:
    X = np.column_stack([np.ones(len(y)), np.sqrt(v)])
    if np.linalg.matrix_rank(X) < 2:
        return "left"
    slope = fit_inverse_variance(y, v, X, method=method).beta[1]
    return "right" if slope < 0 else "left"


def _count_missing(centred: Array, estimator: str) -> tuple[int, float]:
    """Number of missing series and its standard error from signed ranks."""
    k = len(centred)
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(centred), kind="stable")] = np.arange(1, k + 1)
    signed = np.sign(centred) * ranks
    if estimator == "R0":
        below = -signed[signed < 0]
        k0 = k - (float(below.max()) if len(below) else 0.0) - 1
        return max(0, round(k0)), float(np.sqrt(2 * max(0.0, k0) + 2))
    rank_sum = float(signed[signed > 0].sum())
    if estimator == "L0":
        k0 = (4 * rank_sum - k * (k + 1)) / (2 * k - 1)
        scale = 4 / (2 * k - 1)
    else:
        inside = max(2 * k**2 - 4 * rank_sum + 0.25, 0.0)
        k0 = k - 0.5 - float(np.sqrt(inside))
        below_root = (k - 0.5) ** 2 - k0 * (2 * k - k0 - 1)
        scale = 2 / float(np.sqrt(below_root)) if below_root > 0 else 0.0
    variance = (
        k * (k + 1) * (2 * k + 1)
        + 10 * k0**3
        + 27 * k0**2
        + 17 * k0
        - 18 * k * k0**2
        - 18 * k * k0
        + 6 * k**2 * k0
    ) / 24
    return max(0, round(k0)), scale * float(np.sqrt(max(variance, 0.0)))


def funnel_lines(centre: float, largest_se: float, level: float = 0.95) -> dict[str, list[float]]:
    """The pseudo-interval of a funnel: two lines from the centre out to ``largest_se``."""
    half = float(ndtri(0.5 + level / 2)) * largest_se
    return {
        "se": [0.0, largest_se],
        "low": [centre, centre - half],
        "high": [centre, centre + half],
    }


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
