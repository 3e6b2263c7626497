"""What the Bayesian fit says in probabilities, and how much of it is the prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

from evidence.errors import WrongUsage
from evidence.pooling.group import pool_group
from evidence.pooling.independent import probability_larger
from evidence.pooling.result import Result
from evidence.pooling.table import Table


def probabilities(result: Result, *, above: Sequence[float] = (0.25, 0.5, 0.75)) -> Table:
    """P(proportion > threshold) for the median series and for a new one, by group; and
    P(group a > group b) for every ordered pair.
    """
    if result.settings.method != "bayes":
        raise WrongUsage("Probability statements need method='bayes'.")
    rows: list[dict[str, Any]] = []
    for group in result.fitted:
        for threshold in above:
            if group.posterior is None:
                continue
            rows.append(
                {
                    "statement": f"{group.result.group} > {100 * threshold:g}%",
                    "median_series": group.posterior.probability_above(threshold),
                    "new_series": group.posterior.predictive_above(threshold),
                }
            )
    for a, b in permutations(result.fitted, 2):
        value = probability_larger(a, b)
        if value is not None:
            rows.append(
                {
                    "statement": f"{a.result.group} > {b.result.group}",
                    "median_series": value,
                    "new_series": None,
                }
            )
    return Table(title=f"{result.data.outcome}: probabilities", rows=tuple(rows))


def prior_sensitivity(result: Result, *, scales: Sequence[float] = (0.25, 0.5, 1.0, 2.0)) -> Table:
    """The pooled proportion of all series under half-normal priors of other scales."""
    rows = []
    for scale in scales:
        settings = replace(
            result.settings, method="bayes", transform="logit", test="t", tau_prior=scale
        ).check()
        group = pool_group("all", result.data.counts, settings).result
        names = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "tau2")
        rows.append({"tau_prior": scale, **{name: getattr(group, name) for name in names}})
    return Table(title=f"{result.data.outcome}: prior sensitivity", rows=tuple(rows))
