"""Meta-regression on any numeric and categorical moderators, by GLMM or inverse variance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evidence.errors import FindingsInData, Problem, Severity, WrongUsage
from evidence.pooling.api import make_settings
from evidence.pooling.as_json import plain, plain_fields
from evidence.pooling.coefficients import (
    Coefficient,
    OmnibusTest,
    all_moderators,
    by_moderator,
    coefficients,
    runaway,
)
from evidence.pooling.counts import Counts, check_counts
from evidence.pooling.design import Design, build_design
from evidence.pooling.dist import chi2_p, critical
from evidence.pooling.effects import Effects, measure
from evidence.pooling.fit import Fit
from evidence.pooling.group import fit_model
from evidence.pooling.settings import Settings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regression:
    """A fitted meta-regression; ``coefficients`` are for raw, unscaled moderators."""

    outcome: str
    settings: Settings
    counts: Counts
    effects: Effects
    design: Design
    fit: Fit
    coefficients: tuple[Coefficient, ...]
    test: OmnibusTest | None
    """All moderators together."""
    tests: tuple[OmnibusTest, ...]
    """Each moderator on its own."""
    r2: float | None
    """Percent of tau2 that the moderators explain; adjusted R² for the common-effect model."""
    lrt: float | None = None
    """Likelihood ratio against the model without moderators (GLMM, ML)."""
    lrt_p: float | None = None
    permutation_p: float | None = None
    permutations: int = 0
    problems: tuple[Problem, ...] = ()

    def predict(self, values: Mapping[str, Any]) -> dict[str, float]:
        """Proportion with intervals at the given moderator values (others: mean, first level)."""
        row = np.zeros(len(self.design.names))
        row[0] = 1.0
        for at, (name, moderator) in enumerate(
            zip(self.design.names, self.design.moderator, strict=True)
        ):
            if moderator not in values:
                continue
            if name == moderator:
                row[at] = (float(values[moderator]) - self.design.centre[at]) / self.design.scale[
                    at
                ]
            else:
                row[at] = float(name == f"{moderator}={values[moderator]}")
        mean, se, low, high = self.fit.interval(row, self.settings.level)
        half = critical(self.settings.level, self.fit.df) * float(np.sqrt(se**2 + self.fit.tau2))
        n = float(len(self.counts) / (1 / self.counts.total).sum())
        back = self.settings.scale.back(np.array([mean, low, high, mean - half, mean + half]), n)
        names = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
        return dict(zip(names, map(float, back), strict=True))

    def bubble(self, moderator: str, *, points: int = 50) -> dict[str, Any]:
        """Bubbles (x, proportion, total) and the fitted line with its bands for one moderator."""
        if moderator not in self.design.names:
            numeric = [
                n for n, m in zip(self.design.names, self.design.moderator, strict=True) if n == m
            ]
            raise WrongUsage(f"No numeric moderator '{moderator}'. Known: {', '.join(numeric)}.")
        at = self.design.names.index(moderator)
        x = self.design.matrix[:, at] * self.design.scale[at] + self.design.centre[at]
        grid = np.linspace(x.min(), x.max(), points)
        line = [{"x": float(value), **self.predict({moderator: value})} for value in grid]
        proportion = (self.counts.events / self.counts.total).tolist()
        bubbles = [
            {"series": name, "x": float(where), "proportion": p, "total": int(total)}
            for name, where, p, total in zip(
                self.counts.series, x, proportion, self.counts.total, strict=True
            )
        ]
        return {"moderator": moderator, "bubbles": bubbles, "line": line}

    @property
    def frame(self) -> pd.DataFrame:
        """One row per coefficient."""
        import pandas as pd

        return pd.DataFrame([plain_fields(item) for item in self.coefficients])

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: coefficients, tests, heterogeneity, problems."""
        return {
            "outcome": self.outcome,
            "method": self.fit.method,
            "transform": self.settings.transform,
            "test": self.settings.test,
            "level": self.settings.level,
            "k": self.fit.k,
            "coefficients": [plain_fields(item) for item in self.coefficients],
            "moderators": None if self.test is None else plain_fields(self.test),
            "tests": [plain_fields(item) for item in self.tests],
            "tau2": plain(self.fit.tau2),
            "i2": plain(self.fit.i2),
            "h2": plain(self.fit.h2),
            "q": plain(self.fit.q),
            "q_df": self.fit.q_df,
            "q_p": None if self.fit.q is None else chi2_p(self.fit.q, self.fit.q_df),
            "r2": plain(self.r2),
            "lrt": plain(self.lrt),
            "lrt_p": plain(self.lrt_p),
            "permutation_p": plain(self.permutation_p),
            "permutations": self.permutations,
            "converged": self.fit.converged,
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def __str__(self) -> str:
        from evidence.pooling.text import regression_text

        return regression_text(self)


def regress(
    events: Iterable[Any],
    total: Iterable[Any],
    *,
    on: Mapping[str, Iterable[Any]],
    series: Iterable[Any] | None = None,
    outcome: str = "events",
    permutations: int = 0,
    seed: int = 1,
    **options: Any,
) -> Regression:
    """Meta-regression of proportions on the moderators in ``on`` (name -> one value per series).

    ``permutations`` > 0 adds a permutation p of all moderators (exact where the number of
    orderings is no larger). Raises FindingsInData for faulty counts or too few series.
    """
    settings = make_settings(**options)
    if settings.method in ("beta-binomial", "bayes"):
        raise WrongUsage(
            f"Meta-regression is there for glmm and inverse variance, not '{settings.method}'."
        )
    counts = check_counts(events, total, series=series)
    design = build_design(on, counts.series)
    counts = counts.take(design.rows)
    k, p = design.matrix.shape
    if k <= p:
        raise FindingsInData(_too_few(k, p))
    if settings.method == "glmm" and counts.events.sum() in (0, counts.total.sum()):
        raise FindingsInData(_no_variation(counts))
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    fit = fit_model(counts, effects, settings, design.matrix)
    problems = [*design.problems, *fit.problems, *_separated(fit, design)]
    null = fit_model(counts, effects, settings) if p > 1 else None
    lrt, lrt_p = _likelihood_ratio(fit, null, p)
    regression = Regression(
        outcome=outcome,
        settings=settings,
        counts=counts,
        effects=effects,
        design=design,
        fit=fit,
        coefficients=coefficients(fit, design, settings),
        test=all_moderators(fit, design),
        tests=by_moderator(fit, design),
        r2=_r2(fit, null, effects, design),
        lrt=lrt,
        lrt_p=lrt_p,
        problems=tuple(problems),
    )
    if permutations > 0 and p > 1:
        from evidence.pooling.permutation import with_permutation_p

        return with_permutation_p(regression, permutations, seed)
    return regression


def _r2(fit: Fit, null: Fit | None, effects: Effects, design: Design) -> float | None:
    """Share of tau2 explained (Raudenbush 2009); adjusted R² of the weighted fit for common."""
    if null is None:
        return None
    if fit.method == "common" and null.method == "common":
        weights = 1 / effects.variance
        centre = float(weights @ effects.estimate / weights.sum())
        spread = float(weights @ (effects.estimate - centre) ** 2)
        k, p = design.matrix.shape
        if spread == 0 or fit.q is None:
            return 0.0
        return float(max(0.0, 100 * (1 - (fit.q / (k - p)) / (spread / (k - 1)))))
    if null.tau2 <= 0:
        return 0.0
    return max(0.0, 100 * (null.tau2 - fit.tau2) / null.tau2)


def _likelihood_ratio(fit: Fit, null: Fit | None, p: int) -> tuple[float | None, float | None]:
    if null is None or fit.loglik is None or null.loglik is None:
        return None, None
    if not (fit.converged and null.converged):
        return None, None
    lrt = max(0.0, 2 * (fit.loglik - null.loglik))
    return lrt, chi2_p(lrt, p - 1)


def _separated(fit: Fit, design: Design) -> list[Problem]:
    lost = runaway(fit, design)
    if not lost:
        return []
    return [
        Problem(
            code="separation",
            message=f"{', '.join(lost)} separates series with events from those without: the "
            "estimate runs away and has no interval.",
            severity=Severity.WARNING,
            remedy="method='reml', which adds 0.5 to series with no or only events",
        )
    ]


def _too_few(k: int, p: int) -> Problem:
    return Problem(
        code="too-few-series",
        message=f"{k} series for {p} coefficients; expected more series than coefficients.",
        severity=Severity.ERROR,
        remedy="fewer moderators",
    )


def _no_variation(counts: Counts) -> Problem:
    what = "no" if counts.events.sum() == 0 else "only"
    return Problem(
        code="no-events" if what == "no" else "only-events",
        message=f"All series have {what} events; a moderator cannot explain a difference.",
        severity=Severity.ERROR,
    )
