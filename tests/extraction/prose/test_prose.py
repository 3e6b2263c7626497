"""Sentences as papers print them, made up but for the shared ones: what is read and what is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.documents.base import Document, TextBlock
from evidence.extraction.prose import ProseFact, checks, read_prose
from evidence.extraction.prose.rates import find_rates, to_int
from evidence.extraction.prose.regimen import find_regimen
from evidence.extraction.prose.roles import role_of
from evidence.extraction.prose.sentences import read_sentences, split_block
from evidence.model.quantity import Duration
from evidence.model.series import Arm, Citation, Responses, Series
from evidence.model.source import DocumentSource
from evidence.vocabulary import Vocabulary, load_vocabulary


def facts(text: str, vocabulary: Vocabulary, *, section: str = "Results") -> list[ProseFact]:
    block = TextBlock(text=text, section=section, page=2, box_pt=(1.0, 2.0, 3.0, 4.0))
    document = Document(name="paper.xml", sha256="0", format="jats", blocks=(block,))
    return list(read_prose(document, vocabulary).facts)


def counts(text: str, vocabulary: Vocabulary, kind: str = "response") -> list[tuple[object, ...]]:
    return [(f.name, f.events, f.total, f.percent)
            for f in facts(text, vocabulary) if f.kind == kind]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A response was achieved in 4 of the 5 patients (overall response rate, 80%); there were "
         "2 PR (40%) and 2 CR (40%).",
         [("ORR", 4, 5, 80), ("PR", 2, None, 40), ("CR", 2, None, 40)]),
        ("The ORR was 15.4% (complete response = 0, partial response = 2, stable disease = 1).",
         [("ORR", None, None, 15.4), ("CR", 0, None, None), ("PR", 2, None, None),
          ("SD", 1, None, None)]),
        ("The overall response rate was 80% (20/25) and 4/25 (16%) had progressive disease.",
         [("ORR", 20, 25, 80), ("PD", 4, 25, 16)]),
        ("Forty-six patients (61%; 95% CI 51–71) had an objective response, 29 (39%) of whom had a "
         "complete response.", [("ORR", 46, None, 61), ("CR", 29, None, 39)]),
        ("Three (4%) of 75 patients had stable disease.", [("SD", 3, 75, 4)]),
        ("There were no complete responses.", [("CR", 0, None, None)]),
        ("CR, PR, and PD were observed in 3, 4 and 5 patients, respectively.",
         [("CR", 3, None, None), ("PR", 4, None, None), ("PD", 5, None, None)]),
        ("Of 12 patients, 3 achieved CR, 4 PR, 2 SD and 3 PD.",
         [("CR", 3, 12, None), ("PR", 4, 12, None), ("SD", 2, 12, None),
          ("PD", 3, 12, None)]),
        ("Overall, 12 of 22 patients (55%) responded, including seven complete and five partial "
         "responses.", [("ORR", 12, 22, 55), ("CR", 7, None, None), ("PR", 5, None, None)]),
        ("The disease control rate (CR + PR + SD) was 79% (15/19).", [("DCR", 15, 19, 79)]),
        ("None of the patients achieved a complete response.", [("CR", 0, None, None)]),
        ("Complete response was observed in three patients and partial response in five.",
         [("CR", 3, None, None), ("PR", 5, None, None)]),
    ],
)  # fmt: skip
def test_responses_with_their_counts(
    text: str, expected: list[tuple[object, ...]], vocabulary: Vocabulary
) -> None:
    assert counts(text, vocabulary) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Overall survival was 60% at 6 months and progression-free survival was 42%.",
        "Two subjects discontinued due to progressive disease.",
        "Of the 12 patients with partial responses, ten (83%) received a transplant.",
        "Nineteen (95%) of the 20 patients who had a complete response are alive.",
        "At 2 years 63% of patients were progression free.",
        "Response was assessed every 2 cycles by CT in all 25 patients.",
        "Grade 3 toxicity was seen in Table 2.",
        "CR and PR were seen in 7 patients.",
        "The first complete response was seen in 2009.",
    ],
)
def test_what_is_no_response_count(text: str, vocabulary: Vocabulary) -> None:
    assert counts(text, vocabulary) == []


def test_a_percentage_alone_makes_no_count(vocabulary: Vocabulary) -> None:
    assert counts("The overall response rate was 51%.", vocabulary) == [("ORR", None, None, 51)]


@pytest.mark.parametrize("section", ["Introduction", "Discussion", "Background"])
def test_other_sections_tell_of_other_studies(section: str, vocabulary: Vocabulary) -> None:
    found = facts("The overall response rate was 51% (20/39).", vocabulary, section=section)
    assert found and not any(f.own for f in found)


def test_a_cited_sentence_is_not_the_papers_own(vocabulary: Vocabulary) -> None:
    found = facts("The response rate was 51% (20/39) in their series [9].", vocabulary)
    assert found and not any(f.own for f in found)


def test_groups_keep_their_counts_apart(vocabulary: Vocabulary) -> None:
    text = ("In the trial group there were 1 CR and 12 PR; in the control group there was 1 PR. "
            "The median PFS was 10.3 months in the A arm and 9.3 months in the B arm.")  # fmt: skip
    found = facts(text, vocabulary)
    assert [(f.scope, f.name, f.events) for f in found if f.kind == "response"] == [
        ("trial group", "CR", 1), ("trial group", "PR", 12), ("control group", "PR", 1),
    ]  # fmt: skip
    assert [(f.scope, f.value) for f in found if f.kind == "time"] == [("A", 10.3), ("B", 9.3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The median PFS and OS were 2.0 months and 14.5 months.", {"PFS": 2.0, "OS": 14.5}),
        ("Median values for TTP, PFS, and OS were 5.2, 4.9, and 23.2 months, respectively.",
         {"TTP": 5.2, "PFS": 4.9, "OS": 23.2}),
        ("Median overall and progression-free survival was 16.7 and 11.2 months.",
         {"OS": 16.7, "PFS": 11.2}),
        ("The median PFS and OS were 14.5 months.", {}),
        ("The median overall survival was <12 months.", {}),
        ("Disease-free survival at 6 months was 33.3%.", {}),
        ("The median PFS was not reached and the median number of cycles was 4 over 3 months.", {}),
    ],
)  # fmt: skip
def test_endpoints_take_as_many_values_as_are_listed(
    text: str, expected: dict[str, float], vocabulary: Vocabulary
) -> None:
    assert {f.name: f.value for f in facts(text, vocabulary) if f.kind == "time"} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The median duration of treatment was 8 weeks (range, 4-13 weeks).",
         ("treatment", "median", 8, 4, 13, "week")),
        ("The median duration of the response after the interruption of treatment was 13 months "
         "(range, 5-66 months).", ("DOR", "median", 13, 5, 66, "month")),
        ("Median progression free survival (PFS) was 34 months (95% CI: 12.2-60.1+).",
         ("PFS", "median", 34, None, None, "month")),
        ("Patients were seen at 40 months’ median follow up.",
         ("follow-up", "median", 40, None, None, "month")),
        ("Median duration of neoadjuvant treatment was 5.0 (range 1.1 – 9.6) months.",
         ("treatment", "median", 5, 1.1, 9.6, "month")),
    ],
)  # fmt: skip
def test_times_with_endpoint_and_range(
    text: str, expected: tuple[object, ...], vocabulary: Vocabulary
) -> None:
    found = [f for f in facts(text, vocabulary) if f.kind == "time"]
    assert [(f.name, f.statistic, f.value, f.low, f.high, f.unit) for f in found] == [expected]


def test_complications_with_counts_and_grades(vocabulary: Vocabulary) -> None:
    text = ("Anemia occurred in 12 patients (92%) and grade 3-4 neutropenia in 46 (61%) of 75 "
            "patients. Complications included pneumococcal pneumonia in 1 patient, and CMV "
            "reactivation in 2. There were no hematological complications.")  # fmt: skip
    found = [(f.name, f.grade, f.events, f.total, f.percent)
             for f in facts(text, vocabulary) if f.kind == "complication"]  # fmt: skip
    assert found == [
        ("Anaemia", None, 12, None, 92),
        ("Neutropenia", "3-4", 46, 75, 61),
        ("Pneumonia pneumococcal", None, 1, None, None),
        ("Cytomegalovirus infection reactivation", None, 2, None, None),
        ("hematological complications", None, 0, None, None),
    ]


def test_patients_and_sexes(vocabulary: Vocabulary) -> None:
    found = facts("We present 5 patients (3 women and 2 men) with stage IVA1 disease.", vocabulary)
    assert [(f.kind, f.name, f.events) for f in found if f.kind != "people"] == [
        ("patients", "enrolled", 5), ("sex", "F", 3), ("sex", "M", 2),
    ]  # fmt: skip


def test_patients_set_apart_by_brackets(vocabulary: Vocabulary) -> None:
    text = ("Between 2005 and 2012, 23 consecutive patients (14 men and 9 women; median age 66 "
            "years) were treated. One patient was not evaluable for response.")  # fmt: skip
    found = [f for f in facts(text, vocabulary) if f.kind == "patients"]
    assert [(f.name, f.events) for f in found] == [("treated", 23)]


def test_a_subset_is_the_scope_of_its_count(vocabulary: Vocabulary) -> None:
    (fact,) = facts("A partial response was seen in 5/9 patients with MF.", vocabulary)
    assert (fact.events, fact.total, fact.scope, fact.scope_kind) == (5, 9, "MF", "disease")


def test_each_fact_knows_its_place(vocabulary: Vocabulary) -> None:
    (fact,) = facts("Well. The ORR was 80% (20/25).", vocabulary)
    assert fact.sentence == "The ORR was 80% (20/25)."
    assert fact.words == "ORR was 80% (20/25)"
    assert (fact.page, fact.box_pt) == (2, (1.0, 2.0, 3.0, 4.0))


def test_abbreviations_end_no_sentence() -> None:
    block = TextBlock(
        text="As by Olsen et al. Fig. 1 shows it, e.g. in CR. The dose was 3 mg i.v. daily."
    )
    assert [s.text for s in split_block(block, "results")] == [
        "As by Olsen et al. Fig. 1 shows it, e.g. in CR.", "The dose was 3 mg i.v. daily.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "role"),
    [
        ("RESULTS / Patients and characteristics", "results"),
        ("2. Results / 2.1 Response to treatment", "results"),
        ("Abstract / Summary / Findings", "abstract-results"),
        ("Abstract / Methods", "abstract-methods"),
        ("Abstract", "abstract"),
        ("Methods / Outcomes", "methods"),
        ("DISCUSSION", "other"),
        ("Case Descriptions", "results"),
        ("Patients and Methods / Treatment", "methods"),
    ],
)
def test_sections_say_whose_results(section: str, role: str) -> None:
    assert role_of(section) == role


@given(st.integers(1, 99))
def test_number_words(n: int) -> None:
    ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
            "nineteen"]  # fmt: skip
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    word = ones[n - 1] if n < 20 else tens[n // 10 - 2] + (f"-{ones[n % 10 - 1]}" if n % 10 else "")
    assert to_int(word.capitalize()) == n


@given(st.integers(0, 500), st.integers(1, 500))
def test_every_fraction_is_read_once(events: int, total: int) -> None:
    (rate,) = find_rates(f"seen in {events}/{total} patients")
    assert (rate.events, rate.total) == (events, total)


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    """Whatever is printed: facts lie inside their sentence, and counts stand in their words."""
    for fact in facts(text, load_vocabulary()):
        assert 0 <= fact.start <= fact.end <= len(fact.sentence)


@pytest.mark.shared
def test_the_own_series_in_the_text(shared: Path, vocabulary: Vocabulary) -> None:
    """The results paragraphs of the 2015 paper against ``text_summary_stated`` of Table 3."""
    from ruamel.yaml import YAML

    text = (shared / "sources/actas-2015.txt").read_text(encoding="utf-8")
    start = text.index("Case Descriptions")
    body = text[start : text.index("Discussion", start)]
    blocks = tuple(TextBlock(text=" ".join(part.split()), section="Case Descriptions")
                   for part in re.split(r"\n\s*\n", body))  # fmt: skip
    found = read_prose(Document(name="a.txt", sha256="0", format="text", blocks=blocks), vocabulary)
    gold = YAML(typ="safe").load((shared / "facts/table3.yaml").read_text(encoding="utf-8"))
    stated = gold["text_summary_stated"]
    responses = {f.name: f.events for f in found.of("response")}
    assert responses == {"ORR": 4, "PR": 2, "CR": 2}
    times = {f.name: (f.value, [f.low, f.high]) for f in found.of("time")}
    for name, key in (("treatment", "treatment_weeks"), ("DOR", "response_months"),
                      ("follow-up", "followup_months")):  # fmt: skip
        assert times[name] == (stated[key]["median"], stated[key]["range"])
    assert {f.name: f.events for f in found.of("sex")} == stated["sex"]
    counted = {f.name: f.events for f in found.of("complication")}
    assert counted["Pneumonia pneumococcal"] == 1
    assert counted["Cytokine release syndrome"] == 3
    assert counted["Cytomegalovirus infection reactivation"] == 2


def test_the_text_confirms_and_denies_values(vocabulary: Vocabulary) -> None:
    """The 2015 paper's own row (Table 4) against its results text; PD is not in the text."""
    text = ("A response was achieved in 4 of the 5 patients (overall response rate, 80%); there "
            "were 2 PR (40%) and 2 CR (40%). The median duration of treatment was 8 weeks."
            )  # fmt: skip
    block = TextBlock(text=text, section="Results")
    reading = read_prose(Document(name="a", sha256="0", format="text", blocks=(block,)), vocabulary)
    responses = Responses(total=5, CR=2, PR=1, PD=1)
    arm = Arm(total=5, responses=(responses,), treatment_weeks=Duration(median=8))
    series = Series(series="own-2015", citation=Citation(authors="Own"), arms=(arm,),
                    source=DocumentSource(document="a"))  # fmt: skip
    assert checks(series, reading) == {
        "arms[0].responses[0].CR": "agrees: 2 CR (40%",
        "arms[0].responses[0].PR": "differs: 2 PR (40%",
        "arms[0].treatment_weeks.median": "agrees: duration of treatment was 8 weeks",
    }


@pytest.mark.parametrize(
    ("text", "drug", "dose", "unit", "routes", "per_week"),
    [
        ("Patients received rituximab 375 mg/m2 IV once weekly and vincristine 1.4 mg/m2 IV.",
         "rituximab", 375, "mg/m2", ("IV",), 1),
        ("Patients were assigned to nimotuzumab (200 mg, i.v. weekly) plus gefitinib (250 mg p.o. "
         "daily).", "gefitinib", 250, "mg", ("PO",), 7),
        ("The regimen used was the subcutaneous administration of an initial dose of 3 mg, "
         "followed by doses of 10 mg 3 times per week.", "alemtuzumab", 10, "mg", ("SC",), 3),
    ],
)  # fmt: skip
def test_the_clause_that_doses_a_drug(
    text: str, drug: str, dose: float, unit: str, routes: tuple[str, ...], per_week: float,
    vocabulary: Vocabulary,
) -> None:  # fmt: skip
    """The third is how the 2015 paper words its own regimen."""
    block = TextBlock(text=text, section="Methods")
    document = Document(name="a", sha256="0", format="text", blocks=(block,))
    stated = find_regimen([drug], document, read_sentences(document), vocabulary)
    assert stated is not None
    found = stated.found
    assert found.dose is not None and found.routes is not None and found.doses_per_week is not None
    assert (found.dose.value.high, found.dose_unit, found.routes.value) == (dose, unit, routes)
    assert found.doses_per_week.value.high == per_week
    assert stated.escalation == ((3,) if drug == "alemtuzumab" else ())


def test_a_neighbours_dose_is_not_taken(vocabulary: Vocabulary) -> None:
    text = "Patients received atorvastatin 40 mg/d or not in addition to interferon beta-1b."
    block = TextBlock(text=text, section="Methods")
    document = Document(name="a", sha256="0", format="text", blocks=(block,))
    sentences = read_sentences(document)
    assert find_regimen(["interferon beta-1b"], document, sentences, vocabulary) is None


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["pdf_jats/PMC8088944/paper.xml", "jats_only/PMC5362536.nxml", "jats_only/PMC529310.nxml"],
)
def test_every_count_stands_in_its_source(shared: Path, vocabulary: Vocabulary, name: str) -> None:
    """No emitted number is absent from the cell or sentence it is said to come from."""
    from evidence.documents import read_document
    from evidence.extraction.prose import read_own

    own = read_own(read_document(shared / "corpus" / name), vocabulary)
    assert own.series is not None
    for a, _, arm, block in own.series.walk_responses():
        at = arm.responses.index(block)
        for outcome in ("CR", "PR", "SD", "PD", "ORR"):
            events = getattr(block, outcome)
            note = own.series.readings.get(f"arms[{a}].responses[{at}].{outcome}")
            if events is None or note is None or note.cell is None:
                continue
            assert re.search(rf"(?<!\d){events}(?!\d)", own.series.cells[note.cell].text)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("We analyzed data from 12 patients treated with A.", [12]),
        ("A retrospective chart review of nine patients was performed.", [9]),
        ("Patients (N = 222) received 30 mg daily.", [222]),
        ("One hundred fifty-three patients received the drug.", [153]),
        ("Thirty-one adults with AML and four adults with ALL were enrolled.", [35]),
        ("Twenty-five patients were entered, 23 were eligible and twenty-two were assessable for "
         "response.", [22, 25]),
        ("A total of 133 men (62%) and 83 women (38%) were included.", []),
        ("Seven of 8 patients who achieved a CR received a transplant.", []),
        ("A sample of at least 40 patients was needed.", []),
        ("A 57-year-old woman was treated.", [1]),
    ],
)  # fmt: skip
def test_sizes_as_authors_word_them(text: str, sizes: list[int], vocabulary: Vocabulary) -> None:
    found = [f for f in facts(text, vocabulary) if f.kind == "patients" and f.own]
    assert sorted(f.events or 0 for f in found if f.name != "eligible") == sizes


@pytest.mark.parametrize(
    "text",
    [
        "All patients had received prior chemotherapy, to which 12 (60%) had responded.",
        "Fourteen patients (70%) had progressive disease at study entry.",
        "This compares favourably with a response rate of 30% (9/30) for others.",
        "In the series by Smith and colleagues, 12 of 20 patients (60%) responded.",
        "We assumed a response rate of 20% and planned to enrol 40 patients.",
        "The questionnaire was returned by 120 patients (response rate 65%).",
        "Of the responders, 3 (33%) relapsed within 6 months.",
        "Molecular complete response was achieved in 4 of 9 patients.",
        "Seventeen (41%) patients have died, 5 of progressive disease.",
        "Nineteen responders survived more than 21 months.",
        "The response rate ≥ partial response was 71.5%.",
    ],
)
def test_what_tells_nothing_of_the_papers_own_responses(text: str, vocabulary: Vocabulary) -> None:
    """Other treatments, other studies, plans, answers to letters, and patients described."""
    found = [f for f in facts(text, vocabulary) if f.kind == "response" and f.own]
    assert [(f.name, f.events) for f in found if f.name != "ORR" or "≥" not in text] == []


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("Among the 12 patients with MF, 5 responded (42%), and of the 8 patients with SS, 4 "
         "responded (50%).", [("MF", 12), ("SS", 8)]),
        ("Responses were seen in 3/5 patients at 10 mg.", [("10 mg", 5)]),
        ("One partial response was seen among 21 patients with carcinoma of the lung.",
         [("with carcinoma of the lung", 21)]),
        ("After two cycles 3 patients had CR and after six cycles 7 patients had CR.",
         [("one of several counts in the sentence", None)] * 2),
        ("The overall response rate after the first course was 45% (9/20).", [(None, 20)]),
        ("Of the 41 patients in whom efficacy was evaluable, 19 had a partial response.",
         [(None, 41)]),
        ("In the 4-mg cohort, complete response was seen in 1 (3%).", [("4-mg cohort", None)]),
    ],
)  # fmt: skip
def test_of_whom_a_count_is(
    text: str, scopes: list[tuple[str | None, int | None]], vocabulary: Vocabulary
) -> None:
    found = [(f.scope, f.total) for f in facts(text, vocabulary) if f.kind == "response"]
    assert found == scopes


def test_times_and_compartments_of_responses(vocabulary: Vocabulary) -> None:
    text = ("The response rate at week 12 was 45% (9/20) and at week 24 was 60% (12/20). "
            "CR in lymph nodes was observed in 6 of 11 (55%) patients.")  # fmt: skip
    found = [f for f in facts(text, vocabulary) if f.kind == "response"]
    assert [(f.events, f.total, f.timepoint, f.compartment) for f in found] == [
        (9, 20, "week 12", None), (12, 20, "week 24", None), (6, 11, None, "node"),
    ]  # fmt: skip


def test_grades_over_a_list_and_beside_a_term(vocabulary: Vocabulary) -> None:
    text = ("The most common grade 3 or 4 adverse events were neutropenia (60%), and anemia (20%). "
            "Seven cases of grade 4 leukopenia and 2 cases of grade 3 fatigue were observed. "
            "Rash occurred in 5 (25%) patients; 3 (15%) had grade 3 rash.")  # fmt: skip
    found = [(f.name, f.grade, f.events, f.percent)
             for f in facts(text, vocabulary) if f.kind == "complication"]  # fmt: skip
    assert found == [
        ("Neutropenia", "3-4", None, 60), ("Anaemia", "3-4", None, 20),
        ("Leukopenia", "4", 7, None), ("Fatigue", "3", 2, None),
        ("Rash", None, 5, 25), ("Rash", "3", 3, 15),
    ]  # fmt: skip


def test_what_patients_had_before_is_no_complication(vocabulary: Vocabulary) -> None:
    for text in ("Eleven patients (55%) had anemia at baseline.",
                 "A history of CMV infection was present in 8 patients (40%).",
                 "Six patients had splenomegaly and 3 lymphadenopathy."):  # fmt: skip
        assert not [f for f in facts(text, vocabulary) if f.kind == "complication"]
