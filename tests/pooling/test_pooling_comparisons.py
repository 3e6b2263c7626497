"""Groups against each other: confounding, contrasts, pairs inside series."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reference_series import ROUTE, ROWS, TOTAL, table

from evidence.errors import WrongUsage
from evidence.model.levels import level_order
from evidence.pooling import (
    Pair,
    cross_table,
    pool,
    within,
    within_all,
)


def test_confounding_names_empty_cells_and_aliasing() -> None:
    dose = [row["dose"] for row in ROWS]
    found = cross_table({"route": ROUTE, "dose": dose}, TOTAL)
    empty = {cell.levels for cell in found.empty}
    assert ("IV", "<=15 mg") in empty
    assert sum(cell.patients for cell in found.cells) == 182
    result = table(by=ROUTE, by_name="route", moderators={"dose": dose})
    contrast = result.compare("SC", "IV")
    assert contrast.aliased is not None and "dose" in contrast.aliased
    assert "confounded" in {problem.code for problem in result.problems}


def test_a_lone_series_that_shares_its_level_with_most_is_not_confounded() -> None:
    """One series with SC against five of which four have SC: the route does not part them."""
    disease = ["A", "B", "B", "B", "B", "B"]
    routes = ["SC", "SC", "SC", "SC", "SC", "IV"]
    counts = [3, 2, 4, 5, 1, 2], [9, 8, 9, 10, 7, 8]
    given: dict[str, Any] = {"by": disease, "by_name": "disease", "moderators": {"route": routes}}
    assert pool(*counts, **given).contrasts[0].aliased is None
    given["moderators"] = {"route": ["SC", "SC", "IV", "IV", "IV", "IV"]}
    found = pool(*counts, **given).contrasts[0].aliased
    assert found is not None and "only 1 of 5 B series" in found


def test_levels_stand_by_size_then_by_letter() -> None:
    doses = ["100 mg", "30 mg", ">30 mg", "≤15 mg", "15 mg", "not stated", "IV", "sc"]
    assert sorted(doses, key=level_order) == [
        *("≤15 mg", "15 mg", "30 mg", ">30 mg", "100 mg", "IV", "not stated", "sc")
    ]


def test_confounding_counts_the_rank() -> None:
    same = ["x", "x", "y", "y"]
    found = cross_table({"a": same, "b": ["1", "1", "2", "2"]}, [1, 1, 1, 1])
    assert (found.rank, found.columns) == (2, 3)
    assert set(found.determined) == {("a", "b"), ("b", "a")}
    assert "rank-deficient" in {problem.code for problem in found.problems}


def test_contrast_turns_round() -> None:
    result = table(by=ROUTE, test="z")
    forward, back = result.compare("SC", "IV"), result.compare("IV", "SC")
    assert back.odds_ratio == pytest.approx(1 / (forward.odds_ratio or 1))
    assert back.difference == pytest.approx(-(forward.difference or 0))
    assert back.ci_low == pytest.approx(1 / (forward.ci_high or 1))
    with pytest.raises(WrongUsage, match="Known levels: IV, mixed, SC"):
        result.compare("SC", "PO")


def test_within_study_headline() -> None:
    # SS against MF in the two series that report both: Mantel-Haenszel 12.0 (3.42-42.2)
    pairs = [
        Pair(series="de Masson", events_a=16, total_a=23, events_b=4, total_b=16),
        Pair(series="Watanabe", events_a=17, total_a=17, events_b=1, total_b=6),
    ]
    found = within(pairs)
    assert round(found.odds_ratio or 0, 1) == 12.0
    assert (round(found.ci_low or 0, 2), round(found.ci_high or 0, 1)) == (3.42, 42.2)
    for result in within_all(pairs):
        assert result.odds_ratio is not None and result.odds_ratio > 1
        json.dumps(result.to_dict(), allow_nan=False)


def test_conditional_glmm_without_spread_is_the_conditional_estimate() -> None:
    pairs = [
        Pair(series=str(at), events_a=a, total_a=10, events_b=b, total_b=10)
        for at, (a, b) in enumerate([(6, 4), (7, 5), (5, 3)])
    ]
    exact, mixed = within(pairs, method="exact"), within(pairs, method="conditional-glmm")
    assert mixed.tau2 == 0
    assert mixed.odds_ratio == pytest.approx(exact.odds_ratio, rel=1e-6)


def test_exact_interval_of_a_table_covers_by_its_definition() -> None:
    from scipy.stats import nchypergeom_fisher

    found = within(
        [Pair(series="a", events_a=7, total_a=10, events_b=3, total_b=12)], method="exact"
    )
    assert found.ci_low is not None and found.ci_high is not None
    # events in a given 10 events among 22: Fisher's non-central hypergeometric
    upper = nchypergeom_fisher(22, 10, 10, found.ci_low).sf(6)
    lower = nchypergeom_fisher(22, 10, 10, found.ci_high).cdf(7)
    assert (upper, lower) == (pytest.approx(0.025, abs=1e-8), pytest.approx(0.025, abs=1e-8))
    assert nchypergeom_fisher(22, 10, 10, found.odds_ratio).mean() == pytest.approx(7, abs=1e-8)


@pytest.mark.parametrize("events_a", [1, 2, 5])
def test_separated_pairs_have_no_odds_ratio_but_a_reason(events_a: int) -> None:
    pairs = [Pair(series="a", events_a=events_a, total_a=5, events_b=0, total_b=2)]
    for method in ("mh", "exact", "conditional-glmm", "unconditional-glmm"):
        found = within(pairs, method=method)
        assert found.odds_ratio is None
        assert "separation" in {problem.code for problem in found.problems}


@pytest.mark.parametrize("transform", ["logit", "arcsine", "double-arcsine", "log"])
def test_identical_series_cannot_be_compared_by_plain_hartung_knapp(transform: str) -> None:
    result = pool(
        [3] * 6, [10] * 6, by=list("ababab"), method="reml", transform=transform, test="hk"
    )
    assert result.between is None
    assert [contrast.odds_ratio for contrast in result.contrasts] == [None]
    assert any(problem.code == "no-spread" for problem in result.problems)
