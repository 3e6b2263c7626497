"""Layouts of published studies: several arms in a row, names in sections or as mere numbers."""

from __future__ import annotations

from extraction_grids import document, grid

from evidence.extraction import Extraction, extract
from evidence.model.quantity import Amount
from evidence.vocabulary import load_vocabulary


def read(text: str, **more: object) -> Extraction:
    return extract(document(grid(text, **more)))  # type: ignore[arg-type]


def codes(found: Extraction) -> set[str]:
    return {problem.code for problem in found.problems}


def test_labelled_arms_in_each_cell_are_arms() -> None:
    found = read(
        "Study | n | Regimen | Response\n"
        "Reed 2011 | 31 (arm 1: 15, arm 2: 16) | arm 1: infliximab 3 mg/kg, arm 2: infliximab"
        " 10 mg/kg | arm 1: 8 CR, arm 2: 10 CR\n"
        "Wood 2012 | 40 | infliximab 5 mg/kg | 12 CR"
    )
    arms = found.series[0].arms
    assert [(arm.label, arm.total) for arm in arms] == [("arm 1", 15), ("arm 2", 16)]
    assert [arm.regimen.dose_mg for arm in arms] == [Amount(low=x, high=x) for x in (3, 10)]
    assert [arm.responses[0].CR for arm in arms] == [8, 10]


def test_a_control_arm_is_no_arm_of_the_drug() -> None:
    found = read(
        "Study | n | Treatment | ORR (%)\n"
        "Reed 2011 | 25 vs 27 | rituximab 1 g IV vs placebo | 60 vs 20\n"
        "Wood 2012 | 40 | rituximab 1 g IV | 55"
    )
    arms = found.series[0].arms
    assert [(arm.regimen.drug, arm.total) for arm in arms] == [("rituximab", 25), ("placebo", 27)]
    assert [arm.responses[0].stated_percent["ORR"] for arm in arms] == [60, 20]


def test_a_count_of_all_arms_together_is_given_to_none() -> None:
    found = read(
        "Study | n | Treatment | ORR (%)\n"
        "Reed 2011 | 52 | rituximab 1 g IV vs placebo | 60 vs 20\n"
        "Wood 2012 | 40 | rituximab 1 g IV | 55"
    )
    series = found.series[0]
    assert [arm.total for arm in series.arms] == [None, None]
    assert series.cells["patients"].unread == "52"


def test_names_in_sections_above_their_arms() -> None:
    found = read(
        "Dose | n | CR (n) | Toxicity\n"
        "Reed et al. 2010 | | | \n10 mg | 5 | 1 | rash (1)\n30 mg | 6 | 3 | none\n"
        "Wood et al. 2012 | | | \n10 mg | 8 | 2 | none\n20 mg | 9 | 4 | sepsis (1)"
    )
    assert [series.series for series in found.series] == ["reed-2010", "wood-2012"]
    arms = found.series[0].arms
    assert [(a.total, a.regimen.dose_mg, a.responses[0].CR) for a in arms] == [
        (5, Amount(low=10, high=10), 1),
        (6, Amount(low=30, high=30), 3),
    ]


def test_rows_named_by_reference_numbers_alone() -> None:
    for first in ("[12] | [13]", "12 | 13"):
        a, b = first.split(" | ")
        found = read(
            f"Ref. | Patients (n) | Dose | CR (n)\n{a} | 20 | 30 mg | 5\n{b} | 40 | 20 mg | 9"
        )
        assert [s.citation.reference for s in found.series] == [12, 13]
        assert [s.arms[0].total for s in found.series] == [20, 40]


def test_numbered_patients_are_no_references() -> None:
    found = read("Patient | Age | Sex | Response\n1 | 60 | M | CR\n2 | 50 | F | PR\n3 | 4 | F | PD")
    assert len(found.patients) == 3
    assert not any(series.citation.reference for series in found.series)


def test_a_table_of_others_studies_is_never_the_own_series() -> None:
    found = read(
        "Study/dose level | n | CR | PR\n"
        "Reed et al. 2010 | 11 | 4 | 3\n10 mg | 5 | 1 | 2\n30 mg | 6 | 3 | 1\n"
        "Wood et al. 2012 | 17 | 6 | 5\n10 mg | 8 | 2 | 2\n20 mg | 9 | 4 | 3"
    )
    assert all(series.series != "review" for series in found.series)
    assert found.series or "studies-not-read" in codes(found)


def test_survival_at_a_time_is_kept_as_words() -> None:
    found = read(
        "Study | n | ORR, n (%) | 1-year OS | 2-yr survival rate, n (%) | PFS at 6 mo | PFS, mo\n"
        "Reed 2011 | 25 | 15 (60) | 20/25 | 10 (40) | 55% | 7.1\n"
        "Wood 2012 | 40 | 20 (50) | 30/40 (75%) | 18 (45) | 60% | 8.0"
    )
    series = found.series[0]
    arm = series.arms[0]
    assert arm.responses[0].ORR == 15
    assert arm.responses[0].other == {}
    assert [time.point for time in arm.response_months] == [7.1]
    kept = " ".join(cell.text for cell in series.cells.values())
    assert all(words in kept for words in ("20/25", "10 (40)", "55%"))
    assert "column-not-read" in codes(found)


def test_nr_as_a_head_of_counts_is_no_response_and_as_a_cell_not_reported() -> None:
    found = read(
        "Study | N | CR, n (%) | PR, n (%) | NR, n (%)\n"
        "Reed 2011 | 20 | 5 (25) | 9 (45) | 6 (30)\nWood 2012 | 40 | 10 (25) | NR | NR"
    )
    first, second = (series.arms[0].responses[0] for series in found.series)
    assert first.other == {"no response": 6}
    assert (second.CR, second.PR, second.other) == (10, None, {})


def test_a_legend_goes_before_what_nr_usually_means() -> None:
    found = read(
        "Study | N | CR, n (%) | NR (%)\nReed 2011 | 9 | 5 (25) | 6 (30)\nHill 2012 | 9 | 1 | 2",
        notes=((None, "CR, complete response; NR, nodal relapse"),),
    )
    assert "no response" not in found.series[0].arms[0].responses[0].other


def test_evaluable_and_enrolled_in_one_column() -> None:
    found = read(
        "Study | Evaluable/enrolled | CR (n) | ORR\n"
        "Reed 2011 | 20/22 | 5 | 50%\nHill 2012 | 9/9 | 2 | 33%"
    )
    arm = found.series[0].arms[0]
    assert (arm.total, arm.responses[0].total) == (22, 20)


def test_responses_of_lesions_are_no_responses_of_patients() -> None:
    found = read(
        "Study | n | Lesions | CR (per patient), n | CR (per lesion), n\n"
        "Reed 2010 | 24 | 245 | 15 | 209\nWood 2012 | 39 | 629 | 20 | 506"
    )
    assert found.series[0].arms[0].responses[0].CR == 15
    assert "contradiction-in-row" not in codes(found)


def test_any_outcome_and_any_disease_by_words_of_the_review() -> None:
    words = load_vocabulary(
        {
            "responses": {"rejection": ["acute rejection", "biopsy-proven rejection"]},
            "diseases": {"kidney": ["kidney", "renal transplant"]},
        }
    )
    table = grid(
        "First author, year | Recipients | Organ | Induction | Acute rejection, n (%)\n"
        "Reed, 2010 | 33 | kidney | zorbumab 30 mg single dose | 4 (12)\n"
        "Wood, 2012 | 120 | kidney | zorbumab 20 mg d0, d4 | 21 (18)"
    )
    arm = extract(document(table), vocabulary=words).series[0].arms[0]
    assert arm.population == {"kidney": 33}
    assert arm.responses[0].other == {"rejection": 4}
    assert arm.regimen.drug == "zorbumab"


def test_brackets_after_a_median_survival_may_be_an_interval() -> None:
    found = read(
        "Study | n | ORR (%) | PFS, mo | OS, mo (range)\n"
        "Reed 2011 | 25 | 60 | 8.2 (5.1–12.3) | 20 (2–40)\nWood 2012 | 40 | 55 | 7 | 18"
    )
    notes = found.series[0].readings
    assert notes["arms[0].response_months[0]"].doubt is not None
    assert notes["arms[0].response_months[1]"].doubt is None
