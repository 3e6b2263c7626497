"""Responses another therapy may explain come off the stated responders as off their parts."""

from __future__ import annotations

import pytest

from evidence.model.series import Exclusion, Responses
from evidence.table.derive import stated_counts, without_attributed

NOTE = "after additional radiotherapy"


@pytest.mark.parametrize(
    ("block", "left"),
    [
        (Responses(total=32, CR=7, PR=10, ORR=17), {"CR": 5, "PR": 10, "ORR": 15}),
        (Responses(total=32, CR=7, ORR=17), {"CR": 5, "ORR": 15}),
        (Responses(total=32, CR=7, PR=10, DCR=20), {"CR": 5, "PR": 10, "DCR": 18}),
        (Responses(total=32, CR=7, PR=10), {"CR": 5, "PR": 10}),
    ],
)
def test_two_of_seven_complete(block: Responses, left: dict[str, int]) -> None:
    noted = block.model_copy(
        update={"exclusions": (Exclusion(outcome="CR", events=2, reason=NOTE),)}
    )
    counts = stated_counts(noted)
    assert {name: without_attributed(count).events for name, count in counts.items()} == left


def test_an_exclusion_of_both_is_taken_once() -> None:
    block = Responses(
        total=32,
        CR=7,
        ORR=17,
        exclusions=(
            Exclusion(outcome="CR", events=2, reason=NOTE),
            Exclusion(outcome="ORR", events=2, reason=NOTE),
        ),
    )
    assert without_attributed(stated_counts(block)["ORR"]).events == 15
