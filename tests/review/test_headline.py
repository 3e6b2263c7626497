"""The main job on the review's own paper: from the PDF to the pooled numbers.

Counts: Table 4 of the 2015 review in Actas Dermosifiliogr (14 series, 182 patients). Pooled values:
metafor 3.8-1, rma.glmm(measure="PLO", nAGQ=7), see tests/reference/README.md; printed there to
two decimals of a percent, hence the tolerance of half a unit of the last decimal and what
metafor's own quadrature leaves open (1e-4).
"""

from __future__ import annotations

import pytest

from evidence.review import Review
from evidence.table.switches import Switches

PERCENT = 0.0002


def test_overall_response(review: Review) -> None:
    (group,) = review.pool("ORR").groups
    assert (group.k, group.events, group.total) == (14, 120, 182)
    assert group.estimate == pytest.approx(0.6788, abs=PERCENT)
    assert group.ci_low == pytest.approx(0.5398, abs=PERCENT)
    assert group.ci_high == pytest.approx(0.7919, abs=PERCENT)
    assert group.tau2 == pytest.approx(0.5095, abs=5e-4)


def test_z_interval_and_prediction_interval(review: Review) -> None:
    (group,) = review.pool("ORR", test="z").groups
    assert group.ci_low == pytest.approx(0.5533, abs=PERCENT)
    assert group.ci_high == pytest.approx(0.7828, abs=PERCENT)
    assert group.pi_low == pytest.approx(0.321, abs=0.001)
    assert group.pi_high == pytest.approx(0.904, abs=0.001)


def test_complete_response(review: Review) -> None:
    (group,) = review.pool("CR").groups
    assert (group.events, group.total) == (57, 182)
    assert group.estimate == pytest.approx(0.2406, abs=PERCENT)
    assert group.tau2 == pytest.approx(1.920, abs=2e-3)


def test_by_route(review: Review) -> None:
    result = review.pool("ORR", by="route")
    iv, sc, mixed = (result.group(name) for name in ("IV", "SC", "mixed"))
    assert [(g.k, g.events, g.total) for g in (iv, sc, mixed)] == [
        (6, 26, 55),
        (6, 58, 69),
        (2, 36, 58),
    ]
    assert iv.estimate == pytest.approx(0.4727, abs=PERCENT)
    assert sc.estimate == pytest.approx(0.8406, abs=PERCENT)
    contrast = result.compare("SC", "IV")
    assert contrast.odds_ratio == pytest.approx(5.88, abs=0.005)
    assert contrast.ci_low == pytest.approx(2.55, abs=0.005)
    assert contrast.ci_high == pytest.approx(13.54, abs=0.01)
    assert any("confound" in p.code or "alias" in p.code for p in result.problems)


def test_by_dose(review: Review) -> None:
    result = review.pool("ORR", by="dose")
    assert result.group("30 mg").estimate == pytest.approx(0.5723, abs=PERCENT)
    assert result.group("≤15 mg").estimate == pytest.approx(0.8281, abs=PERCENT)


def test_by_disease_never_counts_a_mixed_series(review: Review) -> None:
    result = review.pool("ORR", by="disease")
    sezary, fungoides = result.group("SS"), result.group("MF")
    assert (sezary.k, sezary.events, sezary.total) == (5, 54, 64)
    assert (fungoides.k, fungoides.events, fungoides.total) == (4, 12, 34)
    assert sezary.estimate == pytest.approx(0.8871, abs=PERCENT)
    assert fungoides.estimate == pytest.approx(0.3541, abs=PERCENT)
    named = " ".join(left.series for left in result.excluded)
    for author in ("Lundin et al. 2003", "Kennedy", "Capalbo", "Lenihan", "Querfeld"):
        assert author in named


def test_attribution_is_a_switch(review: Review) -> None:
    off = Switches(attributed=False)
    assert review.pool("ORR", switches=off).groups[0].events == 119
    assert review.pool("CR", switches=off).groups[0].events == 56


def test_derived_counts_are_a_switch(review: Review) -> None:
    off = Switches(derived=False)
    stated_only = review.pool("CR", switches=off)
    assert stated_only.groups[0].k < review.pool("CR").groups[0].k
    assert any("derived" in left.reason for left in stated_only.excluded)


def test_a_word_of_a_complication_means_all_its_forms(review: Review) -> None:
    result = review.pool("complication:cytomegalovirus", by="route")
    # Actas 2015, Table 4: 4 + 1 + 1 + 3 + 2 + 1 + 10 + 2 in any form; Capalbo prints "No"
    assert result.overall.events == 24
    assert result.overall.k == 9
    assert any("not zero" in left.reason for left in result.excluded)
