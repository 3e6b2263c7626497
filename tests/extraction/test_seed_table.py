"""Table 4 of the 2015 review, read from its PDF, against the hand transcription."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from extraction_gold import differences
from ruamel.yaml import YAML

from evidence.documents import read_document
from evidence.extraction import Extraction, extract


@pytest.fixture(scope="module")
def gold(shared: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = YAML(typ="safe").load(shared / "facts" / "table4.yaml")["rows"]
    return rows


@pytest.fixture(scope="module")
def found(shared: Path) -> Extraction:
    return extract(read_document(shared / "sources" / "actas-2015.pdf"))


def test_every_series_in_the_order_of_the_table(
    found: Extraction, gold: list[dict[str, Any]]
) -> None:
    assert len(found.series) == len(gold)
    assert [series.citation.reference for series in found.series] == [row["ref"] for row in gold]


def test_every_field_of_the_transcription(found: Extraction, gold: list[dict[str, Any]]) -> None:
    wrong = [
        (row["id"], field, read, expected)
        for series, row in zip(found.series, gold, strict=True)
        for field, read, expected in differences(series, row)
        if read != expected
    ]
    assert wrong == []


def test_nothing_is_unread_but_the_stray_word_among_the_authors(found: Extraction) -> None:
    unread = [problem for problem in found.problems if problem.code == "unread-text"]
    assert [problem.source and problem.source.column for problem in unread] == ["Series"]


def test_every_value_has_page_box_and_words(found: Extraction) -> None:
    for series in found.series:
        for path, note in series.readings.items():
            assert note.cell in series.cells, path
            if note.cell in ("regimen_head", "caption"):
                continue
            assert note.page is not None and note.box is not None, (series.series, path)
            assert note.text and note.text in series.cells[note.cell].text, (series.series, path)


def test_the_printed_percentage_that_is_another_outcome_is_doubted(found: Extraction) -> None:
    """CR 55 % beside 7 CR of 22 is the overall response: kept as printed, and doubted."""
    series = next(s for s in found.series if s.series == "lundin-2003")
    note = series.readings["arms[0].responses[0].stated_percent.CR"]
    assert note.checked == ()
    assert note.doubt is not None
