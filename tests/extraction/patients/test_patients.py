"""Patient-level tables: a made-up table in the layout of case series, and the shared papers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evidence.documents.base import Cell, Document, Footnote, Grid, Mark
from evidence.errors import Severity
from evidence.extraction.patients import read_patient_tables, read_patients
from evidence.extraction.patients.measures import read_measures
from evidence.model.series import Patient
from evidence.vocabulary import Vocabulary

HEADS = (
    "Sex|Age|Treatment Duration|Time to Response|Cutaneous Response|Blood Response|"
    "Atypical Cells/µL and %|Overall Response|Response Duration|Complications|Course and Follow-up"
)
ROWS = (
    "M (1)|61|6 wk|3 wk|CR|PR|Pre→2100 (21%) Post→90 (2%)|PR|9+ mo|No|Alive in PR 14 mo",
    "F (2)|48|3 mo|No response|DP|SD|Pre→800 (9%) Post→790 (9%)|DP|Not recorded|"
    "Zoster Febrile neutropenia|Died of sepsis 5 mo",
    "F (3)|70|9 wk|1 wk|PR|CR|Pre→1,500 (12%) Post→0 (0%)|PR|7 mo|Fever, rash|CR 31 mo",
    "X|61|9 wk|2 wk|||||8 mo||",
)
LEGEND = "Abbreviations: DP, disease progression; PR, partial response; X, median values."


def grid(*rows: str, heads: str = HEADS, notes: tuple[str, ...] = (LEGEND,)) -> Grid:
    cells = tuple(
        tuple(Cell(text=t, page=2, box_pt=(10.0 * c, 10.0 * r, 10.0 * c + 9, 10.0 * r + 9))
              for c, t in enumerate(line.split("|")))
        for r, line in enumerate([heads, *rows])
    )  # fmt: skip
    return Grid(
        label="1", pages=(2,), rows=cells, header_rows=1,
        footnotes=tuple(Footnote(mark=None, text=note) for note in notes),
    )  # fmt: skip


def document(*grids: Grid) -> Document:
    return Document(name="paper.pdf", sha256="0", format="pdf", grids=grids)


@pytest.fixture
def rows() -> Document:
    return document(grid(*ROWS))


def test_every_cell_of_a_row_is_read(rows: Document, vocabulary: Vocabulary) -> None:
    (first, second, third), _ = read_patients(rows, vocabulary)
    assert (first.id, first.sex, first.age) == ("1", "M", 61)
    assert (first.treatment_weeks, first.weeks_to_response) == (6, 3)
    assert first.response == {"skin": "CR", "blood": "PR", "overall": "PR"}
    assert (first.response_months, first.response_censored) == (9, True)
    assert (first.complications, first.died, first.follow_up_months) == ((), False, 14)
    assert second.response["overall"] == "PD"
    assert second.weeks_to_response is None
    assert second.response_months is None
    assert (second.died, second.follow_up_months) == (True, 5)
    assert [(c.term, c.group) for c in second.complications or ()] == [
        ("Zoster", "Infections"),
        ("Febrile neutropenia", "Blood and lymphatic"),
    ]
    assert second.treatment_weeks == pytest.approx(3 * 30.4375 / 7, abs=1e-4)
    assert [c.term for c in third.complications or ()] == ["Fever", "rash"]


def test_values_before_and_after_keep_their_units(rows: Document, vocabulary: Vocabulary) -> None:
    patients, _ = read_patients(rows, vocabulary)
    found = [(m.name, m.unit, m.before, m.after) for m in patients[2].measurements]
    assert found == [("Atypical Cells", "/µL", 1500, 0), ("Atypical Cells", "%", 12, 0)]


def test_each_value_keeps_its_cell(rows: Document, vocabulary: Vocabulary) -> None:
    patients, _ = read_patients(rows, vocabulary)
    cell = patients[1].cells["response.overall"]
    assert (cell.text, cell.page, cell.table, cell.row) == ("DP", 2, "1", 2)
    assert cell.box == (70, 20, 79, 29)


def test_the_row_of_medians_is_no_patient(rows: Document, vocabulary: Vocabulary) -> None:
    (table,), problems = read_patient_tables(rows, vocabulary)
    assert len(table.patients) == 3
    assert table.summary == {
        "age": 61, "treatment_weeks": 9, "weeks_to_response": 2, "response_months": 8,
    }  # fmt: skip
    assert table.summary_statistic == "median"
    assert [p.code for p in problems] == ["summary-row"]


def test_arithmetic_tells_an_unexplained_summary_row(vocabulary: Vocabulary) -> None:
    """No legend explains X; 61 is the median of 61, 48, 70 and their mean is 59.7."""
    unexplained = document(grid(*ROWS[:3], "X|61|||||||||", notes=()))
    (table,), _ = read_patient_tables(unexplained, vocabulary)
    assert table.summary_statistic == "median"


def test_words_no_grammar_reads_are_named(vocabulary: Vocabulary) -> None:
    odd = grid(ROWS[0].replace("6 wk", "6 wk twice"), ROWS[2].replace("|PR|7 mo", "|PR|<3 mo"))
    patients, problems = read_patients(document(odd), vocabulary)
    assert {p.code for p in problems} == {"unread-text", "time-not-exact"}
    assert patients[0].cells["treatment_weeks"].unread == "twice"
    assert patients[1].response_months is None


def test_marks_are_kept_and_never_read_as_digits(vocabulary: Vocabulary) -> None:
    made = grid(*ROWS[:3])
    marked = Cell(text="611", clean="61", marks=(Mark(text="1", offset=2),))
    row = (made.rows[1][0], marked, *made.rows[1][2:])
    changed = Grid(label="1", rows=(made.rows[0], row, *made.rows[2:]), header_rows=1)
    patients, _ = read_patients(document(changed), vocabulary)
    assert (patients[0].age, patients[0].marks) == (61, ("1",))


def test_tables_are_joined_by_patient_number(vocabulary: Vocabulary) -> None:
    one = grid("1|44|MF", "2|51|SS", "3|60|SS", heads="Patient|Age|Diagnosis")
    two = grid("1|PR|4+", "2|NE|–", "3|CR|12", heads="Patient no.|Best response|PFS (mo)")
    patients, problems = read_patients(document(one, two), vocabulary)
    assert [(p.id, p.age, p.disease, p.response["overall"]) for p in patients] == [
        ("1", 44, "MF", "PR"), ("2", 51, "SS", "NE"), ("3", 60, "SS", "CR"),
    ]  # fmt: skip
    assert [(p.pfs_months, p.pfs_censored) for p in patients] == [
        (4, True), (None, None), (12, None),
    ]  # fmt: skip
    assert problems == []


def test_one_column_may_hold_sex_and_age(vocabulary: Vocabulary) -> None:
    made = grid("1|F/57|CR", "2|M/61|PR", heads="Patient|Sex/Age|Response")
    patients, _ = read_patients(document(made), vocabulary)
    assert [(p.id, p.sex, p.age) for p in patients] == [("1", "F", 57), ("2", "M", 61)]


def test_patients_may_stand_side_by_side(vocabulary: Vocabulary) -> None:
    made = grid("Age|57|61", "Sex|F|M", "Response|CR|PR", heads="|Patient 1|Patient 2")
    patients, _ = read_patients(document(made), vocabulary)
    assert [(p.id, p.sex, p.age, p.response["overall"]) for p in patients] == [
        ("1", "F", 57, "CR"), ("2", "M", 61, "PR"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("Series|No. of patients|Response|Complications",
         ("Roe 2003|22 MF|CR 55% 7 CR, 5 PR|CMV (4)", "Poe 2009|19 SS|9 CR, 7 PR|No")),
        ("Characteristic|Arm A|Arm B", ("Age|58 (23–70)|60 (31–80)", "Male|38 (51%)|30 (40%)")),
        ("|Grade 1–2|Grade 3", ("Neutropenia|2 (3%)|5 (7%)", "Fever|1 (1%)|0")),
        ("Response|n|%", ("CR|3|30", "PR|2|20", "Overall|5|50")),
    ],
)  # fmt: skip
def test_other_tables_are_left_alone(
    heads: str, rows: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert read_patients(document(grid(*rows, heads=heads)), vocabulary) == ((), [])


@pytest.mark.shared
def test_phase_ii_series_of_thirteen(shared: Path, vocabulary: Vocabulary) -> None:
    """PMC8088944, Tables 1 and 2: 2 PR, 1 SD, 10 PD among 13; patient 7 lived 32.6 months."""
    from evidence.documents import read_document

    paper = read_document(shared / "corpus/pdf_jats/PMC8088944/paper.xml")
    patients, problems = read_patients(paper, vocabulary)
    overall = [p.response["overall"] for p in patients]
    assert [overall.count(code) for code in ("PR", "SD", "PD")] == [2, 1, 10]
    assert (patients[6].os_months, patients[6].pfs_months, patients[6].cycles) == (32.6, 2.0, 2)
    assert patients[6].disease == "Pancreas"
    assert [p.code for p in problems] == ["age-not-exact"]
    assert problems[0].message.endswith("(alike in rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)")


def test_a_response_may_stand_before_the_values_in_one_cell(vocabulary: Vocabulary) -> None:
    heads = "Sex|Age|Blood Response, Atypical Cells/µL and %|Overall Response"
    first, second = "F (1)|57|PR Pre→800 (9%) Post→20 (1%)|PR", "M (2)|61|CR Pre→70 Post→0|CR"
    made = grid(first, second, heads=heads)
    patients, problems = read_patients(document(made), vocabulary)
    assert [p.response for p in patients] == [
        {"blood": "PR", "overall": "PR"}, {"blood": "CR", "overall": "CR"},
    ]  # fmt: skip
    assert [(m.name, m.unit, m.before) for m in patients[0].measurements] == [
        ("Atypical Cells", "/µL", 800), ("Atypical Cells", "%", 9),
    ]  # fmt: skip
    assert patients[0].cells["response.blood"].text.startswith("PR Pre")
    assert problems == []


def test_a_diagnosis_may_hold_its_stage(vocabulary: Vocabulary) -> None:
    heads = "Patient no.|Age/Sex|Diagnosis (stage)|Response (skin/blood/nodes)|Outcome"
    made = grid("1|57/F|SS (IVA)|CR/PR/NE|Alive, CR", "2|66/M|MF|PR/–/CR|Died", heads=heads)
    patients, problems = read_patients(document(made), vocabulary)
    assert [(p.disease, p.stage, p.sex, p.age, p.died) for p in patients] == [
        ("SS", "IVA", "F", 57, False), ("MF", None, "M", 66, True),
    ]  # fmt: skip
    assert [p.response for p in patients] == [
        {"skin": "CR", "blood": "PR", "node": "NE"}, {"skin": "PR", "node": "CR"},
    ]  # fmt: skip
    assert patients[0].cells["age"].text == "57/F"
    assert problems == []


def test_yes_and_no_answer_their_head(vocabulary: Vocabulary) -> None:
    made = grid("Patient 1|M|80|Yes", "Patient 2|F|77|No", "Median (range)||78.5 (77–80)|",
                heads="|Sex|Age|Complete response")  # fmt: skip
    (table,), _ = read_patient_tables(document(made), vocabulary)
    assert [(p.id, p.response) for p in table.patients] == [("1", {"overall": "CR"}), ("2", {})]
    assert (table.summary, table.summary_statistic) == ({"age": 78.5}, "median")


def test_the_caption_may_name_the_disease(vocabulary: Vocabulary) -> None:
    made = replace(grid(*ROWS[:2]), caption="Five patients with Sézary syndrome")
    patients, _ = read_patients(document(made), vocabulary)
    assert [p.disease for p in patients] == ["SS", "SS"]
    assert patients[0].cells["disease"].text == "Five patients with Sézary syndrome"


def test_patients_of_other_publications_are_not_the_papers_own(vocabulary: Vocabulary) -> None:
    made = grid("Roe 2003|57|F|CR", "Poe 2004|61|M|PR", heads="Study|Age|Sex|Response")
    patients, problems = read_patients(document(made), vocabulary)
    assert (patients, [p.code for p in problems]) == ((), ["patients-of-other-studies"])


@pytest.mark.shared
@pytest.mark.parametrize("name", ["actas-2015.pdf", "actas-2015.txt"])
def test_the_five_own_patients(shared: Path, name: str, vocabulary: Vocabulary) -> None:
    """Table 3 of the 2015 paper, PDF and text: every field of the hand transcription."""
    from ruamel.yaml import YAML

    from evidence.documents import read_document

    facts = YAML(typ="safe").load((shared / "facts/table3.yaml").read_text(encoding="utf-8"))
    paper = read_document(shared / "sources" / name)
    (table,), problems = read_patient_tables(paper, vocabulary)
    assert [as_facts(patient) for patient in table.patients] == [
        wanted_facts(row) for row in facts["patients"]
    ]
    stated = facts["median_row_stated"]
    assert table.summary == {k: v for k, v in stated.items() if v is not None}
    assert table.summary_statistic == "median"
    assert {p.code for p in problems} <= {"summary-row", "cell-in-doubt"}
    assert all(p.severity is Severity.NOTE for p in problems)
    if paper.format == "pdf":
        for patient in table.patients:
            assert all(cell.page == 2 and cell.box for cell in patient.cells.values())


def as_facts(p: Patient) -> dict[str, object]:
    names = ("sex", "age", "treatment_weeks", "weeks_to_response", "response_months", "died",
             "follow_up_months")  # fmt: skip
    found: dict[str, object] = {name: getattr(p, name) for name in names}
    found |= {name: p.response[name] for name in ("skin", "blood", "overall")}
    found["id"] = int(p.id)
    found["terms"] = len(p.complications)
    units = {"\N{REPLACEMENT CHARACTER}": "µ"}
    found["sezary"] = {
        (m.unit or "").translate(str.maketrans(units)): (m.before, m.after) for m in p.measurements
    }
    return found


def wanted_facts(row: dict[str, object]) -> dict[str, object]:
    cells = row["sezary"]
    assert isinstance(cells, dict)
    names = "id sex age treatment_weeks weeks_to_response skin blood overall response_months died"
    wanted = {name: row[name] for name in names.split()}
    wanted["follow_up_months"] = row["followup_months"]
    wanted["terms"] = len(row["complications"])  # type: ignore[arg-type]
    wanted["sezary"] = {
        "/µL": (cells["pre_per_uL"], cells["post_per_uL"]),
        "%": (cells["pre_pct"], cells["post_pct"]),
    }
    return wanted


def test_a_line_without_a_number_belongs_to_the_patient_above(vocabulary: Vocabulary) -> None:
    table = grid(
        "1|65/M|MF|CR|rash", "||||fever", "2|50/F|SS|PR|none", "3|71/M|MF|PD|-",
        heads="Patient|Age/sex|Dx|Response|Adverse events",
    )  # fmt: skip
    found, _ = read_patients(document(table), vocabulary)
    assert [patient.id for patient in found] == ["1", "2", "3"]
    assert [patient.disease for patient in found] == ["MF", "SS", "MF"]
    assert found[0].cells["complications"].text == "rash fever"


@pytest.mark.parametrize("text", ["→", "1→2→3", "pre post", "x", "12 (3%)"])
def test_a_cell_of_measurements_may_hold_anything(text: str) -> None:
    measures, unread = read_measures(text, "B cells/µL")
    assert measures or unread or not any(char.isdigit() for char in text)
