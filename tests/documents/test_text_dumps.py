"""Text files: columns kept as gaps, columns lost and rebuilt from the words' types.

``data/dump.txt`` is a made-up table printed the way a PDF's text comes out without its layout;
over the 2015 paper the expected fields are the hand transcriptions of its Tables 3 and 4.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document, Grid
from evidence.documents.text.dump.head_words import kind_of_head
from evidence.documents.text.dump.marks import without_marks
from evidence.documents.text.dump.types import tag_words
from evidence.documents.text.dump.words import split_words
from evidence.errors import UnreadableDocument

DATA = Path(__file__).parent / "data"


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.plain if cell else "" for cell in row] for row in grid.matrix()]


@pytest.fixture(scope="module")
def dump() -> Document:
    return read_document(DATA / "dump.txt")


def test_lost_columns_are_rebuilt_in_whatever_order_they_stood(dump: Document) -> None:
    (grid,) = dump.grids
    assert (grid.label, grid.caption) == (
        "2",
        "Published Series of Patients Treated With Examplimab.",
    )
    assert cells(grid) == [
        [
            "Author",
            "No. of Patients",
            "Response",
            "Serious Toxicity",
            "Dose and Schedule",
            "Treatment Duration",
        ],
        [
            "Doe J et al. (1998)",
            "12 MF/3 SS",
            "OR 40% 2 CR, 4 PR, 9 PD",
            "Neutropenia (3), febrile neutropenia (1)",
            "25 mg PO weekly",
            "6-12 wk",
        ],
        [
            "Roe K et al. (2003)",
            "22 CTCL",
            "7 CR, 5 PR, 3 SD, 7 PD",
            "Sepsis (2)",
            "30 mg/m2 IV q28d",
            "8 wk",
        ],
        ["Poe et al., (2005)", "6 PTCL", "2 PR", "NS", "NR", "NS"],
        ["Our series", "5 SS", "1 CR, 1 PR, 3 SD", "No", "25 mg PO weekly", "4, 8, and 12 wk"],
    ]


def test_reference_numbers_are_marks(dump: Document) -> None:
    labels = [row[0] for row in dump.grids[0].rows[1:]]
    assert [[mark.text for mark in cell.marks] for cell in labels] == [["7"], ["8"], ["9"], []]


def test_a_rebuilt_table_says_so(dump: Document) -> None:
    assert dump.grids[0].doubt
    assert "columns-rebuilt" in {problem.code for problem in dump.problems}


def test_text_around_a_table_is_kept(dump: Document) -> None:
    paragraphs = [block for block in dump.blocks if block.kind == "paragraph"]
    assert any("stay words outside" in block.text for block in paragraphs)
    assert paragraphs[0].section == "Results"


LAID_OUT = """\
Table 1. Responses by dose

Dose            Patients     CR, n (%)     Adverse events
                treated                    of any grade

10 mg once      15           9 (60)        Nausea, vomiting and
weekly                                     fatigue (3)
20 mg once      12           3 (25)        None
weekly
30 mg daily     9            0             Neutropenia (2)

Note: CR, complete response.

The text goes on below.
"""


def test_gaps_part_columns_and_rows_wrap(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LAID_OUT)
    document = read_document(path)
    (grid,) = document.grids
    assert cells(grid) == [
        ["Dose", "Patients treated", "CR, n (%)", "Adverse events of any grade"],
        ["10 mg once weekly", "15", "9 (60)", "Nausea, vomiting and fatigue (3)"],
        ["20 mg once weekly", "12", "3 (25)", "None"],
        ["30 mg daily", "9", "0", "Neutropenia (2)"],
    ]
    assert grid.doubt is None
    assert any("goes on below" in block.text for block in document.blocks)


def test_pages_are_told_by_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("First page.\n\f" + LAID_OUT)
    document = read_document(path)
    assert [page.number for page in document.pages] == [1, 2]
    assert document.grids[0].pages == (2,)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("22 MF/SS", ["disease", "disease"]),
        ("30 mg IV on 3 d/wk", ["dose", "dose", "route", "small", "frequency", "frequency"]),
        ("6-12 wk", ["duration", "duration"]),
        ("7 CR, 5 PR", ["response"] * 4),
        ("3, 6, and 12 wk", ["duration"] * 5),
        ("57 4 wk", ["number", "duration", "duration"]),
        ("grade iv", ["word", "word"]),
        ("sepsis (9),", ["complication", "paren-count"]),
        ("9/15 (60%)", ["fraction", "percent"]),
        ("et al.7 (1998)", ["author", "author", "year"]),
    ],
)
def test_types_of_words(text: str, tags: list[str]) -> None:
    assert [word.tag for word in tag_words(split_words([(1, text)]))] == tags


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Treatment Duration", "duration"),
        ("Clinical Response", "response"),
        ("CR, n (%)", "rate"),
        ("Something unheard of", "text"),
    ],
)
def test_kinds_of_heads(head: str, kind: str) -> None:
    assert kind_of_head(head) == kind


def test_a_declared_letter_is_a_mark_and_others_are_not() -> None:
    clean, marks = without_marks("0.05a 12b", {"a"})
    assert clean == "0.05 12b"
    assert [(mark.text, mark.offset) for mark in marks] == [("a", 4)]


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 100, b"   \n\n"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument):
        read_document(path)


@pytest.fixture(scope="module")
def paper(shared: Path) -> Document:
    return read_document(shared / "sources" / "actas-2015.txt")


def load(path: Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path)


def grid_of(document: Document, label: str) -> list[list[str]]:
    return cells(next(grid for grid in document.grids if grid.label == label))


def series_fields(row: dict[str, Any]) -> list[tuple[int, str]]:
    """(0-based column, pattern its cell must hold) for every field of a transcribed series."""
    fields = [(1, rf"(?<!\d){n}(?!\d)") for n in row["n"]["by_disease"].values()]
    regimen = row["regimen"]
    fields += [(2, rf"\b{regimen['dose_mg'][end]}\b") for end in ("low", "high")]
    fields += [(2, rf"\b{route}\b") for route in regimen["routes"]]
    fields.append((2, rf"{regimen['doses_per_week']} d/wk"))
    duration = row["treatment_duration"]
    values = [duration[key] for key in ("low", "high", "value") if key in duration]
    values += duration.get("values", [])
    fields += [(3, rf"(?<![\d.]){re.escape(str(value))}(?![\d.])") for value in values]
    fields += [] if values else [(3, "^NS$")]
    printed = {"CR": "CR", "PR": "PR", "SD": "SD", "PD": "DP", "death": "death"}
    for stated in row["response"]["stated"]:
        fields += [
            (4, rf"(?<!\d){stated[key]}\b.*{word}|\({stated[key]}\b")
            for key, word in printed.items()
            if key in stated
        ]
        fields += [(4, rf"{stated[key]}%") for key in ("OR_pct", "pct") if key in stated]
    for entry in row["response_duration"]:
        value = entry.get("value")
        fields.append((5, rf"(?<![\d.]){re.escape(str(value))}(?![\d.])" if value else "^NS$"))
    events = row["complications"]
    if isinstance(events, dict):
        fields.append((6, "^NS$"))
    else:
        for event in events:
            term = re.escape(event["term"].split()[-1].split("/")[-1])
            count = rf"\({event['count']}\)" if event["count_form"] == "paren" else ""
            fields.append((6, rf"(?i){term}(?s:.*){count}" if count else rf"(?i){term}"))
    return fields


@pytest.mark.shared
def test_every_field_of_the_series_table(shared: Path, paper: Document) -> None:
    grid = grid_of(paper, "4")
    transcribed = load(shared / "facts" / "table4.yaml")["rows"]
    assert len(grid) == 1 + len(transcribed)
    assert {len(row) for row in grid} == {7}
    missing = [
        (row["id"], column, pattern, printed[column])
        for row, printed in zip(transcribed, grid[1:], strict=True)
        for column, pattern in series_fields(row)
        if not re.search(pattern, printed[column])
    ]
    total = sum(len(series_fields(row)) for row in transcribed)
    assert len(missing) <= 0.05 * total, missing


@pytest.mark.shared
def test_every_field_of_the_patient_table(shared: Path, paper: Document) -> None:
    grid = grid_of(paper, "3")
    transcribed = load(shared / "facts" / "table3.yaml")
    patients = transcribed["patients"]
    assert {len(row) for row in grid} == {11}
    missing = 0
    total = 0
    for patient, row in zip(patients, grid[1:], strict=False):
        expected = {
            0: rf"^{patient['sex']} \({patient['id']}\)$",
            1: rf"^{patient['age']}$",
            2: rf"^{patient['treatment_weeks']} wk$",
            3: rf"^{patient['weeks_to_response']} wk$"
            if patient["weeks_to_response"]
            else "^No response$",
            4: f"^{patient['skin'].replace('PD', 'DP')}$",
            5: f"^{patient['blood'].replace('PD', 'DP')}$",
            6: rf"{patient['sezary']['pre_per_uL']}.*{patient['sezary']['post_per_uL']}",
            7: f"^{patient['overall'].replace('PD', 'DP')}$",
            8: rf"^{patient['response_months']} mo$"
            if patient["response_months"]
            else "^Not recorded$",
            9: "^No$" if not patient["complications"] else "^Cytokine",
            10: rf"{patient['followup_months']} mo$",
        }
        total += len(expected)
        missing += sum(not re.search(pattern, row[column]) for column, pattern in expected.items())
    medians = ["X", "65", "8 wk", "3 wk", "", "", "", "", "13 mo", "", ""]
    assert missing <= 0.05 * total
    assert grid[6] == medians
