"""What must hold for any counts: order, names, complement, splitting, doubling, intervals."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.pooling import METHOD_NAMES, pool
from evidence.pooling.effects import TRANSFORMS
from evidence.pooling.tau2 import ESTIMATORS

Counts = list[tuple[int, int]]
FAST = ("glmm", "common", "dl", "pm", "reml", "ml", "sj", "hs", "he", "beta-binomial")


@st.composite
def series_counts(draw: Any, least: int = 2, most: int = 10, largest: int = 60) -> Counts:
    k = draw(st.integers(least, most))
    totals = draw(st.lists(st.integers(1, largest), min_size=k, max_size=k))
    return [(draw(st.integers(0, n)), n) for n in totals]


def split(counts: Counts) -> tuple[list[int], list[int]]:
    return [x for x, _ in counts], [n for _, n in counts]


def close(left: float | None, right: float | None, *, limit: float = 1e-6) -> bool:
    if left is None or right is None:
        return left is right
    return math.isclose(left, right, rel_tol=limit, abs_tol=limit)


def many(examples: int) -> Any:
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


@many(60)
@given(series_counts(), st.randoms(use_true_random=False), st.sampled_from(FAST))
def test_order_and_names_do_not_matter(counts: Counts, random: Any, method: str) -> None:
    shuffled = list(counts)
    random.shuffle(shuffled)
    first = pool(*split(counts), method=method).fitted[0].result
    names = [f"series {at}" for at in range(len(shuffled))]
    second = pool(*split(shuffled), method=method, series=names).fitted[0].result
    for field in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "tau2", "q"):
        assert close(getattr(first, field), getattr(second, field)), field


@many(60)
@given(
    series_counts(),
    st.sampled_from(
        [("glmm", "logit"), ("beta-binomial", "logit")]
        + [(m, t) for m in ("reml", "dl", "common") for t in ("logit", "arcsine", "double-arcsine")]
    ),
)
def test_counting_the_others_mirrors_the_result(counts: Counts, what: tuple[str, str]) -> None:
    method, transform = what
    events, total = split(counts)
    rest = [n - x for x, n in counts]
    one = pool(events, total, method=method, transform=transform).fitted[0].result
    other = pool(rest, total, method=method, transform=transform).fitted[0].result
    assert close(one.estimate, 1 - (other.estimate or 0))
    assert close(one.ci_low, 1 - (other.ci_high or 0))
    assert close(one.tau2, other.tau2)
    if one.pi_low is not None:
        assert close(one.pi_low, 1 - (other.pi_high or 0))


@many(40)
@given(series_counts(most=6), series_counts(most=6), st.sampled_from(FAST))
def test_a_group_pooled_alone_gives_the_same_numbers(
    left: Counts, right: Counts, method: str
) -> None:
    by = ["a"] * len(left) + ["b"] * len(right)
    together = pool(*split(left + right), by=by, method=method)
    for group, alone in zip(together.fitted, (left, right), strict=True):
        expected = pool(*split(alone), method=method).fitted[0].result
        for field in ("k", "events", "total", "estimate", "ci_low", "ci_high", "pi_low", "tau2"):
            assert getattr(group.result, field) == getattr(expected, field), field


@many(40)
@given(series_counts(least=3), st.sampled_from(("glmm", "reml", "dl", "common")))
def test_doubling_a_data_set_narrows(counts: Counts, method: str) -> None:
    once = pool(*split(counts), method=method).fitted[0].result
    twice = pool(*split(counts + counts), method=method).fitted[0].result
    assert once.ci_low is not None and once.ci_high is not None
    assert twice.ci_low is not None and twice.ci_high is not None
    assert twice.ci_high - twice.ci_low <= once.ci_high - once.ci_low + 1e-9


@many(80)
@given(series_counts(), st.sampled_from(FAST), st.sampled_from(("z", "t")))
def test_the_prediction_interval_holds_the_interval(counts: Counts, method: str, test: str) -> None:
    group = pool(*split(counts), method=method, test=test).fitted[0].result
    if group.pi_low is None or group.pi_high is None:
        return
    assert group.pi_low <= (group.ci_low or 0) + 1e-9
    assert group.pi_high >= (group.ci_high or 1) - 1e-9


@many(120)
@given(
    series_counts(least=1),
    st.sampled_from(sorted(ESTIMATORS)),
    st.sampled_from(sorted(TRANSFORMS)),
    st.sampled_from(("z", "t", "hk", "hk-adhoc")),
)
def test_every_combination_stays_inside_and_serialises(
    counts: Counts, method: str, transform: str, test: str
) -> None:
    result = pool(*split(counts), method=method, transform=transform, test=test)
    group = result.to_dict()["groups"][0]
    for field in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "population_estimate"):
        assert group[field] is None or 0 <= group[field] <= 1, field
    assert group["ci_low"] <= group["estimate"] <= group["ci_high"]
    json.dumps(result.to_dict(), allow_nan=False)


@many(15)
@given(series_counts(least=1, most=6))
def test_bayes_and_every_method_name_answers_or_says_why(counts: Counts) -> None:
    for method in METHOD_NAMES:
        group = pool(*split(counts), method=method).fitted[0].result
        assert group.estimate is not None and 0 <= group.estimate <= 1
        assert group.ci_low is not None and group.ci_high is not None
        assert group.ci_low <= group.estimate <= group.ci_high
        assert group.method


@pytest.mark.parametrize("method", FAST)
def test_a_pooled_value_lies_between_its_series(method: str) -> None:
    group = pool([2, 9, 14], [10, 15, 20], method=method).fitted[0].result
    assert group.estimate is not None and 0.2 < group.estimate < 0.7
