"""Arms of a controlled paper: the drug's arms count, the others are left out by name."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.errors import Severity
from evidence.model.protocol import Drug, Protocol
from evidence.model.series import Series
from evidence.table.arms import arm_problems, arms_given
from evidence.table.build import build_rows

PROTOCOL = Protocol(drug=Drug(name="trabedersen", synonyms=("AP 12009",)))


def controlled(*arms: tuple[str | None, str | None]) -> Series:
    """One arm per (label, drug), 2 responders among 10 each."""
    block = {"ORR": 2, "total": 10}
    made: list[dict[str, Any]] = [
        {"label": label, "regimen": {"drug": drug} if drug else {}, "responses": [block]}
        for label, drug in arms
    ]
    return Series.model_validate(
        {
            "series": "bogdahn-2010",
            "citation": {"authors": "Bogdahn", "year": 2010},
            "source": {"document": "paper.xml"},
            "arms": made,
        }
    )


@pytest.mark.parametrize(
    ("arms", "counted"),
    [
        ([("10 µM trabedersen", None), ("80 µM", "AP 12009"), ("chemotherapy", None)], [0, 1]),
        ([("high", "trabedersen"), ("low", "temozolomide")], [0]),
        ([("high", None), ("low", None)], [0, 1]),
        ([("high", None), ("low", "temozolomide")], [0]),
        ([(None, "temozolomide")], []),
    ],
)
def test_arms_of_the_drug_count(
    arms: list[tuple[str | None, str | None]], counted: list[int]
) -> None:
    series = controlled(*arms)
    assert [i for i, _ in arms_given(series, PROTOCOL.drug)] == counted
    left_out = [p for p in arm_problems([series], PROTOCOL.drug) if p.code == "arm-left-out"]
    assert len(left_out) == len(arms) - len(counted)
    assert [i for i, _ in arms_given(series, Drug())] == list(range(len(arms)))


def test_a_control_is_left_out_aloud() -> None:
    series = controlled(("trabedersen", None), ("chemotherapy", None), ("surgery", "none"))
    rows, problems = build_rows([series], PROTOCOL)
    assert {(r.events, r.total, r.arm) for r in rows if r.outcome == "ORR"} == {(2, 10, None)}
    told = {p.message: p.severity for p in problems if p.code == "arm-left-out"}
    assert list(told.values()) == [Severity.WARNING, Severity.NOTE]


def test_arms_added_up_without_a_drug_are_said() -> None:
    series = controlled(("trabedersen", "trabedersen"), ("chemotherapy", "temozolomide"))
    assert [p.code for p in build_rows([series])[1]] == ["arms-added-up"]
    assert build_rows([controlled(("a", None), ("b", None))])[1] == []
