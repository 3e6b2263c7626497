"""Response cells: counts and percentages by scope."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.extraction.cells.outcome import parse_outcome
from evidence.extraction.cells.responses import Block, parse_responses
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary().with_legend({"DP": "disease progression"})


def plain(block: Block) -> dict[str, Any]:
    """Counts as numbers, percentages as ``"20%"``."""
    result: dict[str, Any] = {name: value.value for name, value in block.counts.items()}
    for name, percent in block.percents.items():
        result[f"{name}%"] = percent.value
    if block.total is not None:
        result["total"] = block.total.value
    if block.death_cause is not None:
        result["cause"] = block.death_cause.value
    if block.exclusions:
        result["not"] = [(name, n.value, why.value) for name, n, why in block.exclusions]
    return result


CASES: dict[str, dict[str, dict[str, Any]]] = {
    "OR 20% MF: CR 50%, 2 CR": {"all": {"ORR%": 20}, "MF": {"CR": 2, "CR%": 50}},
    "CR 55% 7 CR, 5 PR, 3 SD, 7 DP": {"all": {"CR": 7, "PR": 5, "SD": 3, "PD": 7, "CR%": 55}},
    "1 CR, 1 PR, 1 death (AMI)": {"all": {"CR": 1, "PR": 1, "deaths": 1, "cause": "AMI"}},
    "3 PR (MF)": {"MF": {"PR": 3}},
    "OR 51% (70% SS, 25% MF) 7 CR (6 SS, 1 MF) 13 PR (10 SS, 3 MF)": {
        "all": {"ORR%": 51, "CR": 7, "PR": 13},
        "SS": {"ORR%": 70, "CR": 6, "PR": 10},
        "MF": {"ORR%": 25, "CR": 1, "PR": 3},
    },
    "SS: 13 CR, 4 PR MF: 1 CR after electron beam, 5 DP": {
        "SS": {"CR": 13, "PR": 4},
        "MF": {"CR": 1, "PD": 5, "not": [("CR", 1, "after electron beam")]},
    },
    "CR 3 (20%), PR 4 (27%)": {"all": {"CR": 3, "CR%": 20, "PR": 4, "PR%": 27}},
    "ORR 9/15 (60%)": {"all": {"ORR": 9, "ORR%": 60, "total": 15}},
    "CR 7 PR 5 SD 3": {"all": {"CR": 7, "PR": 5, "SD": 3}},
    "CR: 2; PR: 3; no response: 4": {"all": {"CR": 2, "PR": 3, "no response": 4}},
    "60% ORR, 20% CR": {"all": {"ORR%": 60, "CR%": 20}},
    "OR 60% CR 20%": {"all": {"ORR%": 60, "CR%": 20}},
    "Two complete responses and three partial responses": {"all": {"CR": 2, "PR": 3}},
    "No CR, 3 PR": {"all": {"CR": 0, "PR": 3}},
    "14/22 (64%): 6 CR, 8 PR": {"all": {"ORR": 14, "ORR%": 64, "CR": 6, "PR": 8, "total": 22}},
    "64% (6 CR, 8 PR)": {"all": {"ORR%": 64, "CR": 6, "PR": 8}},
    "9/20 (45%); CR 2, PR 7": {"all": {"ORR": 9, "ORR%": 45, "CR": 2, "PR": 7, "total": 20}},
    "CR=2, PR=3": {"all": {"CR": 2, "PR": 3}},
    "2/10 CR, 3/10 PR": {"all": {"CR": 2, "PR": 3, "total": 10}},
}


@pytest.mark.parametrize("text", CASES)
def test_responses(text: str) -> None:
    found = parse_responses(text, WORDS)
    assert {block.scope: plain(block) for block in found.blocks} == CASES[text]
    assert found.unread is None
    assert found.doubts == []


def test_two_counts_of_one_outcome_are_a_contradiction() -> None:
    assert parse_responses("3 CR, 4 PR, 5 CR", WORDS).doubts


def test_prose_in_a_response_cell_is_named_and_gives_no_count() -> None:
    found = parse_responses("Delay in progression in 18 patients", WORDS)
    assert found.blocks == []
    assert found.unread


@pytest.mark.parametrize(
    ("text", "form", "count", "percent", "total"),
    [
        ("9/15 (60%)", None, 9, 60.0, 15),
        ("3 (20)", "n-percent", 3, 20.0, None),
        ("60%", None, None, 60.0, None),
        ("60", "percent", None, 60.0, None),
        ("12", "n", 12, None, None),
        ("0", "n", 0, None, None),
        ("NR", "n", None, None, None),
        ("—", "n", None, None, None),
        ("n.r.", "n", None, None, None),
        ("20.5", None, None, 20.5, None),
        ("60% (9/15)", None, 9, 60.0, 15),
        ("5 of 12", None, 5, None, 12),
        ("41 (30–52)", "percent", None, 41.0, None),
    ],
)
def test_outcome(
    text: str, form: str | None, count: int | None, percent: float | None, total: int | None
) -> None:
    found = parse_outcome(text, WORDS, form=form)
    assert (found.count.value if found.count else None) == count
    assert (found.percent.value if found.percent else None) == percent
    assert (found.total.value if found.total else None) == total


def test_a_bare_number_under_a_silent_head_is_doubted() -> None:
    found = parse_outcome("20.5", WORDS)
    assert found.percent is not None and found.percent.doubt
