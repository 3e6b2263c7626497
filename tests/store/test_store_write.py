"""Writing series files: whole or not at all, comments kept, nothing of a person's overwritten."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.errors import FindingsInData, WrongUsage
from evidence.model.series import Arm, Citation, Responses, Series
from evidence.model.source import CellSource, DocumentSource
from evidence.store import (
    ABSENT,
    json_schema,
    merge_reread,
    parse_series,
    read_protocol,
    read_series,
    series_yaml,
    write_schema,
    write_series,
)

COMMENTED = """\
# checked against the paper
series: smith-2015
citation: {authors: Smith et al., year: 2015}
source: {document: review.pdf, table: "4", row: 1}
status: unverified   # by nobody yet
arms:
  - population: {SS: 17, MF: 2}
    # the regimen is from the methods
    regimen: {drug: alemtuzumab, dose_mg: 30, routes: [SC]}
    responses:
      - {scope: all, total: 19, CR: 9, PR: 7, PD: 3}   # adds up
"""


def parse(text: str) -> Series:
    series, problems = parse_series(text.encode(), name="x")
    assert series is not None, problems
    return series


def changed(series: Series, **fields: object) -> Series:
    plain = series.model_dump(mode="json", exclude_none=True)
    plain.update(fields)
    return Series.model_validate(plain)


def with_counts(series: Series, **counts: int) -> Series:
    plain = series.model_dump(mode="json", exclude_none=True)
    plain["arms"][0]["responses"][0].update(counts)
    return Series.model_validate(plain)


def changed_lines(was: str, now: str) -> list[str]:
    return [
        line
        for line in difflib.unified_diff(was.splitlines(), now.splitlines(), n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_one_count_is_a_one_line_diff_and_comments_stay() -> None:
    now = series_yaml(with_counts(parse(COMMENTED), PD=2), existing=COMMENTED)
    assert changed_lines(COMMENTED, now) == [
        "-      - {scope: all, total: 19, CR: 9, PR: 7, PD: 3}   # adds up",
        "+      - {scope: all, total: 19, CR: 9, PR: 7, PD: 2}   # adds up",
    ]


def test_new_key_goes_to_its_fixed_place() -> None:
    now = series_yaml(with_counts(parse(COMMENTED), SD=0), existing=COMMENTED)
    assert "{scope: all, total: 19, CR: 9, PR: 7, SD: 0, PD: 3}" in now
    now = series_yaml(changed(parse(COMMENTED), centre="Turin"), existing=COMMENTED)
    assert changed_lines(COMMENTED, now) == ["+centre: Turin"]
    assert now.index("centre:") < now.index("arms:")


def test_unchanged_series_leaves_the_text_alone() -> None:
    assert series_yaml(parse(COMMENTED), existing=COMMENTED) == COMMENTED


def test_yaml_1_1_words_are_quoted_for_other_readers() -> None:
    series = changed(parse(COMMENTED), cells={"complications": {"text": "No", "page": 6}})
    assert "text: 'No'" in series_yaml(series)


def test_zero_and_none_survive() -> None:
    series = with_counts(parse(COMMENTED), SD=0)
    again = parse(series_yaml(series))
    assert again.arms[0].responses[0].SD == 0
    assert again.arms[0].responses[0].NE is None


def test_no_complications_and_not_stated_survive() -> None:
    plain = parse(COMMENTED).model_dump(mode="json", exclude_none=True)
    plain["arms"][0]["complications"] = []
    assert parse(series_yaml(Series.model_validate(plain))).arms[0].complications == ()
    assert parse(series_yaml(parse(COMMENTED))).arms[0].complications is None


words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), max_size=30
)
counts = st.none() | st.integers(0, 40)


@settings(max_examples=60, deadline=None)
@given(words, words, st.lists(st.tuples(counts, counts, counts), max_size=3))
def test_every_series_survives_the_file(
    title: str, text: str, blocks: list[tuple[int | None, int | None, int | None]]
) -> None:
    series = Series(
        series="any-1",
        citation=Citation(authors="A", title=title),
        source=DocumentSource(document="a.pdf"),
        cells={"response": CellSource(text=text, page=2, box=(1.5, 2, 3, 4))},
        arms=(
            Arm(
                population={"SS": 40},
                responses=tuple(Responses(CR=a, PR=b, PD=c) for a, b, c in blocks),
            ),
        ),
    )
    written = series_yaml(series)
    again = parse(written)
    assert again == series
    assert series_yaml(again) == written


def test_write_is_whole_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "review" / "smith-2015.yaml"
    sha = write_series(path, parse(COMMENTED), expected_sha=ABSENT)
    assert [p.name for p in path.parent.iterdir()] == ["smith-2015.yaml"]
    series, problems = read_series(path)
    assert problems == [] and series is not None
    again = write_series(path, with_counts(series, PD=2), expected_sha=sha)
    assert again != sha


def test_write_refuses_a_file_changed_since(tmp_path: Path) -> None:
    path = tmp_path / "review" / "smith-2015.yaml"
    sha = write_series(path, parse(COMMENTED))
    path.write_text(COMMENTED.replace("PD: 3", "PD: 1"))
    with pytest.raises(FindingsInData, match="changed since"):
        write_series(path, parse(COMMENTED), expected_sha=sha)
    with pytest.raises(FindingsInData, match="appeared"):
        write_series(path, parse(COMMENTED), expected_sha=ABSENT)
    assert "PD: 1" in path.read_text()
    path.unlink()
    with pytest.raises(FindingsInData, match="gone"):
        write_series(path, parse(COMMENTED), expected_sha=sha)


def test_write_refuses_to_bury_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "smith-2015.yaml"
    path.write_text(COMMENTED.replace("CR: 9", "CR: nine"))
    with pytest.raises(WrongUsage, match="whole number"):
        write_series(path, parse(COMMENTED))
    assert "nine" in path.read_text()


def test_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "smith-2015.yaml"
    write_series(path, parse(COMMENTED))
    before = path.stat().st_mtime_ns
    write_series(path, parse(COMMENTED))
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("status", ["confirmed", "corrected", "rejected"])
def test_settled_file_is_left_and_differences_are_told(status: str) -> None:
    existing = changed(parse(COMMENTED), status=status)
    merged, problems = merge_reread(existing, with_counts(parse(COMMENTED), PD=2))
    assert merged == existing
    assert [p.code for p in problems] == ["reread-differs"]
    assert "arms[0].responses[0].PD" in problems[0].message


def test_corrected_field_is_not_reported_again() -> None:
    correction = {
        "field": "arms[0].responses[0].PD",
        "was": 2,
        "now": 3,
        "by": "M. Roe",
        "on": "2026-01-31",
        "why": "page 4 says three",
    }
    existing = changed(parse(COMMENTED), status="corrected", corrections=[correction])
    merged, problems = merge_reread(existing, with_counts(parse(COMMENTED), PD=2))
    assert merged == existing and problems == []


def test_unverified_file_is_refreshed_but_keeps_a_persons_work() -> None:
    existing = changed(
        parse(COMMENTED),
        decisions=[
            {"finding": "percent-against-counts", "action": "accept", "by": "M. Roe",
             "on": "2026-01-31", "why": "rounded"}
        ],
        corrections=[
            {"field": "arms[0].responses[0].PD", "was": 2, "now": 3, "by": "M. Roe",
             "on": "2026-01-31", "why": "page 4"}
        ],
        risk_of_bias={"1": {"answer": "yes"}},
    )  # fmt: skip
    fresh = with_counts(parse(COMMENTED), PD=2, PR=6)
    merged, problems = merge_reread(existing, fresh)
    assert problems == []
    block = merged.arms[0].responses[0]
    assert (block.PR, block.PD) == (6, 3)
    assert merged.decisions == existing.decisions
    assert merged.corrections == existing.corrections
    assert merged.risk_of_bias == existing.risk_of_bias


def test_correction_without_a_place_is_told() -> None:
    existing = changed(
        parse(COMMENTED),
        corrections=[
            {"field": "arms[0].responses[1].PD", "was": 2, "now": 3, "by": "M. Roe",
             "on": "2026-01-31", "why": "page 4"}
        ],
    )  # fmt: skip
    _, problems = merge_reread(existing, parse(COMMENTED))
    assert [p.code for p in problems] == ["correction-lost-its-place"]


def test_schema_accepts_what_is_written(tmp_path: Path) -> None:
    schema = json_schema()
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"series", "citation", "source", "arms"}
    assert {"type": "number"} in schema["$defs"]["Amount"]["anyOf"]
    assert write_schema(tmp_path).read_text().startswith("{")


def test_protocol_faults_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "review.toml"
    path.write_text(
        '[review]\ntitle = "A"\n\n[model]\nlevel = "high"\nmethd = "reml"\n\n'
        '[[source]]\nname = "a"\n[[source]]\nkind = "book"\n'
    )
    protocol, problems = read_protocol(path)
    assert protocol.model.method == "glmm"
    found = {(p.code, p.source.line if p.source else None) for p in problems}
    assert found == {
        ("wrong-type", 5),
        ("unknown-field", 6),
        ("missing-field", 10),
        ("wrong-type", 11),
    }


def test_protocol_that_is_no_toml(tmp_path: Path) -> None:
    path = tmp_path / "review.toml"
    path.write_text('[review]\ntitle = "A\n')
    _, problems = read_protocol(path)
    assert [(p.code, p.source.line) for p in problems if p.source] == [("not-toml", 2)]


def test_protocol_absent(tmp_path: Path) -> None:
    _, problems = read_protocol(tmp_path / "review.toml")
    assert [p.code for p in problems] == ["no-protocol"]
    assert "evidence init" in str(problems[0])


def test_protocol_reads(tmp_path: Path) -> None:
    path = tmp_path / "review.toml"
    path.write_text('[population]\ninclude = ["SS", "MF"]\n[[source]]\nname = "a"\n')
    protocol, problems = read_protocol(path)
    assert problems == []
    assert protocol.population.include == ("SS", "MF")
    assert protocol.source[0].name == "a"
