"""Permutation p of a meta-regression: moderators dealt out to the series anew."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations as orderings

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.coefficients import omnibus
from evidence.pooling.group import fit_model
from evidence.pooling.regression_result import Regression

TIE = float(np.sqrt(np.finfo(float).eps))


def with_permutation_p(regression: Regression, count: int, seed: int) -> Regression:
    """Add P(Q_M of a permuted design >= the observed one) (Higgins & Thompson 2004,
    Stat Med 23:1663); all orderings where there are no more than ``count``.
    """
    if regression.test is None:
        return regression
    observed, k = regression.test.q_m, len(regression.counts)
    exact = k <= 12 and math.factorial(k) <= count
    reached, done = (0, 0) if exact else (1, 1)
    for order in _orders(k, count, seed, exact):
        value = _statistic(regression, regression.design.matrix[order])
        if value is None:
            continue
        done += 1
        reached += value >= observed - TIE
    return replace(regression, permutation_p=reached / done if done else None, permutations=done)


def _orders(k: int, count: int, seed: int, exact: bool) -> Iterator[Array]:
    if exact:
        yield from (np.array(order) for order in orderings(range(k)))
        return
    random = np.random.default_rng(seed)
    for _ in range(count - 1):
        yield random.permutation(k)


def _statistic(regression: Regression, matrix: Array) -> float | None:
    fit = fit_model(regression.counts, regression.effects, regression.settings, matrix)
    test = omnibus(fit, "all", list(range(1, matrix.shape[1])))
    return None if test is None else test.q_m
