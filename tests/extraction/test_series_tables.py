"""Whole tables of other drugs, layouts and column orders become series."""

from __future__ import annotations

from dataclasses import replace

from extraction_grids import document, grid

from evidence.documents.base import DocumentInfo
from evidence.extraction import extract
from evidence.model.protocol import Drug, Protocol, SourceEntry
from evidence.model.series import Series

PURINE = grid(
    """
Author (year) | Phase | Drug | Dose, mg/m2 | Route | Schedule | Evaluable, n | CR, n (%) | PR, n (%) | ORR, % | Median DOR, mo | Grade 3–4 neutropenia, n (%)
Alder et al. (1999) [12] | II | Pentostatin | 5 | IV | d1-3 q21d | 24 | 6 (25) | 11 (45.8) | 71 | 8.3 (2–49+) | 5 (21)
Birch 1992 [13] | II | Cladribine | 0.1 mg/kg/d | CIVI | 7 d q28d | 15 | 3 (20) | 4 (27) | 47 | 5 | NR
Cedar et al. 2001 | II–III | Bexarotene | 300 | PO | daily | 56 | 1 (2) | 24 (43) | 45 | NR | —
Total | | | | | | 95 | 10 | 39 | | |
"""  # noqa: E501
)
MIXED = grid(
    """
Reference | N | Diagnosis | Treatment | Response | Toxicity
Smith 2010 | 12 | MF 8, SS 4 | IFN-α 3–9 MU SC tiw | CR 2 (17%), PR 5 (42%), SD 3, PD 2 | Flu-like symptoms 10/12 (83%), leukopenia 3 (25%)
Jones and Brown 2012 | 1 | C-ALCL | MTX 20 mg/wk PO | CR | None
García-Pérez et al. 2014 | 15 | CTCL | Gemcitabine 1,000 mg/m2 IV d1, 8, 15 q28d | ORR 10/15 (67%): 2 CR, 8 PR | Grade 3/4: neutropenia 4 (27%), thrombocytopenia 2 (13%)
"""  # noqa: E501
)
EFFICACY = grid(
    """
Author | Year | Patients | CR | PR | SD | PD
Adams et al. | 2001 | 10 | 2 | 3 | 4 | 1
Baker et al. | 2003 | 12 | 1 | 5 | 3 | 3
Clarke et al. | 2005 | 8 | 0 | 2 | 4 | 2
""",
    label="2",
    caption="Efficacy (n)",
)
TOXICITY = grid(
    """
Author | Year | Neutropenia | Anaemia
Adams et al. | 2001 | 3 | 1
Baker et al. | 2003 | 4 | 2
Clarke et al. | 2005 | 1 | 0
""",
    label="3",
    caption="Toxicity (n)",
)
ARMS = grid(
    """
Study | Arm | n | Dose | ORR n (%) | CR n (%)
Lee 2015 | A | 20 | 10 mg/kg q2w | 8 (40) | 2 (10)
 | B | 22 | 3 mg/kg q2w | 5 (23) | 1 (5)
Park 2016 | | 30 | 200 mg IV q3w | 12 (40) | 3 (10)
"""
)
NOTED = grid(
    """
Study | Patients | Dose | Response^a^ | Adverse events
Chen 2018 | 9 melanoma | 10 mg per lesion IL weekly | 4 CR, 2 PR^b^, 3 PD | pain (5)
Own patients | 4 BCC | 1.5 MU IL tiw | 3 CR 1 PR | no
Dupont 2019 | 6 BCC | 1.5 MU IL tiw x 3 wk | 6 CR | erythema (6), flu-like (2)
""",
    notes=(("a", "By RECIST 1.1."), ("b", "Both complete after additional radiotherapy.")),
)


def only(*grids: object, row: int = 0) -> Series:
    return extract(document(*grids)).series[row]  # type: ignore[arg-type]


def test_columns_per_outcome_with_counts_and_percentages() -> None:
    arm = only(PURINE).arms[0]
    block = arm.responses[0]
    assert (block.total, block.CR, block.PR, block.ORR) == (24, 6, 11, None)
    assert block.stated_percent == {"CR": 25.0, "PR": 45.8, "ORR": 71.0}
    assert arm.regimen.dose_mg is not None and arm.regimen.dose_mg.low == 5
    assert arm.regimen.dose_unit == "mg/m2"
    assert arm.regimen.schedule == "d1-3 q21d" and arm.regimen.doses_per_week is None
    months = arm.response_months[0]
    assert (months.median, months.low, months.high, months.censored) == (8.3, 2, 49, True)
    assert arm.complications is not None
    assert (arm.complications[0].grade, arm.complications[0].events) == ("3-4", 5)


def test_a_dose_with_its_own_unit_goes_before_the_unit_of_the_head() -> None:
    regimen = only(PURINE, row=1).arms[0].regimen
    assert (regimen.dose_unit, regimen.schedule) == ("mg/kg/d", "7 d q28d")


def test_not_reported_is_none_and_a_row_of_totals_is_no_series() -> None:
    found = extract(document(PURINE))
    assert [series.series for series in found.series] == ["alder-1999", "birch-1992", "cedar-2001"]
    assert found.series[2].arms[0].complications is None
    assert found.series[2].arms[0].response_months == ()
    assert [p.code for p in found.problems] == ["row-not-a-series"]


def test_diagnoses_in_a_column_and_several_forms_of_counts() -> None:
    found = extract(document(MIXED))
    smith, jones, garcia = (series.arms[0] for series in found.series)
    assert smith.population == {"MF": 8, "SS": 4} and smith.total == 12
    assert jones.population == {"C-ALCL": 1} and jones.responses[0].CR == 1
    assert jones.complications == ()
    assert (jones.regimen.drug, jones.regimen.dose_unit) == ("methotrexate", "mg/wk")
    assert garcia.regimen.dose_mg is not None and garcia.regimen.dose_mg.low == 1000
    assert (garcia.responses[0].ORR, garcia.responses[0].CR, garcia.responses[0].PR) == (10, 2, 8)
    assert found.series[2].series == "garcia-perez-2014"


def test_efficacy_and_toxicity_are_joined_by_name_and_year() -> None:
    found = extract(document(EFFICACY, TOXICITY))
    assert [series.series for series in found.series] == ["adams-2001", "baker-2003", "clarke-2005"]
    assert [series.arms[0].responses[0].SD for series in found.series] == [4, 3, 4]
    events = [c.events for s in found.series for c in s.arms[0].complications or ()]
    assert events == [3, 1, 4, 2, 1, 0]
    assert found.series[0].cells["complication_count"].table == "3"


def test_rows_without_a_name_are_arms_of_the_series_above() -> None:
    lee, park = extract(document(ARMS)).series
    assert [arm.label for arm in lee.arms] == ["A", "B"]
    assert [arm.responses[0].ORR for arm in lee.arms] == [8, 5]
    assert "arm2_dose" in lee.cells
    assert len(park.arms) == 1


def test_a_footnote_lays_responses_to_another_therapy() -> None:
    series = only(NOTED)
    (exclusion,) = series.arms[0].responses[0].exclusions
    assert (exclusion.outcome, exclusion.events) == ("PR", 2)
    assert "radiotherapy" in exclusion.reason
    assert series.cells["note_b"].text.startswith("Both complete")


def test_the_own_row_takes_the_names_of_the_document() -> None:
    info = DocumentInfo(authors=("Moreau, A", "Roy, B"), year=2020, title="Four cases")
    found = extract(document(NOTED, info=info))
    own = found.series[1]
    assert own.series == "moreau-2020"
    assert (own.citation.authors, own.citation.year) == ("Moreau et al.", 2020)
    assert extract(document(NOTED)).series[1].series == "own-series"


def test_the_protocol_names_the_own_series_and_the_drug() -> None:
    entry = SourceEntry(name="review", document="review.pdf", own_series="ours-2020")
    protocol = Protocol(source=(entry,), drug=Drug(name="MTX sodium", synonyms=("methotrexate",)))
    assert extract(document(NOTED), protocol=protocol).series[1].series == "ours-2020"
    jones = extract(document(MIXED), protocol=protocol).series[1]
    assert jones.arms[0].regimen.drug == "MTX sodium"


def test_words_of_the_protocol_are_read() -> None:
    table = grid(
        """
Study | Patients | Response
Reed 2011 | 4 Gorham | 2 vanished, 2 SD
Wood 2012 | 3 Gorham | 1 vanished, 2 SD
"""
    )
    assert extract(document(table)).series[0].cells["response"].unread is not None
    words = {"diseases": {"GD": ["Gorham"]}, "responses": {"CR": ["vanished"]}}
    arm = extract(document(table), protocol=Protocol(vocabulary=words)).series[0].arms[0]
    assert arm.population == {"GD": 4}
    assert (arm.responses[0].CR, arm.responses[0].SD) == (2, 2)


def test_a_count_above_its_total_is_named_and_not_kept() -> None:
    table = grid(
        """
Study | Patients | CR (n) | PR (n)
Reed 2011 | 10 | 12 | 3
Wood 2012 | 8 | 1 | 2
"""
    )
    found = extract(document(table))
    assert found.series[0].arms[0].responses[0].CR is None
    assert found.series[0].arms[0].responses[0].PR == 3
    (problem,) = (p for p in found.problems if p.code == "count-above-total")
    assert problem.source is not None and problem.source.column == "CR (n)"


def test_the_same_author_and_year_twice_are_two_series() -> None:
    table = grid(
        """
Study | Patients | CR (n)
Reed 2011 [3] | 10 | 2
Wood 2012 [4] | 8 | 1
Reed 2011 [5] | 7 | 1
"""
    )
    names = [series.series for series in extract(document(table)).series]
    assert names == ["reed-2011", "wood-2012", "reed-2011-b"]


def test_a_table_of_something_else_gives_no_series_and_says_so() -> None:
    table = grid(
        """
Marker | Dilution | Source
CD3 | 1:100 | Dako
CD4 | 1:50 | Leica
"""
    )
    found = extract(document(table))
    assert found.series == ()
    assert "no-series" in [problem.code for problem in found.problems]


def test_to_dict_has_the_contract() -> None:
    plain = extract(document(MIXED)).to_dict()
    assert list(plain) == ["series", "patients", "problems"]
    assert plain["series"][0]["series"] == "smith-2010"
    assert (
        {"code", "severity", "message", "remedy", "source"} == set(plain["problems"][0])
        if (plain["problems"])
        else True
    )


def test_series_as_columns() -> None:
    table = grid(
        """
 | Reed 2011 [3] | Wood et al. 2012 [4] | Hill 2013 [5]
No. of patients | 10 | 8 | 12
Dose | 25 mg/m2 | 30 mg/m2 | 25 mg/m2
CR, n (%) | 2 (20) | 1 (13) | 3 (25)
PR, n (%) | 3 (30) | 2 (25) | 4 (33)
"""
    )
    found = extract(document(table))
    assert [series.series for series in found.series] == ["reed-2011", "wood-2012", "hill-2013"]
    assert [series.arms[0].responses[0].PR for series in found.series] == [3, 2, 4]
    assert found.series[2].arms[0].responses[0].total == 12


SECTIONED = grid(
    """
Study (year) | No. of patients (evaluable) | Response | Median response duration (range), mo | Grade 3/4 AEs
Intravenous | | | |
Alba 2001 | 30 (28) | 12/28 (43%) | 6 (2-14) | neutropenia 5 (17), anemia 2 (7)
Bosco et al., 2003 | 16 (16) | 50% | NR | ≥ grade 3 infection (4); G4 sepsis 1
Subcutaneous | | | |
Corda 2005 | 12 (10) | CR 2, PR 3 | 3–12+ | fatigue (n=3, 25%), rash in 2 patients
""",  # noqa: E501
    caption="Published studies in psoriasis",
)


def test_a_section_gives_the_route_of_its_rows() -> None:
    found = extract(document(SECTIONED))
    assert [series.arms[0].regimen.routes for series in found.series] == [("IV",), ("IV",), ("SC",)]
    assert found.series[2].cells["section"].text == "Subcutaneous"


def test_enrolled_and_evaluable_patients() -> None:
    arm = only(SECTIONED).arms[0]
    assert arm.total == 30
    assert (arm.responses[0].total, arm.responses[0].ORR) == (28, 12)


def test_the_disease_of_the_caption_is_doubted() -> None:
    series = only(SECTIONED)
    assert series.arms[0].population == {"psoriasis": 30}
    assert series.readings["arms[0].population.psoriasis"].doubt is not None


def test_an_amount_alone_under_response_is_doubted() -> None:
    note = only(SECTIONED).readings["arms[0].responses[0].ORR"]
    assert note.doubt is not None and note.checked == ()


def test_forms_of_grades_and_counts_in_complications() -> None:
    found = extract(document(SECTIONED)).series
    listed = [
        [(c.term, c.events, c.percent, c.grade) for c in series.arms[0].complications or ()]
        for series in found
    ]
    assert listed == [
        [("neutropenia", 5, 17.0, "3-4"), ("anemia", 2, 7.0, "3-4")],
        [("infection", 4, None, ">=3"), ("sepsis", 1, None, "4")],
        [("fatigue", 3, 25.0, "3-4"), ("rash", 2, None, "3-4")],
    ]


def test_several_outcomes_in_one_column_and_intervals_in_brackets() -> None:
    table = grid(
        """
Author | Patients | CR/PR/SD/PD | ORR/CR (%) | PFS (mo), median (95% CI) | Follow-up
Dahl 2010 | 24 MM | 2/8/10/4 | 42/8 | 5.4 (3.2–7.6) | 12 mo (3-30)
Ek 2012 | 18 MM | 1/5/9/3 | 33/6 | 4.0 | 1.5 y
"""
    )
    arm = only(table).arms[0]
    block = arm.responses[0]
    assert (block.CR, block.PR, block.SD, block.PD) == (2, 8, 10, 4)
    assert block.stated_percent == {"ORR": 42.0, "CR": 8.0}
    (months,) = arm.response_months
    assert (months.endpoint, months.median, months.low) == ("PFS", 5.4, None)
    assert arm.follow_up_months is not None and arm.follow_up_months.high == 30
    assert only(table, row=1).arms[0].follow_up_months.value == 18  # type: ignore[union-attr]


def test_the_head_says_what_a_dose_is_per() -> None:
    table = grid(
        """
Series | Cases, n | Disease | Agent | Dose per lesion | CR (%)
Hall (1999) | 5 | KA | 5-FU | 50 mg | 80
Ito (2004) | 8 | KA | MTX | 12.5–25 mg | 88
"""
    )
    regimens = [series.arms[0].regimen for series in extract(document(table)).series]
    assert [regimen.drug for regimen in regimens] == ["fluorouracil", "methotrexate"]
    assert [regimen.dose_unit for regimen in regimens] == ["mg per lesion"] * 2


def test_percentages_alone_give_no_counts() -> None:
    table = grid(
        """
Study | n | ORR (%) | CR (%)
Reed 2011 | 40 | 29.7 | 10
Wood 2012 | 20 | 40 | 5
"""
    )
    block = only(table).arms[0].responses[0]
    assert (block.ORR, block.CR) == (None, None)
    assert block.stated_percent == {"ORR": 29.7, "CR": 10.0}


def test_a_continued_table_numbers_its_rows_on() -> None:
    first = grid("Study | n | CR (n)\nReed 2011 | 4 | 2\nWood 2012 | 3 | 1", label="2")
    second = grid("Study | n | CR (n)\nHill 2013 | 5 | 2\nMoor 2014 | 6 | 0", label="2")
    rows = [series.source.row for series in extract(document(first, second)).series]
    assert rows == [1, 2, 3, 4]


def test_a_cell_that_spans_columns_is_read_once() -> None:
    table = grid("Study | n | CR (n) | PR (n)\nReed 2011 | 4 | 1 | 2\nWood 2012 | 3 | 2 | 1")
    wide = replace(table.rows[1][2], colspan=2)
    rows = (table.rows[0], (*table.rows[1][:2], wide), table.rows[2])
    block = only(replace(table, rows=rows)).arms[0].responses[0]
    assert (block.CR, block.PR) == (1, None)


COMPARED = grid(
    """
Trial | Patients | Population | Treatment | RR, % | CR, % | PFS, mo
Olsen (2007)^5^ | 74 | CTCL | Vorinostat 400 mg daily | 30 | 1 | 4.9 (TTP)
Prince (2017)^7^ | 64 vs 64 | CTCL | Brentuximab vedotin 1.8 mg/kg q3w vs MTX | 67 vs 20 | 16 vs 2 | 16.7 vs 3.5
"""  # noqa: E501
)


def test_two_arms_in_every_cell_are_two_arms() -> None:
    first, second = only(COMPARED, row=1).arms
    assert (first.total, second.total) == (64, 64)
    assert first.regimen.drug == "brentuximab vedotin"
    assert (second.regimen.drug, second.regimen.dose_mg) == ("methotrexate", None)
    assert first.regimen.combined_with == second.regimen.combined_with == ()
    assert first.responses[0].stated_percent == {"ORR": 67, "CR": 16}
    assert second.responses[0].stated_percent == {"ORR": 20, "CR": 2}
    assert (first.response_months[0].point, second.response_months[0].point) == (16.7, 3.5)


def test_two_treatments_in_one_cell_alone_are_doubted() -> None:
    table = grid(
        "Trial | Patients | Treatment | RR, %\n"
        "Prince (2017) | 128 | Brentuximab vedotin 1.8 mg/kg q3w vs MTX | 67\n"
        "Olsen (2007) | 74 | Vorinostat 400 mg daily | 30"
    )
    note = only(table).readings["arms[0].regimen.dose_mg"]
    assert note.doubt is not None
    assert note.checked == ()


def test_an_endpoint_in_brackets_goes_before_that_of_the_head() -> None:
    assert only(COMPARED).arms[0].response_months[0].endpoint == "TTP"


def test_a_power_of_ten_is_not_its_base() -> None:
    table = grid(
        """
Authors | Patients | IFN dose | Responses
Bunn et al. (1984) | 20 MF | 50 × 10^6^ U/m² IM 3 times weekly | CR 2, PR 7
Olsen et al. (1989) | 22 MF | 50 × 10⁶ U/m² IM 3 times weekly | CR 6
"""
    )
    lost, kept = (series.arms[0].regimen for series in extract(document(table)).series)
    assert lost.dose_mg is None
    assert kept.dose_mg is not None and (kept.dose_mg.low, kept.dose_unit) == (50, "MU/m2")


def test_a_strength_in_percent_is_the_dose_of_a_cream() -> None:
    table = grid(
        """
Study | Drug, dose | n | CR | PR | NR
Kim 2013 | Imiquimod 5% cream 5 times/week, 12 weeks | 6 | 3 | 2 | 1
Coors 2006 | Imiquimod 5% 3x/week | 4 | 2 | 2 | 0
""",
        notes=((None, "NR: no response"),),
    )
    series = only(table)
    arm = series.arms[0]
    assert arm.regimen.dose_mg is not None
    assert (arm.regimen.dose_mg.low, arm.regimen.dose_unit) == (5, "%")
    assert arm.regimen.routes == ("TOP",)
    assert arm.treatment_weeks is not None and arm.treatment_weeks.value == 12
    assert arm.responses[0].other == {"no response": 1}
    assert series.readings["arms[0].responses[0].CR"].checked  # 3 + 2 + 1 of 6


def test_an_amount_alone_under_complications_takes_the_head_as_term() -> None:
    table = grid(
        """
Author | Year | Ref | N | Grade ≥3 AEs (%) | CR n (%)
Moor M | 2001 | 21 | 28 | 36 | 2 (7)
Tarn R | 2002 | 22 | 54 | n.r. | 4 (7)
"""
    )
    first, second = extract(document(table)).series
    (item,) = first.arms[0].complications or ()
    assert (item.percent, item.events, item.grade) == (36.0, None, ">=3")
    assert second.arms[0].complications is None
    assert (first.citation.reference, second.citation.reference) == (21, 22)


def test_trials_known_by_name_alone() -> None:
    table = grid(
        """
Trial | n | Treatment | ORR, n (%)
ALPHA-1 | 40 | 200 mg IV q3w | 12 (30)
Beta | 20 | 400 mg PO daily | 5 (25)
"""
    )
    found = extract(document(table)).series
    assert [series.series for series in found] == ["alpha-1", "beta"]
    assert [series.arms[0].responses[0].ORR for series in found] == [12, 5]


def test_a_table_of_own_groups_is_no_table_of_series() -> None:
    table = grid(
        """
Group | n | CR | PR | SD | PD
Trial | 17 | 1 | 7 | 6 | 3
Control | 6 | 0 | 1 | 3 | 2
"""
    )
    tables = [series.source.table for series in extract(document(table)).series]
    assert "trial" not in [series.series for series in extract(document(table)).series]
    assert tables in ([], [None])


def test_a_table_of_one_series() -> None:
    heads = "Study | n | Disease | CR | PR"
    assert only(grid(f"{heads}\nDahl 2020 | 6 | SS | 4 | 1")).series == "dahl-2020"
    assert not extract(document(grid(f"{heads}\nMedian | 6 | SS | 4 | 1"))).series


def test_a_table_with_decimal_commas() -> None:
    heads = "Autor, año | N.º de pacientes | RC | RP | Duración de la respuesta (meses)"
    first, second = extract(
        document(
            grid(
                f"{heads}\nPérez 2001 | 30 | 4 (13,3%) | 8 | 9,5 (2,5-24)\n"
                "Núñez 2008 | 11 | 1 | 3 | 3, 6, 12"
            )
        )
    ).series
    lasted = first.arms[0].response_months[0]
    assert (lasted.value, lasted.low, lasted.high) == (9.5, 2.5, 24)
    assert first.arms[0].responses[0].stated_percent == {"CR": 13.3}
    assert second.arms[0].response_months[0].values == (3, 6, 12)
