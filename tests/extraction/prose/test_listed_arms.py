"""Arms that only sentences list: sizes, names, treatments and outcomes (made-up abstracts)."""

from __future__ import annotations

import pytest

from evidence.documents.base import Document, TextBlock
from evidence.extraction.prose import read_prose, series_from_prose
from evidence.model.series import Arm
from evidence.vocabulary import Vocabulary


def arms(title: str, abstract: str, vocabulary: Vocabulary) -> list[Arm]:
    blocks = (TextBlock(text=title, kind="title"), TextBlock(text=abstract, kind="abstract"))
    document = Document(name="a.txt", sha256="0", format="text", blocks=blocks)
    series, _ = series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)
    return list(series.arms) if series else []


RANDOMISED = "Patients were randomised to receive either docetaxel 75 mg/m2 every 3 weeks"


@pytest.mark.parametrize(
    ("abstract", "sizes"),
    [
        (f"{RANDOMISED} (D) or cisplatin plus gemcitabine (CG). There were 41 on D and 39 on CG. "
         "The response rate was 20% in the D arm and 31% in the CG arm.", {"D": 41, "CG": 39}),
        ("We compared docetaxel (D) with vinorelbine (V) in 90 patients (D, n = 46; V, n = 44). "
         "The response rates were 12% and 19% for D and V, respectively.", {"D": 46, "V": 44}),
        ("Patients were randomly assigned to docetaxel or vinorelbine. Response was seen in 9 of "
         "46 patients in the docetaxel group and 11 of 44 in the vinorelbine group.",
         {"docetaxel": 46, "vinorelbine": 44}),
        ("Women with BRCA-mutated (n = 30) or BRCA-wild (n = 28) tumours received docetaxel. The "
         "response rate was 40% in the BRCA-mutated cohort and 10% in the BRCA-wild cohort.",
         {"BRCA-mutated": 30, "BRCA-wild": 28}),
    ],
)  # fmt: skip
def test_lists_of_arms_with_their_sizes(
    abstract: str, sizes: dict[str, int], vocabulary: Vocabulary
) -> None:
    found = arms("Docetaxel in lung cancer", abstract, vocabulary)
    assert {arm.label: arm.total for arm in found} == sizes
    assert all("ORR" in r.stated_percent or r.ORR for arm in found for r in arm.responses)
    assert all(arm.responses for arm in found)


def test_outcomes_in_the_order_of_the_arms(vocabulary: Vocabulary) -> None:
    abstract = (
        "Patients were randomised to docetaxel 75 mg/m2 on day 1 (regimen A) or vinorelbine "
        "25 mg/m2 plus CP 80 mg/m2 on day 1 (regimen B). Of 120 patients 61 were on A and 59 on B. "
        "In regimens A and B, respectively, complete response (CR) was seen in 3% and 5%, and "
        "median survival was 7.5 and 8.1 months. Median PFS was 4 months in both arms."
    )
    first, second = arms("Docetaxel or vinorelbine", abstract, vocabulary)
    assert [arm.responses[0].stated_percent for arm in (first, second)] == [{"CR": 3}, {"CR": 5}]
    times = [{d.endpoint: d.median for d in arm.response_months} for arm in (first, second)]
    assert times == [{"PFS": 4, "OS": 7.5}, {"PFS": 4, "OS": 8.1}]
    doses = [(arm.regimen.drug, arm.regimen.dose_mg and arm.regimen.dose_mg.high)
             for arm in (first, second)]  # fmt: skip
    assert doses == [("docetaxel", 75), ("vinorelbine", 25)]


def test_a_control_has_no_dose_and_no_drug_of_the_other_arm(vocabulary: Vocabulary) -> None:
    abstract = (
        "Patients were randomised to azathioprine (150 mg daily) plus prednisone or placebo plus "
        "prednisone. Response occurred in 20 of 30 patients in the azathioprine group and 9 of 31 "
        "in the placebo group."
    )
    treated, control = arms("Azathioprine in pemphigus", abstract, vocabulary)
    assert (treated.regimen.drug, treated.total, treated.responses[0].ORR) == (
        "azathioprine",
        30,
        20,
    )
    assert (control.regimen.dose_mg, control.total, control.responses[0].ORR) == (None, 31, 9)


def test_groups_of_one_series_are_no_arms(vocabulary: Vocabulary) -> None:
    """Starting doses that are listed, and outcomes that are everybody's."""
    abstract = (
        "Starting doses of 100 mg daily (n = 9 patients) or 50 mg daily (n = 11) were compared. "
        "Twenty patients with lupus were treated with thalidomide. Complete remission was seen in "
        "12 patients (60%)."
    )
    (whole,) = arms("Thalidomide in lupus", abstract, vocabulary)
    assert (whole.label, whole.total, whole.responses[0].CR) == (None, 20, 12)


def test_disease_groups_are_no_arms(vocabulary: Vocabulary) -> None:
    abstract = (
        "Twenty-two patients with renal cell carcinoma or melanoma were treated with sunitinib. "
        "There was one complete remission in the renal cell carcinoma group and two partial "
        "remissions in the melanoma group, giving an overall response rate of 14% in 21 evaluable "
        "patients."
    )
    (whole,) = arms("Sunitinib in two tumours", abstract, vocabulary)
    assert (whole.label, whole.responses[0].stated_percent) == (None, {"ORR": 14})


def test_arms_by_what_each_was_given(vocabulary: Vocabulary) -> None:
    abstract = (
        "Patients with acne were randomized into two groups. Patients in group A received oral "
        "azithromycin (500 mg daily, 4 consecutive days per month) and patients in group D took "
        "doxycycline (100 mg daily). A response was seen in 41 of 50 patients in group A and 39 of "
        "50 in group D. Nausea (12%) and headache (8%) were more frequent in group D."
    )
    first, second = arms("Two antibiotics in acne", abstract, vocabulary)
    told = [(arm.label, arm.regimen.drug, arm.responses[0].ORR) for arm in (first, second)]
    assert told == [("group A", "azithromycin", 41), ("group D", "doxycycline", 39)]
    assert [arm.regimen.doses_per_week is None for arm in (first, second)] == [True, False]
    assert [(c.term, c.percent) for c in second.complications or ()] == [
        ("Nausea", 12),
        ("headache", 8),
    ]
    assert first.complications is None


def test_an_article_is_no_arm(vocabulary: Vocabulary) -> None:
    abstract = (
        "Patients were randomised to docetaxel (regimen A) or vinorelbine (regimen B): 20 on A and "
        "21 on B. A complete response was seen in two patients with liver metastases. The response "
        "rate was 20% and 24% in A and B, respectively."
    )
    found = arms("Docetaxel or vinorelbine", abstract, vocabulary)
    assert [arm.responses[0].stated_percent for arm in found] == [{"ORR": 20}, {"ORR": 24}]
    assert [arm.responses[0].CR for arm in found] == [None, None]


def test_outcomes_of_each_arm_are_not_its_size(vocabulary: Vocabulary) -> None:
    abstract = (
        "Patients were randomly assigned to receive either fluconazole (400 mg per day) or "
        "amphotericin B (0.5 mg per kg per day). Of the 240 patients enrolled, 210 met all "
        "criteria. The infection failed to clear in 12 patients in the amphotericin B group and "
        "15 in the fluconazole group."
    )
    found = arms("Fluconazole or amphotericin B in candidemia", abstract, vocabulary)
    assert [(arm.label, arm.total) for arm in found] == [
        ("fluconazole", None),
        ("amphotericin B", None),
    ]


@pytest.mark.parametrize(
    ("title", "abstract", "sizes"),
    [
        ("Two antibiotics in acne",
         "One hundred patients were randomized into two equal groups. Patients in group A received "
         "oral azithromycin (500 mg daily) and patients in group D took doxycycline (100 mg). "
         "A response was seen in 82% in group A and 78% in group D.",
         {"group A": 50, "group D": 50}),
        ("Two drugs in lung cancer",
         "Patients were randomly assigned to docetaxel or vinorelbine (n = 40 each). The response "
         "rate was 20% in the docetaxel group and 30% in the vinorelbine group.",
         {"docetaxel": 40, "vinorelbine": 40}),
        ("Comparison of docetaxel with older drugs in lung cancer",
         "Among 74 patients (18 treated with docetaxel, 26 treated with older therapy (oral), and "
         "30 treated with cisplatin) the response rate was 44% in the docetaxel group; it was 37% "
         "in the older therapy group.",
         {"docetaxel": 18, "older therapy": 26, "cisplatin": 30}),
        ("Bexarotene in two lymphomas",
         "All took bexarotene. Cohort 2 (ABC) enrolled 5 patients. Cohort 1 (DEF) enrolled 14 "
         "patients. In cohort 2 the median PFS was 4.4 months. All 14 patients enrolled to cohort "
         "1 were evaluable with a median PFS of 3.5 months.", {"Cohort 2": 5, "Cohort 1": 14}),
    ],
)  # fmt: skip
def test_sizes_said_of_each_arm(
    title: str, abstract: str, sizes: dict[str, int], vocabulary: Vocabulary
) -> None:
    found = arms(title, abstract, vocabulary)
    assert {arm.label: arm.total for arm in found} == sizes
    assert found[0].responses or found[0].response_months
    assert all(r.total in (None, arm.total) for arm in found for r in arm.responses)


def test_an_equal_share_is_derived_and_not_checked_by_its_sum(vocabulary: Vocabulary) -> None:
    abstract = (
        "Eighty patients were randomised into two equal groups to receive docetaxel or "
        "vinorelbine. Response rates were 20% with docetaxel and 30% with vinorelbine."
    )
    blocks = (TextBlock(text="Two drugs", kind="title"), TextBlock(text=abstract, kind="abstract"))
    document = Document(name="a.txt", sha256="0", format="text", blocks=blocks)
    series, _ = series_from_prose(document, read_prose(document, vocabulary), (), vocabulary)
    assert series is not None
    notes = [series.readings[f"arms[{at}].total"] for at in (0, 1)]
    assert [arm.total for arm in series.arms] == [40, 40]
    assert all(note.how == "derived" and not note.checked for note in notes)


def test_no_arm_has_the_dose_of_the_other(vocabulary: Vocabulary) -> None:
    abstract = (
        "Eighty patients were given vinorelbine or 400 mg/day for three days of docetaxel. The "
        "response rate was 20% with docetaxel and 30% with vinorelbine."
    )
    first, second = arms("Vinorelbine versus docetaxel", abstract, vocabulary)
    assert [first.label, second.label] == ["Vinorelbine", "docetaxel"]
    assert first.regimen.dose_mg is None
