"""A second reading by order alone, what else confirms a value, and what is said without either."""

from __future__ import annotations

import pytest

from evidence.documents.base import Document, TextBlock
from evidence.errors import Problem
from evidence.extraction.prose import read_prose, series_from_prose
from evidence.extraction.prose.read import read_sentence
from evidence.extraction.prose.second import ALONE, confirms_count, confirms_range, confirms_time
from evidence.extraction.prose.sentences import Sentence
from evidence.model.series import Series
from evidence.vocabulary import Vocabulary


def read(
    abstract: str, vocabulary: Vocabulary, title: str = "Rituximab in pemphigus"
) -> tuple[Series | None, list[Problem]]:
    blocks = (TextBlock(text=title, kind="title"), TextBlock(text=abstract, kind="abstract"))
    document = Document(name="a.txt", sha256="0", format="text", blocks=blocks)
    return series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)


@pytest.mark.parametrize(
    ("text", "confirmed"),
    [
        ("CR was seen in 3 (15%), PR in 6 and SD in four patients.", [True, True, True]),
        ("CR, PR and SD were seen in 3, 6 and 4 patients.", [True, True, True]),
        ("Two of 30 patients developed herpes zoster.", [True]),
        ("Nausea occurred in 12 patients and lasted 3 days in two.", [False]),
        (
            "The overall response rate was 62%: 3 (23%) had a CR and five (38%) a PR.",
            [True] * 3,
        ),
        ("The overall response was 67% (4 complete responses, 4 partial responses).", [True] * 3),
        ("Ten patients had SD, and three a PR, one of whom died later.", [True, True]),
        ("No CR or PR was observed.", [True, True]),
        ("Of those with a short history, 9 responded.", []),
    ],
)
def test_counts_paired_by_order(text: str, confirmed: list[bool], vocabulary: Vocabulary) -> None:
    sentence = Sentence(text=text, start=0, role="results")
    facts = [
        f for f in read_sentence(sentence, vocabulary) if f.kind in ("response", "complication")
    ]
    whole = [f for f in facts if f.scope is None]
    assert [confirms_count(f, vocabulary) for f in whole] == confirmed


def test_times_paired_by_order(vocabulary: Vocabulary) -> None:
    for text, confirmed in (
        ("Median PFS and OS were 5.2 and 13.7 months (95% CI, 10-16).", [True, True]),
        (
            "Median PFS was 36 days (range: 17-231) and median OS 90 days (range: 17-433).",
            [True] * 2,
        ),
        ("Median PFS was 7.4 months (range 1-23) in a study that ran for 30 months.", [False]),
    ):
        sentence = Sentence(text=text, start=0, role="results")
        times = [f for f in read_sentence(sentence, vocabulary) if f.kind == "time"]
        assert [confirms_time(f, vocabulary) for f in times] == confirmed
        assert all(confirms_range(f) for f in times if f.low is not None)


def test_a_value_is_checked_or_says_that_nothing_confirms_it(vocabulary: Vocabulary) -> None:
    series, _ = read(
        "Twenty patients (11 women, 9 men) received rituximab 375 mg/m2 weekly. Five (25%) "
        "had a CR. Nausea occurred in 12 patients and lasted 3 days in two.",
        vocabulary,
    )
    assert series is not None
    notes = series.readings
    assert all(bool(note.checked) != bool(note.doubt) for note in notes.values())
    assert set(notes["arms[0].total"].checked) == {"second-reading", "sum"}
    assert set(notes["arms[0].responses[0].CR"].checked) == {"percent", "second-reading"}
    assert notes["arms[0].complications[0].events"].doubt == ALONE


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("In all, 51 of 63 patients responded (CR, 74.6%; PR, 6%).", {"sum"}),
        ("Responses were seen in 12 of 20 patients; CR in 25%, PR in 25%.", set()),
    ],
)
def test_percentages_of_parts_confirm_their_sum(
    text: str, checks: set[str], vocabulary: Vocabulary
) -> None:
    series, _ = read(f"Rituximab was given to 63 patients. {text}", vocabulary)
    assert series is not None
    assert set(series.readings["arms[0].responses[0].ORR"].checked) & {"sum"} == checks


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("Rituximab was given to 17 patients. CR was seen in 11.8%, PR in 23.5%.", True),
        ("Rituximab was given to 17 patients. CR was seen in 12.5%, PR in 23.5%.", False),
        ("Rituximab was given to 17 patients. CR was seen in 11.8%.", False),
    ],
)
def test_a_number_of_patients_is_confirmed_by_the_percentages_of_it(
    text: str, checked: bool, vocabulary: Vocabulary
) -> None:
    """2/17 is 11.8 %, 4/17 is 23.5 %, no whole number of 17 is 12.5 %, and one alone may fit by
    chance."""
    series, _ = read(text, vocabulary)
    assert series is not None
    checks = series.readings["arms[0].total"].checked
    assert ("percent" in checks) is checked


def test_a_series_without_counts_is_kept_and_said(vocabulary: Vocabulary) -> None:
    given = (
        "Six patients were treated. They were given rituximab 375 mg/m2 once a week for 4 weeks."
    )
    series, problems = read(f"{given} Antibodies fell in all forms of the disease.", vocabulary)
    assert series is not None and series.arms[0].total == 6
    assert [p.code for p in problems] == ["no-counts"]
    series, problems = read("Cells from 12 patients with pemphigus were studied.", vocabulary)
    assert series is None and [p.code for p in problems] == ["no-own-series"]


def test_dose_groups_are_arms_with_their_dose(vocabulary: Vocabulary) -> None:
    series, _ = read(
        "Patients received subcutaneous rituximab at 25 mg (n = 6) or 50 mg (n = 8) weekly. "
        "Complete responses were seen in 3 of 6 patients at 25 mg and in 7 of 8 patients at 50 mg.",
        vocabulary,
    )
    assert series is not None
    told = [(a.label, a.total, a.responses[0].total, a.responses[0].CR) for a in series.arms]
    assert told == [("25 mg", 6, 6, 3), ("50 mg", 8, 8, 7)]
    assert [a.regimen.dose_mg.low for a in series.arms if a.regimen.dose_mg] == [25, 50]


def test_a_conclusion_confirms_and_never_states(vocabulary: Vocabulary) -> None:
    results = "Results: Rituximab was given to 17 patients; it led to PD in 9 and later to CR in 4."
    for conclusion in ("CR was seen in 4 patients.", "CR was seen in 5.", "PR was seen in 5."):
        series, _ = read(f"{results} Conclusion: {conclusion}", vocabulary)
        assert series is not None
        block = series.arms[0].responses[0]
        assert (block.CR, block.PR) == (4, None)
        if "4" in conclusion:
            assert "second-reading" in series.readings["arms[0].responses[0].CR"].checked


def test_counts_in_the_order_of_the_doses_are_the_doses(vocabulary: Vocabulary) -> None:
    series, _ = read(
        "All 35 patients were given rituximab at doses of 25 (seven patients), 50 (18 patients) "
        "and 75 mg (10 patients). Grade 3 nausea was seen in 0/7, 5/18 and 4/10 patients, "
        "respectively.",
        vocabulary,
    )
    assert series is not None
    told = [(a.label, a.total, [c.events for c in a.complications or ()]) for a in series.arms]
    assert told == [("25 mg", 7, [0]), ("50 mg", 18, [5]), ("75 mg", 10, [4])]
    for at in range(3):
        assert "sum" in series.readings[f"arms[{at}].total"].checked
        assert series.readings[f"arms[{at}].complications[0].events"].checked


def test_one_drug_by_two_routes_makes_two_arms(vocabulary: Vocabulary) -> None:
    series, _ = read(
        "A total of 26 patients were treated: rituximab was given subcutaneously to 12 and "
        "intravenously to 14 patients. The response rates of both groups were 75.00% and 71.43%.",
        vocabulary,
    )
    assert series is not None
    told = [
        (a.label, a.total, a.regimen.routes, a.responses[0].stated_percent) for a in series.arms
    ]
    assert told == [
        ("subcutaneous", 12, ("SC",), {"ORR": 75.0}),
        ("intravenous", 14, ("IV",), {"ORR": 71.43}),
    ]


def test_sizes_of_sexes_or_diseases_are_no_arms(vocabulary: Vocabulary) -> None:
    series, _ = read(
        "Men (n = 12) and women (n = 8) with pemphigus vulgaris (n = 15) or foliaceus (n = 5) were "
        "treated with rituximab. Nine of 20 patients responded.",
        vocabulary,
    )
    assert series is not None and [a.label for a in series.arms] == [None]


def test_doses_at_named_weeks_are_a_schedule(vocabulary: Vocabulary) -> None:
    series, _ = read(
        "Nine patients were given rituximab (5 mg/kg) at weeks 0, 2 and 6 and then every 8 weeks. "
        "Four responded.",
        vocabulary,
    )
    assert series is not None
    regimen = series.arms[0].regimen
    assert (regimen.schedule, regimen.doses_per_week) == (
        "weeks 0, 2 and 6 and then every 8 weeks", None,
    )  # fmt: skip
