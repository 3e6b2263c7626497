"""Sentences with square and cubic units tell the paper's own results; a route may lead the drug."""

from __future__ import annotations

import pytest

from evidence.documents.base import Document, DocumentInfo, TextBlock
from evidence.extraction import extract
from evidence.extraction.prose.sentences import split_block

TITLE = "Decitabine in acute myeloid leukaemia"


def paper(given: str) -> Document:
    text = (
        f"Twenty-one patients with acute myeloid leukaemia received {given} in a phase 2 study. "
        "There were 4 complete responses and 8 partial responses."
    )
    blocks = (
        TextBlock(text=TITLE, kind="title"),
        TextBlock(text=text, kind="abstract", section="Abstract"),
    )
    return Document(
        name="a.html", sha256="0" * 64, format="html", blocks=blocks, info=DocumentInfo(title=TITLE)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Patients received 30 mg/m² daily.",
        "Counts fell below 500 cells/mm³ in two patients.",
        "Patients received 2 × 10⁹ cells.",
        "The target covered 3 cm² of skin.",
    ],
)
def test_units_are_no_citation(text: str) -> None:
    (sentence,) = split_block(TextBlock(text=text, kind="abstract"), "abstract")
    assert not sentence.cited


@pytest.mark.parametrize(
    "text", ["Responses were seen by Smith.¹²", "As reported¹² elsewhere.", "Others,³ and we."]
)
def test_raised_reference_numbers_are(text: str) -> None:
    (sentence,) = split_block(TextBlock(text=text, kind="abstract"), "abstract")
    assert sentence.cited


@pytest.mark.parametrize(
    ("given", "route"),
    [
        ("oral decitabine 30 mg/m² daily", "PO"),
        ("subcutaneous decitabine 30 mg/m² daily", "SC"),
        ("decitabine 30 mg/m² orally every day", "PO"),
    ],
)
def test_dose_per_square_metre_with_its_route(given: str, route: str) -> None:
    (series,) = extract(paper(given)).series
    (arm,) = series.arms
    assert arm.total == 21 and arm.population == {"AML": 21}
    assert arm.regimen.dose_mg is not None and arm.regimen.dose_mg.low == 30
    assert arm.regimen.dose_unit == "mg/m2"
    assert arm.regimen.routes == (route,)
