"""What a paper says of itself: benefits without a result, its own patients, its abbreviations."""

from __future__ import annotations

from typing import Any

import pytest
from made_series import series

from evidence.model.finding import Finding
from evidence.model.legends import Legends
from evidence.model.prose import ProseSentence
from evidence.model.protocol import Protocol
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.audit.abbreviations import explained_in, legend_of
from evidence.table.audit.claims.text import references

PROTOCOL = Protocol.model_validate({"drug": {"name": "rituximab", "synonyms": ["MabThera"]}})
ROWS: list[dict[str, Any]] = [
    {"id": 1, "sex": "F", "age": 45, "complications": [{"term": "rash", "preferred": "Rash"}]},
    {"id": 2, "sex": "M", "age": 52,
     "complications": [{"term": "herpes zoster", "preferred": "Herpes zoster"}]},
    {"id": 3, "sex": "F", "age": 60, "complications": []},
]  # fmt: skip


def reviewed(name: str, reference: int, size: int, **fields: Any) -> Series:
    blocks = [{"CR": 1, "PR": 1, "PD": size - 2}]
    return series(name, population={"PV": size}, responses=blocks,
                  citation={"reference": reference}, **fields)  # fmt: skip


def own() -> Series:
    item = series("own-2015", authors="Our series", population={"PV": 2, "PF": 1},
                  responses=[{"CR": 1, "PR": 1, "PD": 1}])  # fmt: skip
    plain = item.to_plain()
    plain["arms"][0]["patients"] = ROWS
    return Series.model_validate(plain)


SERIES = [
    reviewed("roe-2006", 7, 45),
    reviewed("doe-2009", 8, 92),
    series("poe-2011", population={"PV": 25, "PF": 2}, citation={"reference": 9},
           responses=[{"CR": 9, "PR": 9, "PD": 9}]),
    own(),
]  # fmt: skip


def told(*texts: str) -> list[Finding]:
    sentences = [ProseSentence(document="review.pdf", text=text) for text in texts]
    found = audit(SERIES, protocol=PROTOCOL, sentences=sentences)
    return [f for f in found if f.code.startswith("claim-")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rituximab induces remissions and markedly improves quality of life.", "unsupported"),
        ("MabThera gave relief of the pruritus.", "unsupported"),
        ("We saw 3 patients, 1 with PV and 2 with PF.", "own-diseases"),
        ("One patient had a rash and 2 herpes zoster.", "own-events"),
        ("The largest, that of Roe et al. (2006), had 45 patients.", "largest"),
        ("We found 5 series⁷⁻⁹ (Table 4).", "number-of-series"),
        ("Poe et al.⁹ treated 25 patients.", "size"),
        ("There were 3 patients (median age, 50 years; range, 45-60 years).", "summary"),
        ("Two patients responded, with 2 complete responses.", "own-response"),
        ("Of our patients, 1 of 3 responded.", "own-response"),
        ("The highest response rate, of 4%, was that of Roe et al.⁷", "range"),
    ],
)
def test_wrong(text: str, code: str) -> None:
    assert [f.code.removeprefix("claim-") for f in told(text)] == [code]


@pytest.mark.parametrize(
    "texts",
    [
        ("Rituximab may improve quality of life.",),
        ("Rituximab improves quality of life.12",),
        ("Emollients relieve pruritus.",),
        ("Rituximab improves quality of life.", "Quality of life rose from 12 to 4 points (DLQI)."),
        ("We saw 3 patients, 2 with PV and 1 with PF.",),
        ("Of our patients, 1 with PV had a rash.",),
        ("One patient had a rash and 1 herpes zoster.",),
        ("The largest, that of Doe et al. (2009), had 92 patients.",),
        ("We found 3 series⁷⁻⁹ (Table 4).",),
        ("Poe et al.⁹ treated 27 patients.",),
        ("Poe et al.⁹ treated 25 patients with PV.",),
        ("There were 3 patients (median age, 52 years; range, 45-60 years).",),
        ("Two patients responded, with 1 complete and 1 partial response.",),
        ("Of our patients, 2 of 3 responded.",),
        ("The highest response rate, of 67%, was that of Poe et al.⁹",),
        ("Skin responses were 2 complete and 1 partial.",),
        ("At 6 months there were 2 patients with 2 complete responses.",),
    ],
)
def test_right(texts: tuple[str, ...]) -> None:
    assert told(*texts) == []


def test_superscript_ranges_are_references() -> None:
    assert references("We found series³⁻⁵ (Table 2).") == (3, 4, 5)


def legends(*notes: tuple[str, str], text: tuple[str, ...] = ()) -> list[Finding]:
    cells = {"response": {"text": "3 CR, 2 PR", "table": "4"}, "duration": {"text": "NS"}}
    patient = {"id": 1, "cells": {"course": {"text": "CR, CMV", "table": "3"}}}
    plain = series("a-2003", cells=cells).to_plain()
    plain["arms"][0]["patients"] = [patient]
    kept = {"review.pdf": Legends(notes=notes, in_text=text)}
    found = audit([Series.model_validate(plain)], legends=kept)
    return [f for f in found if f.code == "abbreviation-undefined"]


FOUR = ("4", "CR, complete response; PR, partial response; NS, not stated; CMV, a virus.")
THREE = ("3", "CR, complete response; F, female; DP, progression.")


def test_each_table_has_its_own_legend() -> None:
    (f,) = legends(FOUR, THREE)
    assert f.stated == "table 3 of review.pdf explains 2 abbreviations"
    assert f.arithmetic == "2 used, 1 of them not explained; elsewhere: CMV under table 4"


def test_a_table_without_legend_rests_on_the_paper() -> None:
    assert legends(FOUR) == []
    (f,) = legends(("4", FOUR[1].replace("CMV", "EBV")))
    assert f.computed == "used and not explained: CMV"
    assert f.stated.endswith("none under table 3")
    assert legends(("4", FOUR[1].replace("CMV", "EBV")), text=("CMV",)) == []


def test_explained_in_running_text() -> None:
    text = (
        "reactivation of cytomegalovirus (CMV), Sézary syndrome (SS) (Table 2) of 12 (AB), n (CD)"
    )
    assert explained_in(text) == ("CMV", "SS")


def test_legends_name_lower_case_beginnings() -> None:
    assert legend_of("laBCC, locally advanced; PD, progressive; SD, stable disease.") == {
        "laBCC", "PD", "SD"
    }  # fmt: skip


SODIUM = {"term": "hyponatremia", "preferred": "Hyponatraemia", "group": "Metabolic", "events": 2}
SUGAR = {"term": "hyperglycemia", "preferred": "Hyperglycaemia", "group": "Metabolic", "events": 3}


@pytest.mark.parametrize(
    ("entry", "text", "codes"),
    [
        (SODIUM, "Hyponatremia has not been observed in any other series.", ["not-elsewhere"]),
        (SUGAR, "Hyponatremia has not been observed in any other series.", []),
        (SUGAR, "Metabolic events have not been observed in any other series.", ["not-elsewhere"]),
        (SUGAR, "Roe et al.⁷ described 4 patients with hyponatremia.", []),
        (SODIUM, "Roe et al.⁷ described 4 patients with hyponatremia.", ["cases"]),
    ],
)
def test_one_complication_is_not_its_class(
    entry: dict[str, Any], text: str, codes: list[str]
) -> None:
    items = [reviewed("roe-2006", 7, 45, complications=[entry]), *SERIES[1:]]
    sentences = [ProseSentence(document="review.pdf", text=text)]
    found = [f.code for f in audit(items, protocol=PROTOCOL, sentences=sentences)]
    assert [c.removeprefix("claim-") for c in found if c.startswith("claim-")] == codes


def test_nobody_died_in_any_series() -> None:
    fatal = {"term": "sepsis", "group": "Infections", "events": 1, "fatal": True}
    texts = {
        "No patient died in any of the series (Table 4).": ["claim-not-elsewhere"],
        "No treatment-related deaths were reported in any of the series.": [],
        "No patient of ours died.": [],
    }
    items = [reviewed("roe-2006", 7, 45, complications=[fatal]), *SERIES[1:]]
    for text, codes in texts.items():
        sentences = [ProseSentence(document="review.pdf", text=text)]
        found = audit(items, protocol=PROTOCOL, sentences=sentences)
        assert [f.code for f in found if f.code.startswith("claim-")] == codes
