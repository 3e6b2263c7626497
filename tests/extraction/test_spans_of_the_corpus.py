"""No emitted number without its words: every paper there is, every value, every patient."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from extraction_grids import document as document_of
from extraction_grids import grid
from test_words_of_values import numbers_of, printed_numbers

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.extraction import extract
from evidence.extraction.fields.response_blocks import COUNTED
from evidence.extraction.second import value_at
from evidence.model.series import Arm, Patient, Series
from evidence.model.source import How, ReadingNote

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus"
PAPERS = [
    str(path.relative_to(SHARED))
    for pattern in ("jats_only/*.nxml", "pdf_jats/*/paper.xml", "pdf_jats/*/paper.pdf")
    for path in sorted(CORPUS.glob(pattern))
] + ["sources/actas-2015.pdf", "sources/actas-2015.txt"]
SEEN: Counter[str] = Counter()
"""What the papers had to check, by kind."""
WORDED = ("doses_per_week", "schedule")
"""Fields whose number may be said by a word: *weekly*."""


def emitted(series: Series) -> Iterator[str]:
    """Paths of every number the series emits."""
    for name in ("year", "reference"):
        if isinstance(getattr(series.citation, name), int):
            yield f"citation.{name}"
    for at, arm in enumerate(series.arms):
        yield from (f"arms[{at}].{path}" for path in _of_arm(arm))


def _of_arm(arm: Arm) -> Iterator[str]:
    yield from (f"population.{name}" for name in arm.population)
    yield from (name for name in ("total", "treatment_weeks", "follow_up_months")
                if getattr(arm, name) is not None)  # fmt: skip
    yield from ("within.patients",) if arm.within else ()
    yield from (f"response_months[{at}]" for at in range(len(arm.response_months)))
    for name in ("dose_mg", "doses_per_week", "escalation_mg"):
        if getattr(arm.regimen, name):
            yield f"regimen.{name}"
    for at, block in enumerate(arm.responses):
        stated = [name for name in (*COUNTED, "total") if getattr(block, name) is not None]
        names = [*stated, *(f"other.{name}" for name in block.other)]
        names += [f"stated_percent.{name}" for name in block.stated_percent]
        yield from (f"responses[{at}].{name}" for name in names)
    for at, item in enumerate(arm.complications or ()):
        for name in ("events", "percent", "total"):
            if getattr(item, name) is not None:
                yield f"complications[{at}].{name}"


def reading_of(series: Series, path: str) -> list[tuple[str, ReadingNote]]:
    """The reading of a value, or those of its parts (a median, its range)."""
    whole = series.readings.get(path)
    parts = [(at, note) for at, note in series.readings.items() if at.startswith(f"{path}.")]
    return [(path, whole)] if whole is not None else parts


def faults(series: Series, document: Document) -> list[tuple[str, str]]:
    """(path, what is wrong) of every number that its own words do not print."""
    found = []
    for path in emitted(series):
        notes = reading_of(series, path)
        of_file = path == "citation.year" and series.citation.year == document.info.year
        if not notes and not of_file:
            found.append((path, "no reading"))
        found += [(at, why) for at, note in notes for why in _wrong(series, at, note)]
    places = printed_texts(document)
    for key, cell in series.cells.items():
        if key not in ("caption",) and squeezed(cell.text) not in places:
            found.append((key, f"'{cell.text[:60]}' is nowhere in the document"))
    return found


def _wrong(series: Series, path: str, note: ReadingNote) -> Iterator[str]:
    cell = series.cells.get(note.cell or "")
    if cell is None or not note.text or note.text not in cell.text:
        yield f"'{note.text}' is no part of its cell"
    elif note.how is not How.DERIVED and not path.endswith(WORDED):
        missing = set(numbers_of(value_at(series, path))) - printed_numbers(note.text)
        if missing:
            yield f"{missing} not in '{note.text}'"


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def printed_texts(document: Document) -> str:
    """All the document prints, without spaces and marks."""
    texts = [block.text for block in document.blocks]
    for table in document.grids:
        texts += [table.caption, *(note.text for note in table.footnotes)]
        for cell in (cell for row in table.rows for cell in row):
            texts += [cell.text, cell.plain]
    texts += [line.text for page in document.pages for line in page.lines]
    return " ".join(squeezed(text) for text in texts)


def patient_faults(patient: Patient) -> list[tuple[str, str]]:
    """The same for a row of a patient table: numbers that none of its cells prints."""
    texts = " ".join(cell.text for cell in patient.cells.values())
    measured = [x for m in patient.measurements for x in (m.before, m.after) if x is not None]
    plain = [patient.age, patient.cycles]
    missing = {float(x) for x in (*plain, *measured) if x is not None} - printed_numbers(texts)
    return [(patient.id, f"{missing} in no cell")] if missing else []


def cell_faults(document: Document, path: Path) -> list[str]:
    """Numbers of table cells that another reading of the file does not print."""
    if path.suffix == ".pdf":
        texts = [line.text for page in document.pages for line in page.lines]
        texts += [block.text for block in document.blocks]
        printed = " ".join(texts)
    else:
        printed = re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8"))
    there = re.sub(r"\D+", " ", unicodedata.normalize("NFKC", printed))
    cells = [cell for table in document.grids for row in table.rows for cell in row]
    SEEN["cells"] += len(cells)
    numbers = {n for c in cells for n in re.findall(r"\d+", unicodedata.normalize("NFKC", c.plain))}
    return sorted(number for number in numbers if number not in there)


@pytest.mark.parametrize("name", PAPERS)
def test_every_emitted_number_stands_in_its_words(shared: Path, name: str) -> None:
    document = read_document(shared / name)
    found = extract(document)
    SEEN["papers"] += 1
    SEEN["patients"] += len(found.patients)
    of_tables = [series for series in found.series if series.source.table is not None]
    own = [series for series in found.series if series.source.table is None]
    SEEN["table values"] += sum(len(list(emitted(series))) for series in of_tables)
    SEEN["own values"] += sum(len(list(emitted(series))) for series in own)
    assert cell_faults(document, shared / name) == []
    assert [fault for series in of_tables for fault in faults(series, document)] == []
    assert [fault for patient in found.patients for fault in patient_faults(patient)] == []
    assert [fault for series in own for fault in faults(series, document)] == []


def test_the_papers_said_something(shared: Path) -> None:
    """The test above has looked at numbers of every kind."""
    if SEEN["papers"] < len(PAPERS):
        pytest.skip("only some papers were read")
    assert SEEN["cells"] > 15_000
    assert SEEN["table values"] > 500
    assert SEEN["own values"] > 500
    assert SEEN["patients"] > 30


EXAMPLE = grid(
    "Series | Patients | Regimen | Response | Sepsis (n)\n"
    "Reed 2011 [1] | 12 MF | 30 mg SC tiw for 12 wk | 7 CR (58%) | 2\n"
    "Wood 2012 [2] | 8 MF | 10 mg SC tiw | 2 CR | 1"
)


@pytest.mark.parametrize(
    "path",
    [
        "arms[0].population.MF",
        "arms[0].regimen.dose_mg",
        "arms[0].treatment_weeks",
        "arms[0].responses[0].CR",
        "arms[0].responses[0].stated_percent.CR",
        "arms[0].complications[0].events",
    ],
)
def test_a_number_without_its_words_is_found(path: str) -> None:
    """The checks themselves: words of another number, words from nowhere, and no words at all."""
    document = document_of(EXAMPLE)
    series = extract(document).series[0]
    assert path in set(emitted(series))
    assert faults(series, document) == []
    note = series.readings[path]
    others = {**series.readings, path: note.model_copy(update={"text": "99", "how": How.STATED})}
    without = {at: other for at, other in series.readings.items() if at != path}
    cells = {**series.cells, "series": series.cells["series"].model_copy(update={"text": "Hill 9"})}
    for readings in (others, without):
        assert faults(series.model_copy(update={"readings": readings}), document)
    assert faults(series.model_copy(update={"cells": cells}), document)
