"""Diagnoses that no word list knows keep their own counts."""

from __future__ import annotations

import pytest

from evidence.extraction.cells.patients import parse_patients
from evidence.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("AML 16, XYZ 8", {"AML": 16, "XYZ": 8}),
        ("XYZ 16, AML 8", {"XYZ": 16, "AML": 8}),
        ("XyC 16, NXY 8", {"XyC": 16, "NXY": 8}),
        ("16 XYZ, 8 AML", {"XYZ": 16, "AML": 8}),
        ("Foo 3; Bar 4", {"Foo": 3, "Bar": 4}),
    ],
)
def test_unknown_names_before_or_after_their_counts(text: str, population: dict[str, int]) -> None:
    found = parse_patients(text, load_vocabulary())
    assert {name: value.value for name, value in found.population.items()} == population
    assert found.unread is None and found.doubt is not None
