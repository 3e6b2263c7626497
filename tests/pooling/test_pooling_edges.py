"""Edge cases: a number with its name, or a refusal with its reason; never NaN or a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evidence.errors import FindingsInData, WrongUsage
from evidence.pooling import METHOD_NAMES, pool, regress
from evidence.pooling.effects import TRANSFORMS
from evidence.pooling.settings import EXACT_METHODS, TESTS


def codes(result: Any) -> set[str]:
    groups = [problem.code for group in result.groups for problem in group.problems]
    return {*groups, *(problem.code for problem in result.problems)}


CASES = {
    "one series": ([3], [7]),
    "two series": ([3, 7], [10, 12]),
    "all zero": ([0, 0, 0], [5, 6, 7]),
    "all events": ([5, 6, 7], [5, 6, 7]),
    "one patient each": ([1, 0, 1, 1], [1, 1, 1, 1]),
    "a million": ([499_000, 512_000], [1_000_000, 1_000_000]),
    "one huge and many tiny": ([300_000, 1, 0, 2, 1], [1_000_000, 2, 1, 3, 1]),
    "separation": ([0, 10], [10, 10]),
    "identical": ([3, 3, 3], [10, 10, 10]),
    "nearly separated": ([0, 0, 1, 10, 10], [10, 10, 10, 10, 10]),
    "one event": ([0, 0, 0, 1], [10, 20, 30, 10]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("method", METHOD_NAMES)
def test_every_case_has_a_number_and_serialises(case: str, method: str) -> None:
    events, total = CASES[case]
    for transform in ("logit",) if method in EXACT_METHODS else tuple(TRANSFORMS):
        for test in ("z", "t") if method in EXACT_METHODS else TESTS:
            result = pool(events, total, method=method, transform=transform, test=test)
            group = result.to_dict()["groups"][0]
            assert 0 <= group["ci_low"] <= group["estimate"] <= group["ci_high"] <= 1
            json.dumps(result.to_dict(), allow_nan=False)
            assert result.summary() and str(result) and result._repr_html_()


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("one series", "one-series"),
        ("two series", "few-series"),
        ("all zero", "no-events"),
        ("all events", "only-events"),
        ("one patient each", "tau2-not-identifiable"),
        ("separation", "separation"),
        ("identical", "tau2-boundary"),
    ],
)
def test_the_default_method_names_the_case(case: str, code: str) -> None:
    assert code in codes(pool(*CASES[case]))


def test_one_series_has_its_exact_interval() -> None:
    group = pool([3], [7]).groups[0]
    # Clopper-Pearson of 3/7: R binom.test(3, 7)
    assert group.ci_low == pytest.approx(0.09898828, abs=1e-8)
    assert group.ci_high == pytest.approx(0.81594843, abs=1e-8)
    assert group.tau2 is None and group.pi_low is None and group.method == "exact"


def test_separation_names_the_method_that_stands_in() -> None:
    group = pool([0, 10], [10, 10]).groups[0]
    assert group.method == "reml" and not group.converged
    assert group.tau2 is not None and group.tau2 < 100


def test_all_faults_of_the_rows_are_reported_at_once() -> None:
    with pytest.raises(FindingsInData) as caught:
        pool([1, 2.5, None, -1, 5, 1, "3", True], [3, 3, 3, 3, 4, 0, 5, 2], series="abcdefgh")
    found = [(p.code, p.source.row if p.source else None) for p in caught.value.problems]
    assert found == [
        ("not-a-whole-count", 2),
        ("missing-count", 3),
        ("negative-count", 4),
        ("events-above-total", 5),
        ("empty-series", 6),
        ("not-a-whole-count", 7),
        ("not-a-whole-count", 8),
    ]


def test_missing_is_not_zero() -> None:
    with pytest.raises(FindingsInData, match="not reported is not zero"):
        pool([float("nan"), 3], [5, 6])


def test_no_series_and_unequal_lengths_are_refused() -> None:
    with pytest.raises(FindingsInData, match="nothing to pool"):
        pool([], [])
    with pytest.raises(WrongUsage, match="total has 1"):
        pool([1, 2], [5])
    with pytest.raises(WrongUsage, match="by has 1"):
        pool([1, 2], [5, 6], by=["a"])


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"method": "reml2"}, "beta-binomial"),
        ({"transform": "probit"}, "double-arcsine"),
        ({"test": "satterthwaite"}, "hk-adhoc"),
        ({"level": 95}, "take 0.95"),
        ({"nodes": 7}, "correction"),
        ({"method": "glmm", "transform": "arcsine"}, "reml"),
        ({"method": "glmm", "test": "hk"}, "reml"),
    ],
)
def test_wrong_options_list_what_is_known(options: dict[str, Any], named: str) -> None:
    with pytest.raises(WrongUsage, match=named):
        pool([1, 2], [5, 6], **options)


def test_a_half_is_added_to_edge_series_alone() -> None:
    studies = pool([0, 3, 6], [5, 6, 6], method="reml").groups[0].studies
    assert [study.corrected for study in studies] == [True, False, True]
    assert "correction-added" in codes(pool([0, 3, 6], [5, 6, 6], method="reml"))
    assert not any(s.corrected for s in pool([0, 3, 6], [5, 6, 6]).groups[0].studies)


def test_groups_with_one_series_or_one_outcome_stay_visible() -> None:
    result = pool([3, 4, 5, 6, 2], [10, 9, 5, 6, 8], by=["a", "a", "b", "b", "c"])
    assert [group.group for group in result.groups] == ["a", "b", "c"]
    assert {"group-separated", "only-events", "one-series"} <= codes(result)
    contrast = result.compare("b", "a")
    assert contrast.odds_ratio is None and contrast.p is None
    assert result.compare("c", "a").odds_ratio is not None


def test_a_series_without_a_group_is_named() -> None:
    result = pool([3, 4, 5], [10, 9, 12], by=["a", None, "b"], series=["x", "y", "z"])
    assert [item.series for item in result.pooled.excluded] == ["y"]
    assert "no-group" in codes(result)


def test_one_level_has_no_comparison() -> None:
    result = pool([3, 4, 5], [10, 9, 12], by=["a", "a", "a"])
    assert result.between is None and result.contrasts == ()


def test_hartung_knapp_says_when_it_narrows() -> None:
    events, total = [5, 5, 5, 6], [10, 10, 10, 12]
    assert "hk-narrower" in codes(pool(events, total, method="dl", test="hk"))
    adhoc = pool(events, total, method="dl", test="hk-adhoc")
    plain = pool(events, total, method="dl", test="t")
    assert "hk-floor" in codes(adhoc)
    assert adhoc.groups[0].ci_low == plain.groups[0].ci_low


def test_regression_names_collinear_and_constant_moderators() -> None:
    found = regress(
        [3, 4, 5, 6, 2],
        [10, 9, 12, 16, 8],
        on={"year": [1, 2, 3, 4, 5], "twice": [2, 4, 6, 8, 10], "same": ["x"] * 5},
        method="reml",
    )
    assert {problem.code for problem in found.problems} >= {"collinear", "one-value"}
    assert [item.name for item in found.coefficients] == ["intercept", "year"]


def test_regression_leaves_out_series_without_the_moderator_by_name() -> None:
    found = regress([3, 4, 5, 6], [10, 9, 12, 16], on={"dose": [10, None, 30, 20]}, method="dl")
    assert found.fit.k == 3
    assert any(problem.code == "moderator-missing" for problem in found.problems)


def test_regression_refuses_more_coefficients_than_series() -> None:
    with pytest.raises(FindingsInData, match="3 series for 3 coefficients"):
        regress([1, 2, 3], [5, 6, 7], on={"a": [1, 2, 4], "b": [1, 4, 2]}, method="dl")


def test_a_moderator_that_no_series_has_is_refused_by_name() -> None:
    with pytest.raises(FindingsInData, match="2 series lack a value of dose"):
        regress([3, 4], [10, 9], on={"dose": [None, None]})


def test_regression_names_separation_and_gives_no_interval_there() -> None:
    found = regress([0, 0, 0, 5, 6, 4], [9, 8, 7, 9, 9, 9], on={"route": list("aaabbb")})
    assert "separation" in {problem.code for problem in found.problems}
    assert all(item.se is None and item.p is None for item in found.coefficients)
    assert found.test is None and found.lrt_p is not None and found.lrt_p < 0.001
    assert "no interval" in str(found) and json.dumps(found.to_dict(), allow_nan=False)


def test_series_are_added_in_the_order_of_numbers_only() -> None:
    result = pool([3, 5], [10, 12])
    with pytest.raises(WrongUsage, match=r"orders series by numbers: .*'first'"):
        result.cumulative(order=["first", "second"])
    assert [row["added"] for row in result.cumulative(order=[2, 1]).rows] == ["2", "1"]
