"""Reading series files: what is wrong is said with file, line, field, found and expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.errors import Problem
from evidence.store import parse_series, read_folder, read_series, skeleton

GOOD = """\
series: smith-2015
citation: {authors: Smith et al., year: 2015}
source: {document: review.pdf, table: "4", row: 1}
status: unverified
arms:
  - population: {SS: 17, MF: 2}
    regimen: {drug: alemtuzumab, dose_mg: 30, routes: [SC]}
    responses:
      - {scope: all, total: 19, CR: 9, PR: 7, PD: 3, stated_percent: {ORR: 84}}
"""


def problems_of(text: str, stem: str = "smith-2015") -> list[Problem]:
    return parse_series(text.encode(), name=f"review/{stem}.yaml", stem=stem)[1]


def only(text: str) -> Problem:
    (problem,) = problems_of(text)
    assert problem.source is not None
    assert problem.source.document == "review/smith-2015.yaml"
    return problem


def test_good_file_reads_without_a_word() -> None:
    series, problems = parse_series(GOOD.encode(), name="x", stem="smith-2015")
    assert problems == []
    assert series is not None
    assert series.arms[0].size == 19
    assert series.arms[0].responses[0].SD is None


@pytest.mark.parametrize(
    ("was", "now", "code", "line", "words"),
    [
        ("CR: 9", "CR: 25", "events-above-total", 9, "CR is 25 among 19"),
        ("CR: 9", "CR: 14", "responders-above-total", 9, "21 responders"),
        ("CR: 9", "CR: -1", "negative-count", 9, "expected 0 or more"),
        ("CR: 9", "CR: 4.5", "fractional-count", 9, "whole number"),
        ("CR: 9", "CR: nine", "wrong-type", 9, "the text 'nine'; expected a whole number"),
        ("MF: 2", "MF: -2", "negative-count", 6, "population.MF is -2"),
        ("MF: 2", "SS: 2", "duplicate-key", 6, "'SS' is given twice"),
        ("status: unverified", "statos: confirmed", "unknown-field", 4, "did you mean 'status'"),
        ("{drug:", "{dosage: 3, drug:", "unknown-field", 7, "dosage is not a known field"),
        ("dose_mg: 30", "dose_mg: {low: 30, high: 10}", "wrong-value", 7, "low 30 is above"),
        ("unverified", "checked", "wrong-type", 4, "the text 'checked'"),
        ('source: {document: review.pdf, table: "4", row: 1}\n', "", "missing-field", 1, "source"),
        ("routes: [SC]", "routes: SC", "wrong-type", 7, "expected a list"),
    ],
)
def test_each_fault_is_said(was: str, now: str, code: str, line: int, words: str) -> None:
    assert was in GOOD
    problem = only(GOOD.replace(was, now))
    assert problem.code == code
    assert problem.source is not None and problem.source.line == line
    assert words in problem.message
    assert problem.remedy


def test_all_faults_of_a_file_at_once() -> None:
    text = GOOD.replace("CR: 9", "CR: 25").replace("MF: 2", "MF: 1.5").replace("year:", "yeer:")
    assert {p.code for p in problems_of(text)} == {
        "events-above-total",
        "fractional-count",
        "unknown-field",
    }


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_not_a_series(text: str) -> None:
    assert only(text).code == "not-a-series"


def test_broken_yaml_says_the_line() -> None:
    problem = only(GOOD.replace("routes: [SC]", "routes: [SC"))
    assert problem.code == "not-yaml"
    assert problem.source is not None and problem.source.line is not None


def test_not_utf8() -> None:
    series, problems = parse_series("série: x".encode("latin-1"), name="x")
    assert series is None
    assert [p.code for p in problems] == ["not-utf8"]


def test_yaml_1_2_words_stay_words() -> None:
    text = GOOD.replace("status:", "cells:\n  complications: {page: 6, text: No}\nstatus:")
    series, problems = parse_series(text.encode(), name="x")
    assert problems == []
    assert series is not None and series.cells["complications"].text == "No"


def test_bare_numbers_stay_as_printed_where_text_is_wanted() -> None:
    text = GOOD.replace("year: 2015", "year: 2015, pmid: 019860617").replace('"4"', "4.10")
    series, problems = parse_series(text.encode(), name="x")
    assert problems == []
    assert series is not None
    assert series.citation.pmid == "019860617"
    assert series.source.table == "4.10"


def test_empty_field_is_not_reported() -> None:
    series, problems = parse_series(GOOD.replace("PD: 3", "PD:").encode(), name="x")
    assert problems == []
    assert series is not None and series.arms[0].responses[0].PD is None


def test_file_name_and_id_agree() -> None:
    assert [p.code for p in problems_of(GOOD, stem="jones-2015")] == ["name-differs"]


def test_missing_file(tmp_path: Path) -> None:
    series, problems = read_series(tmp_path / "none.yaml")
    assert series is None
    assert [p.code for p in problems] == ["unreadable-file"]


def test_skeleton_is_valid() -> None:
    series, problems = parse_series(skeleton("jones-2020").encode(), name="x", stem="jones-2020")
    assert problems == []
    assert series is not None and series.source.kind == "entered"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_folder_gives_the_good_and_all_faults(tmp_path: Path) -> None:
    extracted = tmp_path / "extracted"
    write(extracted, "review/smith-2015.yaml", GOOD)
    write(extracted, "review/bad-1.yaml", GOOD.replace("CR: 9", "CR: 25"))
    write(extracted, "review/bad-2.yaml", GOOD.replace("year:", "yeer:"))
    write(extracted, "paper/smith-2015.yml", GOOD)
    stored, problems = read_folder(extracted)
    assert [(s.source, s.series.series) for s in stored] == [
        ("paper", "smith-2015"),
        ("review", "smith-2015"),
    ]
    assert {p.source.document for p in problems if p.source} == {
        "review/bad-1.yaml",
        "review/bad-2.yaml",
    }


def test_folder_twice_gives_the_same_through_the_cache(tmp_path: Path) -> None:
    extracted = tmp_path / "extracted"
    path = write(extracted, "review/smith-2015.yaml", GOOD)
    first, _ = read_folder(extracted)
    assert list((tmp_path / ".evidence" / "cache").iterdir())
    again, _ = read_folder(extracted)
    assert again == first
    path.write_text(GOOD.replace("CR: 9", "CR: 8"))
    changed, _ = read_folder(extracted)
    assert changed[0].series.arms[0].responses[0].CR == 8
    assert changed[0].sha != first[0].sha


def test_damaged_cache_is_no_fault(tmp_path: Path) -> None:
    extracted = tmp_path / "extracted"
    write(extracted, "review/smith-2015.yaml", GOOD)
    first, _ = read_folder(extracted)
    for file in (tmp_path / ".evidence" / "cache").iterdir():
        file.write_text("{broken")
    assert read_folder(extracted) == (first, [])


def test_absent_folder_is_empty(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "extracted") == ([], [])


def test_files_that_would_never_be_read_are_faults(tmp_path: Path) -> None:
    text = skeleton("jones-2020")
    for name in ("jones-2020.yaml", "letters/jones-2020.yaml", "letters/more/jones-2020.yaml"):
        path = tmp_path / "extracted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    stored, problems = read_folder(tmp_path / "extracted")
    assert [item.path.parent.name for item in stored] == ["letters"]
    assert [p.source.document for p in problems if p.source] == [
        "extracted/jones-2020.yaml",
        "extracted/letters/more/jones-2020.yaml",
    ]
