"""Levels of a grouping compared: common tau2 model, test between levels, contrasts by pair."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from evidence.errors import Problem
from evidence.model.pooled import Between, Contrast
from evidence.pooling.arrays import Array
from evidence.pooling.counts import Counts
from evidence.pooling.dist import chi2_p, f_p, two_sided_p
from evidence.pooling.effects import Transform, measure
from evidence.pooling.fit import Fit
from evidence.pooling.group import GroupFit, back_total, fit_model
from evidence.pooling.settings import Settings


def compare_groups(
    groups: list[GroupFit], settings: Settings
) -> tuple[Between | None, list[Contrast], list[Problem]]:
    """Test between levels and all pairs, Holm-adjusted, from one model with a common tau2."""
    joint = _joint(groups, settings)
    if joint is None:
        return None, [], [_no_joint_model(groups)] if len(groups) > 1 else []
    fit, members, problems = joint
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
        _missing_contrast(a.result.group, b.result.group)
        for b, a in combinations(groups, 2)
        if a not in members or b not in members
    ]
    return between, _holm(contrasts), problems


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
    """The model with one mean per level and one tau2; levels without a finite mean stay out."""
    problems: list[Problem] = []
    members = groups
    if settings.method == "glmm":
        members = [group for group in groups if _has_both(group.counts)]
        problems = [_separated(group) for group in groups if not _has_both(group.counts)]
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
    return fit, members, [*problems, *fit.problems]


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
    if settings.transform == "logit":
        odds = tuple(float(np.exp(np.clip(v, -700, 700))) for v in (estimate, low, high))
    else:
        odds = _odds_ratio(a, b)
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


def mover(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Difference of two estimates from their own intervals (Zou & Donner 2008, Stat Med 27:1693).

    Each argument is (estimate, low, high); never leaves -1 to 1 for proportions.
    """
    difference = a[0] - b[0]
    low = difference - float(np.hypot(a[0] - a[1], b[2] - b[0]))
    high = difference + float(np.hypot(a[2] - a[0], b[0] - b[1]))
    return difference, low, high


def _odds_ratio(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> tuple[float | None, float | None, float | None]:
    """Odds ratio of two back-transformed proportions, interval by MOVER on the log odds."""
    if not (0 < a[0] < 1 and 0 < b[0] < 1):
        return None, None, None
    tiny = 1e-15
    logits_a, logits_b = (
        tuple(float(np.log(p / (1 - p))) for p in np.clip(x, tiny, 1 - tiny)) for x in (a, b)
    )
    estimate, low, high = mover(logits_a, logits_b)  # type: ignore[arg-type]
    inside = all(0 < value < 1 for value in (*a, *b))
    if not inside:
        return float(np.exp(estimate)), None, None
    return float(np.exp(estimate)), float(np.exp(low)), float(np.exp(high))


def _missing_contrast(a: str, b: str) -> Contrast:
    return Contrast(
        a=a,
        b=b,
        odds_ratio=None,
        ci_low=None,
        ci_high=None,
        p=None,
        difference=None,
        difference_ci_low=None,
        difference_ci_high=None,
    )


def _holm(contrasts: list[Contrast]) -> list[Contrast]:
    """Holm 1979, Scand J Stat 6:65: p times the number of tests left, never falling."""
    tested = sorted((c.p, at) for at, c in enumerate(contrasts) if c.p is not None)
    adjusted, highest = list(contrasts), 0.0
    for rank, (p, at) in enumerate(tested):
        highest = max(highest, min(1.0, p * (len(tested) - rank)))
        adjusted[at] = replace(contrasts[at], p_holm=highest)
    return adjusted


def separate_test(groups: list[GroupFit], settings: Settings) -> Between | None:
    """Test between levels with each level's own tau2: weighted squares of the means."""
    known = [g.result for g in groups if g.result.model_se]
    if len(known) < 2:
        return None
    means = np.array([r.model_estimate for r in known], float)
    weights = np.array([1 / r.model_se**2 for r in known if r.model_se], float)
    centre = float(weights @ means) / float(weights.sum())
    q_m = float(weights @ (means - centre) ** 2)
    df = len(known) - 1
    return Between(q_m=q_m, df=df, p=chi2_p(q_m, df), model="separate tau2")


def _separated(group: GroupFit) -> Problem:
    what = "no events" if group.counts.events.sum() == 0 else "only events"
    return Problem(
        code="group-separated",
        message=f"Group {group.result.group} has {what}: it has no finite log odds, so it stays "
        "out of the odds ratios and of Q_M; the likelihood ratio test counts it.",
    )


def _no_joint_model(groups: list[GroupFit]) -> Problem:
    names = ", ".join(group.result.group for group in groups)
    return Problem(
        code="no-joint-model",
        message=f"Groups {names} cannot be compared in one model: too few series, or too few "
        "groups with both events and non-events.",
    )
