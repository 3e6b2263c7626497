"""What was given and what it did: routes, dose bands and complications as rows."""

from __future__ import annotations

import pytest
from made_rows import one, rows_of, series

from evidence.table.build import build_rows
from evidence.table.select import select


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
