"""Patients cells: populations, totals, parts of a larger group."""

from __future__ import annotations

import pytest

from evidence.extraction.cells.patients import disease_label, parse_patients
from evidence.vocabulary import load_vocabulary

CASES = {
    "50 low grade NHL (8 MF)": ({"MF": 8}, None, ("NHL", 50)),
    "22 MF/SS": ({"MF/SS": 22}, None, None),
    "23 SS/16 MF": ({"SS": 23, "MF": 16}, None, None),
    "1 MF/2 SS": ({"MF": 1, "SS": 2}, None, None),
    "5 MF/2 SS 1 MF transformed to large cell": ({"MF": 5, "SS": 2, "T-MF": 1}, None, None),
    "5 SS and 3 MF": ({"SS": 5, "MF": 3}, None, None),
    "4 MF 6 peripheral TCL": ({"MF": 4, "PTCL": 6}, None, None),
    "17 SS 2 erythrodermic MF": ({"SS": 17, "E-MF": 2}, None, None),
    "MF 5, PTCLU 8": ({"MF": 5, "PTCL-NOS": 8}, None, None),
    "MF (n = 5), SS (n = 3)": ({"MF": 5, "SS": 3}, None, None),
    "25 (15 MF, 10 SS)": ({"MF": 15, "SS": 10}, 25, None),
    "n = 41": ({}, 41, None),
    "RRMS (n = 41)": ({"RRMS": 41}, None, None),
    "40 adults T2DM (45-55 years)": ({"T2DM": 40}, None, None),
    "30 patients with plaque psoriasis": ({"psoriasis": 30}, None, None),
    "12": ({}, 12, None),
    "25: 15 MF, 10 SS": ({"MF": 15, "SS": 10}, 25, None),
    "60 patients, of whom 40 MF and 20 SS": ({"MF": 40, "SS": 20}, 60, None),
    "50 NHL, of whom 8 MF": ({"MF": 8}, None, ("NHL", 50)),
}


@pytest.mark.parametrize("text", CASES)
def test_patients(text: str) -> None:
    population, total, within = CASES[text]
    found = parse_patients(text, load_vocabulary())
    assert {name: value.value for name, value in found.population.items()} == population
    assert (found.total.value if found.total else None) == total
    assert ((found.within[0], found.within[1].value) if found.within else None) == within
    assert found.unread is None


def test_words_that_are_not_understood_are_named() -> None:
    found = parse_patients("14 SS, zorgblatt", load_vocabulary())
    assert found.unread == "zorgblatt"


def test_counts_side_by_side_keep_their_printed_labels_with_a_doubt() -> None:
    found = parse_patients("5 CrCL, 3 NCCL", load_vocabulary())
    assert {name: value.value for name, value in found.population.items()} == {"CrCL": 5, "NCCL": 3}
    assert found.doubt is not None and "CrCL" in found.doubt
    assert found.unread is None


@pytest.mark.parametrize(
    ("text", "population", "part"),
    [
        ("31 PN, of whom 12 atopic and 15 not", {"prurigo": 31}, "12, 15"),
        ("31 PN: 12 atopic, 19 non-atopic", {"prurigo": 31}, "12, 19"),
        ("8 PN (4 with HIV)", {"prurigo": 8}, "4 HIV"),
        ("20 psoriasis, including 4 with arthritis", {"psoriasis": 20}, "4"),
        ("9 GPP; 2 of them pregnant", {"GPP": 9}, "2"),
        ("12 CLL (5 refractory to fludarabine)", {"CLL": 12}, "5"),
        ("30 NHL (8 MF, 4 relapsed)", {"NHL": 30}, "8 MF, 4"),
        ("5 MF (2 blastic), 3 SS", {"MF": 5, "SS": 3}, "2"),
    ],
)
def test_a_part_of_the_patients_is_named_and_not_added(
    text: str, population: dict[str, int], part: str
) -> None:
    found = parse_patients(text, load_vocabulary())
    assert {name: value.value for name, value in found.population.items()} == population
    assert found.size == sum(population.values())
    assert found.doubt is not None and f"({part})" in found.doubt
    assert found.unread is not None


def test_parts_that_name_fewer_than_the_whole_are_doubted() -> None:
    found = parse_patients("20 (5 MF, 3 SS)", load_vocabulary())
    assert found.doubt is not None
    assert found.total is not None and found.total.value == 20


def test_parts_that_exceed_the_whole_are_not_kept() -> None:
    found = parse_patients("6 (5 MF, 3 SS)", load_vocabulary())
    assert found.population == {}
    assert found.doubt is not None


@pytest.mark.parametrize(
    ("text", "label"), [("MF/SS", "MF/SS"), ("advanced melanoma", "melanoma"), ("T-cell", None)]
)
def test_label_without_counts(text: str, label: str | None) -> None:
    found = disease_label(text, load_vocabulary())
    assert (found.value if found else None) == label
