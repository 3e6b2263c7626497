"""Of whom counts and times are: brackets, semicolons, numbered cohorts (made-up sentences)."""

from __future__ import annotations

import pytest

from evidence.extraction.prose.people import count_people, find_evaluable, find_people
from evidence.extraction.prose.read import read_sentence
from evidence.extraction.prose.sentences import Sentence
from evidence.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Of the patients with melanoma, 3 had a PR (RR, 11.1%; DCR, 90%); the PFS was 5 months.",
         {"PR": "melanoma", "ORR": "melanoma", "DCR": "melanoma", "PFS": "melanoma"}),
        ("Three CRs (ORR, 43%; 90% CI, 24% to 63%) were seen in the thymoma cohort; 10 patients "
         "had stable disease.", {"CR": "thymoma", "ORR": "thymoma", "SD": "thymoma"}),
        ("In melanoma patients there were 3 CRs; overall, 10 patients had stable disease.",
         {"CR": "melanoma", "SD": None}),
        ("CR was seen in 3% in arm A and 5% in arm B; median survival was 10 months.",
         {"CR": "arm B", "OS": None}),
        ("Median survival was 20.0 months (95% CI, 5 to 43 months) in patients with melanoma, but "
         "was not reached in the others.", {"OS": "melanoma"}),
    ],
)  # fmt: skip
def test_of_whom_counts_and_times_are(
    text: str, told: dict[str, str | None], vocabulary: Vocabulary
) -> None:
    sentence = Sentence(text=text, start=0, role="abstract-results")
    facts = [f for f in read_sentence(sentence, vocabulary) if f.kind in ("response", "time")]
    scopes = {f.name: f.scope for f in facts}
    assert {name: scopes[name] for name in told} == told


def test_percentages_with_intervals_between_them(vocabulary: Vocabulary) -> None:
    text = (
        "The response rate (RR) and overall disease control rate (DCR) were 9.0% (95% confidence "
        "interval [95% CI], 0%-18.6%) and 93.9% (95% CI, 85.8%-100%), respectively."
    )
    sentence = Sentence(text=text, start=0, role="abstract-results")
    facts = [f for f in read_sentence(sentence, vocabulary) if f.kind == "response"]
    assert [(f.name, f.percent, f.scope) for f in facts] == [
        ("ORR", 9.0, None),
        ("DCR", 93.9, None),
    ]


def test_the_number_of_a_cohort_is_no_size() -> None:
    text = "Cohort 2 (ABC) enrolled 5 patients and all 14 patients of cohort 1 were evaluable."
    assert 2 not in {p.n for p in find_people(text)}
    assert 2 not in {n for n, _, _ in count_people(text)}
    assert 1 not in {p.n for p in find_evaluable(text)}
