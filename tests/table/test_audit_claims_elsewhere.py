"""Claims of other reviews, cited by author and year or in brackets, each with a twin that holds."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.finding import Finding
from evidence.model.prose import ProseSentence
from evidence.model.series import Series
from evidence.table.audit import audit


def of_review(
    name: str, size: int, responders: int, *, number: int | None = None, **arm: Any
) -> Series:
    author, year = name.rsplit("-", 1)
    base = {
        "population": {"melanoma": size},
        "responses": [{"CR": 0, "PR": responders, "SD": 0, "PD": size - responders}],
    }
    return Series.model_validate(
        {
            "series": name,
            "citation": {
                "authors": f"{author.title()} et al.",
                "year": int(year),
                "reference": number,
            },
            "source": {"document": "review.html", "table": "1"},
            "arms": [base | arm],
        }
    )


HEPATITIS = {"term": "autoimmune hepatitis", "preferred": "Autoimmune hepatitis"} | {
    "group": "Hepatobiliary",
    "events": 2,
}
RASH = {"term": "rash", "preferred": "Rash", "group": "Skin", "events": 6}
ORAL = {"routes": ["PO"], "dose_mg": 150, "dose_unit": "mg"}
INFUSED = {"routes": ["IV"], "dose_mg": 240, "dose_unit": "mg"}


def series(*, numbers: bool) -> list[Series]:
    """Four series of other papers; by number, or by author and year only."""
    rows: list[tuple[str, int, int, dict[str, Any]]] = [
        ("adams-2011", 31, 9, {"complications": [RASH], "regimen": ORAL,
                               "response_months": [{"median": 5}]}),
        ("brown-2013", 64, 20, {"complications": [HEPATITIS, RASH], "regimen": INFUSED,
                                "response_months": [{"median": 7}]}),
        ("clarke-2016", 48, 24, {"complications": [HEPATITIS], "regimen": INFUSED,
                                 "response_months": [{"median": 11}]}),
        ("dunne-2019", 12, 3, {"complications": [RASH], "regimen": ORAL,
                               "response_months": [{"median": 6}]}),
    ]  # fmt: skip
    return [
        of_review(name, size, responders, number=20 + i if numbers else None, **arm)
        for i, (name, size, responders, arm) in enumerate(rows)
    ]


def found(*texts: str, numbers: bool) -> list[Finding]:
    sentences = [ProseSentence(document="review.html", text=t) for t in texts]
    result = audit(series(numbers=numbers), sentences=sentences)
    return [f for f in result if f.code.startswith("claim-")]


WRONG = [
    ("claim-largest", "The largest series was that of Adams et al. (2011)."),
    ("claim-largest", "The largest study (n = 48) was retrospective."),
    ("claim-largest", "The three largest published series had 64, 31 and 12 patients."),
    ("claim-rate", "Brown et al. (2013) reported a response rate of 41%."),
    ("claim-rate", "The response rate was 29% (Adams 2011) and 60% (Clarke 2016)."),
    ("claim-rate", "Dunne et al. saw responses in 33% of their patients."),
    ("claim-cases", "Clarke et al. described 3 patients with autoimmune hepatitis."),
    ("claim-cases", "Adams et al., in 2011, reported four cases of rash."),
    ("claim-cases", "Dunne et al. found 9 cases of rash."),
    ("claim-dose", "Clarke et al. gave 80 mg."),
    ("claim-dose", "Taken by mouth it was tolerated in the series of Brown et al. (2013)."),
    ("claim-dose", "Adams et al. and Dunne et al. gave 240 mg."),
    ("claim-not-elsewhere",
     "Brown et al. saw autoimmune hepatitis. No other series has reported hepatobiliary events."),
    ("claim-not-elsewhere",
     "Adams et al. describe skin toxicity. It has never been described in other studies."),
    ("claim-median",
     "In Adams 2011, Brown 2013 and Clarke 2016 the median response was 12 months."),
    ("claim-number-of-series", "We found six case series (Table 1)."),
    ("claim-number-of-series", "Nine published series are listed in Table 1."),
    ("claim-number-of-series", "Table 1 gives the 5 eligible studies."),
    ("claim-number-of-patients", "A total of 165 patients was treated (Table 1)."),
    ("claim-number-of-patients", "Table 1 lists series with, in total, 150 patients."),
    ("claim-case-reports", "There are also 7 case reports."),
    ("claim-dose", "All gave 150 mg, except Clarke et al. (2016), who gave 480 mg."),
    ("claim-size", "Adams et al. (2011) treated 36 patients."),
    ("claim-size", "In a phase II study of 60 patients by Brown et al. (2013) toxicity was mild."),
    ("claim-range", "Response rates ranged from 20% to 50%."),
    ("claim-range", "Overall response rates varied between 25 and 61% (Table 1)."),
    ("claim-first", "The first report dates from 2013."),
    ("claim-first", "The earliest published series appeared in 2016."),
    ("claim-everywhere", "Rash was seen in all series."),
    ("claim-everywhere", "Autoimmune hepatitis occurred in every study."),
    ("claim-most-common",
     "The most common skin toxicity was rash, as Clarke et al. (2016) describe."),
    ("claim-most-common",
     "Autoimmune hepatitis was the most common complication, as in Adams 2011 and Dunne 2019."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), WRONG)
def test_by_author_and_year(code: str, text: str) -> None:
    assert {f.code for f in found(text, numbers=False)} == {code}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("claim-largest", "The 2 largest series had few responders [20,21]."),
        ("claim-rate", "Response rates of 29%, 31% and 90% were reported [20,21,23]."),
        ("claim-rate", "Responses were seen in 40% of the patients.²² "),
        ("claim-median", "The median duration of response was 3 months [20–23]."),
        ("claim-dose", "Patients were given 150 mg by mouth [20–23]."),
        ("claim-number-of-series", "We included 7 series [20–23]."),
    ],
)
def test_by_number(code: str, text: str) -> None:
    assert {f.code for f in found(text, numbers=True)} == {code}


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "The largest series was that of Brown et al. (2013).",
        "The largest study (n = 64) was retrospective.",
        "The three largest published series had 64, 48 and 31 patients.",
        "Brown et al. (2013) reported a response rate of 31%.",
        "The response rate was 29% (Adams 2011) and 50% (Clarke 2016).",
        "The largest study of its kind (n = 12) was that of Dunne et al.",
        "Clarke et al. described 2 patients with autoimmune hepatitis.",
        "Clarke et al. gave 240 mg intravenously.",
        "In Adams 2011, Brown 2013 and Clarke 2016 the median response was 7 months.",
        "In Adams 2011 and Brown 2013 the median overall survival was 30 months.",
        "Overall survival at one year was 60% in the series of Brown et al.",
        "We found four case series (Table 1).",
        "A total of 155 patients was treated (Table 1).",
        "A total of 20 patients was excluded.",
        "Two series were retrospective.",
        "Clarke et al. saw renal failure. It has not been observed in any other study.",
        "Rash was the most common complication, as in Adams 2011 and Dunne 2019.",
        "Smith et al. (2009) reported a response rate of 41%.",
        "All gave 240 mg, except Adams et al. (2011), who gave 150 mg.",
        "Adams et al. (2011) treated 31 patients, and 9 patients responded.",
        "Adams et al. (2011) included 5 patients with brain metastases.",
        "Response rates ranged from 25% to 50%.",
        "Response rates ranged from 25% to 60% in other cancers [70–75].",
        "The first report dates from 2011.",
        "The first series in 2010 was a case report.",
        "Rash was seen in all patients of the series of Adams et al.",
        "The most common skin toxicity was rash, as Adams et al. (2011) describe.",
    ],
)
def test_claims_that_hold(text: str, numbers: bool) -> None:
    assert found(text, numbers=numbers) == []
