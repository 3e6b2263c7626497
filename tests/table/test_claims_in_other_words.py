"""Claims about invented series of omalizumab, written before the rules were tried on them."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.model.prose import ProseSentence
from evidence.model.series import Series
from evidence.table.audit import audit


def entry(term: str, group: str, events: int | None = None) -> dict[str, Any]:
    return {"term": term, "preferred": term.capitalize(), "group": group} | (
        {} if events is None else {"events": events}
    )


HEADACHE, INJECTION = ("headache", "Nervous"), ("injection site reaction", "General")
ANAPHYLAXIS = {"term": "anaphylaxis", "preferred": "Anaphylactic reaction", "group": "Immune"}
# name, reference, patients, (CR, PR, SD, PD), dose, median response, complications
REVIEWED: list[tuple[str, int, int, tuple[int, ...], int, float | None, Any]] = [
    ("kaplan-2008", 11, 12, (7, 4, 1, 0), 300, 4, [entry(*HEADACHE, 2)]),
    ("saini-2011", 12, 45, (16, 14, 10, 5), 300, 5,
     [entry(*HEADACHE, 5), entry(*INJECTION, 2)]),
    ("maurer-2013", 13, 79, (35, 20, 15, 9), 150, 6, [entry(*INJECTION, 4)]),
    ("metz-2014", 14, 51, (42, 7, 2, 0), 300, 9, []),
    ("labrador-2013", 15, 110, (66, 24, 14, 6), 300, None,
     [entry(*HEADACHE, 3), ANAPHYLAXIS | {"events": 1}]),
    ("sussman-2014", 16, 61, (48, 6, 5, 2), 150, 12, None),
]  # fmt: skip
# sex, age, weeks of treatment and to the response, response, its months, complications, follow-up
ROWS: list[tuple[Any, ...]] = [
    ("F", 34, 12, 2, "CR", 6, [entry(*HEADACHE)], 14),
    ("M", 51, 24, 4, "PR", 5, [], 13),
    ("F", 29, 16, 1, "CR", 8, [entry(*INJECTION)], 15),
    ("F", 63, 8, None, "SD", None, [], 9),
]


def block(counts: tuple[int, ...]) -> list[dict[str, int]]:
    return [dict(zip(("CR", "PR", "SD", "PD"), counts, strict=True))]


def series() -> list[Series]:
    """Six series by reference number, and four patients of the paper's own."""
    plain: list[dict[str, Any]] = []
    for name, number, size, counts, dose, median, complications in REVIEWED:
        author, year = name.split("-")
        arm = {
            "population": {"CSU": size},
            "regimen": {"routes": ["SC"], "dose_mg": dose},
            "responses": block(counts),
            "response_months": [] if median is None else [{"median": median}],
            "complications": complications,
        }
        citation = {"authors": f"{author.title()} et al.", "year": int(year), "reference": number}
        plain.append({"series": name, "citation": citation, "arms": [arm]})
    names = ("sex", "age", "treatment_weeks", "weeks_to_response", "overall", "response_months",
             "complications", "follow_up_months")  # fmt: skip
    patients = [dict(zip(names, row, strict=True)) | {"id": i} for i, row in enumerate(ROWS, 1)]
    own = {
        "population": {"CSU": 4},
        "regimen": {"routes": ["SC"], "dose_mg": 300},
        "responses": block((2, 1, 1, 0)),
        "complications": [entry(*HEADACHE, 1), entry(*INJECTION, 1)],
        "patients": [p | {"response": {"overall": p.pop("overall")}} for p in patients],
    }
    plain.append({"series": "own-2015", "citation": {"authors": "Our series", "year": 2015},
                  "arms": [own]})  # fmt: skip
    return [
        Series.model_validate({**p, "source": {"document": "r.html", "table": "2"}}) for p in plain
    ]


SERIES = series()


def told(text: str) -> set[str]:
    return {f.code for f in audit(SERIES, sentences=[ProseSentence(document="r.html", text=text)])}


WRONG = [
    ("claim-largest",
     "The largest cohort so far comprised 79 patients [13], followed by one of 61 [16]."),
    ("claim-largest", "By far the largest study, with 79 patients, is that of Maurer et al. [13]."),
    ("claim-number-of-patients",
     "Six studies [11-16] with a total of 340 patients were identified."),
    ("claim-range", "Rates of complete response between 40% and 82% have been reported [11-16]."),
    ("claim-rate", "Saini et al. [12] observed a complete response in 20 of 45 patients (44%)."),
    ("claim-rate", "In the study by Metz et al. [14], 45 of 51 patients responded."),
    ("claim-rate",
     "Kaplan et al. [11] reported complete responses in 58% and partial responses in 42%."),
    ("claim-dose", "Sussman et al. [16] used 300 mg every 4 weeks."),
    ("claim-dose", "The dose was 300 mg in all studies [11-16]."),
    ("claim-cases", "Anaphylaxis was reported in two patients by Labrador et al. [15]."),
    ("claim-not-elsewhere",
     "Anaphylaxis has never been reported with omalizumab in these series [11-16]."),
    ("claim-cases", "No adverse events were reported by Saini et al. [12]."),
    ("claim-median", "The median response lasted 5 months across studies [11-16]."),
    ("claim-sexes", "Three of our four patients were men."),
    ("claim-summary", "Our patients had a median age of 45 years (range 29-63)."),
    ("claim-summary", "Median time to response was 3 weeks (range 1 to 4)."),
    ("claim-own-response", "All of our patients responded."),
    ("claim-own-events", "Two patients reported headache."),
    ("claim-summary", "Patients were followed for a median of 12 months (range, 9-15)."),
    ("claim-first", "The first series was published in 2011 [12]."),
]  # fmt: skip
RIGHT = [
    "The largest cohort so far comprised 110 patients [15], followed by one of 79 [13].",
    "By far the largest study, with 110 patients, is that of Labrador et al. [15].",
    "Six studies [11-16] with a total of 358 patients were identified.",
    "Complete response rates varied from 36% to 82% among the larger series [11-16].",
    "Saini et al. [12] observed a complete response in 16 of 45 patients (36%).",
    "In the study by Metz et al. [14], 49 of 51 patients responded.",
    "Kaplan et al. [11] reported complete responses in 58% and partial responses in 33%.",
    "Sussman et al. [16] used 150 mg every 4 weeks.",
    "The dose was 300 mg in most studies [11,12,14,15].",
    "Anaphylaxis was reported in one patient by Labrador et al. [15].",
    "Anaphylaxis has been reported once in these series [15].",
    "No serious adverse events were reported by Saini et al. [12].",
    "Headache was a frequent adverse event [11,12,15].",
    "Response duration ranged from 4 to 12 months in the published series [11-16].",
    "Three of our four patients were women.",
    "Our patients had a median age of 42.5 years (range 29-63).",
    "Median time to response was 2 weeks (range 1 to 4).",
    "Three of our patients responded.",
    "Half of our patients had a complete response; the response rate was 75%.",
    "One patient reported headache.",
    "Patients were followed for a median of 13.5 months (range, 9-15).",
    "The first series was published in 2008 [11].",
    "In a registry of 90 patients, 60% were free of symptoms at 1 year [30].",
    "About 40% of patients with urticaria respond to antihistamines [2].",
    "Maurer et al. [13] randomized 323 patients to placebo or three doses.",
    "Doses of 150 to 300 mg were used [11-16].",
]


@pytest.mark.parametrize(("code", "text"), WRONG)
def test_a_claim_that_the_table_denies(code: str, text: str) -> None:
    assert told(text) == {code}


@pytest.mark.parametrize("text", RIGHT)
def test_a_claim_that_holds(text: str) -> None:
    assert told(text) == set()
