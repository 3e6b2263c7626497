"""Heads of other fields: joined outcomes, rates by name, a sign before the grade."""

from __future__ import annotations

from extraction_grids import document, grid

from evidence.extraction import extract


def test_joined_outcomes_are_not_the_overall_response() -> None:
    table = grid(
        """
Author, year | Pts, n | CR/CRi, n (%) | PR, n (%)
Park, 2015 | 30 | 9 (30) | 6 (20)
Choi, 2017 | 12 | 2 (17) | 3 (25)
"""
    )
    (block,) = extract(document(table)).series[0].arms[0].responses
    assert block.ORR is None and block.CR is None
    assert block.other == {"CR/CRi": 9} and block.PR == 6


def test_rates_by_name() -> None:
    table = grid(
        """
Study | N | Response rate (%) | Complete response rate (%)
A. Smith 2001 | 25 | 40 | 12
B. Jones 2004 | 31 | 45.2 | 6.5
"""
    )
    read = extract(document(table))
    assert read.problems == ()
    assert read.series[1].arms[0].responses[0].stated_percent == {"ORR": 45.2, "CR": 6.5}


def test_sign_before_the_grade() -> None:
    table = grid(
        """
Trial | Evaluable | CR | Toxicity ≥ grade 3
Kim 2019 | 20 | 3 | Neutropenia (45%)
Lee 2020 | 15 | 2 | Neutropenia (33%)
"""
    )
    (item,) = extract(document(table)).series[0].arms[0].complications or ()
    assert item.grade == ">=3"


def test_an_amount_and_its_parts_under_a_head_of_complications() -> None:
    table = grid(
        """
Study | N | CR | Infections | Toxicity
Adams 2001 | 25 | 4 | 2 (pyelonephritis 1, pneumonia 1) | Neutropenia (G3) 2
Baker 2003 | 31 | 5 | 3 | grade 3 neutropenia, 5
"""
    )
    read = extract(document(table))
    first, second = (series.arms[0].complications or () for series in read.series)
    assert [(c.term, c.grade, c.events) for c in first] == [
        ("Infections", None, 2), ("pyelonephritis", None, 1), ("pneumonia", None, 1),
        ("Neutropenia", "3", 2),
    ]  # fmt: skip
    assert [(c.term, c.grade, c.events) for c in second] == [
        ("Infections", None, 3), ("neutropenia", "3", 5),
    ]  # fmt: skip
    assert read.series[0].readings["arms[0].complications[0].events"].text == "2"
    assert read.series[0].readings["arms[0].complications[2].events"].text == "1"
