"""Several sources of one series, what moved between them, and decisions that reach the rows."""

from __future__ import annotations

from typing import Any

import pytest
from made_series import series, stored

from evidence.model.protocol import Protocol, SourceEntry, TableSettings
from evidence.model.series import Series
from evidence.store.files import StoredSeries
from evidence.table.audit import audit
from evidence.table.build import build_rows
from evidence.table.moved import moved
from evidence.table.select import select


class TestSources:
    """Bernengo 2007: the review prints 1 CR and 11 PR, the paper 3 CR of 12 responders in 14."""

    PROTOCOL = Protocol(
        source=(SourceEntry(name="bernengo", kind="original"), SourceEntry(name="review"))
    )

    @pytest.fixture
    def items(self) -> list[StoredSeries]:
        printed = series(
            "bernengo-2007",
            population={"SS": 14},
            responses=[{"CR": 1, "PR": 11, "SD": 2}],
            response_months={"median": 12},
            regimen={"routes": ["SC"], "dose_mg": {"low": 10, "high": 15}, "doses_per_week": 3},
        )
        original = series(
            "bernengo-2007",
            population={"SS": 14},
            responses=[{"CR": 3, "ORR": 12, "stated_percent": {"ORR": 85.7, "CR": 21.4}}],
            response_months={"median": 12, "endpoint": "TTF"},
            regimen={"routes": ["SC"], "dose_mg": {"low": 10, "high": 15}},
            source={"document": "bernengo.pdf", "table": None},
        )
        return [stored(printed, "review"), stored(original, "bernengo")]

    def test_the_preferred_source_is_taken_as_one_unit(self, items: list[StoredSeries]) -> None:
        rows, _ = build_rows(items, self.PROTOCOL)
        taken = {r.outcome: (r.events, r.source) for r in rows if r.outcome in {"CR", "PR", "SD"}}
        assert taken == {"CR": (3, "bernengo"), "PR": (9, "bernengo"), "SD": (2, "review")}
        assert {r.doses_per_week for r in rows} == {3.0}

    def test_one_source_as_printed(self, items: list[StoredSeries]) -> None:
        rows, _ = build_rows(items, self.PROTOCOL, source="review")
        assert select(rows, "CR").rows[0].events == 1

    def test_conflicts_name_both_places(self, items: list[StoredSeries]) -> None:
        result = [f for f in audit(items, (), self.PROTOCOL) if f.code == "sources-differ"]
        stated = {f.stated.split(":")[0] for f in result}
        assert stated == {"CR", "PR", "endpoint of a duration"}
        first = next(f for f in result if f.stated.startswith("CR"))
        assert first.severity == "high"
        assert first.arithmetic == "CR: 3 of 14 (bernengo) against 1 of 14 (review)"
        assert {p.document for p in first.places} == {"bernengo.pdf", "review.pdf"}

    def test_the_source_that_is_taken_as_printed(self, items: list[StoredSeries]) -> None:
        protocol = self.PROTOCOL.model_copy(update={"table": TableSettings(as_printed_in="review")})
        first = next(f for f in audit(items, (), protocol) if f.stated.startswith("CR"))
        assert first.would_change == (
            "review is taken as it is printed; bernengo would give 3 of 14"
        )

    def test_a_source_between_them_may_be_silent(self) -> None:
        first, last = (series("a-2003", responses=[{"CR": n, "PR": 3, "PD": 7 - n}])
                       for n in (2, 4))  # fmt: skip
        silent = series("a-2003", responses=[])
        names = ("bernengo", "letter", "review")
        items = [stored(s, n) for s, n in zip((first, silent, last), names, strict=True)]
        found = [f for f in audit(items, (), self.PROTOCOL) if f.code == "sources-differ"]
        assert "CR: 2 of 10 (bernengo) against 4 of 10 (review)" in {f.arithmetic for f in found}
        agreeing = [stored(first, "bernengo"), stored(first, "letter"), stored(last, "review")]
        again = [f for f in audit(agreeing, (), self.PROTOCOL) if f.code == "sources-differ"]
        assert {f.field for f in again} == {f.field for f in found}
        assert len(again) == len(found)

    def test_one_event_in_other_words(self) -> None:
        fatal = {"term": "aspergillosis", "preferred": "Aspergillus infection", "events": 1}
        other = {"term": "pulmonary aspergillosis", "preferred": "Bronchopulmonary aspergillosis"}
        a = series("a-2003", complications=[fatal | {"group": "Infections", "fatal": True}])
        b = series("a-2003", complications=[other | {"group": "Infections", "events": 1}])
        items = [stored(a, "bernengo"), stored(b, "review")]
        (f,) = [f for f in audit(items, (), self.PROTOCOL) if f.code == "sources-differ"]
        assert f.arithmetic == "aspergillosis: fatal (bernengo) against no word of death (review)"

    def test_complications_term_by_term(self) -> None:
        fatal = {"term": "aspergillosis", "events": 1, "fatal": True}
        a = series("a-2003", complications=[fatal])
        b = series(
            "a-2003",
            complications=[{"term": "aspergillosis", "events": 1}, {"term": "CMV", "events": 4}],
        )
        items = [stored(a, "bernengo"), stored(b, "review")]
        rows, _ = build_rows(items, self.PROTOCOL)
        listed = {r.outcome: (r.events, r.source) for r in rows if ":" in r.outcome}
        assert listed == {
            "complication:aspergillosis": (1, "bernengo"),
            "complication:CMV": (4, "review"),
        }
        (f,) = [f for f in audit(items, rows, self.PROTOCOL) if f.code == "sources-differ"]
        assert f.stated == "aspergillosis: fatal in bernengo"

    def test_percentages_of_the_original_and_the_same_counts_of_the_review(self) -> None:
        # Lundin 2003: 55%, 32% and 23% of 22 in the abstract; 7 CR and 5 PR in the review.
        a = series("a-2003", population={"MF/SS": 22},
                   responses=[{"stated_percent": {"ORR": 55, "CR": 32, "PR": 23}}])  # fmt: skip
        b = series("a-2003", population={"MF/SS": 22}, responses=[{"CR": 7, "PR": 5, "SD": 3}])
        rows, _ = build_rows([stored(a, "bernengo"), stored(b, "review")], self.PROTOCOL)
        taken = {r.outcome: (r.events, r.how, r.source) for r in rows if r.stratum == "all"}
        assert taken["CR"] == (7, "stated", "review")

    @pytest.mark.parametrize("split", [{"MF": 4, "SS": 6}, {"E-MF": 4, "SS": 6}])
    def test_a_split_of_a_pooled_label_is_no_conflict(self, split: dict[str, int]) -> None:
        a = series("a-2003", population={"MF/SS": 10})
        b = series("a-2003", population=split)
        items = [stored(a, "bernengo"), stored(b, "review")]
        assert [f for f in audit(items, (), self.PROTOCOL) if f.code == "sources-differ"] == []

    def test_other_labels_are_a_conflict_and_strata_go(self) -> None:
        # Watanabe 2014: 17 and 6 are groups by morphology, all 23 leukemic; the review calls
        # them SS and MF.
        a = series(
            "a-2014",
            population={"L-CTCL": 23},
            responses=[
                {"scope": "erythema", "total": 17, "CR": 13},
                {"scope": "plaques", "total": 6, "CR": 1, "PD": 5},
            ],
        )
        b = series(
            "a-2014",
            population={"SS": 17, "MF": 6},
            responses=[{"scope": "SS", "CR": 13, "PR": 4}, {"scope": "MF", "CR": 1, "PD": 5}],
        )
        items = [stored(a, "bernengo"), stored(b, "review")]
        rows, _ = build_rows(items, self.PROTOCOL)
        (row,) = select(rows, "CR", by="disease").rows
        assert (row.disease, row.events, row.total) == ("L-CTCL", 14, 23)
        assert not any(r.stratum in {"SS", "MF"} for r in rows)
        found = [f for f in audit(items, rows, self.PROTOCOL) if f.code == "sources-differ"]
        assert found[0].arithmetic == "patients: 23 L-CTCL (bernengo) against 6 MF, 17 SS (review)"

    def test_other_patients_are_not_filled_in(self) -> None:
        a = series("a-2003", responses=[{"CR": 1, "PR": 4}])
        b = series("a-2003", responses=[{"CR": 1, "PR": 5, "SD": 4}])
        rows, _ = build_rows([stored(a, "bernengo"), stored(b, "review")], self.PROTOCOL)
        sd = next(r for r in rows if r.outcome == "SD")
        assert sd.events is None


class TestMoved:
    def test_what_another_source_moved(self) -> None:
        printed = series("a-2003", responses=[{"CR": 1, "PR": 6, "SD": 3}])
        original = series(
            "a-2003",
            responses=[{"CR": 3, "ORR": 7}],
            regimen={"routes": ["IV"], "dose_mg": 10},
        )
        items = [stored(printed, "review"), stored(original, "bernengo")]
        before, _ = build_rows(items, TestSources.PROTOCOL, source="review")
        after, _ = build_rows(items, TestSources.PROTOCOL)
        changes = {(m.what, m.printed, m.now, m.source) for m in moved(before, after)}
        assert changes == {
            ("CR", "1/10", "3/10", "bernengo"),
            ("PR", "6/10", "4/10", "bernengo"),
            ("route", "SC", "IV", "bernengo"),
        }
        assert moved(after, after) == ()

    def test_a_trait_is_told_with_the_source_that_states_it(self) -> None:
        """The counts are the review's, the patients the original's, which gives no counts."""
        printed = series("a-2003", population={"SS": 4, "MF": 6},
                         regimen={"routes": ["SC"], "dose_mg": 10})  # fmt: skip
        original = series("a-2003", population={"L-CTCL": 10}, responses=[],
                          regimen={"doses_per_week": 2})  # fmt: skip
        items = [stored(printed, "review"), stored(original, "bernengo")]
        before, _ = build_rows(items, TestSources.PROTOCOL, source="review")
        after, _ = build_rows(items, TestSources.PROTOCOL)
        changes = {(m.what, m.printed, m.now, m.source) for m in moved(before, after)}
        assert changes == {
            ("population", "4 SS, 6 MF", "10 L-CTCL", "bernengo"),
            ("doses_per_week", None, "2", "bernengo"),
        }
        assert {r.source for r in after if r.outcome == "CR"} == {"review"}

    def test_arms_without_patients_leave_no_mark(self) -> None:
        plain = series("a-2003").model_dump(mode="json", exclude_none=True)
        silent = {"label": "b", "regimen": {"routes": ["IV"]}, "responses": [{"total": 5, "CR": 1}]}
        plain["arms"] = [plain["arms"][0] | {"label": "a"}, silent]
        rows, _ = build_rows([Series.model_validate(plain)])
        assert {r.population for r in rows if r.arm is None} == {"10 SS"}


class TestDecisionsAndRows:
    DECISION = {"finding": "x", "action": "exclude", "by": "M. Roe", "on": "2026-01-31",
                "why": "unclear"}  # fmt: skip

    @pytest.mark.parametrize(
        ("field", "left_out"),
        [
            (None, {"ORR", "PD", "complication:sepsis"}),
            ("arms[0].responses[0].CR", {"ORR"}),
            ("arms[0].complications[0].events", {"complication:sepsis"}),
            ("arms[0].response_months[0]", set()),
        ],
    )
    def test_an_exclusion_reaches_what_its_field_says(
        self, field: str | None, left_out: set[str]
    ) -> None:
        decision = {**self.DECISION, "field": field} if field else self.DECISION
        entry = {"term": "sepsis", "events": 1}
        item = series("a-2003", decisions=[decision], complications=[entry])
        rows, _ = build_rows([item])
        for outcome in ("ORR", "PD", "complication:sepsis"):
            selection = select(rows, outcome)
            assert (not selection.rows) == (outcome in left_out), outcome

    def test_a_pooled_number_names_the_decisions_it_rests_on(self) -> None:
        item = series("a-2003", decisions=[{**self.DECISION, "action": "accept"}])
        rows, _ = build_rows([item])
        assert select(rows, "ORR").decisions == ("A 2003: x: accept, M. Roe, 2026-01-31: unclear",)

    @pytest.mark.parametrize(
        ("decision", "outcomes"),
        [
            ({"finding": "unit-mixed"}, set()),
            ({"finding": "fatal-without-grade-5"}, {"complication:rash"}),
            ({"finding": "x", "field": "arms[0].complications[0].events"}, {"complication:rash"}),
            ({"finding": "x", "field": "arms[0].responses[0].CR"}, {"CR", "ORR"}),
            ({"finding": "x"}, {"CR", "PR", "ORR", "complication:rash"}),
        ],
    )
    def test_a_decision_about_something_else(
        self, decision: dict[str, Any], outcomes: set[str]
    ) -> None:
        rash = {"term": "rash", "events": 2}
        given = {**self.DECISION, "action": "accept", **decision}
        rows, _ = build_rows([series("a-2003", decisions=[given], complications=[rash])])
        resting = {r.outcome for r in rows if r.decisions}
        assert resting & {"CR", "PR", "ORR", "complication:rash"} == outcomes

    def test_a_decision_that_decides_nothing(self) -> None:
        overlap = {"series": "b-2004", "relation": "same patients"}
        decision = {**self.DECISION, "finding": "unit-mixxed", "action": "accept"}
        item = series("a-2003", decisions=[decision], overlaps=[overlap])
        found = [f for f in audit([item]) if f.code == "decision-unknown"]
        assert {(f.field, f.stated) for f in found} == {
            ("decisions[0].finding", "unit-mixxed"),
            ("overlaps[0].series", "b-2004"),
        }
        assert "perhaps unit-mixed" in found[0].computed
