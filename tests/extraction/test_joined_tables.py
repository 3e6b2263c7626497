"""Efficacy in one table and toxicity in another, joined by the names of their rows."""

from __future__ import annotations

import pytest
from extraction_grids import document, grid

from evidence.extraction import extract
from evidence.model.series import Series

EFFICACY = """
Study | Ref | n | CR (n) | PR (n)
Smith et al., 2010 | 12 | 20 | 5 | 4
Wood et al. 2012 | 13 | 40 | 10 | 9
Hill 2014 | 14 | 11 | 1 | 2
"""
HEADS = "Study | Neutropenia (n) | Sepsis (n)\n"


def joined(second: str, first: str = EFFICACY) -> dict[str, Series]:
    found = extract(document(grid(first), grid(second, label="2")))
    return {series.series: series for series in found.series}


def harms(series: Series) -> list[int | None]:
    return [item.events for item in series.arms[0].complications or ()]


@pytest.mark.parametrize(
    "rows",
    [
        "Hill 2014 [14] | 1 | 0\nSmith 2010 [12] | 4 | 1\nWood et al.13 (2012) | 5 | 2",
        "Hill | 1 | 0\nSmith et al.^12^ | 4 | 1\nWood et al. | 5 | 2",
        "Smith, 2010 | 4 | 1\nJ. Wood, 2012 | 5 | 2\nHill AB, 2014 | 1 | 0",
        "SMITH 2010 | 4 | 1\nWood and Dale 2012 | 5 | 2\nHill (2014) | 1 | 0",
        "[14] | 1 | 0\n[12] | 4 | 1\n[13] | 5 | 2",
    ],
)
def test_names_as_they_vary_between_tables(rows: str) -> None:
    found = joined(HEADS + rows)
    assert {name: harms(series) for name, series in found.items()} == {
        "smith-2010": [4, 1], "wood-2012": [5, 2], "hill-2014": [1, 0],
    }  # fmt: skip
    assert [series.arms[0].responses[0].CR for series in found.values()] == [5, 10, 1]


def test_missing_and_further_rows_stay_what_they_are() -> None:
    found = joined(HEADS + "Smith 2010 | 4 | 1\nDale 2009 | 7 | 3")
    assert harms(found["smith-2010"]) == [4, 1]
    assert found["wood-2012"].arms[0].complications is None
    assert (found["dale-2009"].arms[0].size, harms(found["dale-2009"])) == (None, [7, 3])


@pytest.mark.parametrize("row", ["Smith 2011 | 4 | 1", "Smith 2010b | 4 | 1", "Smith [99] | 4 | 1"])
def test_another_paper_of_the_same_author_is_not_joined(row: str) -> None:
    found = joined(HEADS + row + "\nWood 2012 | 5 | 2")
    assert found["smith-2010"].arms[0].complications is None


def test_a_name_that_fits_two_series_is_joined_to_neither() -> None:
    found = joined(HEADS + "Smith | 4 | 1\nWood | 5 | 2", EFFICACY + "Smith 2015 | 15 | 9 | 3 | 2")
    assert found["smith-2010"].arms[0].complications is None
    assert found["smith-2015"].arms[0].complications is None
    assert harms(found["smith"]) == [4, 1]
