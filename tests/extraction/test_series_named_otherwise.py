"""Names, sizes, units and heads as reviews of other fields print them."""

from __future__ import annotations

import pytest
from extraction_grids import document, grid

from evidence.documents.base import Cell
from evidence.extraction import Extraction, extract
from evidence.extraction.cells.duration import parse_times
from evidence.extraction.cells.label import parse_label
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.cells.told_times import told_times
from evidence.extraction.heads import read_head
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary()


def read(text: str, **more: object) -> Extraction:
    return extract(document(grid(text, **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [("7.4 GBq", 7.4, "GBq"), ("3000 cGy", 3000, "cGy"), ("500 mJ/cm2", 500, "mJ/cm2")],
)
def test_a_unit_keeps_its_prefix(text: str, low: float, unit: str) -> None:
    found = parse_regimen(text, WORDS)
    assert found.dose is not None
    assert (found.dose.value.low, found.dose_unit) == (low, unit)


@pytest.mark.parametrize(
    ("text", "per_week"),
    [("5 mg q12h", 14), ("0.8 mg/m2 / 12 h", 14), ("10 mg every 8 hours", 21), ("q24h", 7),
     ("150 mg alle 4 Wochen", 0.25), ("1 g cada 3 semanas", 0.333), ("2 mg/kg each 2 weeks", 0.5),
     ("375 mg/m2/4 h", None), ("2400 mg/m2/46 h", None)],
)  # fmt: skip
def test_hours_between_doses_and_every_in_other_languages(
    text: str, per_week: float | None
) -> None:
    found = parse_regimen(text, WORDS).doses_per_week
    assert (found.value.low if found else None) == per_week


def test_a_weekly_dose_by_weight_says_both() -> None:
    series = read(
        "Author | N | Weekly dose | CR, n\n"
        "Reed 2006 [14] | 42 | 0.5 µg/kg | 29\nHale 2008 [13] | 37 | 90 µg | 35"
    ).series
    assert [s.arms[0].regimen.dose_unit for s in series] == ["µg/kg/wk", "µg/wk"]


@pytest.mark.parametrize(
    ("parts", "role", "name"),
    [(["CR, n (%)", "Response"], "outcome", "CR"), (["CR, n (%) Response"], "outcome", "CR"),
     (["Best response CR"], "outcome", "CR"), (["ORR", "Patients"], "patients", ""),
     (["ORR", "Evaluable"], "total", ""), (["Response", "Neutropenia"], "complication_count",
     "Neutropenia"), (["Follow-up, mean ± SD, months"], "follow_up", ""),
     (["Follow-up, mean (SD), months"], "follow_up", ""), (["(Refs.)"], "reference", "")],
)  # fmt: skip
def test_heads_in_any_order(parts: list[str], role: str, name: str) -> None:
    says = read_head(parts, WORDS)
    assert (says.role, says.name) == (role, name)


@pytest.mark.parametrize(
    ("text", "authors", "year", "reference", "size"),
    [("Smith 2010 (n = 24)", "Smith", 2010, None, 24),
     ("Levin et al. 2004 (n = 12) [7]", "Levin et al.", 2004, 7, 12),
     ("SARC (Chugh 2010 75)", "Chugh", 2010, 75, None)],
)  # fmt: skip
def test_a_size_and_a_raised_number_beside_the_name(
    text: str, authors: str, year: int, reference: int | None, size: int | None
) -> None:
    label = parse_label(Cell(text=text), WORDS)
    assert label.year is not None
    assert (label.authors, label.year.value, label.reference) == (authors, year, reference)
    assert (label.size.value if label.size else None) == size


def test_brackets_behind_names_hold_patients_where_the_head_says_so() -> None:
    series = read(
        "Study and year (n) | ORR and ≥VGPR | DOR\n"
        "Zhao et al. 2022 (74)59 | ORR: 65/74 (88%); VGPR: 54/74 (73%) | Median DOR: 23 months\n"
        "Hale et al. 2023 (97)21 | ORR: 95/97 (98%); VGPR: 80/97 (82%) | NE (20 months to NE)"
    ).series
    assert [(s.arms[0].total, s.citation.reference) for s in series] == [(74, 59), (97, 21)]
    assert series[0].arms[0].responses[0].ORR == 65
    assert [d.median for d in series[0].arms[0].response_months] == [23]
    assert series[1].arms[0].response_months == ()


def test_treatments_cited_by_those_who_gave_them() -> None:
    series = read(
        "Treatment | Patients | CR, % | Concomitant therapy\n"
        "Alemtuzumab (Marsh, et al)45 | 22 | 0 | dexamethasone\n"
        "DEP (Wang, et al)44 | 63 | 27 | none"
    ).series
    assert [s.citation.authors for s in series] == ["Marsh, et al", "Wang, et al"]
    assert [s.arms[0].regimen.drug for s in series] == ["alemtuzumab", None]
    assert series[0].arms[0].regimen.combined_with == ("dexamethasone",)


@pytest.mark.parametrize(
    "text", ["12.3 (8.1 to NE)", "12.3 (95% CI, 8.1 to NR)", "12.3 (8.1–not reached)"]
)
def test_an_interval_without_an_upper_end_is_no_second_time(text: str) -> None:
    (time,) = parse_times(text, WORDS, unit="month").times
    assert (time.point, time.low, time.values) == (12.3, None, ())


@pytest.mark.parametrize(
    ("heads", "cells", "total"),
    [("Children | Patients", "10 | 40", 40), ("Children | Adults", "10 | 30", None),
     ("Children | Evaluable", "20 | 18", 20), ("Transplants | Recipients", "22 | 20", 20)],
)  # fmt: skip
def test_some_of_the_patients_are_not_their_number(
    heads: str, cells: str, total: int | None
) -> None:
    table = f"Study | {heads} | CR, n\nSmith 2010 [3] | {cells} | 4\nJones 2011 [4] | {cells} | 5"
    assert read(table).series[0].arms[0].total == total


def test_times_of_endpoints_in_a_cell_of_outcomes() -> None:
    arm = (
        read(
            "Trial | N | Outcomes\n"
            "Maki et al. [85] | 6 | ORR 0% mPFS 1.5 m mOS 8.8 m\n"
            "Blay et al. [88] | 98 | ORR 15.3%; PFS 55% at 6 months; median DOR: 8 months"
        )
        .series[0]
        .arms[0]
    )
    assert [(d.endpoint, d.median) for d in arm.response_months] == [("PFS", 1.5), ("OS", 8.8)]
    assert arm.responses[0].stated_percent == {"ORR": 0}


def test_rates_at_a_time_are_no_times() -> None:
    told = told_times("PFS 55% at 27 months; OS at 6 months 40%; 2-year OS 94%", WORDS)
    assert (told.times, told.rest[:3]) == ([], "PFS")


def test_causes_of_death_are_no_percentage() -> None:
    (block,) = (
        read(
            "Author | N | Deaths (cause)\n"
            "Reed 2010 [4] | 16 | 2 (1 sepsis, 1 progression)\nHale 2012 [5] | 28 | 1 (sepsis)"
        )
        .series[0]
        .arms[0]
        .responses
    )
    assert (block.deaths, block.PD, block.stated_percent) == (2, None, {})
    assert block.death_cause == "1 sepsis, 1 progression"


def test_an_interval_in_brackets_is_no_duration_of_treatment() -> None:
    arm = (
        read(
            "Study | N | Cyclophosphamide, mg IV (interval) | CR, n\n"
            "Reed 2002 [5] | 44 | 500 (2 wk) | 10\nHale 2011 [6] | 37 | 750 (4 wk) | 9"
        )
        .series[0]
        .arms[0]
    )
    assert arm.treatment_weeks is None
