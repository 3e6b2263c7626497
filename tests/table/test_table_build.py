"""The evidence table of the 2015 review, and its frame."""

from __future__ import annotations

import pytest
import seed_series
from made_rows import rows_of, series, sums

from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.table.build import build_rows
from evidence.table.frame import frame
from evidence.table.select import select
from evidence.table.switches import Switches


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
        off = Switches(attributed=False)
        assert sums(select(rows, "ORR", switches=off)) == {"all": (14, 119, 182)}
        assert sums(select(rows, "CR", switches=off)) == {"all": (14, 56, 182)}

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
