"""Review tables of other drugs and outcomes as reviews print them, and what each cell says."""

from __future__ import annotations

from dataclasses import replace

from extraction_grids import document, grid

from evidence.extraction import Extraction, extract
from evidence.model.quantity import Amount
from evidence.model.series import Arm


def read(text: str, **more: object) -> Extraction:
    return extract(document(grid(text, **more)))  # type: ignore[arg-type]


def arm_of(text: str, *, row: int = 0, **more: object) -> Arm:
    return read(text, **more).series[row].arms[0]


def test_a_percentage_before_its_fraction() -> None:
    arm = arm_of(
        "Trial | N | ORR % (n/N) | CR % (n/N) | Neutropenia\n"
        "Kim 2015 [32] | 32 | 70 (21/30) | 3 (1/30) | 9 (2/22)\n"
        "Duvic 2015 [33] | 48 | 73 (35/48) | 35 (17/48) | 5 (5/48)"
    )
    (block,) = arm.responses
    assert (block.ORR, block.CR, block.total) == (21, 1, 30)
    assert block.stated_percent == {"ORR": 70, "CR": 3}
    (item,) = arm.complications or ()
    assert (item.events, item.percent) == (2, 9)


def test_a_count_before_its_own_fraction_is_no_percentage() -> None:
    block = arm_of(
        "Trial | N | ORR\nKim 2015 | 32 | 9 (9/15)\nDuvic 2015 | 48 | 12 (12/30)"
    ).responses[0]
    assert (block.ORR, block.stated_percent) == (9, {})


def test_an_arm_that_is_called_by_its_drug_was_given_that_drug() -> None:
    series = read(
        "Trial | Arm | N | Dose | ORR (n)\n"
        "Prince 2017 | Brentuximab vedotin | 64 | 1.8 mg/kg q3w | 36\n"
        " | Methotrexate | 62 | 5-50 mg PO weekly | 8\n"
        "Kim 2015 | — | 32 | 1.8 mg/kg q3w | 21",
        caption="Brentuximab vedotin in lymphoma",
    ).series
    drugs = [arm.regimen.drug for one in series for arm in one.arms]
    assert drugs == ["brentuximab vedotin", "methotrexate", "brentuximab vedotin"]


def test_a_daily_dose_given_several_times_a_day_is_in_doubt() -> None:
    found = read(
        "Study | n | Daily dose | ORR (n)\nCheng 2009 | 150 | 400 mg b.i.d. | 5\n"
        "Kudo 2011 | 229 | 400 mg | 7"
    )
    first, second = (series.arms[0].regimen for series in found.series)
    assert (first.dose_unit, second.dose_unit) == ("mg", "mg/d")
    assert found.series[0].readings["arms[0].regimen.dose_mg"].doubt


def test_outcomes_named_in_the_cell_go_before_the_outcome_of_the_head() -> None:
    found = read(
        "Study | n | Best overall response\n"
        "Kaufman 2016 | 88 | CR 8 (9%), PR 20 (23%), SD 9 (10%)\n"
        "Walker 2018 | 29 | 18/29 (62.1%): CR 4, PR 14\n"
        "Cheng 2009 | 137 | 3 PR (2.2%)\n"
        "Abou 2006 | 50 | 5 (10%)"
    )
    blocks = [series.arms[0].responses[0] for series in found.series]
    assert [(b.ORR, b.CR, b.PR) for b in blocks] == [
        (None, 8, 20), (18, 4, 14), (None, None, 3), (5, None, None),
    ]  # fmt: skip
    assert blocks[2].stated_percent == {"PR": 2.2}


def test_terms_named_in_the_cell_go_before_the_term_of_the_head() -> None:
    arms = [
        series.arms[0]
        for series in read(
            "Study | n | CR (n) | Local reactions\nReed 2010 | 50 | 4 | Erosion (3), pain 18%\n"
            "Wood 2012 | 36 | 9 | 12 (33%)"
        ).series
    ]
    assert [(c.term, c.events, c.percent) for c in arms[0].complications or ()] == [
        ("Erosion", 3, None), ("pain", None, 18),
    ]  # fmt: skip
    assert [(c.term, c.events) for c in arms[1].complications or ()] == [("Local reactions", 12)]


def test_heads_of_other_words() -> None:
    arm = arm_of(
        "Ref | Total no. | Infliximab (mg/kg) | mDoR in months (range) | Median PFS (mo) |"
        " Grade 3–4 diarrhoea, n (%) | Tumours treated\n"
        "Reed 2010 [1] | 54 | 3–5 | 14 (3–26+) | 9 | 11 (20) | 143\n"
        "Wood 2012 [2] | 46 | 5 | >12 | 8 | 4 (9) | 171"
    )
    assert arm.total == 54
    assert (arm.regimen.drug, arm.regimen.dose_mg) == ("infliximab", Amount(low=3, high=5))
    response, survival = arm.response_months
    assert (response.median, response.low, response.high, response.censored) == (14, 3, 26, True)
    assert (survival.endpoint, survival.median) == ("PFS", 9)
    (item,) = arm.complications or ()
    assert (item.term, item.grade, item.events) == ("diarrhoea", "3-4", 11)


def test_a_route_in_the_head_is_the_route_of_silent_rows() -> None:
    regimen = arm_of(
        "Paper | Cases | Intralesional cidofovir | CR (n)\n"
        "Snoeck 1998 | 17 | 2.5 mg/mL q2-3w | 14\nPransky 2003 | 11 | 5 mg/mL SC | 5"
    ).regimen
    assert (regimen.drug, regimen.routes, regimen.schedule) == ("cidofovir", ("IL",), "q2-3w")


def test_a_frequency_without_a_known_head() -> None:
    arm = arm_of(
        "Source | Patients | Agent | Application | CR (n)\n"
        "Deeths 2005 | 6 | Imiquimod 5% | 3x/week | 3\nHeald 2003 | 50 | Bexarotene 1% | bid | 4"
    )
    assert arm.regimen.doses_per_week == Amount(low=3, high=3)


def test_a_drug_before_its_arms_is_given_in_all() -> None:
    arms = (
        read(
            "Author | Year | Treatment | ORR, % (n/N)\n"
            "Duvic | 2007 | Vorinostat A: 400 mg qd; B: 300 mg bid 3 d/wk |"
            " A: 31 (4/13); B: 9 (1/11)\n"
            "Olsen | 2007 | Vorinostat 400 mg/d PO | 30 (22/74)"
        )
        .series[0]
        .arms
    )
    assert [arm.regimen.drug for arm in arms] == ["vorinostat", "vorinostat"]
    assert [arm.regimen.doses_per_week for arm in arms] == [Amount(low=x, high=x) for x in (7, 6)]
    assert [(arm.responses[0].ORR, arm.responses[0].total) for arm in arms] == [(4, 13), (1, 11)]


def test_names_of_drugs_and_heads_in_another_language() -> None:
    series = read(
        "Autor, año | Pacientes | Pauta | RC | Duración mediana de la respuesta, meses\n"
        "Ruiz y Soler, 2011 | 20 | Metotrexato 15 mg VO semanal | 2 (10%) | 8,5\n"
        "López, 2007 | 7 | Clorambucilo 4 mg/día | 1 (14,3%) | 6,2"
    ).series
    assert [one.series for one in series] == ["ruiz-2011", "lopez-2007"]
    arms = [one.arms[0] for one in series]
    assert [arm.regimen.drug for arm in arms] == ["methotrexate", "chlorambucil"]
    assert arms[0].regimen.routes == ("PO",)
    assert [arm.response_months[0].median for arm in arms] == [8.5, 6.2]


def test_a_second_row_of_heads_that_the_reader_took_for_data() -> None:
    text = (
        "Trial | N | Efficacy | | Toxicity grade ≥3 | \n"
        " | | ORR, n | CR, n | Neutropenia | Rash\n"
        "Kim 2015 | 32 | 21 | 1 | 2 (6%) | 4 (13%)\nReed 2016 | 48 | 35 | 17 | 5 (10%) | 1 (2%)"
    )
    found = read(text)
    assert [series.series for series in found.series] == ["kim-2015", "reed-2016"]
    arm = found.series[0].arms[0]
    assert (arm.responses[0].ORR, arm.responses[0].CR) == (21, 1)
    assert [(c.term, c.grade) for c in arm.complications or ()] == [
        ("Neutropenia", ">=3"), ("Rash", ">=3"),
    ]  # fmt: skip


def test_a_head_over_two_columns_that_names_two_terms_tells_neither() -> None:
    table = grid(
        "Trial | N | CR, n | Neutropenia Rash | \nKim 2015 | 32 | 1 | 2 | 4\n"
        "Reed 2016 | 48 | 17 | 5 | 1"
    )
    heads = (*table.rows[0][:3], replace(table.rows[0][3], colspan=2))
    found = extract(document(replace(table, rows=(heads, *table.rows[1:]))))
    assert found.series[0].arms[0].complications is None
    assert "column-not-read" in {problem.code for problem in found.problems}


def test_days_of_a_month_are_no_duration_of_treatment() -> None:
    arm = arm_of(
        "Study | N | Rituximab schedule | CR, n\n"
        "Penate 2012 | 35 | 10 mg per lesion IL, 3×/week, 1 wk/month | 25\n"
        "Reed 2010 | 16 | 375 mg/m2 IV weekly for 8 weeks | 14"
    )
    assert arm.treatment_weeks is None


def test_a_percentage_before_its_count() -> None:
    found = read(
        "Study | N | EASI-75, % (n) | CR\nBeck 2014 | 55 | 62 (34) | 31 (17)\n"
        "Thaci 2016 | 63 | 60 (38) | 16 (10)"
    )
    first, second = (series.arms[0].responses[0] for series in found.series)
    assert (first.other, first.stated_percent) == ({"EASI-75": 34}, {"EASI-75": 62, "CR": 31})
    assert (first.CR, second.CR) == (17, 10)  # 17 of 55 is 31 %; 31 of 55 is not 17 %


def test_a_percentage_beside_a_count_above_the_patients_is_in_doubt() -> None:
    series = read(
        "Study | N | CR (n)\nBeck 2014 | 55 | 62 (34%)\nThaci 2016 | 63 | 38 (60%)"
    ).series[0]
    assert series.arms[0].responses[0].CR is None
    assert series.readings["arms[0].responses[0].stated_percent.CR"].doubt


def test_decimal_commas_without_a_percent_sign() -> None:
    arm = arm_of(
        "Auteur (année) | Nombre de patients | Traitement | Réponse complète, n (%) | Durée de"
        " réponse (mois)\n"
        "Dupont (2003) | 18 | Méthotrexate 20 mg/semaine | 5 (27,8) | 11,5\n"
        "Lefèvre (2010) | 25 | Cyclophosphamide 50 mg/j per os | 2 (8,0) | 6"
    )
    assert arm.responses[0].stated_percent == {"CR": 27.8}
    assert arm.response_months[0].point == 11.5
    assert (arm.regimen.drug, arm.regimen.dose_unit) == ("methotrexate", "mg/wk")


def test_two_times_with_a_mere_comma_between_them_are_in_doubt() -> None:
    series = read(
        "Study | n | CR (n) | Duration of response (months)\nReed 2003 | 18 | 5 | 11,5\n"
        "Wood 2010 | 25 | 2 | 6"
    ).series[0]
    assert "decimal" in (series.readings["arms[0].response_months[0]"].doubt or "")


def test_the_number_of_an_arm_goes_before_that_of_its_series() -> None:
    found = read(
        "Author | Patients | Cohort | Dose (MU) | ORR\nOlsen 1989 | 22 | Low dose (n=8) | 3 | 3/8\n"
        " | | High dose (n=14) | 36 | 11/14\nBunn 1984 | 20 | – | 50 | 9/20"
    )
    olsen = found.series[0]
    assert [(arm.label, arm.total) for arm in olsen.arms] == [
        ("Low dose (n=8)", 8), ("High dose (n=14)", 14),
    ]  # fmt: skip
    assert olsen.cells["patients"].unread == "22"


def test_a_count_that_spans_the_rows_of_several_arms_is_of_none() -> None:
    table = grid(
        "Author | Arm | Patients | Dose (mg) | CR (n)\nOlsen 1989 | A | 22 | 3 | 1\n"
        " | B | 36 | 4\nBunn 1984 | – | 20 | 50 | 9"
    )
    first = (*table.rows[1][:2], replace(table.rows[1][2], rowspan=2), *table.rows[1][3:])
    found = extract(document(replace(table, rows=(table.rows[0], first, *table.rows[2:]))))
    arms = found.series[0].arms
    assert [(arm.size, arm.responses[0].CR) for arm in arms] == [(None, 1), (None, 4)]
    assert found.series[0].cells["patients"].unread == "22"


def test_brackets_that_hold_grades() -> None:
    items = arm_of(
        "Study | n | CR (n) | Toxicity (grade)\nHamminga 1979 | 13 | 4 | Leukopenia 3 (2), rash 1\n"
        "Wood 1984 | 26 | 11 | none"
    ).complications
    assert [(c.events, c.percent, c.grade) for c in items or ()] == [
        (3, None, "2"),
        (1, None, None),
    ]


def test_amounts_before_their_outcomes_in_a_sentence() -> None:
    block = arm_of(
        "Study | n | Response\n"
        "Deeths 2005 | 6 | 3 of 6 had CR, 1 of 6 had PR, 2 of 6 had no response\n"
        "Coors 2006 | 4 | 50% CR"
    ).responses[0]
    assert (block.CR, block.PR, block.ORR) == (3, 1, None)


def test_the_size_of_an_arm_stands_in_its_name() -> None:
    arm = arm_of(
        "Study | Arm (number of patients) | Response: ORR (CR) (%)\n"
        "Hallek 2010 | FC (409) | 80 (22)\nReynolds 2012 | PCR (92) | 45 (7)"
    )
    assert arm.size == 409
    assert arm.responses[0].stated_percent == {"ORR": 80, "CR": 22}


def test_references_that_lost_their_height() -> None:
    found = read(
        "Study | Year | n | CR\nHeller et al44 | 1996 | 12 | 5\nLi and Zhang3 | 2010 | 9 | 2"
    )
    cited = [series.citation for series in found.series]
    assert [(c.authors, c.year, c.reference) for c in cited] == [
        ("Heller et al", 1996, 44), ("Li and Zhang", 2010, 3),
    ]  # fmt: skip


def test_a_diagnosis_no_list_knows_is_kept_as_printed() -> None:
    found = read(
        "Diagnosis | Study | n | CR\nOligodendrosis | Reed 2010 | 12 | 5\nMF | Wood 2012 | 9 | 2"
    )
    assert [series.arms[0].population for series in found.series] == [
        {"Oligodendrosis": 12}, {"MF": 9},
    ]  # fmt: skip
    assert found.series[0].readings["arms[0].population.Oligodendrosis"].doubt


def test_relapses_among_the_responders_are_no_total_of_the_responses() -> None:
    arm = arm_of(
        "Study | N | CR, n | PR, n | Relapse\n"
        "Kim 2015 | 22 | 15 | 5 | 9/20\nRoe 2016 | 10 | 3 | 2 | 1/5"
    )
    first, second = arm.responses
    assert (first.CR, first.PR, first.total) == (15, 5, 22)
    assert (second.other, second.total) == ({"relapse": 9}, 20)


def test_responses_printed_over_two_totals_keep_each_its_own() -> None:
    found = read(
        "Study | N | CR, n/N | ORR, n/N\nKim 2015 | 24 | 4/22 | 10/20\nRoe 2016 | 10 | 3/10 | 5/10"
    )
    first, second = found.series[0].arms[0].responses
    assert (first.CR, first.ORR, first.total) == (4, None, 22)
    assert (second.CR, second.ORR, second.total) == (None, 10, 20)
    assert "several-totals" in {problem.code for problem in found.problems}


def test_a_row_whose_name_is_in_doubt_has_no_checked_value() -> None:
    made = grid("Study | N | CR, n (%) | ORR, n (%)\nKim 2015 | 20 | 4 (20) | 10 (50)")
    name, *others = made.rows[1]
    unsure = replace(name, doubt="some of its words may stand in another row")
    rows = (made.rows[0], (unsure, *others))
    for grids, checked in ((made, True), (replace(made, rows=rows), False)):
        (series,) = extract(document(grids)).series
        assert any(note.checked for note in series.readings.values()) is checked
