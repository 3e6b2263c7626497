"""Which rows are one patient, which are none, and what a patient's cells may not be taken for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.documents.base import Cell, Document, Footnote, Grid
from evidence.extraction.patients import read_patients
from evidence.extraction.prose.own import read_own
from evidence.model.series import Patient
from evidence.vocabulary import Vocabulary


def made(heads: str, *rows: str, notes: str = "", label: str = "1") -> Grid:
    """A table of ``|``-parted rows; a row of one cell is a section."""
    lines = [line.split("|") for line in (heads, *rows)]
    width = len(lines[0])
    cells = tuple(
        tuple(Cell(text=t, colspan=width if len(line) == 1 else 1) for t in line) for line in lines
    )
    return Grid(
        label=label, caption="Patients", pages=(1,), rows=cells, header_rows=1,
        footnotes=(Footnote(mark=None, text=notes),) if notes else (),
    )  # fmt: skip


def document(*grids: Grid) -> Document:
    return Document(name="made.html", sha256="0" * 64, format="html", grids=grids)


def read(vocabulary: Vocabulary, *grids: Grid) -> tuple[tuple[Patient, ...], list[str]]:
    patients, problems = read_patients(document(*grids), vocabulary)
    return patients, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("head", "cell", "sex", "age"),
    [
        ("Age/sex", "56/M", "M", 56),
        ("Age and sex", "34-year-old woman", "F", 34),
        ("Age and sex", "34 y F", "F", 34),
        ("Sex/age (months)", "F/6", "F", 0.5),
        ("Edad/sexo", "67/V", "M", 67),
        ("Alter/Geschlecht", "58/w", "F", 58),
        ("Age/sex", "2 y 6 mo / boy", "M", 2.5),
        ("Patient, sex, age", "3, F, 45", "F", 45),
    ],
)
def test_sex_and_age_in_one_cell(
    head: str, cell: str, sex: str, age: float, vocabulary: Vocabulary
) -> None:
    patients, codes = read(
        vocabulary, made(f"{head}|Dx|Response", f"{cell}|MF|CR", f"{cell}|SS|PR")
    )
    assert [(p.sex, p.age) for p in patients] == [(sex, age)] * 2
    assert codes == []


@pytest.mark.parametrize(
    ("head", "cell", "age"),
    [("Age (months)", "6", 0.5), ("Age, weeks", "26", 0.4983), ("Age", "18 mo", 1.5),
     ("Age (y)", "61", 61), ("Age", "48–70", None), ("Age", "<1", None), ("Age", "2/12", None)],
)  # fmt: skip
def test_ages_are_years_whatever_their_unit(
    head: str, cell: str, age: float | None, vocabulary: Vocabulary
) -> None:
    table = made(f"Patient|Sex|{head}|Response", f"1|F|{cell}|CR", f"2|M|{cell}|PR")
    patients, codes = read(vocabulary, table)
    assert patients[0].age == (None if age is None else pytest.approx(age, abs=1e-4))
    assert ("age-not-exact" in codes) == (age is None)


def test_m_is_a_woman_where_the_men_are_v(vocabulary: Vocabulary) -> None:
    """*Varón* and *mujer*, without a legend."""
    patients, _ = read(vocabulary, made("Caso|Sexo|Edad|Respuesta", "1|V|60|RC", "2|M|51|RP"))
    assert [p.sex for p in patients] == ["M", "F"]


def test_numbers_that_begin_anew_in_each_section_are_other_patients(vocabulary: Vocabulary) -> None:
    table = made("No.|Age|Sex|Response", "Cohort A", "1|50|M|CR", "2|61|F|PR",
                 "Cohort B", "1|48|F|PD", "2|66|M|SD")  # fmt: skip
    patients, codes = read(vocabulary, table)
    assert [(p.id, p.age) for p in patients] == [
        ("1 (Cohort A)", 50), ("2 (Cohort A)", 61), ("1 (Cohort B)", 48), ("2 (Cohort B)", 66),
    ]  # fmt: skip
    assert codes == []


def test_rows_of_one_patient_leave_no_single_response(vocabulary: Vocabulary) -> None:
    table = made("Patient|Age|Sex|Course|Response", "1|45|F|first|CR", "1|45|F|second|PR",
                 "2|60|M|first|PR")  # fmt: skip
    patients, codes = read(vocabulary, table)
    assert [(p.id, p.response) for p in patients] == [("1", {}), ("2", {"overall": "PR"})]
    assert codes == ["several-values"]


def test_rows_of_statistics_are_no_patients(vocabulary: Vocabulary) -> None:
    table = made("Patient|Age|Sex|Response|PFS (mo)", "1|61|M|CR|14", "2|55|F|PR|9+", "3|70|M|PD|2",
                 "Median|61||| 9", "Range|55–70|||2–14",
                 "Mean ± SD|62 ± 7.5|||", "Historical|64||40%|7")  # fmt: skip
    patients, codes = read(vocabulary, table)
    assert [p.id for p in patients] == ["1", "2", "3"]
    assert sorted(codes) == ["row-of-no-patient", "summary-row", "summary-row", "summary-row"]


def test_patients_of_two_tables_are_joined_whatever_stands_before_their_number(
    vocabulary: Vocabulary,
) -> None:
    first = made("Patient|Sex|Age|Stage", "P01|M|60|IIB", "P02|F|71|IVA")
    second = made("Patient no.|Response|Toxicity", "1|PR|Rash", "2|CR|None", label="2")
    patients, codes = read(vocabulary, first, second)
    assert [(p.id, p.age, p.response["overall"]) for p in patients] == [
        ("P01", 60, "PR"), ("P02", 71, "CR"),
    ]  # fmt: skip
    assert codes == []


def test_the_same_numbers_with_other_sexes_and_ages_are_other_patients(
    vocabulary: Vocabulary,
) -> None:
    first = made("Patient|Sex|Age|Response", "1|M|60|PR", "2|F|71|CR")
    second = made("Patient|Sex|Age|Response", "1|F|44|SD", "2|F|39|PD", label="2")
    patients, codes = read(vocabulary, first, second)
    assert [(p.id, p.age) for p in patients] == [
        ("1", 60), ("2", 71), ("1 (table 2)", 44), ("2 (table 2)", 39),
    ]  # fmt: skip
    assert codes == ["patients-not-joined"]


@pytest.mark.parametrize(
    "table",
    [
        ("Cohort no.|Dose, mg|Patients|Age, y|Responses", "1|3|3|61|0", "2|10|4|58|1"),
        ("No.|Centre|Patients|Age|Response|Follow-up, months", "1|Leeds|12|61|7|14",
         "2|Bonn|8|58|3|20"),
        ("No.|Site|Age|Response|Duration of response", "1|Lung|61|50%|8", "2|Skin|58|72%|6"),
        ("No.|Regimen|n|Age|CR|OS, months", "1|A|14|61|2|11", "2|B|15|60|5|14"),
    ],
)  # fmt: skip
def test_rows_that_count_patients_are_no_patients(
    table: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    assert read(vocabulary, made(*table)) == ((), [])


def test_numbered_patients_that_are_not_read_are_named(vocabulary: Vocabulary) -> None:
    table = made("Patient|Gene|Variant", "1|TP53|c.215C>G", "2|KRAS|c.35G>A")
    assert read(vocabulary, table) == ((), ["patients-not-read"])


def test_the_legend_goes_before_what_letters_usually_mean(vocabulary: Vocabulary) -> None:
    legend = "PR, pharmacologic remission; I, improved; CR, ≥ 90 % clearance."
    rows = ("1|F|31|PR", "2|F|44|I", "3|M|50|CR")
    table = made("Patient|Sex|Age|Response", *rows, notes=legend)
    patients, codes = read(vocabulary, table)
    assert [p.response["overall"] for p in patients] == [
        "pharmacologic remission", "improved", "CR",
    ]  # fmt: skip
    assert codes == ["unknown-response"]


def test_a_cell_in_doubt_is_named(vocabulary: Vocabulary) -> None:
    table = made("Patient|Age|Sex|Response", "1|33|F|CR", "2|47|M|PR")
    row = (*table.rows[2][:3], replace(table.rows[2][3], doubt="words are struck out"))
    _, codes = read(vocabulary, replace(table, rows=(*table.rows[:2], row)))
    assert codes == ["cell-in-doubt"]


def test_an_outcome_of_responses_is_the_response(vocabulary: Vocabulary) -> None:
    table = made("Patient|Age|Sex|Outcome", "1|33|F|Complete remission", "2|47|M|No response")
    assert [p.response for p in read(vocabulary, table)[0]] == [
        {"overall": "CR"}, {"overall": "no response"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "counts"),
    [("SD", (1, 1, 1, 0, False)), ("Good", (1, 1, None, None, True))],
)
def test_a_word_unknown_makes_no_zero_and_leaves_a_doubt(
    last: str, counts: tuple[object, ...], vocabulary: Vocabulary
) -> None:
    table = made("Patient|Age|Sex|Response", "1|33|F|CR", "2|47|M|PR", f"3|50|M|{last}")
    series = read_own(document(table), vocabulary).series
    assert series is not None
    block = series.arms[0].responses[0]
    doubt = series.readings["arms[0].responses[0].CR"].doubt
    in_doubt = doubt == "the rows also hold 'Good'"
    assert (block.CR, block.PR, block.SD, block.PD, in_doubt) == counts


def test_a_dose_of_one_patient_that_is_not_read_is_named(vocabulary: Vocabulary) -> None:
    table = made("Patient|Age|Sex|Dose, mg|Response", "1|33|F|30|CR", "2|47|M|30 T|PR")
    found = read_own(document(table), vocabulary)
    assert [
        p.message.partition(" under")[0] for p in found.problems if p.code == "unread-text"
    ] == ["'30 T'"]
    assert found.series is not None
    assert found.series.arms[0].regimen.dose_mg is None


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (("Age (y)|Diagnosis|Dose|Response", "61|MF|30 mg|CR", "55|SS|10 mg|PR"),
         [("1", None, 61, "CR"), ("2", None, 55, "PR")]),
        (("Case|Patient|Stage|Response", "1|M56|IVA|CR", "2|F 34|IIB|PR"),
         [("1", "M", 56, "CR"), ("2", "F", 34, "PR")]),
        (("Patient|People|People|Effect", "|Sex|Age|Response", "1|F|61|CR", "2|M|55|PR"),
         [("1", "F", 61, "CR"), ("2", "M", 55, "PR")]),
        (("Patient|Sex|Age|Response", "1|F|61|Yes", "2|M|55|No"),
         [("1", "F", 61, "ORR"), ("2", "M", 55, "no response")]),
        (("Patient|Sex|Age|Response (skin/blood)|Overall", "1|F|61|CR/PR|PR", "2|M|55|SD/PD|PD"),
         [("1", "F", 61, "PR"), ("2", "M", 55, "PD")]),
    ],
    ids=["no-number", "glued", "second-head", "yes-and-no", "overall"],
)  # fmt: skip
def test_patients_are_known_by_what_their_cells_hold(
    table: tuple[str, ...], wanted: list[tuple[object, ...]], vocabulary: Vocabulary
) -> None:
    patients, codes = read(vocabulary, made(*table))
    assert [(p.id, p.sex, p.age, p.response["overall"]) for p in patients] == wanted
    assert codes == []
