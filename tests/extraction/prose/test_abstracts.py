"""Abstracts as authors word them, made up: sizes, doses, abbreviations, complications, reviews."""

from __future__ import annotations

import pytest

from evidence.documents.base import Document, TextBlock
from evidence.extraction.prose import read_prose, series_from_prose
from evidence.extraction.prose.dosing import as_cells_word_it
from evidence.extraction.prose.people import find_people
from evidence.extraction.prose.read import read_sentence
from evidence.extraction.prose.sentences import Sentence, read_sentences
from evidence.model.series import Arm, Series
from evidence.vocabulary import Vocabulary

TITLE = "Rituximab in pemphigus vulgaris"


def series_of(vocabulary: Vocabulary, abstract: str, title: str = TITLE) -> Series | None:
    blocks = (
        TextBlock(text=title, kind="title"),
        TextBlock(text=abstract, kind="abstract"),
    )
    document = Document(name="a.txt", sha256="0", format="text", blocks=blocks)
    return series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)[0]


def arm_of(vocabulary: Vocabulary, abstract: str, title: str = TITLE) -> Arm:
    series = series_of(vocabulary, abstract, title)
    assert series is not None
    (arm,) = series.arms
    return arm


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Rituximab, 375 mg/m2 every 21 days, was given to thirteen patients with PV.", 13),
        ("It was infused once a week for 4 weeks in sixty patients whose disease was chronic.", 60),
        ("In 23 patients with primary disease, this prospective study looked at the efficacy.", 23),
        ("Only 3 of the 15 patients who entered the study were responders.", 15),
        ("Included in this retrospective cohort study were 19 adult patients (13 males).", 19),
        ("Thalidomide was tried in 16 patients.", 16),
        ("Infliximab was used to treat 12 patients with sarcoidosis.", 12),
        ("Fifty-two patients participated in the study.", 52),
        ("Patients: Nine women with refractory disease.", 9),
        ("There were 24 patients (12 men).", 24),
        ("Forty-seven patients had been on therapy for a mean of over 17 months.", 47),
    ],
)
def test_sizes_of_a_series(text: str, size: int) -> None:
    assert [people.n for people in find_people(text)] == [size]


@pytest.mark.parametrize(
    "text",
    [
        "Prior therapy had been given to eleven patients.",
        "Prophylaxis was then given to eleven patients.",
        "It was given to seventy-five patients (64%).",
        "Chemotherapy was given to all but two patients.",
    ],
)
def test_what_else_patients_were_given_is_no_size(text: str) -> None:
    assert find_people(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("50 mg SC per week", "50 mg SC weekly"),
        ("5 mg/kg per week", "5 mg/kg weekly"),
        ("100 mg for 4 weekly infusions", "100 mg for weekly infusions"),
        ("100 mg/day", "100 mg daily"),
        ("20 mg/m2/day on days 1-5", "20 mg/m2/day on days 1-5"),
        ("100 mg/day in two doses", "100 mg/day in two doses"),
        ("1,200 mg/m(2) on day 1 of a 28-day schedule", "1,200 mg/m2 on day 1 of a 28-day cycle"),
        ("three doses per week", "three doses per week"),
    ],
)
def test_frequencies_in_the_words_of_cells(text: str, read: str) -> None:
    assert as_cells_word_it(text) == read


def test_weekly_infusions_are_counted_once_a_week(vocabulary: Vocabulary) -> None:
    arm = arm_of(
        vocabulary,
        "In 23 patients with pemphigus, this study looked at rituximab (100 mg fixed dose for 4 "
        "weekly infusions). A complete response was seen in 9 patients (39%).",
    )
    dose, often = arm.regimen.dose_mg, arm.regimen.doses_per_week
    assert arm.total == 23 and dose is not None and often is not None
    assert (dose.low, arm.regimen.dose_unit, often.low) == (100, "mg", 1)


def test_an_abbreviated_drug_is_no_route(vocabulary: Vocabulary) -> None:
    arm = arm_of(
        vocabulary,
        "Imatinib mesylate (IM) was studied. Twelve patients were enrolled. IM was given orally "
        "at a dose of 400 mg daily. There were 2 partial responses.",
        "Imatinib mesylate in melanoma",
    )
    assert arm.regimen.routes == ("PO",)


def test_a_route_after_a_dose_of_any_unit(vocabulary: Vocabulary) -> None:
    arm = arm_of(
        vocabulary,
        "Rituximab, 375/m2 i.v. every 21 days, was given to thirteen patients. Three patients "
        "(23%) had a complete remission.",
    )
    assert (arm.total, arm.regimen.routes) == (13, ("IV",))


def test_a_remission_is_no_arm(vocabulary: Vocabulary) -> None:
    arm = arm_of(
        vocabulary,
        "Forty-eight patients were enrolled: 29 patients (60%) were in complete remission and 10 "
        "(21%) in partial remission. There was no response in nine patients (19%).",
    )
    (block,) = arm.responses
    assert (block.total, block.CR, block.PR, block.ORR) == (48, 29, 10, None)


def test_a_count_of_far_fewer_patients_is_not_of_all(vocabulary: Vocabulary) -> None:
    arm = arm_of(
        vocabulary,
        "Ten patients were enrolled. There were complete responses in 2 of 5 plaque. The overall "
        "response rate was 5 of 9 (56%).",
    )
    (block,) = arm.responses
    assert (block.total, block.CR, block.ORR) == (9, None, 5)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Probable cardiotoxicity of rituximab developed in one patient.", [("cardiotoxicity", 1)]),
        ("Adverse events were a sunburn in one patient and an infusion reaction in another.",
         [("sunburn", 1), ("infusion reaction", 1)]),
        ("In three patients it was withdrawn for severe skin reactions.", [("skin reactions", 3)]),
        ("Treatment was discontinued in two patients because of severe hepatotoxicity.",
         [("hepatotoxicity", 2)]),
        ("It was stopped for toxicity in 4 (8%) patients (pneumonitis due to methotrexate in 2).",
         [("pneumonitis", 2)]),
    ],
)  # fmt: skip
def test_complications_in_sentences(
    text: str, counted: list[tuple[str, int]], vocabulary: Vocabulary
) -> None:
    sentence = Sentence(text=text, start=0, role="results")
    facts = [f for f in read_sentence(sentence, vocabulary) if f.kind == "complication"]
    assert [(f.term, f.events) for f in facts] == counted


def test_withdrawals_for_a_complication_yield_to_its_own_count(vocabulary: Vocabulary) -> None:
    arm = arm_of(
        vocabulary,
        "Rituximab was given to thirty patients. Two patients stopped treatment because of "
        "neuropathy. Neuropathy developed in ten patients (33%).",
    )
    assert [(c.term.lower(), c.events) for c in arm.complications or ()] == [("neuropathy", 10)]


def test_a_disease_is_named_as_its_abbreviation_spells_it(vocabulary: Vocabulary) -> None:
    for disease, short, population in (
        ("erythrodermic psoriasis", "EP", {"erythrodermic psoriasis": 10}),
        ("refractory psoriasis", "PS", {"psoriasis": 10}),
    ):
        series = series_of(
            vocabulary,
            f"Ten patients with {disease} ({short}) were given infliximab 5 mg/kg; 6 responded.",
            title=f"Infliximab in {disease}",
        )
        assert series is not None and series.arms[0].population == population


def test_a_search_of_the_literature_is_no_series(vocabulary: Vocabulary) -> None:
    """Also where the abstract's block has no section name."""
    text = (
        "Methods: PubMed was searched for papers on rituximab. Results: We found forty-two "
        "studies, with 272 patients in all."
    )
    assert series_of(vocabulary, text) is None


def test_a_line_before_the_first_heading_is_the_title() -> None:
    blocks = (
        TextBlock(text=TITLE, kind="paragraph"),
        TextBlock(text="Methods", kind="heading"),
        TextBlock(text="It was given.", kind="paragraph", section="Methods"),
    )
    roles = [s.role for s in read_sentences(Document(name="a", sha256="0", format="text",
                                                     blocks=blocks))]  # fmt: skip
    assert roles == ["title", "abstract-methods"]


def test_arms_that_share_a_clause_and_a_frequency_in_a_label(vocabulary: Vocabulary) -> None:
    series = series_of(
        vocabulary,
        "We reviewed 117 patients. Weekly paclitaxel had been given to seventy-five patients (64%) "
        "and single-agent doxorubicin to 42 (36%). Of the doxorubicin group, 34 patients could be "
        "evaluated for response: a complete response was found in 2 (6%). Of the weekly "
        "paclitaxel group, 68 patients could be evaluated: 9 (13%) had a complete response.",
        "Doxorubicin or weekly paclitaxel in angiosarcoma",
    )
    assert series is not None
    read = {arm.regimen.drug: arm for arm in series.arms}
    assert {drug: arm.total for drug, arm in read.items()} == {"doxorubicin": 42, "paclitaxel": 75}
    assert {drug: arm.responses[0].total for drug, arm in read.items()} == {
        "doxorubicin": 34, "paclitaxel": 68,
    }  # fmt: skip
    often = read["paclitaxel"].regimen.doses_per_week
    assert often is not None and often.low == 1
    assert read["doxorubicin"].regimen.doses_per_week is None


def test_a_median_in_the_methods_is_a_finding(vocabulary: Vocabulary) -> None:
    (time,) = [
        f
        for f in read_sentence(
            Sentence(text="It was given for a median time of 15 months (range 1.5-71).", start=0,
                     role="methods"),
            vocabulary,
        )
        if f.kind == "time"
    ]  # fmt: skip
    assert time.own and (time.name, time.value, time.low, time.high) == ("treatment", 15, 1.5, 71)
    planned = Sentence(text="It was planned to be given for 12 months.", start=0, role="methods")
    assert not [f for f in read_sentence(planned, vocabulary) if f.own]


def test_of_all_who_entered_some_were_responders(vocabulary: Vocabulary) -> None:
    arm = arm_of(vocabulary, "Only 3 of the 15 patients who entered the study were responders.")
    (block,) = arm.responses
    assert (arm.total, block.total, block.ORR) == (15, 15, 3)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Two patients responded completely and three partially.", {"CR": 2, "PR": 3}),
        ("Five of 9 patients responded (2 complete, 3 partial).", {"ORR": 5, "CR": 2, "PR": 3}),
        ("Twelve patients responded to treatment.", {"ORR": 12}),
    ],
)
def test_how_patients_responded(text: str, counted: dict[str, int], vocabulary: Vocabulary) -> None:
    sentence = Sentence(text=text, start=0, role="results")
    facts = [f for f in read_sentence(sentence, vocabulary) if f.kind == "response"]
    assert {f.name: f.events for f in facts} == counted
