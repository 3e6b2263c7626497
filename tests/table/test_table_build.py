"""The evidence table: whole series and strata, conventions by name, nothing counted twice."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
import seed_series
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.errors import WrongUsage
from evidence.model.protocol import DoseBand, Drug, Groups, Population, Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.table.build import build_rows
from evidence.table.derive import block_counts
from evidence.table.frame import frame
from evidence.table.select import Selection, select

PROTOCOL = Protocol(
    drug=Drug(name="alemtuzumab"),
    population=Population(include=("SS", "MF", "E-MF", "L-CTCL"), names={"SS": "Sézary syndrome"}),
    groups=Groups(dose=(DoseBand(label="low", up_to=15), DoseBand(label="high", above=15))),
)


def series(name: str, *blocks: dict[str, Any], **arm: Any) -> Series:
    arm.setdefault("population", {"SS": 10})
    regimen = arm.pop("regimen", {"routes": ["SC"], "dose_mg": 10})
    more = {k: arm.pop(k) for k in ("status", "decisions", "overlaps", "design") if k in arm}
    return Series.model_validate(
        {
            "series": name,
            "citation": {"authors": name.split("-")[0].title(), "year": int(name[-4:])},
            "source": {"document": "review.pdf"},
            "arms": [{"responses": list(blocks), "regimen": regimen, **arm}],
            **more,
        }
    )


def rows_of(*items: Series, **options: Any) -> tuple[EvidenceRow, ...]:
    return build_rows(items, PROTOCOL, **options)[0]


def one(rows: tuple[EvidenceRow, ...], outcome: str, stratum: str = "all") -> EvidenceRow:
    (row,) = [r for r in rows if r.outcome == outcome and r.stratum == stratum and r.arm is None]
    return row


def sums(selection: Selection) -> dict[str, tuple[int, int, int]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, group in zip(selection.rows, selection.groups, strict=True):
        assert row.events is not None and row.total is not None
        found[group][0] += 1
        found[group][1] += row.events
        found[group][2] += row.total
    return {g: (k, e, n) for g, (k, e, n) in found.items()}


class TestConventions:
    def test_one_responder_type_says_there_were_none_of_the_other(self) -> None:
        rows = rows_of(series("roe-2003", {"PR": 2}))
        cr, orr = one(rows, "CR"), one(rows, "ORR")
        assert (cr.events, cr.how) == (0, "derived")
        assert cr.derivation == "the listing of responders names 2 PR and no CR"
        assert (orr.events, orr.how) == (2, "derived")

    def test_unaccounted_patients_are_not_progressive(self) -> None:
        rows = rows_of(series("roe-2003", {"PR": 2}))
        assert one(rows, "PD").events is None
        assert one(rows, "SD").events is None
        assert one(rows, "DCR").events is None

    def test_all_accounted_makes_the_unlisted_none(self) -> None:
        rows = rows_of(series("roe-2003", {"CR": 4, "PR": 3, "PD": 3}))
        sd = one(rows, "SD")
        assert (sd.events, sd.how) == (0, "derived")
        assert sd.derivation == "all 10 patients are accounted for: 4 CR + 3 PR + 3 PD"

    def test_death_is_not_progression(self) -> None:
        rows = rows_of(series("roe-2003", {"CR": 1, "PR": 8, "deaths": 1}))
        assert one(rows, "PD").events == 0
        assert one(rows, "deaths").events == 1

    def test_categories_of_the_papers_own_leave_progression_open(self) -> None:
        rows = rows_of(series("roe-2003", {"CR": 1, "PR": 5, "other": {"no response": 4}}))
        assert one(rows, "PD").events is None
        assert one(rows, "no response").events == 4

    def test_no_listing_is_no_zero(self) -> None:
        rows = rows_of(series("roe-2003", {"PR": 0}))
        assert one(rows, "CR").events is None

    def test_percentage_labelled_cr_that_is_the_overall_response(self) -> None:
        # Lundin 1998 as the review prints it: 8 MF, "CR 50%", 2 CR (actas-2015 Table 4).
        rows = rows_of(series("roe-1998", {"CR": 2, "total": 8, "stated_percent": {"CR": 50}}))
        assert (one(rows, "ORR").events, one(rows, "PR").events) == (4, 2)
        assert "50% is printed as CR" in (one(rows, "PR").derivation or "")

    def test_percentage_that_several_counts_give_is_no_count(self) -> None:
        block = {"total": 400, "stated_percent": {"ORR": 50}}
        rows = rows_of(series("roe-1998", block, population={"SS": 400}))
        assert one(rows, "ORR").events is None

    def test_stated_percentages_alone(self) -> None:
        # Novelli 2015: 5 of 6 responded, CR 66.7% (abstract).
        block = {"total": 6, "ORR": 5, "stated_percent": {"ORR": 83.3, "CR": 66.7}}
        rows = rows_of(series("roe-2015", block, population={"SS": 6}))
        assert (one(rows, "CR").events, one(rows, "PR").events) == (4, 1)
        assert one(rows, "ORR").how == "stated"

    def test_without_derived_counts(self) -> None:
        rows = rows_of(series("roe-2003", {"PR": 2}), derived=False)
        assert one(rows, "CR").events is None
        assert one(rows, "PR").events == 2
        assert select(rows, "ORR").rows == ()

    def test_attributed_events_are_a_switch(self) -> None:
        block = {
            "CR": 3,
            "PR": 2,
            "exclusions": [{"outcome": "CR", "events": 1, "reason": "after electron beam"}],
        }
        rows = rows_of(series("roe-2014", block))
        assert one(rows, "CR").attributed_events == 1
        assert select(rows, "CR").rows[0].events == 3
        assert select(rows, "CR", attributed=False).rows[0].events == 2
        assert select(rows, "ORR", attributed=False).rows[0].events == 4
        without = rows_of(series("roe-2014", block), attributed=False)
        assert one(without, "ORR").events == 4
        assert "less 1 (after electron beam)" in (one(without, "ORR").derivation or "")

    @settings(deadline=None)
    @given(
        st.integers(1, 60),
        st.lists(st.none() | st.integers(0, 60), min_size=4, max_size=4),
    )
    def test_conventions_never_exceed_the_total(self, total: int, listed: list[int | None]) -> None:
        names = ("CR", "PR", "SD", "PD")
        known = {n: v for n, v in zip(names, listed, strict=True) if v is not None}
        if sum(known.values()) > total:
            return
        block = Series.model_validate(
            {
                "series": "any",
                "citation": {"authors": "A"},
                "source": {"document": "a"},
                "arms": [{"responses": [{"total": total, **known}]}],
            }
        ).arms[0].responses[0]  # fmt: skip
        counts = block_counts(block, total)
        assert {n: counts[n].events for n in known} == known
        assert sum(counts[n].events for n in names if n in counts) <= total
        if "ORR" in counts:
            assert counts["ORR"].events == counts["CR"].events + counts["PR"].events
        if sum(known.values()) < total and {"SD", "PD"} - set(known):
            assert not ({"SD", "PD"} - set(known)) & set(counts)


class TestStrata:
    def test_whole_series_is_the_sum_of_its_diseases_where_only_they_are_given(self) -> None:
        rows = rows_of(
            series(
                "roe-2014",
                {"scope": "SS", "CR": 13, "PR": 4},
                {"scope": "MF", "CR": 1, "PD": 5},
                population={"SS": 17, "MF": 6},
            )
        )
        assert (one(rows, "ORR").events, one(rows, "ORR").total) == (18, 23)
        assert (one(rows, "PD", "MF").events, one(rows, "PD").events) == (5, 5)
        assert one(rows, "ORR").disease is None

    def test_a_second_block_of_the_same_patients_counts_over_its_own_total(self) -> None:
        rows = rows_of(
            series(
                "roe-2014",
                {"CR": 4, "total": 22},
                {"ORR": 10, "other": {"relapse": 2}, "total": 20},
            )
        )
        assert [(one(rows, n).events, one(rows, n).total) for n in ("CR", "ORR", "relapse")] == [
            (4, 22), (10, 20), (2, 20)
        ]  # fmt: skip
        assert one(rows, "PR").events is None  # not 0: the responders are printed beside the CR

    def test_only_the_relevant_patients_of_a_mixed_series(self) -> None:
        # Zinzani 2005: 4 MF and 6 peripheral T-cell lymphoma; 3 PR of the 4 MF (actas-2015).
        rows = rows_of(
            series("roe-2005", {"scope": "MF", "PR": 3}, population={"MF": 4, "PTCL": 6})
        )
        row = one(rows, "ORR")
        assert (row.events, row.total, row.disease) == (3, 4, "MF")

    def test_mixed_series_that_is_not_separated_is_left_out_by_name(self) -> None:
        rows = rows_of(series("roe-2005", {"CR": 3, "PR": 1}, population={"MF": 4, "PTCL": 6}))
        selection = select(rows, "ORR")
        assert selection.rows == ()
        assert "not separated from PTCL" in selection.excluded[0].reason

    def test_part_of_a_larger_group(self) -> None:
        # Lundin 1998: 8 MF inside 50 lymphomas (actas-2015 Table 4).
        rows = rows_of(
            series(
                "roe-1998",
                {"scope": "all", "total": 50, "stated_percent": {"ORR": 20}},
                {"scope": "MF", "total": 8, "CR": 2, "stated_percent": {"CR": 50}},
                population={"MF": 8},
                within={"disease": "NHL", "patients": 50},
                complications=[{"term": "sepsis", "events": 9}],
            )
        )
        assert (one(rows, "ORR").events, one(rows, "ORR").total) == (4, 8)
        assert one(rows, "complication:sepsis").total == 50

    def test_pooled_label_is_no_split(self) -> None:
        rows = rows_of(series("roe-2003", {"CR": 7, "PR": 5}, population={"MF/SS": 22}))
        assert one(rows, "ORR").disease is None
        selection = select(rows, "ORR", by="disease")
        assert selection.rows == ()
        assert "without a split (22 MF/SS)" in selection.excluded[0].reason
        assert sums(select(rows, "ORR")) == {"all": (1, 12, 22)}

    def test_full_name_and_abbreviation_are_one_disease(self) -> None:
        rows = rows_of(
            series(
                "roe-2014",
                {"scope": "sézary syndrome", "PR": 3, "total": 4},
                {"scope": "MF", "PR": 1, "total": 6},
                population={"SS": 4, "MF": 6},
            )
        )
        assert one(rows, "ORR", "SS").events == 3

    def test_strata_never_count_twice(self) -> None:
        rows = rows_of(
            series(
                "roe-2014",
                {"CR": 7, "PR": 13, "total": 39},
                {"scope": "SS", "CR": 6, "PR": 10},
                {"scope": "MF", "CR": 1, "PR": 3},
                population={"SS": 23, "MF": 16},
            ),
            series("doe-2007", {"CR": 5}, {"scope": "SS", "CR": 5}, population={"SS": 5}),
        )
        assert sums(select(rows, "ORR")) == {"all": (2, 25, 44)}
        assert sums(select(rows, "ORR", by="disease")) == {"SS": (2, 21, 28), "MF": (1, 4, 16)}
        assert sums(select(rows, "ORR", where={"disease": "SS"})) == {"all": (2, 21, 28)}
        assert sums(select(rows, "ORR", by="route")) == {"SC": (2, 25, 44)}

    def test_skin_response_is_not_the_overall_response(self) -> None:
        rows = rows_of(series("roe-2014", {"CR": 7, "compartment": "skin"}))
        assert one(rows, "CR").events is None

    def test_arms_that_differ_are_grouped_apart_and_counted_once(self) -> None:
        arms = [
            {"label": "A", "population": {"SS": 4}, "responses": [{"CR": 1, "PR": 1}],
             "regimen": {"routes": ["IV"], "dose_mg": 30}},
            {"label": "B", "population": {"SS": 6}, "responses": [{"CR": 2, "PR": 1}],
             "regimen": {"routes": ["SC"], "dose_mg": 10}},
        ]  # fmt: skip
        plain = series("roe-2007").model_dump(mode="json", exclude_none=True)
        rows = rows_of(Series.model_validate({**plain, "arms": arms}))
        assert sums(select(rows, "ORR")) == {"all": (1, 5, 10)}
        assert sums(select(rows, "ORR", by="route")) == {"IV": (1, 2, 4), "SC": (1, 3, 6)}
        assert sums(select(rows, "ORR", by="disease")) == {"SS": (1, 5, 10)}

    def test_arm_of_another_drug_takes_no_part(self) -> None:
        arms = [
            {"label": "A", "population": {"SS": 4}, "responses": [{"CR": 1}],
             "regimen": {"drug": "Alemtuzumab"}},
            {"label": "B", "population": {"SS": 6}, "responses": [{"CR": 2}],
             "regimen": {"drug": "bexarotene"}},
        ]  # fmt: skip
        plain = series("roe-2007").model_dump(mode="json", exclude_none=True)
        rows = rows_of(Series.model_validate({**plain, "arms": arms}))
        assert sums(select(rows, "CR")) == {"all": (1, 1, 4)}


class TestPatientRows:
    ROWS = [
        {"id": i, "disease": d, "response": {"overall": r}}
        for i, (d, r) in enumerate([("SS", "CR"), ("SS", "PD"), ("MF", "PR")])
    ]

    def test_rows_give_the_series_row_where_none_is_printed(self) -> None:
        rows = rows_of(series("roe-2015", population={"SS": 2, "MF": 1}, patients=self.ROWS))
        orr = one(rows, "ORR")
        assert (orr.events, orr.total, orr.how) == (2, 3, "derived")
        assert orr.derivation == "counted over 3 patient rows"
        assert (one(rows, "PD", "SS").events, one(rows, "PD", "SS").total) == (1, 2)
        assert one(rows, "SD").events == 0

    def test_a_printed_row_goes_first(self) -> None:
        block = {"CR": 1, "PR": 0, "PD": 2}
        rows = rows_of(series("roe-2015", block, population={"SS": 3}, patients=self.ROWS))
        assert (one(rows, "PR").events, one(rows, "PR").how) == (0, "stated")

    def test_rows_with_a_gap_give_nothing(self) -> None:
        gap = [*self.ROWS[:2], {"id": 9}]
        rows = rows_of(series("roe-2015", population={"SS": 3}, patients=gap))
        assert one(rows, "ORR").events is None

    def test_fewer_rows_than_patients_give_nothing(self) -> None:
        rows = rows_of(series("roe-2015", population={"SS": 5}, patients=self.ROWS))
        assert one(rows, "ORR").events is None


class TestRegimen:
    @pytest.mark.parametrize(
        ("routes", "route"), [(["IV"], "IV"), (["IV", "SC"], "mixed"), ([], None)]
    )
    def test_route(self, routes: list[str], route: str | None) -> None:
        rows = rows_of(series("roe-2003", {"PR": 2}, regimen={"routes": routes}))
        assert one(rows, "ORR").route == route

    @pytest.mark.parametrize(
        ("dose", "band"),
        [(10, "low"), (15, "low"), ({"low": 10, "high": 15}, "low"), (15.5, "high"),
         ({"low": 10, "high": 30}, "high"), (None, None)],
    )  # fmt: skip
    def test_dose_band_by_its_high_end(self, dose: object, band: str | None) -> None:
        regimen = {"dose_mg": dose} if dose is not None else {}
        rows = rows_of(series("roe-2003", {"PR": 2}, regimen=regimen))
        assert one(rows, "ORR").dose_band == band

    def test_without_bands_the_dose_is_the_label(self) -> None:
        item = series("roe-2003", {"PR": 2}, regimen={"dose_mg": {"low": 10, "high": 15}})
        rows, _ = build_rows([item])
        assert one(rows, "ORR").dose_band == "10–15 mg"

    def test_route_not_reported_is_named(self) -> None:
        rows = rows_of(series("roe-2003", {"PR": 2}, regimen={}))
        selection = select(rows, "ORR", by="route")
        assert [(e.series, e.reason) for e in selection.excluded] == [
            ("Roe 2003", "route is not reported")
        ]


class TestComplications:
    def test_none_is_zero_and_silence_is_not(self) -> None:
        rows = rows_of(
            series("a-2001", {"PR": 2}, complications=[]),
            series("b-2002", {"PR": 2}),
            series("c-2003", {"PR": 2}, complications=[{"term": "sepsis", "events": 3}]),
            series("d-2004", {"PR": 2}, complications=[{"term": "fever", "events": 1}]),
        )
        selection = select(rows, "complication:Sepsis")
        assert [(r.label, r.events, r.total, r.how) for r in selection.rows] == [
            ("A 2001", 0, 10, "derived"),
            ("C 2003", 3, 10, "stated"),
        ]
        assert {e.series for e in selection.excluded} == {"B 2002", "D 2004"}

    def test_preferred_term_and_organ_class(self) -> None:
        cmv = {"preferred": "Cytomegalovirus infection", "group": "Infections"}
        rows = rows_of(
            series(
                "c-2003",
                {"PR": 2},
                complications=[
                    {"term": "CMV", "events": 3, **cmv},
                    {"term": "zoster", "events": 1, "group": "Infections"},
                ],
            )
        )
        assert select(rows, "complication:cmv").rows[0].events == 3
        group = select(rows, "complication:infections").rows[0]
        assert (group.events, group.how) == (4, "derived")
        assert "counted twice" in (group.derivation or "")

    def test_own_denominator(self) -> None:
        entry = {"term": "CMV", "events": 1, "total": 7}
        rows = rows_of(series("c-2003", {"PR": 2}, complications=[entry]))
        assert select(rows, "complication:CMV").rows[0].total == 7


class TestSelection:
    def test_unknown_names_list_the_known(self) -> None:
        rows = rows_of(series("roe-2003", {"PR": 2}))
        for call in (
            lambda: select(rows, "XX"),
            lambda: select(rows, "ORR", by="colour"),
            lambda: select(rows, "ORR", where={"colour": "red"}),
            lambda: select(rows, "complication:XX"),
        ):
            with pytest.raises(WrongUsage, match=r"Unknown .* Known: "):
                call()

    def test_rejected_and_excluded_series_are_named(self) -> None:
        decision = {"finding": "x", "action": "exclude", "by": "M. Roe", "on": "2026-01-31",
                    "why": "same patients"}  # fmt: skip
        rows = rows_of(
            series("a-2001", {"PR": 2}, status="rejected"),
            series("b-2002", {"PR": 2}, decisions=[decision]),
            series("c-2003", {"PR": 2}),
        )
        selection = select(rows, "ORR")
        assert [r.label for r in selection.rows] == ["C 2003"]
        assert {e.series: e.reason for e in selection.excluded} == {
            "A 2001": "rejected by the reviewer",
            "B 2002": "excluded by M. Roe on 2026-01-31: same patients",
        }

    def test_overlapping_series_count_once_by_default(self) -> None:
        rows = rows_of(
            series("a-2012", {"PR": 2}, population={"SS": 8}),
            series("b-2014", {"PR": 5}, overlaps=[{"series": "a-2012", "relation": "contains"}]),
        )
        selection = select(rows, "ORR")
        assert [r.label for r in selection.rows] == ["B 2014"]
        assert selection.excluded[0].reason == "its patients are counted in b-2014"
        assert len(select(rows, "ORR", overlaps=True).rows) == 2

    def test_switches(self) -> None:
        rows = rows_of(
            series("a-2001", {"PR": 2, "CR": 1}, regimen={"routes": ["IV", "SC"]}),
            series("b-2002", {"PR": 2, "CR": 1}, status="confirmed"),
            series("c-2003", {"PR": 1, "CR": 0}, population={"SS": 1}),
        )
        names = lambda **o: [r.label[0] for r in select(rows, "ORR", **o).rows]  # noqa: E731
        assert names() == ["A", "B", "C"]
        assert names(unverified=False) == ["B"]
        assert names(mixed_routes=False) == ["B", "C"]
        assert names(case_reports=False) == ["A", "B"]

    def test_impossible_counts_are_refused_with_the_row(self) -> None:
        item = series("a-2001", {"CR": 6, "PR": 6})
        rows, problems = build_rows([item], PROTOCOL)
        assert [p.code for p in problems] == ["impossible-count"]
        assert select(rows, "ORR").rows == ()
        assert select(rows, "ORR").excluded[0].reason == "12 events among 10 patients"


def test_frame_keeps_not_reported_apart_from_none() -> None:
    rows = rows_of(series("roe-2003", {"PR": 2}))
    table = frame(rows)
    values = table.set_index("outcome")["events"]
    assert values["CR"] == 0
    assert table["events"].dtype == "Int64"
    assert values.isna()["PD"]
    assert len(table) == len(
        {(r.stratum, r.outcome) for r in rows_of(series("roe-2003", {"PR": 2}))}
    )


@pytest.mark.shared
class TestSeedTable:
    """Figures of Table 4 of the 2015 review, by hand: the headline counts of its data."""

    @pytest.fixture
    def rows(self, table4: list[Series]) -> tuple[EvidenceRow, ...]:
        rows, problems = build_rows(table4, seed_series.PROTOCOL)
        assert problems == []
        return rows

    def test_overall(self, rows: tuple[EvidenceRow, ...]) -> None:
        assert sums(select(rows, "ORR")) == {"all": (14, 120, 182)}
        assert sums(select(rows, "CR")) == {"all": (14, 57, 182)}

    def test_without_the_response_after_electron_beam(self, rows: tuple[EvidenceRow, ...]) -> None:
        assert sums(select(rows, "ORR", attributed=False)) == {"all": (14, 119, 182)}
        assert sums(select(rows, "CR", attributed=False)) == {"all": (14, 56, 182)}

    def test_by_route_and_dose(self, rows: tuple[EvidenceRow, ...]) -> None:
        assert sums(select(rows, "ORR", by="route")) == {
            "IV": (6, 26, 55),
            "SC": (6, 58, 69),
            "mixed": (2, 36, 58),
        }
        assert sums(select(rows, "ORR", by="dose")) == {
            "30 mg": (9, 67, 118),
            "≤15 mg": (5, 53, 64),
        }

    def test_by_disease(self, rows: tuple[EvidenceRow, ...]) -> None:
        selection = select(rows, "ORR", by="disease")
        found = sums(selection)
        assert (found["SS"], found["MF"]) == ((5, 54, 64), (4, 12, 34))
        assert {e.series for e in selection.excluded} == {
            "Lundin 2003",
            "Kennedy 2003",
            "Capalbo 2003",
            "Lenihan 2004",
            "Querfeld 2009",
        }

    def test_unaccounted_patients_stay_not_reported(self, rows: tuple[EvidenceRow, ...]) -> None:
        assert {e.series for e in select(rows, "PD").excluded} == {
            "Lundin 1998",
            "Ferrajoli 2003",
            "Zinzani 2005",
            "de Masson 2014",
        }
