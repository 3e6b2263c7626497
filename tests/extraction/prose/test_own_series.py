"""A paper's own series from its sentences and tables; sentences are made up."""

from __future__ import annotations

import pytest

from evidence.documents.base import Cell, Document, DocumentInfo, Grid, TextBlock
from evidence.extraction.prose import read_prose, series_from_prose
from evidence.model.series import Series
from evidence.vocabulary import Vocabulary


def test_a_paper_of_one_series_becomes_a_series(vocabulary: Vocabulary) -> None:
    blocks = (
        TextBlock(text="Phase II study of temozolomide in glioma", kind="title"),
        TextBlock(text="Temozolomide 200 mg/m2 was given orally once weekly.", section="Methods"),
        TextBlock(text="Twenty patients were enrolled. There were 2 CR (10%), 5 PR (25%), 6 SD "
                       "(30%) and 7 PD (35%). The median PFS was 3.5 months. Nausea occurred in 4 "
                       "patients (20%).", section="Results"),
        TextBlock(text="In the series of 39 cases the response rate was 20/39 (51%) [9].",
                  section="Discussion"),
    )  # fmt: skip
    document = Document(name="a.xml", sha256="0", format="jats", blocks=blocks)
    series, problems = series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)
    assert series is not None and problems == []
    (arm,) = series.arms
    (block,) = arm.responses
    assert (arm.total, block.total, block.CR, block.PR, block.SD, block.PD) == (20, 20, 2, 5, 6, 7)
    assert (arm.regimen.drug, arm.regimen.routes) == ("temozolomide", ("PO",))
    assert arm.response_months[0].median == 3.5
    assert [(c.preferred, c.events) for c in arm.complications or ()] == [("Nausea", 4)]
    note = series.readings["arms[0].responses[0].PR"]
    assert set(note.checked) == {"percent", "second-reading", "sum"}
    assert note.cell is not None and note.text in series.cells[note.cell].text


def test_a_paper_without_own_results_is_no_series(vocabulary: Vocabulary) -> None:
    """Goals and other studies' rates make no series."""
    blocks = (
        TextBlock(text="A study protocol of temozolomide", kind="title"),
        TextBlock(text="We plan to enrol 60 patients; a response rate of 30% is expected.",
                  section="Methods"),
        TextBlock(text="Others saw a response in 4 of 20 patients [3].", section="Discussion"),
    )  # fmt: skip
    document = Document(name="a.xml", sha256="0", format="jats", blocks=blocks)
    series, problems = series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)
    assert series is None
    assert [p.code for p in problems] == ["no-own-series"]


def _abstract(**sections: str) -> tuple[TextBlock, ...]:
    return tuple(TextBlock(text=text, kind="abstract", section=f"Abstract / {name}")
                 for name, text in sections.items())  # fmt: skip


def _series(
    vocabulary: Vocabulary, title: str, blocks: tuple[TextBlock, ...], grids: tuple[Grid, ...] = ()
) -> Series | None:
    head = TextBlock(text=title, kind="title")
    document = Document(name="a.xml", sha256="0", format="jats", blocks=(head, *blocks),
                        grids=grids, info=DocumentInfo(title=title))  # fmt: skip
    return series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)[0]


_SIZED = Grid(
    label="1", caption="Characteristics", header_rows=1,
    rows=(
        (Cell(text=""), Cell(text="Music group (n = 40)"), Cell(text="Control group (n = 38)")),
        (Cell(text="Male"), Cell(text="20 (50)"), Cell(text="19 (50)")),
    ),
)  # fmt: skip


def test_arms_without_outcomes_keep_their_sizes(vocabulary: Vocabulary) -> None:
    blocks = _abstract(Methods="Patients were randomized.", Results="Scores fell by 3 points.")
    series = _series(vocabulary, "Music after surgery", blocks, (_SIZED,))
    assert series is not None
    assert [(arm.label, arm.total) for arm in series.arms] == [
        ("Music group", 40), ("Control group", 38),
    ]  # fmt: skip
    assert series.cells[series.readings["arms[0].total"].cell or ""].text == "Music group (n = 40)"


@pytest.mark.parametrize(
    ("title", "methods", "results"),
    [
        ("Music after surgery: a study protocol", "Patients were randomized.", "None yet."),
        ("Music after surgery", "Patients will be randomized.", "Table 1 shows the outcomes."),
    ],
)
def test_a_plan_has_no_series(
    title: str, methods: str, results: str, vocabulary: Vocabulary
) -> None:
    blocks = _abstract(Methods=methods, Results=results)
    assert _series(vocabulary, title, blocks, (_SIZED,)) is None


def test_the_abstract_of_a_trial_without_tables(vocabulary: Vocabulary) -> None:
    """Responses of those evaluable, by percentages that fit no other number of patients."""
    blocks = _abstract(
        Background="Other agents had response rates of up to 75%.",
        Methods="We planned to enroll 40 patients.",
        Results="25 pts have been enrolled. With a median follow up of 8 months, the median TTP "
                "was 7 months (95% CI, 3.7–10.3). Best response in 22 evaluable pts: CR: 3, PR: "
                "5, SD: 13, PD: 1, with overall response rate of 36%. Other G 3 toxicities were "
                "dysphagia (3), fatigue (2), and infection (2). In MF, 2/6 patients had a PR.",
    )  # fmt: skip
    series = _series(vocabulary, "Drug A in lymphoma and MF", blocks)
    assert series is not None
    (arm,) = series.arms
    whole, mf = arm.responses
    assert (whole.total, whole.CR, whole.PR, whole.SD, whole.PD) == (22, 3, 5, 13, 1)
    assert whole.stated_percent == {"ORR": 36}
    assert (mf.scope, mf.total, mf.PR) == ("MF", 6, 2)
    assert arm.response_months[0].median == 7
    assert [(c.preferred, c.grade, c.events) for c in arm.complications or ()] == [
        ("Dysphagia", "3", 3), ("Fatigue", "3", 2), ("Infection", "3", 2),
    ]  # fmt: skip
    assert series.readings["arms[0].responses[0].total"].checked == ("percent", "sum")


def test_sentences_that_differ_leave_a_doubt_that_names_both(vocabulary: Vocabulary) -> None:
    body = TextBlock(text="Five patients achieved a complete response.", section="Results")
    blocks = (*_abstract(Results="We treated 20 patients. There were 4 complete responses."), body)
    series = _series(vocabulary, "Drug A in lymphoma", blocks)
    assert series is not None
    assert series.arms[0].responses[0].CR == 4
    doubt = series.readings["arms[0].responses[0].CR"].doubt
    assert doubt is not None and "5" in doubt


def test_a_review_has_no_series_of_its_own(vocabulary: Vocabulary) -> None:
    blocks = _abstract(Methods="A PubMed search was conducted.",
                       Results="Forty-two studies were found, which reported 272 patients; 180 "
                               "were treated, of whom 60 had complete responses.")  # fmt: skip
    assert _series(vocabulary, "Drug A in lymphoma", blocks) is None


def test_a_case_report_is_one_patient(vocabulary: Vocabulary) -> None:
    text = ("We report a 65-year-old man with lymphoma who was treated with rituximab. He achieved "
            "a complete response.")  # fmt: skip
    blocks = _abstract(**{"Case report": text})
    series = _series(vocabulary, "Rituximab in lymphoma: a case report", blocks)
    assert series is not None
    (arm,) = series.arms
    assert (arm.total, arm.regimen.drug, arm.responses[0].CR) == (1, "rituximab", 1)
    assert series.readings["arms[0].responses[0].CR"].how == "derived"


def test_an_abstract_in_spanish(vocabulary: Vocabulary) -> None:
    text = (
        "Presentamos 5 pacientes tratados entre 2008 y 2012, con una tasa de respuesta global del "
        "80% (40% respuestas parciales y 40% respuestas completas). La mediana de duración de la "
        "respuesta fue de 13 meses."
    )
    blocks = (TextBlock(text=text, kind="abstract", section="Resumen"),)
    series = _series(vocabulary, "Tratamiento del linfoma con alemtuzumab", blocks)
    assert series is not None
    (arm,) = series.arms
    assert (arm.total, arm.regimen.drug) == (5, "alemtuzumab")
    assert arm.responses[0].stated_percent == {"ORR": 80, "PR": 40, "CR": 40}
    assert (arm.response_months[0].endpoint, arm.response_months[0].median) == ("DOR", 13)


def test_arms_that_only_sentences_name(vocabulary: Vocabulary) -> None:
    blocks = _abstract(Results="Thirty-five patients were enrolled in each cohort. In the 2-mg "
                               "cohort, PR was seen in 4 (11%). In the 4-mg cohort, CR was seen in "
                               "1 (3%) and PR in 6 (17%).")  # fmt: skip
    series = _series(vocabulary, "Pomalidomide in myeloma", blocks)
    assert series is not None
    assert [(a.label, a.total, a.responses[0].CR, a.responses[0].PR) for a in series.arms] == [
        ("2-mg cohort", 35, None, 4), ("4-mg cohort", 35, 1, 6),
    ]  # fmt: skip


def test_of_several_doses_none_is_an_arms(vocabulary: Vocabulary) -> None:
    blocks = (*_abstract(Methods="Patients were randomized to two groups."),
              TextBlock(text="The trabedersen dose per cycle was 2.48 mg (low group) or 19.81 mg "
                             "(high group).", section="Methods"))  # fmt: skip
    grid = Grid(label="1", caption="Characteristics", header_rows=1, rows=(
        (Cell(text=""), Cell(text="Trabedersen low (n = 40)"),
         Cell(text="Trabedersen high (n = 38)")),
        (Cell(text="Male"), Cell(text="20 (50)"), Cell(text="19 (50)")),
    ))  # fmt: skip
    series = _series(vocabulary, "Trabedersen in glioma", blocks, (grid,))
    assert series is not None
    assert [arm.regimen.dose_mg for arm in series.arms] == [None, None]


def test_outcomes_of_arms_that_nothing_names_are_left_out(vocabulary: Vocabulary) -> None:
    blocks = _abstract(
        Methods="A total of 147 patients were randomized to A alone or with rituximab.",
        Results="The overall response rate was 79% (33% CR, 45% PR) as compared with 58%.",
    )
    series = _series(vocabulary, "The addition of rituximab to A", blocks)
    assert series is not None
    (arm,) = series.arms
    assert (arm.total, arm.responses) == (147, ())


def test_outcomes_counted_together_are_none_of_them(vocabulary: Vocabulary) -> None:
    blocks = _abstract(Results="21 of 39 patients (54%) had an objective response, and an "
                               "additional 14 patients (36%) had stable disease or minor response. "
                               "There were 6 complete responses (15%).")  # fmt: skip
    series = _series(vocabulary, "Rituximab as initial therapy of lymphoma", blocks)
    assert series is not None
    (arm,) = series.arms
    (block,) = arm.responses
    assert (arm.total, block.total, block.ORR, block.CR, block.SD, block.MR) == (
        39, 39, 21, 6, None, None,
    )  # fmt: skip
