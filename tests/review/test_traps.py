"""The traps of the review's table, from the PDF to the evidence table.

Counts and wording: Table 4 of the 2015 review in Actas Dermosifiliogr, as the repository's own
paper restates it (sources/typeset/paper.toml).
"""

from __future__ import annotations

from evidence.model.row import EvidenceRow
from evidence.model.series import Arm, Responses
from evidence.review import Review


def arm(review: Review, series: str) -> Arm:
    (found,) = (item.series for item in review.stored if item.series.series == series)
    return found.arms[0]


def scope(review: Review, series: str, name: str) -> Responses:
    (found,) = (block for block in arm(review, series).responses if block.scope == name)
    return found


def row(review: Review, series: str, outcome: str, stratum: str = "all") -> EvidenceRow:
    (found,) = (
        r
        for r in review.rows
        if (r.series, r.outcome, r.stratum) == (series, outcome, stratum) and r.arm is None
    )
    return found


def test_eight_mf_inside_fifty_lymphomas(review: Review) -> None:
    series = arm(review, "lundin-1998")
    assert series.population == {"MF": 8}
    assert series.within is not None and series.within.patients == 50
    block = scope(review, "lundin-1998", "MF")
    assert (block.total, block.CR, block.stated_percent) == (8, 2, {"CR": 50})
    overall = row(review, "lundin-1998", "ORR")
    assert (overall.events, overall.total, overall.how) == (4, 8, "derived")
    assert row(review, "lundin-1998", "CR").events == 2


def test_percent_printed_as_complete_is_the_overall_response(review: Review) -> None:
    overall = row(review, "lundin-2003", "ORR")
    assert (overall.events, overall.total) == (12, 22)
    assert row(review, "lundin-2003", "CR").events == 7
    codes = {(f.code, f.series, f.severity) for f in review.audit()}
    assert ("percent-mislabelled", "lundin-2003", "high") in codes
    assert ("percent-mislabelled", "lundin-1998", "high") in codes


def test_three_responders_are_of_four_not_of_ten(review: Review) -> None:
    overall = row(review, "zinzani-2005", "ORR")
    assert (overall.events, overall.total, overall.disease) == (3, 4, "MF")
    assert arm(review, "zinzani-2005").population == {"MF": 4, "PTCL": 6}


def test_transformed_patient_counts(review: Review) -> None:
    assert arm(review, "kennedy-2003").population == {"MF": 5, "SS": 2, "T-MF": 1}
    assert row(review, "kennedy-2003", "ORR").total == 8


def test_unaccounted_patients_are_not_reported(review: Review) -> None:
    for series in ("ferrajoli-2003", "de-masson-2014"):
        for outcome in ("SD", "PD"):
            missing = row(review, series, outcome)
            assert missing.events is None and missing.how is None, (series, outcome)


def test_death_in_the_response_cell(review: Review) -> None:
    block = scope(review, "capalbo-2003", "all")
    assert (block.deaths, block.death_cause) == (1, "AMI")
    assert row(review, "capalbo-2003", "PD").events == 0  # 1 CR, 1 PR and 1 death are all 3


def test_together_is_not_split(review: Review) -> None:
    assert arm(review, "lundin-2003").population == {"MF/SS": 22}
    assert arm(review, "de-masson-2014").population == {"SS": 23, "MF": 16}
    assert row(review, "lundin-2003", "ORR").disease is None
    assert row(review, "de-masson-2014", "ORR", "SS").total == 23


def test_two_routes_are_mixed(review: Review) -> None:
    assert arm(review, "querfeld-2009").regimen.routes == ("IV", "SC")
    assert row(review, "querfeld-2009", "ORR").route == "mixed"


def test_response_after_another_therapy_keeps_its_qualifier(review: Review) -> None:
    (exclusion,) = scope(review, "watanabe-2014", "MF").exclusions
    assert (exclusion.outcome, exclusion.events) == ("CR", 1)
    assert "electron beam" in exclusion.reason
    assert row(review, "watanabe-2014", "CR").attributed_events == 1


def test_weeks_among_months(review: Review) -> None:
    (duration,) = arm(review, "alinari-2007").response_months
    assert duration.median == 1.84  # 8 weeks * 7 / 30.4375
    assert duration.printed is not None and "wk" in duration.printed


def test_a_bound_stays_a_bound(review: Review) -> None:
    (duration,) = arm(review, "kennedy-2003").response_months
    assert (duration.median, duration.comparator) == (3, "<")


def test_a_count_of_long_responses_is_no_median(review: Review) -> None:
    median, long = arm(review, "de-masson-2014").response_months
    assert median.median == 3.4
    assert (long.value, long.comparator, long.patients) == (24, ">", 6)
    assert long.by_disease == {"SS": 5, "MF": 1}


def test_none_is_not_not_stated(review: Review) -> None:
    assert arm(review, "capalbo-2003").complications == ()  # "No"
    assert arm(review, "ferrajoli-2003").complications is None  # "NS"
    assert arm(review, "bernengo-2007").treatment_weeks is None  # "NS"


def test_five_patients_stand_under_their_series(review: Review) -> None:
    patients = arm(review, "index-series-2015").patients
    assert [p.response["overall"] for p in patients] == ["CR", "CR", "PR", "PR", "PD"]
    assert [p.response_months for p in patients] == [66, 11, 5, 15, None]
    assert [p.follow_up_months for p in patients] == [67, 24, 27, 32, 20]
    assert patients[1].died and not patients[0].died
