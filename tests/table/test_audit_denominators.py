"""A variety of a disease beside it: among its patients, or further ones?"""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.finding import Finding
from evidence.model.series import Series
from evidence.table.audit import audit


def found(population: dict[str, int], responses: dict[str, Any], **arm: Any) -> list[Finding]:
    plain = {
        "series": "roe-2003",
        "citation": {"authors": "Roe", "year": 2003},
        "source": {"document": "review.pdf", "table": "1"},
        "arms": [{"population": population, "responses": [responses], **arm}],
    }
    result = audit([Series.model_validate(plain)])
    return [f for f in result if f.code == "denominator-ambiguous"]


@pytest.mark.parametrize(
    ("population", "responses", "total"),
    [
        # "5 MF/2 SS, 1 MF transformed to large cell"; OR 38%, 3 + 2 + 3 (actas-2015 Table 4)
        ({"MF": 5, "SS": 2, "T-MF": 1},
         {"PR": 3, "SD": 2, "PD": 3, "stated_percent": {"ORR": 38}}, 8),
        ({"AML": 20, "t-AML": 6}, {"CR": 9, "PR": 1, "stated_percent": {"ORR": 50}}, 20),
        ({"CLL": 12, "relapsed CLL": 4}, {"CR": 4, "PR": 4, "SD": 3, "PD": 5}, 16),
    ],
)  # fmt: skip
def test_the_total_that_agrees_is_named(
    population: dict[str, int], responses: dict[str, Any], total: int
) -> None:
    (f,) = found(population, responses)
    assert f.severity == "low"
    assert f.computed == f"{total} patients: only this total agrees with the responses"


def test_where_both_agree_the_denominator_is_open() -> None:
    (f,) = found({"CLL": 12, "relapsed CLL": 4}, {"CR": 3})
    assert (f.severity, f.computed) == ("medium", "12 or 16 patients")


@pytest.mark.parametrize(
    ("population", "arm"),
    [
        ({"SS": 17, "E-MF": 2}, {}),  # no plain MF
        ({"MF": 5, "SS": 2}, {}),
        ({"MF": 5, "T-MF": 1}, {"total": 6}),  # the paper says how many
        ({"ALL": 5, "AML": 3}, {}),
    ],
)
def test_other_labels_are_left_alone(population: dict[str, int], arm: dict[str, Any]) -> None:
    assert found(population, {"CR": 1}, **arm) == []
