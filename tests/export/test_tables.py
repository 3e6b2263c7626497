"""Workbook, database and Parquet: the same rows, each with its source, page, box and words."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from evidence.commands.export import FORMATS
from evidence.errors import WrongUsage
from evidence.export.parquet import to_parquet
from evidence.export.revman import refuse_revman
from evidence.export.sqlite import to_sqlite
from evidence.export.tables import FlatTable, review_tables
from evidence.export.xlsx import to_xlsx
from evidence.review import Review
from evidence.review.reporting import pool_all


@pytest.fixture(scope="module")
def tables(root: Path) -> tuple[FlatTable, ...]:
    review = Review(root)
    return review_tables(
        rows=review.rows,
        series=[(item.source, item.series) for item in review.stored],
        pooled=pool_all(review, review.rows)[0].values(),
        findings=review.audit(),
    )


TRAPS = FlatTable(
    name="traps",
    columns=("text", "n", "x", "mixed"),
    lines=(("=1+1", 0, 0.5, 1), ("a\x07b", None, 2, "two"), (None, 3, None, None)),
)


def lines_of(body: bytes, table: str) -> list[dict[str, Any]]:
    database = sqlite3.connect(":memory:")
    database.deserialize(body)
    database.row_factory = sqlite3.Row
    return [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')]


def test_every_row_has_its_source_page_box_and_words(tables: tuple[FlatTable, ...]) -> None:
    rows = lines_of(to_sqlite(tables), "rows")
    querfeld = [r for r in rows if (r["series"], r["outcome"]) == ("querfeld-2009", "CR")]
    # table 2 of the review's own paper, row 10: "OR 84%; 9 CR, 7 PR, 3 PD"
    assert [(r["events"], r["total"]) for r in querfeld] == [(9, 19)]
    assert querfeld[0]["source"] == "alemtuzumab-2026"
    assert querfeld[0]["document"] == "alemtuzumab-2026.pdf"
    assert querfeld[0]["page"] == 2
    assert len(querfeld[0]["box"].split()) == 4
    assert "9 CR" in querfeld[0]["words"]


def test_not_reported_stays_missing_and_none_stays_zero(tables: tuple[FlatTable, ...]) -> None:
    rows = {
        (r["series"], r["stratum"], r["outcome"]): r["events"]
        for r in lines_of(to_sqlite(tables), "rows")
    }
    assert rows["ferrajoli-2003", "all", "SD"] is None
    assert rows["alinari-2007", "all", "SD"] == 0


def test_pooled_numbers_are_those_of_the_package(tables: tuple[FlatTable, ...], root: Path) -> None:
    pooled = lines_of(to_sqlite(tables), "pooled")
    overall = next(r for r in pooled if (r["outcome"], r["by"]) == ("ORR", None))
    group = Review(root).pool("ORR").groups[0]
    assert overall["estimate"] == group.estimate
    assert overall["k"] == group.k == len(overall["series"].split("; "))


def test_the_workbook_holds_the_same_as_the_database(tables: tuple[FlatTable, ...]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra office is not installed")
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(tables)))
    assert book.sheetnames == ["rows", "cells", "pooled", "findings"]
    for table in tables:
        found = list(book[table.name].iter_rows(values_only=True))
        assert found[0] == table.columns
        assert len(found) == len(table.lines) + 1
        assert [tuple(map(rounded, line)) for line in found[1:]] == [
            tuple(map(rounded, line)) for line in table.lines
        ]


def rounded(value: Any) -> Any:
    """A workbook keeps 15 digits of a number and no empty text."""
    if isinstance(value, float):
        return float(f"{value:.12g}")
    return None if value == "" else value


def test_text_that_looks_like_a_formula_stays_text() -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra office is not installed")
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([TRAPS])))["traps"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].value == "a b"
    assert (sheet["B2"].value, sheet["B3"].value) == (0, None)


def test_parquet_keeps_types_and_nulls(tables: tuple[FlatTable, ...]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    files = to_parquet([*tables, TRAPS])
    rows = parquet.read_table(io.BytesIO(files["rows.parquet"])).to_pylist()
    assert len(rows) == len(tables[0].lines)
    assert {"source", "page", "box", "words"} <= set(rows[0])
    traps = parquet.read_table(io.BytesIO(files["traps.parquet"])).to_pylist()
    assert [line["n"] for line in traps] == [0, None, 3]
    assert [line["x"] for line in traps] == [0.5, 2.0, None]
    assert [line["mixed"] for line in traps] == ["1", "two", None]


@pytest.mark.parametrize("write", [to_xlsx, to_sqlite])
def test_equal_tables_give_equal_bytes(tables: tuple[FlatTable, ...], write: Any) -> None:
    if write is to_xlsx:
        pytest.importorskip("openpyxl", reason="the extra office is not installed")
    assert write(tables) == write(tables)


@pytest.mark.parametrize(
    ("module", "write", "extra"),
    [("openpyxl", to_xlsx, "office"), ("pyarrow", to_parquet, "parquet")],
)
def test_a_missing_extra_is_named(
    module: str, write: Any, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(WrongUsage, match=rf"pip install 'evidence\[{extra}\]'"):
        write([TRAPS])


def test_revman_is_refused_with_the_reason_and_the_ways_round() -> None:
    told = str(refuse_revman())
    assert "comparisons of two groups" in told
    assert "--to ris" in told and "--to metafor" in told
    assert refuse_revman().exit_code == 2


def test_an_empty_review_exports_empty_tables() -> None:
    tables = review_tables(rows=(), series=(), pooled=(), findings=())
    assert lines_of(to_sqlite(tables), "rows") == []


def test_every_format_of_the_design_is_known() -> None:
    assert set(FORMATS) >= {"xlsx", "sqlite", "parquet", "revman", "metafor", "ris"}
