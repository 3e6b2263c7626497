"""Places of the 2015 review, and of two more reports, that agree: nothing may be said of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import seed_series

from evidence.documents import read_document
from evidence.model.finding import Finding
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.audit.claims.text import sentences_of
from evidence.table.build import build_rows

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def findings(shared: Path) -> tuple[Finding, ...]:
    items = [s for s in seed_series.read_table4(shared) if s.series != "own-series"]
    items.append(seed_series.own_series(shared))
    rows, _ = build_rows(items, seed_series.PROTOCOL)
    document = read_document(shared / "sources" / "actas-2015.txt")
    sentences = sentences_of(document, name="actas-2015.pdf")
    return audit(items, rows, seed_series.PROTOCOL, sentences=sentences)


# (series, field, what agrees) of Table 4, by hand.
AGREE = [
    ("lundin1998", "arms[0].responses[0]", "OR 20% of 50 is 10"),
    ("lundin1998", "arms[0].responses[1].CR", "2 CR of 8"),
    ("lundin2003", "arms[0].responses[0].CR", "7 + 5 + 3 + 7 = 22"),
    ("lundin2003", "arms[0].complications[0]", "4 of 22 with reactivated CMV"),
    ("kennedy2003", "arms[0].responses[0].stated_percent.ORR", "3 of 8 is 37.5%"),
    ("kennedy2003", "arms[0].responses[0].PD", "3 + 2 + 3 = 8"),
    ("kennedy2003", "arms[0].complications", "seven kinds of complications in 8 patients"),
    ("ferrajoli2003", "arms[0].population", "6 patients"),
    ("capalbo2003", "arms[0].responses[0].CR", "1 + 1 + 1 = 3"),
    ("capalbo2003", "arms[0].treatment_weeks", "three durations of three patients"),
    ("lenihan2004", "arms[0].responses[0].PD", "3 + 2 + 3 = 8"),
    ("lenihan2004", "arms[0].population", "5 + 3 = 8"),
    ("zinzani2005", "arms[0].responses[0].PR", "3 of the 4 MF"),
    ("bernengo2007", "arms[0].responses[0]", "1 + 11 + 2 = 14"),
    ("bernengo2007", "arms[0].regimen", "10 to 15 mg"),
    ("alinari2007", "arms[0].responses[0]", "5 of 5 is 100%"),
    ("alinari2007", "arms[0].treatment_weeks", "5 to 9 weeks"),
    ("querfeld2009", "arms[0].responses[0]", "16 of 19 is 84.2%; 9 + 7 + 3 = 19"),
    ("querfeld2009", "arms[0].population", "17 + 2 = 19"),
    ("clark2012", "arms[0].responses[0]", "16 of 18 is 88.9%; 9 + 7 + 2 = 18"),
    ("demasson2014", "arms[0].responses[0].stated_percent", "20 of 39 is 51.3%"),
    ("demasson2014", "arms[0].responses[1]", "16 of 23 is 69.6%"),
    ("demasson2014", "arms[0].responses[2]", "4 of 16 is 25%"),
    ("demasson2014", "arms[0].responses[0].CR", "6 + 1 = 7"),
    ("demasson2014", "arms[0].responses[0].PR", "10 + 3 = 13"),
    ("watanabe2014", "arms[0].responses[0]", "13 + 4 = 17"),
    ("watanabe2014", "arms[0].responses[1].PD", "1 + 5 = 6"),
    ("own-series", "arms[0].responses", "2 + 2 + 1 = 5, as the five rows"),
    ("own-series", "arms[0].treatment_weeks", "8 weeks: the median of the rows"),
    ("own-series", "arms[0].complications", "pneumonia in 1, CMV in 2, as the rows"),
    *(("own-series", f"arms[0].patients[{i}].response.", "the compartments") for i in range(5)),
    *(("own-series", f"arms[0].patients[{i}].stage", "T4 N0 M0 B2 is IVA1") for i in range(5)),
    *(("own-series", f"arms[0].patients[{i}].follow_up", "the times") for i in range(5)),
]


@pytest.mark.parametrize(("series", "field", "why"), AGREE)
def test_fields_that_agree(
    findings: tuple[Finding, ...], series: str, field: str, why: str
) -> None:
    said = [
        f
        for f in findings
        if f.series == series
        and (f.field or "").startswith(field)
        and f.code not in {"responses-unaccounted", "identical-responses", "organism-mismatch"}
    ]
    assert said == [], why


# Sentences of the text (short extracts) whose numbers the tables give.
SAID = [
    "overall response rate of 80%",
    "median duration of response was 13 months",
    "3 women and 2 men",
    "stage IVA1",
    "2 PR (40%) and 2 CR (40%)",
    "median duration of treatment was 8 weeks",
    "pneumococcal pneumonia in 1",
    "no hematological complications",
    "died at 24 months",
    "8 patients with MF",
    "phase ii study of 22 patients",
    "lasting remissions",
    "followed by 30 mg 3 times a week",
    "at low doses",
    "5-year survival of 24%",
    "achieving an 80% response rate",
]


@pytest.mark.parametrize("extract", SAID)
def test_sentences_that_hold(findings: tuple[Finding, ...], extract: str) -> None:
    quoted = {p.text for f in findings for p in f.places if p.text}
    assert [text for text in quoted if extract in text and ". " not in text] == []


def test_the_number_of_series_holds(findings: tuple[Finding, ...]) -> None:
    """13 series, references 4 and 6 to 17; the 6 case reports cannot be verified."""
    codes = {f.code for f in findings}
    assert "claim-number-of-series" not in codes
    assert "claim-rate" not in codes  # 55% and 51% for references 8 and 9


def of_abstract(responses: dict[str, Any], population: dict[str, int], **arm: Any) -> list[Finding]:
    plain = {
        "series": "abstract-2015",
        "citation": {"authors": "Abstract", "year": 2015},
        "source": {"document": "abstract.txt", "kind": "original"},
        "arms": [{"population": population, "responses": [responses], **arm}],
    }
    return list(audit([Series.model_validate(plain)]))


def test_survival_is_an_estimate_not_a_count() -> None:
    """Novelli 2015: 5 of 6 (83.3%), CR 66.7%, OS at 6 months 60%, DFS 33.3% (additions)."""
    stated = {"ORR": 83.3, "CR": 66.7, "OS": 60, "DFS": 33.3, "OS 6 months": 60, "PFS": 45}
    result = of_abstract({"total": 6, "ORR": 5, "stated_percent": stated}, {"SS": 6})
    assert {f.code for f in result} <= {"responses-unaccounted"}


def test_unclassified_patients_are_no_error() -> None:
    """308 patients, of whom 93 and 147 are classified: 68 are not."""
    assert of_abstract({"total": 308}, {"SS": 93, "MF": 147}, total=308) == []
