"""Batches, subsets, durations, survival, planning, tables: each part on its own."""

from __future__ import annotations

import json

import numpy as np
import pytest
from reference_series import EVENTS, ROUTE, ROWS, TOTAL, table

from evidence.errors import FindingsInData, WrongUsage
from evidence.pooling import (
    ReportedMedian,
    cumulative,
    gosh,
    kaplan_meier,
    median_of_medians,
    next_series,
    patients_needed,
    pool,
    pool_many,
    prior_sensitivity,
    probabilities,
    regress,
    sensitivity,
    small_study,
)
from evidence.pooling.effects import TRANSFORMS, measure
from evidence.pooling.intervals import SERIES_INTERVALS, clopper_pearson, series_intervals
from evidence.pooling.trim_and_fill import trim_and_fill


@pytest.mark.parametrize("method", ["dl", "reml", "ml", "pm", "sj", "hs", "he", "common", "glmm"])
def test_many_gives_the_numbers_of_pool(method: str) -> None:
    random = np.random.default_rng(7)
    labels = np.repeat(np.arange(40), random.integers(1, 9, 40))
    total = random.integers(1, 40, len(labels))
    events = random.binomial(total, random.random(len(labels)))
    found = pool_many(labels, events, total, method=method)
    for at, label in enumerate(found.names):
        inside = labels == int(label)
        alone = pool(events[inside], total[inside], method=method).fitted[0].result
        if not found["converged"][at]:
            assert not alone.converged
            continue
        # 1e-6: the batch stops its search at another point
        assert found["estimate"][at] == pytest.approx(alone.estimate, abs=1e-6)
        assert found["ci_low"][at] == pytest.approx(alone.ci_low, abs=1e-6)
        if alone.tau2 is not None:
            assert found["tau2"][at] == pytest.approx(alone.tau2, rel=1e-5, abs=1e-6)
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("method", ["dl", "reml", "glmm", "common"])
def test_subsets_give_the_numbers_of_pool(method: str) -> None:
    result = pool(EVENTS[:7], TOTAL[:7], method=method)
    seen: list[tuple[int, int]] = []
    found = gosh(result, progress=lambda done, of: seen.append((done, of)))
    assert len(found) == 2**7 - 1 and seen[-1] == (127, 127)
    for at in range(0, 127, 11):
        inside = found.inside[at]
        if inside.sum() < 2:
            continue
        alone = pool(np.array(EVENTS[:7])[inside], np.array(TOTAL[:7])[inside], method=method)
        group = alone.fitted[0].result
        assert found.estimate[at] == pytest.approx(group.estimate, abs=1e-6)
        assert found.tau2[at] == pytest.approx(group.tau2, abs=1e-6)


def test_subsets_above_the_limit_are_drawn_and_said_so() -> None:
    found = gosh(table(method="dl"), limit=500)
    assert len(found) == 500
    assert [problem.code for problem in found.problems] == ["subsets-sampled"]


def test_small_study_effects_are_withheld_below_ten() -> None:
    found = small_study(pool(EVENTS[:9], TOTAL[:9]))
    assert found.tests == () and found.problems[0].code == "small-study-withheld"
    assert small_study(table()).tests


def test_endpoints_are_never_mixed() -> None:
    rows = [
        ReportedMedian(series="a", patients=10, months=12),
        ReportedMedian(series="b", patients=30, months=4),
        ReportedMedian(series="c", patients=5, months=3, comparator="<"),
        ReportedMedian(series="d", patients=39, months=3.4, endpoint="time to progression"),
    ]
    response, progression = median_of_medians(rows)
    assert (response.k, response.months, response.comparator) == (3, 4, None)
    assert (progression.k, progression.months) == (1, 3.4)
    assert "bounded-median" in {problem.code for problem in response.problems}


def test_faulty_medians_are_refused() -> None:
    with pytest.raises(FindingsInData, match="Row 1"):
        median_of_medians([ReportedMedian(series="a", patients=0, months=3)])


def test_kaplan_meier_of_the_6mp_arm() -> None:
    # Freireich 1963, 6-MP arm; R survfit(conf.type = "log-log"): median 23, interval 13 to NA
    months = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    found = kaplan_meier([*months, None], [*map(bool, ended), True])
    assert (found.median, found.median_low, found.median_high) == (23, 13, None)
    assert found.survival[2] == pytest.approx(0.7529412, abs=1e-7)
    assert found.ci_low[2] == pytest.approx(0.503, abs=5e-4)
    assert found.at_risk == (21, 17, 15, 12, 11, 7, 6)
    assert found.numbers_at_risk([0, 6, 12, 24]) == [21, 21, 12, 5]
    assert (found.n, found.usable_of) == (21, 22)


def test_kaplan_meier_without_events_or_rows() -> None:
    found = kaplan_meier([5, 6], [False, False])
    assert found.median is None and found.at(3) == 1.0
    with pytest.raises(FindingsInData, match="No patient row"):
        kaplan_meier([None], [True])
    with pytest.raises(FindingsInData, match="Row 1"):
        kaplan_meier([-1], [True])


def test_planning_narrows_with_patients() -> None:
    widths = next_series(table(), patients=[5, 20, 80]).column("ci_width")
    assert widths == sorted(widths, reverse=True)
    result = table(by=ROUTE)
    needed = patients_needed(result, "SC", "IV", half_width=0.10)
    wider = patients_needed(result, "SC", "IV", half_width=0.15)
    assert needed.patients is not None and wider.patients is not None
    assert 0 < wider.patients < needed.patients
    with pytest.raises(WrongUsage, match="Unknown group"):
        patients_needed(result, "SC", "PO")


def test_sensitivity_has_a_row_for_derived_counts_and_a_replacement() -> None:
    result = table(derived=[at == 0 for at in range(14)])
    other = [x - (at == 12) for at, x in enumerate(EVENTS)]
    found = sensitivity(result, replacements={"other attribution": (other, TOTAL)})
    by_name = {row["scenario"]: row for row in found.rows}
    assert by_name["without derived counts"]["k"] == 13
    assert by_name["other attribution"]["events"] == 119
    assert by_name["all series"]["events"] == 120


def test_cumulative_goes_by_year() -> None:
    found = cumulative(table())
    assert found.column("k") == list(range(1, 15))
    assert found.rows[-1]["estimate"] == table().groups[0].estimate
    with pytest.raises(WrongUsage, match="year"):
        cumulative(pool(EVENTS, TOTAL))


def test_bayes_states_probabilities_and_prior_sensitivity() -> None:
    result = table(by=ROUTE, method="bayes")
    found = {row["statement"]: row["median_series"] for row in probabilities(result).rows}
    assert found["SC > IV"] > 0.99
    assert found["SC > IV"] + found["IV > SC"] == pytest.approx(1, abs=1e-3)
    scales = prior_sensitivity(result).column("tau2")
    assert scales == sorted(scales)


def test_bayes_with_flat_priors_is_near_the_likelihood() -> None:
    flat = table(method="bayes", tau_prior=5.0).groups[0]
    likely = table().groups[0]
    assert flat.estimate == pytest.approx(likely.estimate, abs=0.01)


def test_regression_predicts_and_draws_bubbles() -> None:
    found = regress(EVENTS, TOTAL, on={"dose_mg": [float(r["dose_mg"]) for r in ROWS]})
    data = found.bubble("dose_mg")
    assert len(data["bubbles"]) == 14 and len(data["line"]) == 50
    low, high = (found.predict({"dose_mg": dose})["estimate"] for dose in (10, 30))
    assert low > high
    assert str(found) and json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("method", SERIES_INTERVALS)
def test_series_intervals_agree_with_statsmodels(method: str) -> None:
    from statsmodels.stats.proportion import proportion_confint

    names = {"clopper-pearson": "beta", "agresti-coull": "agresti_coull"}
    events, total = np.array([0.0, 3.0, 7.0, 12.0]), np.array([5.0, 9.0, 7.0, 100.0])
    low, high = series_intervals(events, total, method=method)
    theirs = proportion_confint(events, total, method=names.get(method, method))
    assert np.allclose(low, np.clip(theirs[0], 0, 1), atol=1e-12)
    assert np.allclose(high, np.clip(theirs[1], 0, 1), atol=1e-12)


def test_exact_interval_covers_by_its_definition() -> None:
    from scipy.stats import binom

    low, high = clopper_pearson(np.array([4.0]), np.array([17.0]), 0.9)
    assert binom.sf(3, 17, low[0]) == pytest.approx(0.05, abs=1e-10)
    assert binom.cdf(4, 17, high[0]) == pytest.approx(0.05, abs=1e-10)


def test_result_prints_as_one_line_and_as_json() -> None:
    result = table(by=ROUTE, by_name="route")
    lines = str(result).splitlines()
    assert lines[0].startswith("ORR by route IV: 47% (95% CI ")
    assert "26/55 in 6 series, prediction " in lines[0]
    found = result.to_dict()
    assert list(found)[:5] == ["outcome", "by", "method", "transform", "test"]
    # the field names are a contract, written out here and not read from the code
    group = (
        "group k events total estimate ci_low ci_high pi_low pi_high tau2 i2 h2 q q_df q_p "
        "population_estimate converged studies problems"
    )
    study = "series events total estimate ci_low ci_high weight"
    contrast = "a b odds_ratio ci_low ci_high p difference difference_ci_low difference_ci_high"
    assert set(group.split()) <= set(found["groups"][0])
    assert set(study.split()) <= set(found["groups"][0]["studies"][0])
    assert {"q_m", "df", "p", "model"} <= set(found["between"])
    assert set(contrast.split()) <= set(found["contrasts"][0])
    assert {"outcome", "by", "groups", "contrasts", "problems"} <= set(found)


def test_summary_gives_counts_before_percent_and_codes_beside_numbers() -> None:
    text = table(by=ROUTE, by_name="route").summary()
    assert "6 series, 55 patients" in text
    assert "26/55; 47%" in text
    assert "! tau2-boundary:" in text


def test_frame_is_tidy() -> None:
    frame = table(by=ROUTE, method="reml").frame
    assert set(frame["row"]) == {"group", "series"}
    assert len(frame) == 14 + 3
    weights = frame[frame["row"] == "series"].groupby("group")["weight"].sum()
    assert np.allclose(weights, 1)


def test_trim_and_fill_down_to_one_series() -> None:
    # metafor 3.8-1: trimfill(rma(measure = "PLO", xi = c(145, 131, 4), ni = c(296, 257, 6)))
    effects = measure(
        TRANSFORMS["logit"], np.array([145.0, 131.0, 4.0]), np.array([296.0, 257.0, 6.0])
    )
    found = trim_and_fill(effects, method="reml")
    assert (found.side, found.missing) == ("left", 2)
    assert found.estimate == pytest.approx(-0.0405460943943498, abs=1e-9)
    assert found.se_missing == pytest.approx(1.48808601901906, rel=1e-9)
