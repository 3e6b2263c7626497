"""One group of series pooled: which method ran, its edge cases by name, the way back to 0-1."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidence.errors import Problem
from evidence.model.pooled import GroupResult, StudyResult
from evidence.pooling import edges
from evidence.pooling.arrays import Array
from evidence.pooling.counts import Counts
from evidence.pooling.dist import chi2_p, critical, finite
from evidence.pooling.effects import TRANSFORMS, Effects, measure
from evidence.pooling.fit import Fit
from evidence.pooling.fitted import GroupFit, back_total
from evidence.pooling.glmm import fit_glmm
from evidence.pooling.intervals import clopper_pearson, series_intervals
from evidence.pooling.inverse import fit_inverse_variance
from evidence.pooling.logistic import fit_binomial
from evidence.pooling.population import population_mean
from evidence.pooling.settings import Settings

I2_DEFINITIONS = {True: "from Q", False: "from tau2 and the typical variance"}


def pool_group(name: str, counts: Counts, settings: Settings) -> GroupFit:
    """Pool one group by the method in ``settings``; edge cases get a number and a name."""
    edge = edges.exact_case(counts)
    if edge is not None:
        return _exact(name, counts, settings, edge)
    if settings.method == "beta-binomial":
        from evidence.pooling.beta_binomial import pool_beta_binomial

        return pool_beta_binomial(name, counts, settings)
    if settings.method == "bayes":
        from evidence.pooling.bayes import pool_bayes

        return pool_bayes(name, counts, settings)
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    fit = fit_model(counts, effects, settings)
    return _from_fit(name, counts, settings, fit, effects)


def fit_model(counts: Counts, effects: Effects, settings: Settings, X: Array | None = None) -> Fit:
    """Fit GLMM or inverse variance; a GLMM without an answer falls back by name."""
    if settings.method != "glmm":
        y, v = effects.estimate, np.maximum(effects.variance, 1e-300)
        return fit_inverse_variance(y, v, X, method=settings.method, test=settings.test)
    trouble = edges.glmm_trouble(counts)
    if trouble is None:
        fit = fit_glmm(counts.events, counts.total, X, test=settings.test)
        if fit.converged:
            return fit
        trouble = edges.did_not_converge()
    return _fallback(counts, settings, X, trouble)


def _fallback(counts: Counts, settings: Settings, X: Array | None, trouble: edges.Trouble) -> Fit:
    """The named method that stands in for the GLMM."""
    if trouble.fallback == "common":
        fit = fit_binomial(counts.events, counts.total, X)
        return replace(fit, problems=(trouble.problem,))
    effects = measure(TRANSFORMS["logit"], counts.events, counts.total)
    fit = fit_inverse_variance(
        effects.estimate, effects.variance, X, method=trouble.fallback, test=settings.test
    )
    return replace(fit, converged=False, problems=(*fit.problems, trouble.problem))


def _exact(name: str, counts: Counts, settings: Settings, problem: Problem) -> GroupFit:
    """One series, or no (only) events anywhere: the exact interval of the pooled counts."""
    events, total = counts.events.sum(), counts.total.sum()
    low, high = clopper_pearson(np.array([events]), np.array([total]), settings.level)
    result = GroupResult(
        group=name,
        k=len(counts),
        events=int(events),
        total=int(total),
        estimate=float(events / total),
        ci_low=float(low[0]),
        ci_high=float(high[0]),
        population_estimate=float(events / total),
        population_ci_low=float(low[0]),
        population_ci_high=float(high[0]),
        method="exact",
        problems=(problem,),
    )
    return GroupFit(counts=counts, settings=settings, result=result)


def _from_fit(
    name: str, counts: Counts, settings: Settings, fit: Fit, effects: Effects
) -> GroupFit:
    row = np.ones(1)
    mean, se, low, high = fit.interval(row, settings.level)
    pi_low, pi_high, pi_df = prediction_interval(mean, se, fit, settings)
    n = back_total(counts.total, fit, settings)
    scale = TRANSFORMS["logit"] if settings.method == "glmm" else settings.scale
    ends = np.array([mean, low, high, pi_low, pi_high])
    back = [float(value) for value in scale.back(ends, n)]
    averages = [population_mean(scale, value, fit.tau2, n=n) for value in ends[:3]]
    has_pi = fit.method != "common"
    result = GroupResult(
        group=name,
        k=len(counts),
        events=int(counts.events.sum()),
        total=int(counts.total.sum()),
        estimate=back[0],
        ci_low=back[1],
        ci_high=back[2],
        pi_low=back[3] if has_pi else None,
        pi_high=back[4] if has_pi else None,
        pi_df=pi_df if has_pi else None,
        tau2=finite(fit.tau2),
        i2=finite(fit.i2),
        i2_definition=I2_DEFINITIONS[fit.method == "common"],
        h2=finite(fit.h2),
        q=finite(fit.q),
        q_df=fit.q_df,
        q_p=None if fit.q is None else chi2_p(fit.q, fit.q_df),
        lrt=finite(fit.lrt),
        lrt_p=None if fit.lrt is None else chi2_p(fit.lrt, fit.q_df),
        population_estimate=averages[0],
        population_ci_low=averages[1],
        population_ci_high=averages[2],
        converged=fit.converged,
        method=fit.method,
        model_estimate=mean,
        model_se=se,
        problems=(
            *fit.problems,
            *edges.remarks(counts, settings, fit, effects, ends if has_pi else ends[:3]),
            *edges.prediction_remark(back[3], back[4], has_pi),
        ),
    )
    return GroupFit(counts=counts, settings=settings, result=result, fit=fit, effects=effects)


def prediction_interval(
    mean: float, se: float, fit: Fit, settings: Settings
) -> tuple[float, float, str]:
    """mean -/+ crit * sqrt(se² + tau2) (Higgins, Thompson & Spiegelhalter 2009, JRSS A 172:137).

    The reference distribution is that of the test (as metafor's ``predict``) unless asked
    otherwise; degrees of freedom below 1 are taken as 1.
    """
    wanted = settings.pi_df or ("z" if fit.df is None else "k-1")
    df = None
    if wanted != "z":
        df = max(1.0, fit.k - len(fit.beta) - (1 if wanted == "k-2" else 0))
    half = critical(settings.level, df) * float(np.sqrt(se**2 + fit.tau2))
    return mean - half, mean + half, "z" if df is None else f"t({wanted})"


def complete(group: GroupFit) -> GroupResult:
    """The result with its series rows and the intervals of tau2 and I²."""
    from evidence.pooling.heterogeneity import heterogeneity_intervals

    tau2_interval, i2_interval = heterogeneity_intervals(group)
    return replace(
        group.result,
        studies=study_rows(group),
        tau2_interval=tau2_interval or group.result.tau2_interval,
        i2_interval=i2_interval,
    )


def study_rows(group: GroupFit) -> tuple[StudyResult, ...]:
    """Each series with its own interval, and its share of the weight where there is one."""
    counts, settings = group.counts, group.settings
    low, high = series_intervals(
        counts.events, counts.total, level=settings.level, method=settings.series_interval
    )
    weights = None if group.fit is None else group.fit.weights
    shares = [None] * len(counts) if weights is None else (weights / weights.sum()).tolist()
    corrected = np.zeros(len(counts), bool)
    if group.effects is not None and weights is not None:
        corrected = group.effects.corrected
    columns = zip(
        counts.series,
        counts.events.tolist(),
        counts.total.tolist(),
        low.tolist(),
        high.tolist(),
        shares,
        counts.derived.tolist(),
        corrected.tolist(),
        strict=True,
    )
    return tuple(
        StudyResult(
            series=name,
            events=int(events),
            total=int(total),
            estimate=events / total,
            ci_low=ci_low,
            ci_high=ci_high,
            weight=share,
            derived=derived,
            corrected=was_corrected,
        )
        for name, events, total, ci_low, ci_high, share, derived, was_corrected in columns
    )
