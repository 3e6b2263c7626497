"""The many ways tables print one amount, and the ways that look like one and are none."""

from __future__ import annotations

import pytest

from evidence.extraction.cells.duration import parse_times
from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.patients import parse_patients
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.cells.responses import parse_responses
from evidence.model.quantity import Amount
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary()


@pytest.mark.parametrize(
    ("text", "form", "count", "percent", "total"),
    [
        ("9 of 15", None, 9, None, 15),
        ("9 out of the 15 patients", None, 9, None, 15),
        ("60% (9/15)", "percent", 9, 60.0, 15),
        ("60% (n = 9)", "n-percent", 9, 60.0, None),
        ("9 (60%)", "percent", 9, 60.0, None),
        ("60.0 (9)", "n-percent", 9, 60.0, None),
        ("9/15 (60%; 95% CI 32-84)", None, 9, 60.0, 15),
        ("60% (32–84)", None, None, 60.0, None),
        ("60 [32–84]", "percent", None, 60.0, None),
        ("45,5%", "n", None, 45.5, None),
        ("45·5%", None, None, 45.5, None),
        ("two patients", None, 2, None, None),
        ("None", "n", 0, None, None),
        ("—", "n", None, None, None),
    ],
)
def test_one_outcome(
    text: str, form: str | None, count: object, percent: object, total: object
) -> None:
    found = parse_outcome(text, WORDS, form=form)
    values = (found.count, found.percent, found.total)
    assert tuple(v.value if v else None for v in values) == (count, percent, total)
    assert found.unread is None


@pytest.mark.parametrize("text", ["<5%", "> 50%", "≈60%", "~60%"])
def test_a_bound_is_doubted(text: str) -> None:
    found = parse_outcome(text, WORDS, form="percent")
    assert found.percent is not None
    assert found.percent.doubt is not None


@pytest.mark.parametrize("text", ["all", "½", "50-60%", "9-12", "yes", "Not evaluable"])
def test_what_is_no_amount_is_named(text: str) -> None:
    found = parse_outcome(text, WORDS, form="n")
    assert found.count is None and found.percent is None
    assert found.unread


@pytest.mark.parametrize(
    ("text", "counts", "percents"),
    [
        ("7 CR (58%), 2 PR (17%)", {"CR": 7, "PR": 2}, {"CR": 58.0, "PR": 17.0}),
        ("CR (n = 3), PR (n = 4)", {"CR": 3, "PR": 4}, {}),
        ("CR in 3 of 12 patients, PR in 4", {"CR": 3, "PR": 4}, {}),
        ("8 of 10 improved", {"improved": 8}, {}),
        ("CR+PR 60%", {}, {"ORR": 60.0}),
        ("≥PR 50%", {}, {"ORR": 50.0}),
        ("CR 5, NR 4", {"CR": 5, "no response": 4}, {}),
        ("CR: 3; PR: none; SD: -; PD: NR", {"CR": 3, "PR": 0}, {}),
        ("mCR 1, CR 2", {"mCR": 1, "CR": 2}, {}),
        ("OR 60% [32–84]", {}, {"ORR": 60.0}),
        ("ACR20 60%, ACR50 40%", {}, {"ACR-20": 60.0, "ACR-50": 40.0}),
        ("CR/PR 9", {"ORR": 9}, {}),
    ],
)
def test_several_outcomes(text: str, counts: object, percents: object) -> None:
    found = parse_responses(text, WORDS)
    assert {k: v.value for k, v in found.blocks[0].counts.items()} == counts
    assert {k: v.value for k, v in found.blocks[0].percents.items()} == percents
    assert found.unread is None


def test_two_amounts_of_joined_outcomes_are_no_share() -> None:
    """``5/2`` may be five CR and two CRu, or five of two: it is named, never chosen."""
    found = parse_responses("CR/CRu 5/2", WORDS)
    assert found.blocks == []
    assert found.unread == "CR/CRu 5/2"


def test_without_an_amount_beside_it_nr_is_not_reported() -> None:
    found = parse_responses("CR 5, PR NR", WORDS)
    assert {k: v.value for k, v in found.blocks[0].counts.items()} == {"CR": 5}


@pytest.mark.parametrize(
    ("text", "dose", "unit", "escalation"),
    [
        ("75 mg m-2", 75, "mg/m2", None),
        ("1 000 mg/day", 1000, "mg/d", None),
        ("2 x 1000 mg IV", 1000, "mg", None),
        ("5 x 10^6 cells/kg", 5, "x10^6 cells/kg", None),
        ("10 × 10⁶ IU SC 3x/wk", 10, "MU", None),
        ("AUC 5 d1 q21d", 5, "AUC", None),
        ("3→10→30 mg", 30, "mg", (3, 10, 30)),
        ("3/10/30 mg IV", 30, "mg", (3, 10, 30)),
        ("3 mg, then 10 mg, then 30 mg tiw", 30, "mg", (3, 10, 30)),
        ("10 mg, increased to 30 mg tiw", 30, "mg", (10, 30)),
        ("2 J/cm² thrice weekly", 2, "J/cm2", None),
        ("30 Gy in 15 fractions", 30, "Gy", None),
    ],
)
def test_doses(text: str, dose: float, unit: str, escalation: object) -> None:
    found = parse_regimen(text, WORDS)
    assert found.dose is not None
    assert found.dose.value == Amount(low=dose, high=dose)
    assert found.dose_unit == unit
    assert (found.escalation.value if found.escalation else None) == escalation


def test_a_dose_from_one_to_another_is_a_range() -> None:
    found = parse_regimen("3 to 30 mg SC tiw", WORDS)
    assert found.dose is not None and found.dose.value == Amount(low=3, high=30)
    assert found.unread is None


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        ("30 mg/m2 days 1, 8 and 15 of 28-day cycles", "days 1, 8 and 15 of 28-day cycles"),
        ("25 mg/m2 on days 1, 8, and 15 of a 28-day cycle", "days 1, 8, and 15 of a 28-day cycle"),
        ("30 mg d1, 8, 15 q28d", "d1, 8, 15 q28d"),
        ("1 g IV day 1 and 15", "day 1 and 15"),
    ],
)
def test_the_length_of_a_cycle_is_kept(text: str, schedule: str) -> None:
    found = parse_regimen(text, WORDS)
    assert found.schedule is not None and found.schedule.value == schedule
    assert found.unread is None


def test_hours_of_an_infusion_are_no_treatment_duration() -> None:
    assert parse_regimen("10 mg i.v. over 2 h, 3 x/week", WORDS).duration is None


@pytest.mark.parametrize(
    ("text", "point", "low", "high"),
    [
        ("8.2 (5.1–NR)", 8.2, None, None),
        ("8.2 (IQR 5–12)", 8.2, None, None),
        ("8.2 mo (95% CI 5.1–12.3)", 8.2, None, None),
        ("8,2 mo", 8.2, None, None),
        ("12 ± 3 weeks", 12, None, None),
        ("6 (3–12) mo", 6, 3, 12),
    ],
)
def test_one_time(text: str, point: float, low: object, high: object) -> None:
    (time,) = parse_times(text, WORDS, unit="month").times
    assert (time.point, time.low, time.high) == (point, low, high)


@pytest.mark.parametrize("text", ["NR (6.2–NR)", "5 yrs: 60%", "20/25", "3 weeks – 8 months"])
def test_what_is_no_time_is_named(text: str) -> None:
    found = parse_times(text, WORDS, unit="month")
    assert found.times == []
    assert found.unread


def test_a_time_belongs_to_what_follows_it() -> None:
    times = parse_times("18 mo in CR, 6 mo in PR", WORDS).times
    assert [(time.point, time.scope) for time in times] == [(18, "CR"), (6, "PR")]


@pytest.mark.parametrize(
    ("text", "total"),
    [("8 (16 lesions)", 8), ("10 eyes of 8 patients", 8), ("12 patients, 3 courses", 12)],
)
def test_lesions_and_courses_are_no_patients(text: str, total: int) -> None:
    found = parse_patients(text, WORDS)
    assert found.total is not None and found.total.value == total
    assert found.population == {}


def test_stages_are_no_diseases() -> None:
    assert parse_patients("43 (stage III 20, stage IV 23)", WORDS).population == {}
