"""Conditions on rows: values as people write them, and a refusal that says how to write them."""

from __future__ import annotations

import pytest
from made_rows import rows_of, series

from evidence.errors import WrongUsage
from evidence.table.conditions import filter_rows
from evidence.table.select import select

ROWS = rows_of(
    series("a-2001", {"PR": 2, "CR": 1}, regimen={"routes": ["IV"], "dose_mg": 30}),
    series("b-2002", {"PR": 2, "CR": 1}, regimen={"routes": ["SC"], "dose_mg": 10}),
    series("c-2003", {"PR": 2, "CR": 1}, regimen={"dose_mg": 10}),
)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"route": "iv"}, ["A 2001"]),
        ({"route": ["IV", "SC"]}, ["A 2001", "B 2002"]),
        ({"route": None}, ["C 2003"]),
        ({"route": "not reported"}, ["C 2003"]),
        ({"year": 2002}, ["B 2002"]),
        ({"dose_mg": 10.0, "route": "SC"}, ["B 2002"]),
        ({}, ["A 2001", "B 2002", "C 2003"]),
    ],
)
def test_a_condition_fits_by_its_words(where: dict[str, object], expected: list[str]) -> None:
    assert [row.label for row in select(ROWS, "ORR", where=where).rows] == expected
    found = {row.label for row in filter_rows(ROWS, {**where, "outcome": "ORR"})}
    assert found == set(expected)


@pytest.mark.parametrize("where", ["route=SC", ["route=SC"], 3])
def test_what_is_no_mapping_is_refused_with_the_way_to_write_it(where: object) -> None:
    told = r'expected a mapping .* Mend: .*\{"route": "SC"\}'
    with pytest.raises(WrongUsage, match=told) as refused:
        select(ROWS, "ORR", where=where)  # type: ignore[arg-type]
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("outcome", [None, ["ORR", "CR"]])
def test_an_outcome_is_one_name(outcome: object) -> None:
    with pytest.raises(WrongUsage, match=r"Unknown outcome .* Known: ORR, CR"):
        select(ROWS, outcome)  # type: ignore[arg-type]


def test_an_unknown_column_lists_the_known() -> None:
    with pytest.raises(WrongUsage, match=r"Unknown column 'colour'.* Known: route, dose"):
        filter_rows(ROWS, {"colour": "red"})
    with pytest.raises(WrongUsage, match=r"Unknown column .* Did you mean 'route'\?"):
        select(ROWS, "ORR", by=["route"])  # type: ignore[arg-type]
