"""Tables larger than any printed one, and files full of tables: counted, not timed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.documents.text import read as reader
from evidence.documents.text import standing

GAPS = ["Study       Patients  Dose", "Doe 2001    12        10 mg", "Roe 2003    9         20 mg"]
SMALL = "\n".join(["Table 9. Patients.", *GAPS])
DUMP = "Author Patients Dose Response\nDoe 2001 12 10 mg weekly CR 4\nRoe 2003 9 20 mg daily CR 2\n"


def read(folder: Path, text: str) -> Document:
    path = folder / "large.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def trouble(document: Document) -> list[tuple[str, str | None]]:
    return [(p.code, p.source.table if p.source else None) for p in document.problems]


@pytest.mark.parametrize(
    "rows",
    [
        ["\t".join(["12"] * 50)] * 30,
        ["|" + "|".join(["12"] * 50) + "|"] * 30,
        ["--- " * 50, *["12  " * 50] * 30, "--- " * 50],
        ["   ".join(["12"] * 50)] * 30,
    ],
    ids=["tabs", "bars", "dashes", "gaps"],
)
def test_a_table_too_large_costs_that_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[str]
) -> None:
    monkeypatch.setattr("evidence.documents.text.drawn.DRAWN_CELLS", 1000)
    monkeypatch.setattr(standing, "LAID_OUT_CELLS", 1000)
    document = read(tmp_path, "\n".join(["Table 1. Wide.", "", *rows, "", "", "", SMALL]))
    assert [grid.label for grid in document.grids] == ["9"]
    assert ("table-too-large", "1") in trouble(document)


def test_a_table_of_too_many_columns_is_not_read(tmp_path: Path) -> None:
    rows = ["   ".join(["12"] * 70)] * 5
    document = read(tmp_path, "\n".join(["Table 1. Wide.", "", *rows, "", "", "", SMALL]))
    assert ("table-too-large", "1") in trouble(document)
    assert [grid.label for grid in document.grids] == ["9"]


def test_tables_beyond_what_a_file_may_cost_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "FILE_WORDS", 40)
    text = "\n".join(f"Table {k}. Patients.\n{DUMP}" for k in (1, 2, 3))
    found = trouble(read(tmp_path, text))
    assert [label for code, label in found if code == "table-not-read"] == ["3"]


def test_a_page_of_too_many_titles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "TITLES", 2)
    document = read(tmp_path, "\n\n\n".join(SMALL.replace("9.", f"{k}.") for k in range(1, 5)))
    assert ("table-not-read", None) in trouble(document)
    assert {"1", "2"} <= {grid.label for grid in document.grids}


def test_lines_of_tabs_that_are_no_table_are_left_once_tried(tmp_path: Path) -> None:
    ragged = "\n".join("\t".join("x" * (1 + k % 7)) for k in range(5000))
    assert not read(tmp_path, ragged).grids


def test_a_line_of_many_titles_is_a_list(tmp_path: Path) -> None:
    line = "  ".join(f"Table {k}. X" for k in range(9))
    assert trouble(read(tmp_path, "\n".join([line] * 50))) == []
