"""Response and toxicity tables: made-up tables in printed layouts, and the shared papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.documents.base import Cell, Document, Footnote, Grid
from evidence.extraction.outcomes_table import read_outcomes
from evidence.extraction.outcomes_table.counts import read_count
from evidence.extraction.outcomes_table.toxicity import grade_of
from evidence.extraction.prose import read_own
from evidence.vocabulary import Vocabulary, load_vocabulary


def paper(*lines: str, caption: str = "", heads: int = 1, note: str = "") -> Document:
    rows = tuple(tuple(_cell(text) for text in line.split("|")) for line in lines)
    notes = (Footnote(mark=None, text=note),) if note else ()
    grid = Grid(label="2", caption=caption, rows=rows, header_rows=heads, footnotes=notes)
    return Document(name="paper.xml", sha256="0", format="jats", grids=(grid,))


def _cell(text: str) -> Cell:
    """``<3>words`` spans three columns."""
    if text.startswith("<"):
        return Cell(text=text[3:], colspan=int(text[1]))
    return Cell(text=text)


@pytest.mark.parametrize(
    ("text", "events", "total", "percent"),
    [
        ("20 (27%)", 20, None, 27),
        ("4(31)", 4, None, 31),
        ("13/69 (18.84%)", 13, 69, 18.84),
        ("47.06% (8/17)", 8, 17, 47.06),
        ("0.00 (0/18)", 0, 18, 0),
        ("0", 0, None, None),
        ("16.7%", None, None, 16.7),
        ("1·4", None, None, 1.4),
    ],
)
def test_counts_as_cells_print_them(
    text: str,
    events: int | None,
    total: int | None,
    percent: float | None,
    vocabulary: Vocabulary,
) -> None:
    count = read_count(text, vocabulary)
    assert count is not None
    assert (count.events, count.total, count.percent, count.unread) == (
        events,
        total,
        percent,
        None,
    )


@pytest.mark.parametrize("text", ["", "--", "NR", "–"])
def test_a_dash_is_no_count(text: str, vocabulary: Vocabulary) -> None:
    assert read_count(text, vocabulary) is None


def test_words_beside_a_count_are_named(vocabulary: Vocabulary) -> None:
    count = read_count("16 any febrile", vocabulary)
    assert count is not None
    assert (count.events, count.unread) == (16, "any febrile")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Grade 3", "3"), ("Grade 1–2".replace("–", "-"), "1-2"), ("Grade≥3", ">=3"),
        ("Grade III/IV", "3-4"), ("All grades", "any"), ("IV", "4"), ("Grade 3, 4", "3-4"),
        ("grade 3 or higher", ">=3"), ("≥ Grade 3", ">=3"), ("Grade 3+", ">=3"), ("Arm A", None),
    ],
)  # fmt: skip
def test_grades(text: str, grade: str | None) -> None:
    assert grade_of(text)[0] == grade


def test_outcomes_as_rows_under_arms(vocabulary: Vocabulary) -> None:
    made = paper(
        "Response|Total (n = 60)|Arm A (n = 40)|Arm B (n = 20)|P",
        "|n (%)|n (%)|n (%)|",
        "Complete response|6 (10%)|4 (10%)|2 (10%)|0.9",
        "Partial response*|12 (20%)|8 (20%)|4 (20%)|",
        "Overall response rate, %|18 (30%)|12 (30%)|6 (30%)|",
        "Median PFS (months)|3.0 (2.0-4.0)|3.1 (2.0–5.0)|2.9 (1.0-4.0)|0.4",
    )
    reading = read_outcomes(made, vocabulary)
    found = [(b.label, b.total, {n: c.count.events for n, c in b.counts.items()})
             for b in reading.blocks]  # fmt: skip
    assert found == [
        ("Total", 60, {"CR": 6, "PR": 12, "ORR": 18}),
        ("Arm A", 40, {"CR": 4, "PR": 8, "ORR": 12}),
        ("Arm B", 20, {"CR": 2, "PR": 4, "ORR": 6}),
    ]
    assert [(t.label, t.endpoint, t.median, t.low, t.high, t.unit) for t in reading.times] == [
        ("Total", "PFS", 3.0, 2.0, 4.0, "month"),
        ("Arm A", "PFS", 3.1, 2.0, 5.0, "month"),
        ("Arm B", "PFS", 2.9, 1.0, 4.0, "month"),
    ]
    assert reading.blocks[1].counts["PR"].source.text == "8 (20%)"


def test_arms_as_rows_under_outcomes(vocabulary: Vocabulary) -> None:
    made = paper(
        "|Group|n|CR|PR|SD|PD|Response rate",
        "Lung|Trial|17|1|7|3|6|8/17 (47.06%)",
        "|Control|6|0|1|1|4|16.67% (1/6)",
    )
    blocks = read_outcomes(made, vocabulary).blocks
    assert [(b.label, b.row_scope, b.total, b.counts["ORR"].count.events) for b in blocks] == [
        ("Trial", "Lung", 17, 8),
        ("Control", "Lung", 6, 1),
    ]


def test_sections_are_timepoints(vocabulary: Vocabulary) -> None:
    made = paper(
        "|Patients (n=20)", "<2>After two cycles", "CR|2 (10%)", "PR|3 (15%)",
        "<2>Whole treatment", "CR|5 (25%)", "PR|0",
    )  # fmt: skip
    blocks = read_outcomes(made, vocabulary).blocks
    assert [(b.timepoint, b.counts["CR"].count.events, b.counts["PR"].count.events)
            for b in blocks] == [("After two cycles", 2, 3), ("Whole treatment", 5, 0)]  # fmt: skip


def test_a_total_row_gives_the_denominator(vocabulary: Vocabulary) -> None:
    made = paper("Response|n (%)", "CR|7 (28)", "PR|4 (16)", "Stable|--", "PD|14 (56)", "Total|25")
    (block,) = read_outcomes(made, vocabulary).blocks
    assert block.total == 25
    assert set(block.counts) == {"CR", "PR", "PD"}


def test_grades_in_heads_captions_and_rows(vocabulary: Vocabulary) -> None:
    heads = paper(
        "|<2>Arm A (n = 10)|<2>Arm B (n = 8)",
        "Adverse event|All grades|Grade≥3|All grades|Grade≥3",
        "Nausea|4 (40%)|1 (10%)|2 (25%)|0", "Neutropenia|3|2|1|1", caption="Toxicity",
    )  # fmt: skip
    rows = paper(
        "|Arm A (n = 10)", "<2>Diarrhoea", "Grade 1|4", "Grade 2|1", "<2>Neutropenia", "Grade 3|2",
        caption="Adverse events",
    )  # fmt: skip
    caption = paper("|n (%)", "Nausea|1 (10)", "Anaemia|2 (20)", caption="Grade 3-4 toxicity")
    first = read_outcomes(heads, vocabulary).toxicities
    assert [(t.label, t.term, t.grade, t.counted.count.events) for t in first[:4]] == [
        ("Arm A", "Nausea", None, 4), ("Arm A", "Nausea", ">=3", 1),
        ("Arm B", "Nausea", None, 2), ("Arm B", "Nausea", ">=3", 0),
    ]  # fmt: skip
    assert [(t.term, t.grade, t.counted.count.events)
            for t in read_outcomes(rows, vocabulary).toxicities] == [
        ("Diarrhoea", "1", 4), ("Diarrhoea", "2", 1), ("Neutropenia", "3", 2),
    ]  # fmt: skip
    assert {t.grade for t in read_outcomes(caption, vocabulary).toxicities} == {"3-4"}


@pytest.mark.parametrize(
    "lines",
    [
        ("Characteristic|n (%)", "Male|10 (40)", "Female|15 (60)", "Stage IV|4 (16)"),
        ("Study|n|CR|PR", "Roe 2001|20|2|3", "Poe 2004|11|1|2"),
        ("Gene|Forward|Reverse", "A|ACGT|TTGA", "B|GGCA|CATT"),
    ],
)
def test_other_tables_are_left_alone(lines: tuple[str, ...], vocabulary: Vocabulary) -> None:
    reading = read_outcomes(paper(*lines), vocabulary)
    assert (reading.blocks, reading.toxicities) == ((), ())


@pytest.mark.shared
def test_three_timepoints_in_six_groups(shared: Path, vocabulary: Vocabulary) -> None:
    """PMC7844712, Table 2: in each of 18 blocks CR + PR is the printed objective response."""
    from evidence.documents import read_document

    document = read_document(shared / "corpus/pdf_jats/PMC7844712/paper.xml")
    blocks = read_outcomes(document, vocabulary).blocks
    assert len(blocks) == 18
    for block in blocks:
        events = {name: counted.count.events or 0 for name, counted in block.counts.items()}
        assert events["CR"] + events["PR"] == events["ORR"]


def test_rows_of_several_categories(vocabulary: Vocabulary) -> None:
    """Yes/no pairs are counts of both answers, no fractions: 1/16 is 1 of 17."""
    made = paper(
        "|Control (n = 17)", "Ileus, Yes/No|1/16", "Neutropenia, None/grade I/II|13/2/2",
        "Wound infection, Yes/No|odd", caption="Complications",
    )  # fmt: skip
    reading = read_outcomes(made, vocabulary)
    found = [(t.term, t.grade, t.counted.count.events, t.total) for t in reading.toxicities
             if t.counted.count.events is not None]  # fmt: skip
    assert found == [
        ("Ileus", None, 1, 17),
        ("Neutropenia", "1", 2, 17),
        ("Neutropenia", "2", 2, 17),
    ]
    assert [p.message for p in reading.problems] == ["'odd' was not read in 'odd'"]


def test_sizes_and_heads_inside_the_body(vocabulary: Vocabulary) -> None:
    made = paper(
        "Response to induction|Arm A (n = 59)|Arm B (n = 56)", "CR|0|0", "PR|50|49",
        "Response after radiotherapy|Arm A (n = 63)|Arm B (n = 61)", "CR|60|55", "PR|3|6",
        "Stage IV|n = 20|n = 18", "CR|9|8", "PR|1|2",
    )  # fmt: skip
    blocks = read_outcomes(made, vocabulary).blocks
    found = [(b.label, b.timepoint, b.row_scope, b.total, b.counts["CR"].count.events)
             for b in blocks]  # fmt: skip
    assert found == [
        ("Arm A", "Response to induction", None, 59, 0),
        ("Arm B", "Response to induction", None, 56, 0),
        ("Arm A", "Response after radiotherapy", None, 63, 60),
        ("Arm B", "Response after radiotherapy", None, 61, 55),
        ("Arm A", None, "Stage IV", 20, 9),
        ("Arm B", None, "Stage IV", 18, 8),
    ]
    assert blocks[2].total_source is not None
    assert blocks[2].total_source.text == "Arm A (n = 63)"


def test_rows_may_be_times_under_a_group(vocabulary: Vocabulary) -> None:
    made = paper("Group/Time (months)|No.|CR|PR", "<4>Group A", "3|43|33|5", "6|43|31|6",
                 "<4>Group B", "3|60|49|6", "6|60|45|7")  # fmt: skip
    found = [(b.label, b.timepoint, b.total, b.counts["CR"].count.events)
             for b in read_outcomes(made, vocabulary).blocks]  # fmt: skip
    assert found[0] == ("Group A", "Group/Time (months) 3", 43, 33)
    assert found[3] == ("Group B", "Group/Time (months) 6", 60, 45)


def test_percentages_in_a_column_of_their_own(vocabulary: Vocabulary) -> None:
    made = paper("Response|No. of patients|%", "CR|3|12.0", "PR|5|20.0", "PD|17|68.0")
    (block,) = read_outcomes(made, vocabulary).blocks
    counts = {name: (c.count.events, c.count.percent) for name, c in block.counts.items()}
    assert counts == {"CR": (3, 12), "PR": (5, 20), "PD": (17, 68)}
    place = block.counts["PR"].percent_source
    assert place is not None and place.text == "20.0"
    toxic = paper("Adverse event|No.|%", "Nausea|4|16", "Anaemia|2|8", caption="Toxicity")
    assert [(t.term, t.counted.count.events, t.counted.count.percent)
            for t in read_outcomes(toxic, vocabulary).toxicities] == [
        ("Nausea", 4, 16), ("Anaemia", 2, 8),
    ]  # fmt: skip


WORDS = st.sampled_from(
    ["", "CR", "PR", "Total", "n (%)", "Arm A (n = 12)", "(n = 3)", "Grade 3", "Grade 9", "III",
     "5", "5 (20%)", "13/12", "1/2/3", "Nausea", "Nausea, yes/no", "Sex", "F (1)", "Age", "57", "X",
     "–",
     "Median PFS (months)", "3.1 (2.0-", "Patient", "Response", "999999999999999999999", "12+ mo"]
)  # fmt: skip


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=7), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_any_table_is_read_without_fault(rows: list[list[str]], heads: int) -> None:
    """Whatever stands in a table, it is read or left, and a series made of it is valid."""
    cells = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    grid = Grid(label="1", caption="Toxicity and response", rows=cells, header_rows=heads)
    document = Document(name="paper.xml", sha256="0", format="jats", grids=(grid,))
    own = read_own(document, load_vocabulary())
    for block in (b for arm in (own.series.arms if own.series else ()) for b in arm.responses):
        assert block.total is None or (block.CR or 0) <= block.total


def test_a_row_of_numbers_sizes_the_columns(vocabulary: Vocabulary) -> None:
    """Known complications of a table that also holds other outcomes; scores and stays are none."""
    document = paper(
        "Variables|LAR|APER|p value", "Number (%)|170 (64.9)|92 (35.1)|",
        "Overall complications|77 (45.3)|55 (59.8)|0.03", "Wound infection|17 (10.0)|25 (27.2)|",
        "Ileus|9 (5.3)|2 (2.2)|0.34", "Anastomotic leak|22 (12.9)|NA|NA",
        "Hospital stay, days, median (IQR)|7 (5–13)|12 (8–19)|<0.001",
        caption="Short-term outcomes",
    )  # fmt: skip
    found = read_outcomes(document, vocabulary).toxicities
    assert [(t.label, t.term, t.counted.count.events, t.total) for t in found] == [
        ("LAR", "Wound infection", 17, 170), ("APER", "Wound infection", 25, 92),
        ("LAR", "Ileus", 9, 170), ("APER", "Ileus", 2, 92), ("LAR", "Anastomotic leak", 22, 170),
    ]  # fmt: skip


def test_yes_rows_count_their_section(vocabulary: Vocabulary) -> None:
    document = paper(
        " |Control (n = 14)|Test (n = 15)", "Marking||", "Yes|13 (92.9%)|13 (86.7%)",
        "Skin pigmentation||", "Yes|9 (64.3%)|0 (0.0%)", "No|4 (28.6%)|15 (100.0%)",
        "Unknown|1 (7.1%)|0 (0.0%)", caption="Secondary end points and adverse events",
    )  # fmt: skip
    found = read_outcomes(document, vocabulary).toxicities
    assert [(t.label, t.term, t.counted.count.events) for t in found] == [
        ("Control", "Skin pigmentation", 9), ("Test", "Skin pigmentation", 0),
    ]  # fmt: skip


def test_mean_scores_are_no_counts(vocabulary: Vocabulary) -> None:
    document = paper(
        " |Before|After", "Pain|19.57 (18.35)|49.24 (26.09)", "Dry mouth|30.31 (29.8)|57.6 (32.5)",
        "Cough|20.15 (23.2)|37.88 (29.6)", caption="Adverse symptoms, mean (SD)",
    )  # fmt: skip
    assert read_outcomes(document, vocabulary).toxicities == ()


@pytest.mark.parametrize(("size", "events"), [(43, 0), (400, None)])
def test_no_percent_of_few_patients_is_none(
    size: int, events: int | None, vocabulary: Vocabulary
) -> None:
    """One of 400 patients may be printed as 0 %; one of 43 may not."""
    document = paper(
        f"Complications|Group A (%, n = {size})", "Pneumothorax|0", "Fever|2.3 (1/43)",
        "Bleeding|4.7 (2/43)", caption="Complications",
    )  # fmt: skip
    (first, *_) = read_outcomes(document, vocabulary).toxicities
    assert (first.term, first.counted.count.events) == ("Pneumothorax", events)
