"""Complication cells: terms, counts, grades, qualifiers."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.extraction.cells.complications import parse_complications
from evidence.extraction.cells.terms import Item
from evidence.vocabulary import load_vocabulary


def plain(item: Item) -> tuple[Any, ...]:
    """(term, events or percentage, whatever else is said)."""
    amount = item.events.value if item.events else None
    if amount is None and item.percent is not None:
        amount = f"{item.percent.value:g}%"
    said: dict[str, Any] = {}
    for name in ("grade", "fatal", "symptomatic", "with_terms", "restricted_to"):
        if getattr(item, name) not in (None, ()):
            said[name] = getattr(item, name)
    if item.total is not None:
        said["total"] = item.total.value
    return (item.term.value, amount, said) if said else (item.term.value, amount)


CASES: dict[str, list[tuple[Any, ...]]] = {
    "Opportunistic infections (7), sepsis (9), grade IV neutropenia (14)": [
        ("Opportunistic infections", 7),
        ("sepsis", 9),
        ("neutropenia", 14, {"grade": "4"}),
    ],
    "Grade IV pancytopenia with sepsis (2)": [
        ("pancytopenia", 2, {"grade": "4", "with_terms": ("sepsis",)})
    ],
    "cutaneous MRSA and oral HSV (1)": [("cutaneous MRSA", 1, {"with_terms": ("oral HSV",)})],
    "sepsis due to Klebsiella (1)": [("sepsis due to Klebsiella", 1)],
    "Two deaths from unspecified infections": [("unspecified infections", 2, {"fatal": True})],
    "Death due to grade IV pancytopenia (1) Cervical abscess (1)": [
        ("pancytopenia", 1, {"grade": "4", "fatal": True}),
        ("Cervical abscess", 1),
    ],
    "Infections in patients treated with 15 mg: Staphylococcal sepsis (1) "
    "Subclinical CMV reactivation (3)": [
        ("Staphylococcal sepsis", 1, {"restricted_to": "patients treated with 15 mg"}),
        (
            "Subclinical CMV reactivation",
            3,
            {"restricted_to": "patients treated with 15 mg", "symptomatic": False},
        ),
    ],
    "death (2), large cell CBCL (1)": [("death", 2, {"fatal": True}), ("large cell CBCL", 1)],
    "Neutropenia 20%, nausea 3/15; rash (13%)": [
        ("Neutropenia", "20%"),
        ("nausea", 3, {"total": 15}),
        ("rash", "13%"),
    ],
    "Grade 3-4: neutropenia 5 (33%), anemia 2 (13%)": [
        ("neutropenia", 5, {"grade": "3-4"}),
        ("anemia", 2, {"grade": "3-4"}),
    ],
    "2 infections, 1 sepsis": [("infections", 2), ("sepsis", 1)],
    "Nausea and vomiting (5)": [("Nausea and vomiting", 5)],
    "grade ≥3 thrombocytopenia (n = 4)": [("thrombocytopenia", 4, {"grade": ">=3"})],
    "≥ grade 3 infection (4); G4 sepsis 1": [
        ("infection", 4, {"grade": ">=3"}),
        ("sepsis", 1, {"grade": "4"}),
    ],
    "sepsis 1/20 (5%, fatal)": [("sepsis", 1, {"fatal": True, "total": 20})],
    "rash in 2 patients, fatigue (n=3, 25%)": [("rash", 2), ("fatigue", 3)],
    "G3 fatigue (2)": [("fatigue", 2, {"grade": "3"})],
    "Sepsis 1 (fatal); MI 2 (both fatal)": [
        ("Sepsis", 1, {"fatal": True}),
        ("MI", 2, {"fatal": True}),
    ],
    "Fatal pulmonary embolism, grade 4 (1)": [
        ("Fatal pulmonary embolism", 1, {"grade": "4", "fatal": True})
    ],
    "Anaphylaxis, fatal, 1": [("Anaphylaxis", 1, {"fatal": True})],
    "Pneumonitis in 3 (1 died), colitis 2 (5.0) (1 fatal)": [
        ("Pneumonitis", 3),
        ("Pneumonitis", 1, {"fatal": True}),
        ("colitis", 2),
        ("colitis", 1, {"fatal": True}),
    ],
    "Neutropenia 13/30 (43%) (grade 3: 7 (23%), grade 4: 2 (7%))": [
        ("Neutropenia", 13, {"total": 30}),
        ("Neutropenia", 7, {"grade": "3"}),
        ("Neutropenia", 2, {"grade": "4"}),
    ],
    "Infusion reactions 21 (45.7; G3 2), headache 5, of which 2 grade 3": [
        ("Infusion reactions", 21),
        ("Infusion reactions", 2, {"grade": "3"}),
        ("headache", 5),
        ("headache", 2, {"grade": "3"}),
    ],
    "Lymphopenia 20 (80), grade >=3 5 (20)": [
        ("Lymphopenia", 20),
        ("Lymphopenia", 5, {"grade": ">=3"}),
    ],
    "Diarrhea 30% (grade 3 5%)": [("Diarrhea", "30%"), ("Diarrhea", "5%", {"grade": "3"})],
    "Infections 9, including 2 sepsis and 3 pneumonia": [
        ("Infections", 9),
        ("sepsis", 2),
        ("pneumonia", 3),
    ],
    "No deaths; 2 patients with sepsis, 1 pt died of PML": [
        ("deaths", 0, {"fatal": True}),
        ("sepsis", 2),
        ("PML", 1, {"fatal": True}),
    ],
}


@pytest.mark.parametrize("text", CASES)
def test_complications(text: str) -> None:
    found = parse_complications(text, load_vocabulary())
    assert found.items is not None
    assert [plain(item) for item in found.items] == CASES[text]
    assert found.unread is None


@pytest.mark.parametrize(
    ("text", "term", "unread"),
    [
        ("Toxic death 1 (septic shock)", "Toxic death", "septic shock"),
        ("Sepsis 1 (2 fatal)", "Sepsis", "2 fatal"),
        ("Conjunctivitis (n=6), of which 2 severe", "Conjunctivitis", "of which 2 severe"),
        ("rash 1 (180)", "rash", "180"),
    ],
)
def test_what_an_aside_says_otherwise_is_named_and_no_part_of_the_term(
    text: str, term: str, unread: str
) -> None:
    found = parse_complications(text, load_vocabulary())
    assert [item.term.value for item in found.items or ()] == [term]
    assert found.unread == unread


def test_a_number_in_a_bracket_after_a_count_is_its_percentage() -> None:
    found = parse_complications("CMV reactivation 18 (33.3), rash 4 (7\u00b74)", load_vocabulary())
    assert found.unread is None
    assert [
        (i.term.value, i.events and i.events.value, i.percent and i.percent.value)
        for i in found.items or ()
    ] == [("CMV reactivation", 18, 33.3), ("rash", 4, 7.4)]


def test_none_is_an_empty_list_and_not_stated_is_none() -> None:
    assert parse_complications("No", load_vocabulary()).items == []
    assert parse_complications("NS", load_vocabulary()).items is None
    assert parse_complications("—", load_vocabulary()).items is None


def test_a_count_with_a_detail_after_it() -> None:
    found = parse_complications(
        "Cardiovascular events (5): CHF/arrhythmia Two deaths from unspecified infections "
        "One Legionella pneumoniae pneumonia",
        load_vocabulary(),
    )
    assert found.items is not None
    assert [item.events and item.events.value for item in found.items] == [5, 2, 1]
    assert found.items[0].group == "Cardiac"
    assert found.items[2].preferred == "Pneumonia legionella"


@pytest.mark.parametrize(
    ("term", "preferred", "group"),
    [
        ("CMV viraemia", "Cytomegalovirus infection reactivation", "Infections"),
        ("severe neutropenias", "Neutropenia", "Blood and lymphatic"),
        ("hand-foot syndrome", "Hand-foot syndrome", "Skin"),
        ("elevated transaminases", "Transaminases increased", "Hepatobiliary"),
    ],
)
def test_preferred_terms(term: str, preferred: str, group: str) -> None:
    assert load_vocabulary().complication(term) == (preferred, group)


def items_of(text: str) -> list[tuple[str, str | None, int | None]]:
    """(term, grade, events) of each item of a cell that is read whole."""
    found = parse_complications(text, load_vocabulary())
    assert found.unread is None
    return [
        (i.term.value, i.grade, i.events.value if i.events else None) for i in found.items or []
    ]


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("2 (pyelonephritis 1, pneumonia 1)", "2", {"pyelonephritis": 1, "pneumonia": 1}),
        ("4 (2 sepsis, 2 pneumonia)", "4", {"sepsis": 2, "pneumonia": 2}),
        ("3: rash 2, fever 1", "3", {"rash": 2, "fever": 1}),
        ("5 (25%): rash 2, fever 3", "5 (25%)", {"rash": 2, "fever": 3}),
        ("2/15 (pneumonia, sepsis)", "2/15", {"pneumonia": None, "sepsis": None}),
    ],
)
def test_an_amount_before_the_parts_is_of_what_the_head_names(
    text: str, whole: str, parts: dict[str, int | None]
) -> None:
    assert {term: events for term, _, events in items_of(text)} == parts
    assert text[: parse_complications(text, load_vocabulary()).whole_end] == whole


@pytest.mark.parametrize("text", ["1: rash; 2: fever", "2 (20%), rash", "5 (in 3 patients)"])
def test_other_numbers_before_a_list_are_no_amount_of_the_head(text: str) -> None:
    assert parse_complications(text, load_vocabulary()).whole_end is None


def test_parts_in_brackets_are_terms_after_their_whole() -> None:
    assert items_of("infections 2 (pneumonia 1, sepsis 1), rash 3") == [
        ("infections", None, 2), ("pneumonia", None, 1), ("sepsis", None, 1), ("rash", None, 3),
    ]  # fmt: skip
    found = parse_complications("hepatitis (ALT 200)", load_vocabulary())
    assert [item.events for item in found.items or []] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neutropenia grade 3: 5", [("Neutropenia", "3", 5)]),
        ("Neutropenia (G3) 2", [("Neutropenia", "3", 2)]),
        ("Neutropenia (grade 3, n = 2)", [("Neutropenia", "3", 2)]),
        ("grade 3 neutropenia, 5", [("neutropenia", "3", 5)]),
        ("grade 3 neutropenia: 5", [("neutropenia", "3", 5)]),
        ("Neutropenia G3/4 5 (25%)", [("Neutropenia", "3-4", 5)]),
        ("Neutropenia G3-G4 (5)", [("Neutropenia", "3-4", 5)]),
        ("Neutropenia (grade 3-4): 5; rash 2", [("Neutropenia", "3-4", 5), ("rash", None, 2)]),
        ("grade 3: neutropenia 5, rash 2", [("neutropenia", "3", 5), ("rash", "3", 2)]),
    ],
)
def test_grades_stand_before_or_after_the_term(
    text: str, expected: list[tuple[str, str, int]]
) -> None:
    assert items_of(text) == expected


def test_a_bracket_behind_a_term_belongs_to_it_whole_or_names_the_cause_of_a_death() -> None:
    found = parse_complications("1 death (sepsis); hepatitis (mild) 2", load_vocabulary())
    first, second = found.items or []
    assert (first.term.value, first.fatal, first.events and first.events.value) == (
        "sepsis", True, 1
    )  # fmt: skip
    assert second.term.value == "hepatitis (mild)"


@pytest.mark.parametrize(
    ("text", "fatal"),
    [
        ("2 deaths (1 sepsis, 1 pneumonia), rash 2", ["deaths", "sepsis", "pneumonia"]),
        ("2 deaths: 1 sepsis, 1 pneumonia; rash 2", ["deaths", "sepsis", "pneumonia"]),
        ("Deaths: sepsis 1, pneumonia 1; rash 2", ["sepsis", "pneumonia"]),
        ("Deaths: none; rash 2", []),
        ("5 infections (2 sepsis, 1 pneumonia), rash 2", []),
    ],
)
def test_the_parts_of_deaths_are_fatal(text: str, fatal: list[str]) -> None:
    items = parse_complications(text, load_vocabulary()).items or []
    assert [item.term.value for item in items if item.fatal] == fatal
    assert items[-1].term.value == "rash"


def test_a_reason_is_no_complication() -> None:
    found = parse_complications("rash (10%), two discontinuations due to AEs", load_vocabulary())
    assert "due to AEs" not in [item.term.value for item in found.items or []]
