"""No value without its words: every reading is a part of its cell, every number stands in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from extraction_grids import document, grid
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.documents import read_document
from evidence.extraction import Extraction, extract
from evidence.extraction.second import value_at
from evidence.extraction.tokens import FOLD, lex
from evidence.model.quantity import Amount, Duration
from evidence.model.source import How
from evidence.vocabulary import load_vocabulary

WORDS = load_vocabulary()
NUMBER_WORDS = WORDS.loose["words"]
CORPUS = (
    "pdf_jats/PMC5376420/paper.xml",
    "jats_only/PMC3642008.nxml",
    "jats_only/PMC3907426.nxml",
    "jats_only/PMC4636858.nxml",
    "jats_only/PMC4821226.nxml",
)


def numbers_of(value: Any) -> list[float]:
    """The numbers a value emits."""
    match value:
        case bool() | None:
            return []
        case int() | float():
            return [float(value)]
        case Amount():
            return [value.low, value.high]
        case Duration():
            points = [value.point, value.low, value.high, value.patients, *value.values]
            return [float(x) for x in (*points, *value.by_disease.values()) if x is not None]
        case _:
            return []


def printed_numbers(text: str) -> set[float]:
    """The numbers a text prints, in digits, raised digits or words."""
    plain = text.translate(FOLD).translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    found = {float(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", plain)}
    found |= {float(n) for n in re.findall(r"\d+(?:\.\d+)?", plain)}
    words = re.findall(r"[a-z]+", plain.lower())
    found |= {0.0} if {"no", "none"} & set(words) else set()
    return found | {float(NUMBER_WORDS[word]) for word in words if word in NUMBER_WORDS}


def check(found: Extraction) -> None:
    for series in found.series:
        if series.source.table is None:
            continue
        for path, note in series.readings.items():
            assert note.cell in series.cells, path
            assert note.text and note.text in series.cells[note.cell].text, path
            if note.how is How.DERIVED or path.endswith(("doses_per_week", "schedule")):
                continue
            missing = set(numbers_of(value_at(series, path))) - printed_numbers(note.text)
            assert not missing, (series.series, path, note.text)


@pytest.mark.parametrize("name", CORPUS)
def test_every_number_of_a_review_table_stands_in_its_words(shared: Path, name: str) -> None:
    found = extract(read_document(shared / "corpus" / name))
    assert len(found.series) > 4
    check(found)


def test_every_number_of_the_seed_stands_in_its_words(shared: Path) -> None:
    check(extract(read_document(shared / "sources" / "actas-2015.pdf")))


PIECES = st.sampled_from(
    (  # noqa: SIM905
        "12 3 MF SS CTCL ( ) / , ; : 50% CR PR SD PD ORR OR NS No — 9/15 10-15 mg mg/m2 IV SC PO "
        "tiw q28d daily weekly for wk mo median range > < ≥ 24 + and with after radiotherapy grade "
        "III 3-4 sepsis neutropenia (2) death patients of n = two One 0 3.4 ∗ ° é - × in 2 years"
    ).split()
)
CELLS = st.lists(PIECES, max_size=12).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(CELLS, min_size=5, max_size=5))
def test_any_cells_keep_their_words(cells: list[str]) -> None:
    table = grid(
        "Series | Patients | Regimen | Response | Duration of response | Complications\n"
        + "Reed 2011 [1] | "
        + " | ".join(cell.replace("|", "") for cell in cells)
        + "\nWood 2012 [2] | 8 MF | 10 mg SC tiw | 2 CR | 4 mo | none"
    )
    check(extract(document(table)))


@given(text=st.text(max_size=60))
def test_tokens_cover_the_text_and_keep_their_place(text: str) -> None:
    tokens = lex(text, WORDS, ("responses", "diseases", "statuses"))
    at = 0
    for token in tokens:
        assert text[at : token.start].translate(FOLD).strip() == ""
        assert text[token.start : token.end] == token.text
        at = token.end
    assert text[at:].translate(FOLD).strip() == ""


ROWS = (
    "12 MF 3 SS | 30 mg IV and SC tiw | 55% OR 7 CR, 3 PR | 6 mo (2-14) | sepsis (2), rash (1)",
    "MF 5, SS 4 | 25 mg/m2 PO daily for 12 wk | CR 3 (20%), PR 4 | < 3 mo | grade 4 anemia (2)",
    "22 MF/SS | 5 mg q28d | SS: 2 CR MF: 1 PR | 11 mo 3 mo | Two deaths from pneumonia",
)


@settings(max_examples=120, deadline=None)
@given(row=st.sampled_from(ROWS), column=st.integers(0, 4), place=st.integers(0, 12))
def test_a_foreign_word_is_never_lost(row: str, column: int, place: int) -> None:
    """Wherever a word stands that nothing understands, it is named or part of a value's words."""
    cells = [cell.strip() for cell in row.split("|")]
    words = cells[column].split()
    words.insert(place % (len(words) + 1), "zorgblatt")
    cells[column] = " ".join(words)
    table = grid(
        "Series | Patients | Regimen | Response | Duration of response | Complications\n"
        + "Reed 2011 [1] | "
        + " | ".join(cells)
        + "\nWood 2012 [2] | 8 MF | 10 mg SC tiw | 2 CR | 4 mo | none"
    )
    found = extract(document(table))
    series = found.series[0]
    named = [cell.unread or "" for cell in series.cells.values()]
    named += [note.text or "" for note in series.readings.values()]
    assert any("zorgblatt" in text for text in named)
