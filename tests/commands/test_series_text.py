"""A series as the terminal shows it: short lines, fields by name, doubts by their reason."""

from __future__ import annotations

from evidence.commands.series_text import series_lines
from evidence.model.series import Series


def shown() -> str:
    block = {"timepoint": "6 months", "total": 40, "ORR": 2}
    grades = [{"term": "Neutropenia", "events": n, "grade": g} for g, n in ((3, 5), (4, 41))]
    arms = [
        {"label": "low", "responses": [block], "complications": grades},
        {"label": "high", "regimen": {"routes": ["IL"]}, "total": 49},
    ]
    doubted = (
        "arms[0].responses[0].ORR",
        "arms[0].complications[1].events",
        "arms[1].regimen.routes",
        "design",
    )
    plain = {
        "series": "roe-2010",
        "citation": {"authors": "Roe", "year": 2010},
        "source": {"document": "roe.pdf"},
        "arms": arms,
        "readings": {path: {"doubt": "stated once"} for path in doubted},
    }
    return "\n".join(series_lines(Series.model_validate(plain)))


def test_a_time_stands_with_its_responses() -> None:
    assert "response      all, 6 months: 2 ORR of 40" in shown()


def test_grades_of_one_term_stand_together() -> None:
    assert "complications Neutropenia: 5 (grade 3), 41 (grade 4)" in shown()


def test_doubts_stand_under_their_arm_and_name_the_field() -> None:
    low, high = shown().split("  high\n")
    assert "in doubt      ORR (6 months), Neutropenia (grade 4): stated once" in low
    assert "in doubt      route: stated once" in high
    assert high.endswith("in doubt      design: stated once")
