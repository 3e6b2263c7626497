"""Heads of patient tables, as journals word them: what the column under them holds."""

from __future__ import annotations

import pytest

from evidence.extraction.patients.columns import type_column
from evidence.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("Remission", "response"),
        ("Remission, months", "response_time"),
        ("Response duration (mo)", "response_time"),
        ("Duration of first response, months", "response_time"),
        ("First response, weeks", "time_to_response"),
        ("Onset of response, weeks", "time_to_response"),
        ("Time to remission, weeks", "time_to_response"),
        ("Observation, months", "follow_up"),
        ("Follow-up (mo)", "follow_up"),
    ],
)
def test_a_unit_of_time_parts_a_response_from_its_times(head: str, field: str) -> None:
    cells = ["CR", "PR"] if field == "response" else ["4", "5", "8"]
    assert type_column(0, head, cells, load_vocabulary()).field == field
