"""Meta-regression on any numeric and categorical moderators, by GLMM or inverse variance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidence.errors import FindingsInData, Problem, Severity, WrongUsage
from evidence.pooling.coefficients import all_moderators, by_moderator, coefficients, runaway
from evidence.pooling.counts import Counts, check_counts
from evidence.pooling.design import Design, build_design
from evidence.pooling.dist import chi2_p
from evidence.pooling.effects import Effects, measure
from evidence.pooling.fit import Fit
from evidence.pooling.group import fit_model
from evidence.pooling.regression_result import Regression
from evidence.pooling.settings import make_settings


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
