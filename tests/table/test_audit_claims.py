"""Claims of the prose against the tables. The sentences are ours; the kinds of slip are real."""

from __future__ import annotations

from typing import Any

import pytest
import seed_series

from evidence.model.finding import Finding
from evidence.model.prose import ProseSentence
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.audit.claims.text import references, sentences_of, split
from evidence.table.build import build_rows


def reviewed(name: str, number: int | None, size: int, **arm: Any) -> Series:
    base: dict[str, Any] = {
        "population": {"SS": size},
        "responses": [{"CR": 1, "PR": size // 2, "SD": size - 1 - size // 2}],
        "regimen": {"routes": ["SC"], "dose_mg": 10},
    }
    author, year = name.split("-")
    return Series.model_validate(
        {
            "series": name,
            "citation": {"authors": author.title(), "year": int(year), "reference": number},
            "source": {"document": "review.pdf", "table": "2"},
            "arms": [{**base, **arm}],
        }
    )


PATIENTS = [
    {"id": 1, "sex": "F", "treatment_weeks": 4, "response_months": 66, "follow_up_months": 67},
    {"id": 2, "sex": "M", "treatment_weeks": 8, "response_months": 11, "follow_up_months": 24},
    {"id": 3, "sex": "F", "treatment_weeks": 13, "response_months": 5, "follow_up_months": 20},
]
SERIES = [
    reviewed("roe-2003", 7, 22, response_months=[{"median": 12}],
             regimen={"routes": ["IV"], "dose_mg": 30},
             complications=[{"term": "arrhythmia", "group": "Cardiac", "events": 5}]),
    reviewed("doe-2007", 8, 14, response_months=[{"median": 4}]),
    reviewed("poe-2014", 9, 39, response_months=[{"median": 6}],
             complications=[{"term": "CMV", "group": "Infections", "events": 3}]),
    reviewed("loe-2014", 10, 23, response_months=[{"median": 50, "endpoint": "PFS"}],
             complications=[{"term": "heart failure", "group": "Cardiac", "events": 1}]),
    reviewed("own-2015", None, 3, patients=PATIENTS, responses=[{"CR": 1, "PR": 1, "SD": 1}]),
]  # fmt: skip


def found(*texts: str) -> list[Finding]:
    rows, _ = build_rows(SERIES)
    sentences = [ProseSentence(document="review.pdf", text=t, page=3) for t in texts]
    return [f for f in audit(SERIES, rows, sentences=sentences) if f.code.startswith("claim-")]


@pytest.mark.parametrize(
    ("text", "code", "computed"),
    [
        ("The 2 largest series, of 22 and 39 patients, had few responses.7,9", "claim-largest",
         "larger in the table: Loe 2014 (23)"),
        ("The median duration of response was 20 months overall.7–10", "claim-median",
         "median of the 3 stated medians is 6 months"),
        ("The response rates were 55% and 51%, respectively.7,9", "claim-rate",
         "20 of 39 is 51.3%"),
        ("A dose of 10 mg given subcutaneously was tolerated.7,8", "claim-dose",
         "Roe 2003 gave 30 mg IV"),
        ("Given intravenously it was well tolerated.8", "claim-dose", "Doe 2007 gave 10 mg SC"),
        ("Roe et al.7 described 4 patients with cardiac events.", "claim-cases",
         "5 arrhythmia in its row"),
        ("We found 9 series in the literature.7,8,9,10", "claim-number-of-series",
         "4 in the table, 4 references"),
        ("The median follow-up was 24 months (range, 23-67 months).", "claim-summary",
         "lowest of the patient rows is 20 months"),
        ("The median duration of treatment was 2 months.", "claim-summary",
         "median of the patient rows is 8 weeks"),
        ("We treated 1 woman and 2 men.", None, ""),
        ("There were 2 CR (67%) and no others.", "claim-own-response", "1 of 3 in the table"),
        ("The overall response rate was 33%.", "claim-own-response", "2 of 3 in the table"),
        ("We treated 1 women and 2 men.", "claim-sexes", "2 women and 1 men in the patient rows"),
        ("One is in remission 67 months after completing treatment.", "claim-time-zero",
         "patient 1: 66 months after the end, 67 months after the start"),
    ],
)  # fmt: skip
def test_each_kind_of_claim(text: str, code: str | None, computed: str) -> None:
    result = found(text)
    if code == "claim-rate":  # 12 of 22 is 54.5%: 55% agrees; 51% of 39 is 20: agrees
        assert result == []
        result = found(text.replace("51%", "61%"))
    assert [f.code for f in result] == ([code] if code else [])
    if code:
        assert result[0].computed == computed
        assert (result[0].places[0].document, result[0].places[0].page) == ("review.pdf", 3)


def test_seen_in_no_other_series() -> None:
    (f,) = found(
        "Roe et al.7 saw several patients with cardiac toxicity.",
        "This has not been observed in any other study.",
    )
    assert f.code == "claim-not-elsewhere"
    assert f.computed == "Loe 2014: 1 heart failure"


@pytest.mark.parametrize(
    "text",
    [
        "The 2 largest series, of 23 and 39 patients, had few responses.9,10",
        "The median duration of response was 6 months overall.7–10",
        "The 5-year survival is 24%, and few responses last.8",
        "A dose of 30 mg was given intravenously.7",
        "A dose of 3 mg, then 10 mg was given subcutaneously.8,9",
        "Roe et al.7 described 5 patients with cardiac events.",
        "We found 4 series in the literature.7–10",
        "The median follow-up was 24 months (range, 20-67 months).",
        "The median duration of treatment was 8 weeks (range, 4-13 weeks).",
        "We treated 2 women and 1 man.",
        "There were 1 CR (33%) and 1 PR (33%).",
        "The overall response rate was 67%.",
        "One is in remission 66 months after completing treatment.",
        "Infection has not been observed in any other country.",
    ],
)
def test_claims_that_hold_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("effects.4,14,15", (4, 14, 15)),
        ("13 series4,6---9 (in Table 4) and 6 reports", (4, 6, 7, 8, 9)),
        ("as shown [7, 9–11].", (7, 9, 10, 11)),
        ("as shown.⁷ ", (7,)),
        ("stage T4 N0 with CD4 cells at 10 mg", ()),
        ("et al.13 published", (13,)),
        ("a dose of 8.5 weeks", ()),
    ],
)
def test_references(text: str, numbers: tuple[int, ...]) -> None:
    assert references(text) == numbers


def test_sentences_keep_their_references() -> None:
    text = "It was seen.4,6---9 Others, e.g. Roe et al. saw 8.5 weeks. Then it ended.7 So"
    assert split(text) == [
        "It was seen.4,6---9",
        "Others, e.g. Roe et al. saw 8.5 weeks.",
        "Then it ended.7",
        "So",
    ]
    assert split("It was that of Roe et al.⁶ Doe et al.7 saw more. Poe et al. Loe") == [
        "It was that of Roe et al.⁶",
        "Doe et al.7 saw more.",
        "Poe et al. Loe",
    ]


@pytest.mark.shared
def test_claims_of_the_seed_paper(shared: Any) -> None:
    """Every claim of the 2015 review its tables contradict, by hand, and no other."""
    from evidence.documents import read_document

    items = [s for s in seed_series.read_table4(shared) if s.series != "own-series"]
    items.append(seed_series.own_series(shared))
    rows, _ = build_rows(items, seed_series.PROTOCOL)
    document = read_document(shared / "sources" / "actas-2015.txt")
    sentences = sentences_of(document, name="actas-2015.pdf")
    result = audit(items, rows, seed_series.PROTOCOL, sentences=sentences)
    assert {(f.code, f.series) for f in result if f.code.startswith("claim-")} == {
        ("claim-largest", "watanabe2014"),  # 23 (Watanabe) is more than 22
        ("claim-median", "own-series"),  # 12 months is no median of the stated medians
        ("claim-dose", "alinari2007"),  # reference 15 gave 30 mg
        ("claim-most-common", "lundin1998"),  # cytokine release is in no row of 7, 8, 10, 11
        ("claim-most-common", "bernengo2007"),  # myelosuppression, in a row of infections only
        ("claim-case-reports", None),  # 6 case reports, of which the table has none
        ("claim-unsupported", None),  # quality of life, pruritus: no result is about them
        ("claim-cases", "lenihan2004"),  # 4 in the text, 5 in the table
        ("claim-not-elsewhere", "capalbo2003"),  # a fatal myocardial infarction
        ("claim-summary", "own-series"),  # follow-up from 20, not 23 months
        ("claim-time-zero", "own-series"),  # 67 months from the start, 66 after the end
    }


EVENTS = [
    {"id": 1, "age": 60, "died": False, "complications": []},
    {"id": 2, "age": 61, "died": True,
     "complications": [{"term": "CMV reactivation",
                        "preferred": "Cytomegalovirus infection reactivation",
                        "group": "Infections"},
                       {"term": "rash", "preferred": "Rash", "group": "Skin"}]},
    {"id": 3, "age": 62, "died": False,
     "complications": [{"term": "rash", "preferred": "Rash", "group": "Skin"}]},
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Complications included subclinical CMV reactivation in 2 patients and rash in 2.",
         "Complications included subclinical CMV reactivation in 2 patients"),
        ("Two patients developed CMV reactivation.", "Two patients developed CMV reactivation"),
        ("Rash occurred in three patients.", "Rash occurred in three patients"),
        ("There was no skin toxicity.", "no skin toxicity"),
        ("There was no rash.", "There was no rash"),
        ("No patient developed CMV reactivation.", "No patient developed CMV reactivation"),
        ("There was no severe rash.", None),
        ("There was no renal failure.", None),
        ("Two patients died.", "Two patients died"),
        ("CMV reactivation in 1, rash in 2, infection in 3 and no cardiac events.", None),
        ("There were no hematological complications.", None),
        ("One patient died at 24 months.", None),
        ("Two patients had rash.", None),
        ("Rash was described in 9 of 40 patients by Smith et al.22", None),
        ("The rash lasted in 3 for 2 weeks.", None),
    ],
)  # fmt: skip
def test_events_of_the_own_patients(text: str, stated: str | None) -> None:
    own = reviewed("own-2015", None, 3, patients=EVENTS, responses=[])
    items = [*SERIES[:4], own]
    result = audit(items, sentences=[ProseSentence(document="review.pdf", text=text)])
    told = [f.stated for f in result if f.code == "claim-own-events"]
    assert told == ([] if stated is None else [stated])


def test_two_papers_of_one_file_name_are_told_apart() -> None:
    from pathlib import Path

    from evidence.store.files import StoredSeries

    def stored(item: Series, source: str) -> StoredSeries:
        return StoredSeries(series=item, path=Path("x.yaml"), source=source, sha="")

    items = [stored(s, "one") for s in SERIES]
    text = "The 2 largest series, of 22 and 39 patients, had few responses.7,9"
    for source, codes in (("one", ["claim-largest"]), ("two", [])):
        sentence = ProseSentence(document="review.pdf", source=source, text=text)
        result = audit(items, sentences=[sentence])
        assert [f.code for f in result if f.code.startswith("claim-")] == codes
