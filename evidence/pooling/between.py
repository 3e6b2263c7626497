"""Levels of a grouping compared: common tau2 model, test between levels, contrasts by pair."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from evidence.errors import Problem
from evidence.model.pooled import Between, Contrast
from evidence.pooling.arrays import Array
from evidence.pooling.contrast import holm, missing_contrast, mover, odds_ratio
from evidence.pooling.counts import Counts
from evidence.pooling.dist import chi2_p, f_p, two_sided_p
from evidence.pooling.effects import Transform, measure
from evidence.pooling.fit import Fit
from evidence.pooling.fitted import GroupFit, back_total
from evidence.pooling.group import fit_model
from evidence.pooling.settings import Settings

NO_SPREAD = 1e-24
"""Variance of the means below which plain Hartung-Knapp found no spread within the levels."""


def compare_groups(
    groups: list[GroupFit], settings: Settings
) -> tuple[Between | None, list[Contrast], list[Problem]]:
    """Test between levels and all pairs, Holm-adjusted, from one model with a common tau2."""
    if settings.method in ("beta-binomial", "bayes"):
        from evidence.pooling.independent import compare_independent

        return compare_independent(groups, settings)
    joint = _joint(groups, settings)
    separated = [_separated(group, settings) for group in groups if not _has_both(group.counts)]
    if joint is None:
        return None, [], [*separated, _no_joint_model(groups)] if len(groups) > 1 else []
    fit, members, problems = joint
    problems = [*separated, *problems]
    if float(np.abs(fit.cov).max()) < NO_SPREAD:
        pairs = combinations(groups, 2)
        missing = [missing_contrast(a.result.group, b.result.group) for b, a in pairs]
        return None, missing, [*problems, _no_spread()]
    m = len(members)
    q_m, p, df2 = _wald(fit, np.diff(np.eye(m), axis=0))
    lrt = _likelihood_ratio(groups, fit, settings)
    between = Between(
        q_m=q_m,
        df=m - 1,
        p=p,
        model="common tau2",
        lrt=lrt,
        lrt_p=None if lrt is None else chi2_p(lrt, len(groups) - 1),
        tau2=fit.tau2,
        statistic="chi2" if df2 is None else "F",
        df2=df2,
    )
    contrasts = _pairs(fit, members, settings) + [
        missing_contrast(a.result.group, b.result.group)
        for b, a in combinations(groups, 2)
        if a not in members or b not in members
    ]
    return between, holm(contrasts), problems


def _pairs(fit: Fit, members: list[GroupFit], settings: Settings) -> list[Contrast]:
    """All pairs of levels; the level of mixed series takes no part in the others' contrasts."""
    pairs = list(combinations(range(len(members)), 2))
    contrasts = {pair: _contrast(fit, members, pair[1], pair[0], settings) for pair in pairs}
    pure = [at for at, group in enumerate(members) if group.result.group != settings.mixed]
    if 1 < len(pure) < len(members):
        joint = _joint([members[at] for at in pure], settings)
        if joint is not None and len(joint[1]) == len(pure):
            for i, j in combinations(range(len(pure)), 2):
                contrast = _contrast(joint[0], joint[1], j, i, settings)
                contrasts[pure[i], pure[j]] = replace(
                    contrast, model=f"common tau2, without {settings.mixed} series"
                )
    return [contrasts[pair] for pair in pairs]


def _joint(
    groups: list[GroupFit], settings: Settings
) -> tuple[Fit, list[GroupFit], list[Problem]] | None:
    """The model with one mean per level and one tau2; levels without a finite mean stay out.

    Contrasts of the GLMM are Wald z and chi-square, beside the likelihood-ratio test, also with
    test="t": a convention, so that they match metafor's default; its test="t" would take t and F
    on k minus the number of levels, and intervals would be wider.
    """
    members = groups
    if settings.method == "glmm":
        members = [group for group in groups if _has_both(group.counts)]
    k = sum(len(group.counts) for group in members)
    if len(members) < 2 or k <= len(members):
        return None
    counts = _stack([group.counts for group in members])
    X = np.zeros((k, len(members)))
    X[np.arange(k), np.repeat(np.arange(len(members)), [len(g.counts) for g in members])] = 1
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    fit = fit_model(counts, effects, settings, X)
    if len(fit.beta) != len(members):
        return None
    if settings.method == "glmm" and settings.test == "t":
        fit = replace(fit, df=None)
    return fit, members, list(fit.problems)


def _has_both(counts: Counts) -> bool:
    return bool(0 < counts.events.sum() < counts.total.sum())


def _stack(parts: list[Counts]) -> Counts:
    return Counts(
        events=np.concatenate([part.events for part in parts]),
        total=np.concatenate([part.total for part in parts]),
        series=tuple(name for part in parts for name in part.series),
        derived=np.concatenate([part.derived for part in parts]),
    )


def _wald(fit: Fit, rows: Array) -> tuple[float, float, float | None]:
    """Q_M of rows @ beta = 0: chi-square with z, F = Q_M / df otherwise (as metafor)."""
    difference = rows @ fit.beta
    statistic = float(difference @ np.linalg.solve(rows @ fit.cov @ rows.T, difference))
    df = len(rows)
    if fit.df is None:
        return statistic, chi2_p(statistic, df), None
    return statistic / df, f_p(statistic / df, df, fit.df), fit.df


def _likelihood_ratio(groups: list[GroupFit], fit: Fit, settings: Settings) -> float | None:
    """Twice the gain in log-likelihood of one mean per level, tau2 free in both (GLMM, ML)."""
    if fit.loglik is None or not fit.converged:
        return None
    counts = _stack([group.counts for group in groups])
    if not _has_both(counts):
        return None
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    overall = fit_model(counts, effects, settings)
    if overall.loglik is None or not overall.converged:
        return None
    return max(0.0, 2 * (fit.loglik - overall.loglik))


def _contrast(fit: Fit, members: list[GroupFit], i: int, j: int, settings: Settings) -> Contrast:
    """Level i against level j (the earlier one is the reference)."""
    row = np.zeros(len(members))
    row[i], row[j] = 1.0, -1.0
    estimate, se, low, high = fit.interval(row, settings.level)
    p = two_sided_p(estimate / se, fit.df) if se > 0 else None
    a, b = (_level(fit, members, at, settings) for at in (i, j))
    difference, d_low, d_high = mover(a, b)
    on_logit = settings.transform == "logit"
    odds = _exponentials(estimate, low, high) if on_logit else odds_ratio(a, b)
    return Contrast(
        a=members[i].result.group,
        b=members[j].result.group,
        odds_ratio=odds[0],
        ci_low=odds[1],
        ci_high=odds[2],
        p=p,
        difference=difference,
        difference_ci_low=d_low,
        difference_ci_high=d_high,
    )


def _exponentials(*values: float) -> tuple[float | None, ...]:
    return tuple(float(np.exp(np.clip(value, -700, 700))) for value in values)


def _level(
    fit: Fit, members: list[GroupFit], at: int, settings: Settings
) -> tuple[float, float, float]:
    """Proportion of a level with its interval, from the joint model."""
    row = np.zeros(len(members))
    row[at] = 1.0
    mean, _, low, high = fit.interval(row, settings.level)
    scale: Transform = settings.scale
    n = back_total(members[at].counts.total, members[at].fit, settings)
    back = scale.back(np.array([mean, low, high]), n)
    return float(back[0]), float(back[1]), float(back[2])


def _separated(group: GroupFit, settings: Settings) -> Problem:
    what = "no events" if group.counts.events.sum() == 0 else "only events"
    if settings.method == "glmm":
        then = (
            "it has no finite log odds, so it stays out of the odds ratios and of their "
            "joint test; the likelihood ratio test counts it."
        )
    else:
        then = "its contrasts rest on the correction or the transform, not on what was seen."
    return Problem(code="group-separated", message=f"Group {group.result.group} has {what}: {then}")


def _no_spread() -> Problem:
    return Problem(
        code="no-spread",
        message=(
            "The series agree exactly within every level: Hartung-Knapp takes its variance from "
            "their spread, which is 0, so that levels cannot be tested."
        ),
        remedy="test='hk-adhoc' or 'z' takes the variance of the counts",
    )


def _no_joint_model(groups: list[GroupFit]) -> Problem:
    names = ", ".join(group.result.group for group in groups)
    return Problem(
        code="no-joint-model",
        message=f"Groups {names} cannot be compared in one model: too few series, or too few "
        "groups with both events and non-events.",
    )
