"""The audit across series: units, endpoints, duplicates, overlaps and words."""

from __future__ import annotations

from typing import Any

import pytest
from made_series import others, series
from seed_series import PROTOCOL

from evidence.model.finding import Finding
from evidence.model.legends import Legends
from evidence.model.series import Decision, Series
from evidence.table.audit import audit, open_findings
from evidence.table.build import build_rows
from evidence.table.citations import surnames
from evidence.table.likeness import guess_overlaps


def found(items: list[Series], **options: Any) -> list[Finding]:
    return list(audit(items, **options))


def codes(items: list[Series], **options: Any) -> list[str]:
    return [f.code for f in found(items, **options)]


def months(text: str, value: float, **more: Any) -> dict[str, Any]:
    return {"response_months": {"median": value, "printed": text, **more}}


class TestUnits:
    def test_weeks_among_months(self) -> None:
        # Alinari 2007: 8 wk under "Response Duration (Median)" in months (actas-2015 Table 4).
        items = [
            series("a-2001", **months("12 mo", 12)),
            series("b-2002", **months("10 mo", 10), responses=[{"PR": 10}]),
            series("c-2003", **months("8 wk", 1.84), responses=[{"CR": 10}]),
        ]
        (f,) = found(items)
        assert (f.code, f.series, f.severity) == ("unit-mixed", "c-2003", "medium")
        assert f.computed == "1.8 months"

    def test_one_unit_is_silent(self) -> None:
        items = [
            series("a-2001", **months("12 mo", 12)),
            series("b-2002", **months("10 months", 10), responses=[{"PR": 10}]),
            series("c-2003", **months("3.4 m", 3.4), responses=[{"CR": 10}]),
        ]
        assert codes(items) == []

    def test_duration_against_its_words(self) -> None:
        (f,) = found([series("c-2003", **months("8 wk", 8))])
        assert f.code == "duration-against-words"
        assert "8 wk is 1.84 months, not 8" in f.arithmetic
        assert codes([series("c-2003", **months("8 wk", 1.84))]) == []
        assert codes([series("c-2003", **months("1 year", 12))]) == []

    def test_a_range_before_the_unit_is_in_the_words_of_the_place(self) -> None:
        # PMC2678276: 5.0 (range 1.1 – 9.6) months; the value is printed as "5 months".
        weeks = {"median": 21.74, "low": 4.783, "high": 41.74, "printed": "5 months"}
        cell = {"text": "duration of treatment was 5.0 (range 1.1 – 9.6) months"}
        item = series("c-2003", treatment_weeks=weeks, cells={"treatment": cell})
        assert codes([item]) == []
        off = {**weeks, "high": 96}
        assert codes([series("c-2003", treatment_weeks=off, cells={"treatment": cell})]) == [
            "duration-against-words"
        ]

    def test_bounds_and_lists_among_medians(self) -> None:
        items = [
            series("a-2001", **months("12 mo", 12)),
            series("b-2002", **months("< 3 mo", 3, comparator="<"), responses=[{"PR": 10}]),
            series("c-2003", response_months=[{"values": [11, 3]}], responses=[{"CR": 10}]),
            series("d-2004", response_months=[{"value": 11}, {"value": 3}],
                   responses=[{"CR": 4, "SD": 6}]),
        ]  # fmt: skip
        result = [f for f in found(items) if f.code == "statistic-mixed"]
        assert {f.series for f in result} == {"b-2002", "c-2003", "d-2004"}

    def test_endpoints_under_one_head(self) -> None:
        items = [
            series("a-2001", **months("12 mo", 12)),
            series("b-2002", **months("6 mo", 6, endpoint="PFS"), responses=[{"PR": 10}]),
            series("c-2003", **months("7 mo", 7, endpoint="DOR"), responses=[{"CR": 10}]),
        ]
        assert [(f.code, f.series) for f in found(items)] == [("endpoint-mixed", "b-2002")]

    def test_dose_units(self) -> None:
        items = others("a-2001", "b-2002", "c-2003")
        items[2] = series("c-2003", regimen={"dose_mg": 30, "dose_unit": "mg/m2"},
                          responses=[{"CR": 10}])  # fmt: skip
        assert codes(items) == ["dose-unit-mixed"]


TITLE = "Alemtuzumab in patients with advanced mycosis fungoides"


def test_a_finding_about_a_table_is_closed_in_any_of_its_files() -> None:
    weeks = [{"value": 8}, {"low": 3, "high": 13}, {"value": 12}]
    items = [series(f"{n}-2001", responses=[{"CR": i + 1, "PR": 9 - i}], treatment_weeks=w)
             for i, (n, w) in enumerate(zip("abc", weeks, strict=True))]  # fmt: skip
    (f,) = found(items)
    assert (f.code, f.series, f.status) == ("treatment-statistic-mixed", None, "open")
    decision = {"finding": f.code, "action": "accept", "by": "M. Roe", "on": "2026-01-31",
                "why": "listed, never pooled"}  # fmt: skip
    items[1] = items[1].model_copy(update={"decisions": (Decision.model_validate(decision),)})
    (f,) = found(items)
    assert f.status == "accepted"


class TestDuplicates:
    def test_identical_responses(self) -> None:
        items = [series("a-2003", population={"SS": 5, "MF": 5}), series("b-2004")]
        (f,) = found(items)
        assert (f.code, f.severity) == ("identical-responses", "low")
        assert len({p.document for p in f.places}) == 1

    def test_counts_alone_may_agree_by_chance(self) -> None:
        assert codes([series("a-2003", regimen={"routes": ["IV"]}), series("b-2004")]) == []

    def test_identical_cohort_is_one_row_twice(self) -> None:
        (f,) = found([series("a-2003"), series("b-2004")])
        assert (f.code, f.severity) == ("identical-cohort", "high")

    def test_small_or_silent_vectors_say_nothing(self) -> None:
        few = {"population": {"SS": 3}, "responses": [{"CR": 1, "PR": 1, "PD": 1}]}
        assert codes([series("a-2003", **few), series("b-2004", **few)]) == []

    @pytest.mark.parametrize(
        ("first", "second", "same"),
        [
            ({"doi": "10.1/ABC"}, {"doi": "10.1/abc."}, True),
            ({"pmid": "123"}, {"pmid": "123"}, True),
            ({"pmid": "123"}, {"pmid": "124"}, False),
            ({"title": TITLE}, {"title": TITLE.upper() + "."}, True),
            ({"title": TITLE}, {"title": TITLE.replace("with", "with an")}, True),
            ({"title": TITLE}, {"title": TITLE.replace("mycosis", "other")}, False),
        ],
    )
    def test_same_paper(self, first: dict[str, str], second: dict[str, str], same: bool) -> None:
        items = [
            series("a-2003", citation=first, source={"document": "a.pdf"}),
            series("b-2004", citation=second, source={"document": "b.pdf"},
                   responses=[{"CR": 10}]),
        ]  # fmt: skip
        assert ("same-paper" in codes(items)) == same

    def test_two_series_of_one_paper_are_no_copy(self) -> None:
        one_paper = {"citation": {"doi": "10.1/abc"}}
        items = [
            series("a-2003", **one_paper),
            series("b-2004", responses=[{"CR": 10}], **one_paper),
        ]
        assert "same-paper" not in codes(items)

    def test_same_file_in_two_folders(self) -> None:
        items = [
            series("a-2003", source={"document": "a.pdf", "sha256": "ab"}),
            series("b-2004", source={"document": "b.pdf", "sha256": "ab"},
                   responses=[{"CR": 10}]),
        ]  # fmt: skip
        assert "same-paper" in codes(items)


class TestOverlap:
    def test_scores_say_why(self) -> None:
        a = series("roe-2006", centre="Northwestern University, Chicago")
        b = series("roe-2009", centre="Northwestern University", period="2001-2007")
        (guess,) = guess_overlaps([a, b])
        assert guess.why == (
            "both by Roe",
            "both from Northwestern University, Chicago",
            "both have 10 patients",
            "the same diseases (SS)",
            "the same regimen (SC, 10)",
            "the same responses",
        )
        assert "possible-overlap" in codes([a, b])

    def test_like_numbers_alone_are_no_overlap(self) -> None:
        assert guess_overlaps([series("roe-2006"), series("doe-2009")]) == []

    def test_a_recorded_relation_closes_it(self) -> None:
        a = series("roe-2006")
        b = series("roe-2009", overlaps=[{"series": "roe-2006", "relation": "distinct"}])
        assert guess_overlaps([a, b]) == []
        assert codes([a, b]) == []

    def test_surnames(self) -> None:
        assert surnames("de Masson A, Guitera P et al.") == ["masson", "guitera"]


class TestTerms:
    def test_genus_and_species(self) -> None:
        # "Mycobacterium pneumoniae" (actas-2015 Table 4, Lundin 2003).
        item = series("a-2003", complications=[{"term": "Mycobacterium pneumoniae", "events": 1}])
        (f,) = found([item])
        assert f.code == "organism-mismatch"
        assert f.would_change is not None and "Mycoplasma pneumoniae" in f.would_change

    @pytest.mark.parametrize(
        "term", ["Mycobacterium chelonae", "Klebsiella pneumoniae", "Pneumonia bacterial",
                 "Cutaneous aspergillosis", "Pseudomonas osteomyelitis"],
    )  # fmt: skip
    def test_good_names_are_silent(self, term: str) -> None:
        assert codes([series("a-2003", complications=[{"term": term, "events": 1}])]) == []

    def test_undefined_abbreviations(self) -> None:
        cells = {"response": {"page": 6, "text": "OR 84% 9 CR"}, "duration": {"text": "NS"}}
        note = "Abbreviations: CR, complete response; OR, overall response. Then"
        legends = {"review.pdf": Legends(notes=(("4", note),))}
        (f,) = found([series("a-2003", cells=cells)], legends=legends)
        assert f.code == "abbreviation-undefined"
        assert f.computed == "used and not explained: NS"
        assert codes([series("a-2003", cells=cells)]) == []


@pytest.mark.shared
def test_seed_table_medium_and_low(table4: list[Series]) -> None:
    rows, _ = build_rows(table4, PROTOCOL)
    result = {
        (f.severity, f.series, f.code)
        for f in audit(table4, rows, PROTOCOL)
        if f.severity != "high"
    }
    assert result == {
        ("medium", "alinari2007", "unit-mixed"),
        ("medium", "bernengo2007", "complications-restricted"),
        ("medium", "lundin1998", "complications-over-parent"),
        ("medium", "querfeld2009", "fatal-without-grade-5"),
        ("medium", "zinzani2005", "response-scope-smaller"),
        ("low", None, "treatment-statistic-mixed"),
        ("low", "lundin2003", "possible-overlap"),
        ("low", "capalbo2003", "statistic-mixed"),
        ("low", "demasson2014", "responses-unaccounted"),
        ("low", "demasson2014", "statistic-mixed"),
        ("low", "ferrajoli2003", "responses-unaccounted"),
        ("low", "kennedy2003", "denominator-ambiguous"),
        ("low", "kennedy2003", "statistic-mixed"),
        ("low", "lenihan2004", "identical-responses"),
        ("low", "lenihan2004", "organism-mismatch"),
        ("low", "lundin1998", "responses-unaccounted"),
        ("low", "lundin2003", "organism-mismatch"),
        ("low", "zinzani2005", "complications-unsplit"),
        ("low", "zinzani2005", "responses-unaccounted"),
    }


def test_open_findings_by_severity() -> None:
    result = found([series("a-2003"), series("b-2004")])
    assert open_findings(result, severity="high") == result
    assert open_findings(result, severity="low") == []
