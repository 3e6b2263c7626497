"""Cells of time: values, ranges, bounds, lists, patients beyond a bound."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.extraction.cells.duration import TimeFound, parse_times
from evidence.extraction.times import to_duration
from evidence.vocabulary import load_vocabulary


def plain(time: TimeFound) -> dict[str, Any]:
    """What was found, without places."""
    names = [name for name in TimeFound.__slots__ if name not in ("start", "end")]
    values = {name: getattr(time, name) for name in names}
    return {name: value for name, value in values.items() if value not in (None, (), {})}


CASES: dict[str, list[dict[str, Any]]] = {
    "6-12 wk": [{"low": 6, "high": 12, "unit": "week"}],
    "3, 6, and 12 wk": [{"values": (3, 6, 12), "unit": "week"}],
    "8.5 wk": [{"point": 8.5, "unit": "week"}],
    "Less than 3 mo": [{"point": 3, "unit": "month", "comparator": "<"}],
    "> 24 months": [{"point": 24, "unit": "month", "comparator": ">"}],
    "11 mo 3 mo": [{"values": (11, 3), "unit": "month"}],
    "3.4 mo 6 patients > 24 mo (5 SS, 1 MF)": [
        {"point": 3.4, "unit": "month"},
        {
            "point": 24, "unit": "month", "comparator": ">", "patients": 6, "statistic": "value",
            "by_disease": {"SS": 5, "MF": 1},
        },
    ],
    "NS": [],
    "not reached": [],
    "median 6 (range 2-14) mo": [
        {"statistic": "median", "point": 6, "low": 2, "high": 14, "unit": "month"}
    ],
    "14+ mo": [{"point": 14, "unit": "month", "censored": True}],
    "12 months (95% CI 5-11)": [{"point": 12, "unit": "month"}],
    "10 days (+5-day wash out)": [{"point": 10, "unit": "day"}],
    "6 to 12 weeks": [{"low": 6, "high": 12, "unit": "week"}],
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_times(text: str) -> None:
    assert [plain(time) for time in parse_times(text, load_vocabulary()).times] == CASES[text]


def test_a_bracketed_wash_out_is_named_not_read() -> None:
    found = parse_times("10 days (+5-day wash out)", load_vocabulary())
    assert found.unread is not None and "wash" in found.unread


def test_the_head_gives_unit_and_statistic() -> None:
    found = parse_times("6 (2–14)", load_vocabulary(), unit="month", statistic="median")
    assert plain(found.times[0]) == {
        "statistic": "median", "point": 6, "low": 2, "high": 14, "unit": "month",
    }  # fmt: skip


def test_a_number_beside_a_foreign_word_is_no_time() -> None:
    found = parse_times("neutropenia 8 (2-14), rash 3", load_vocabulary(), unit="month")
    assert found.times == []
    assert found.unread is not None and "neutropenia" in found.unread


def test_an_endpoint_in_brackets_names_the_time() -> None:
    (time,) = parse_times("4.9 (TTP)", load_vocabulary(), unit="month").times
    assert (time.point, time.endpoint) == (4.9, "TTP")


def test_weeks_become_months_and_keep_their_words() -> None:
    time = parse_times("8 wk", load_vocabulary(), statistic="median").times[0]
    duration = to_duration(time, "month", printed="8 wk")
    assert duration is not None
    assert duration.median == 1.84  # 8 * 7 / 30.4375
    assert duration.printed == "8 wk"


def test_a_time_without_unit_gives_no_duration() -> None:
    time = parse_times("8", load_vocabulary()).times[0]
    assert to_duration(time, "month", printed="8") is None
