"""Whatever a valid file holds, the table and the audit come to an end and keep their word."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from evidence.model.prose import ProseSentence
from evidence.model.protocol import Population, Protocol
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.build import build_rows
from evidence.table.frame import frame
from evidence.table.select import select

PROTOCOL = Protocol(population=Population(include=("SS", "MF")))
counts = st.none() | st.integers(0, 12)
times = st.none() | st.floats(0, 90).map(lambda x: round(x, 1))
diseases = st.sampled_from(["SS", "MF", "MF/SS", "PTCL"])
words = st.sampled_from(["sepsis", "CMV", "death", "Mycobacterium pneumoniae", "8 wk", "12 mo", ""])


def only_known(made: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in made.items() if v is not None}


block = st.fixed_dictionaries(
    {
        "scope": st.sampled_from(["all", "SS", "MF", "15 mg", "NHL"]),
        "total": st.none() | st.integers(12, 30),
        **dict.fromkeys(("CR", "PR", "SD", "PD", "NE", "ORR", "deaths"), counts),
        "stated_percent": st.dictionaries(
            st.sampled_from(["ORR", "CR", "PR", "OS"]), st.integers(0, 100), max_size=3
        ),
        "exclusions": st.just([]) | st.just([{"outcome": "CR", "events": 1, "reason": "x"}]),
        "compartment": st.none() | st.just("blood"),
    }
).map(only_known)
duration = st.fixed_dictionaries(
    {
        "median": times,
        "value": times,
        "printed": st.none() | words,
        "endpoint": st.none() | st.just("PFS"),
    }
).map(only_known)
patient = st.fixed_dictionaries(
    {
        "id": st.integers(1, 99),
        "disease": st.none() | diseases,
        "treatment_weeks": times,
        "weeks_to_response": times,
        "response_months": times,
        "follow_up_months": times,
        "response": st.dictionaries(
            st.sampled_from(["skin", "blood", "overall"]), st.sampled_from(["CR", "PR", "PD", "x"])
        ),
        "stage": st.none() | st.sampled_from(["IVA1", "T4N0M0B2 IIIA"]),
    }
).map(only_known)
complication = st.fixed_dictionaries(
    {
        "term": words.filter(bool),
        "events": counts,
        "percent": st.none() | st.integers(0, 100),
        "grade": st.none() | st.sampled_from(["4", "5"]),
        "fatal": st.none() | st.booleans(),
        "group": st.none() | st.just("Infections"),
    }
).map(only_known)
arm = st.fixed_dictionaries(
    {
        "population": st.dictionaries(diseases, st.integers(0, 20), max_size=3),
        "total": st.none() | st.integers(0, 40),
        "within": st.none() | st.just({"disease": "NHL", "patients": 50}),
        "regimen": st.just({}) | st.just({"routes": ["IV", "SC"], "dose_mg": 30}),
        "responses": st.lists(block, max_size=3),
        "response_months": st.lists(duration, max_size=2),
        "treatment_weeks": st.none() | duration,
        "complications": st.none() | st.lists(complication, max_size=3),
        "patients": st.lists(patient, max_size=3),
    }
).map(only_known)


def series_of(index: int, arms: list[dict[str, Any]]) -> Series:
    return Series.model_validate(
        {
            "series": f"any-{index % 3}",
            "citation": {"authors": "Any", "year": 2000, "reference": index},
            "source": {"document": f"paper-{index // 3}.pdf"},
            "arms": arms,
        }
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(st.lists(st.lists(arm, min_size=1, max_size=2), min_size=1, max_size=5))
def test_any_valid_files(arms: list[list[dict[str, Any]]]) -> None:
    items = [series_of(i, a) for i, a in enumerate(arms)]
    rows, _ = build_rows(items, PROTOCOL)
    frame(rows)
    for by in (None, "route", "disease"):
        selection = select(rows, "ORR", by=by)
        assert len(selection.rows) == len(selection.groups)
        for row in selection.rows:
            assert row.events is not None and row.total is not None
            assert 0 <= row.events <= row.total
        split = by == "disease"
        keys = [(r.series, r.arm, r.disease if split else None) for r in selection.rows]
        assert len(keys) == len(set(keys))
    text = (
        "The median follow-up was 3 months (range, 1-9 months). Any et al.1 saw 4 cases of sepsis."
    )
    sentences = [ProseSentence(document="paper-0.pdf", text=text)]
    for finding in audit(items, rows, PROTOCOL, sentences=sentences):
        assert finding.arithmetic and finding.stated and finding.computed
        assert finding.places
        assert finding.to_dict()["status"] == "open"
