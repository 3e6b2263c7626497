"""What the patient rows of a series give where the paper prints no row of its own."""

from __future__ import annotations

from typing import Any

from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.build import build_rows
from evidence.table.select import select


def series(**arm: Any) -> Series:
    return Series.model_validate(
        {
            "series": "doe-2020",
            "citation": {"authors": "Doe", "year": 2020},
            "source": {"document": "doe.csv"},
            "arms": [arm],
        }
    )


def patient(number: int, response: str, *complications: str, **more: Any) -> dict[str, Any]:
    had = [{"term": term} for term in complications]
    return {
        "id": str(number), "disease": "AOSD", "response": {"overall": response},
        "complications": had, **more,
    }  # fmt: skip


def one(rows: tuple[EvidenceRow, ...], outcome: str) -> EvidenceRow:
    (row,) = [r for r in rows if r.outcome == outcome and r.stratum == "all"]
    return row


THREE = [patient(1, "CR", "rash"), patient(2, "PR", "rash", "fever"), patient(3, "SD")]


def test_diseases_and_complications_are_counted_over_the_rows() -> None:
    rows, _ = build_rows([series(patients=THREE)])
    rash = one(rows, "complication:rash")
    assert (rash.events, rash.total, rash.how) == (2, 3, "derived")
    assert rash.derivation == "counted over 3 patient rows"
    assert one(rows, "complication:fever").events == 1
    assert one(rows, "ORR").disease == "AOSD"


def test_rows_that_do_not_tell_everything_give_no_complications() -> None:
    silent = {**THREE[2], "complications": None}
    for arm in ({"patients": [*THREE[:2], silent]}, {"patients": THREE, "total": 5}):
        rows, _ = build_rows([series(**arm)])
        assert one(rows, "complication:any").events is None


def test_without_derived_counts_the_rows_give_nothing() -> None:
    rows, _ = build_rows([series(patients=THREE)], derived=False)
    assert one(rows, "complication:any").events is None


def test_a_stated_sum_that_its_parts_contradict_is_not_called_stated() -> None:
    block = {"scope": "all", "total": 9, "CR": 0, "PR": 3, "ORR": 4}
    rows, _ = build_rows([series(total=9, responses=[block])])
    row = one(rows, "ORR")
    assert (row.events, row.how) == (3, "derived")
    assert row.derivation == "CR 0 + PR 3; the paper states ORR 4"


def test_a_series_without_a_disease_is_not_said_to_mix_some() -> None:
    rows, _ = build_rows([series(total=9, responses=[{"scope": "all", "total": 9, "CR": 1}])])
    (left,) = select(rows, "CR", by="disease").excluded
    assert left.reason == "the disease is not reported"


def test_a_decision_to_correct_closes_nothing_before_the_correction() -> None:
    block = {"scope": "all", "total": 9, "CR": 0, "PR": 3, "ORR": 4}
    decision = {
        "finding": "responders-against-parts", "action": "correct", "by": "A.B.",
        "on": "2026-01-31", "why": "misprint",
    }  # fmt: skip
    fixed = {**decision, "field": "arms[0].responses[0].ORR", "was": 4, "now": 4}
    for corrections, status in (([], "open"), ([fixed], "corrected")):
        wrong = series(total=9, responses=[block]).model_dump(mode="json", exclude_none=True)
        given = [
            {k: v for k, v in c.items() if k not in ("finding", "action")} for c in corrections
        ]
        plain = Series.model_validate({**wrong, "decisions": [decision], "corrections": given})
        found = [f for f in audit([plain]) if f.code == "responders-against-parts"]
        assert [f.status for f in found] == [status]
