"""What a review pools: rows by decision, files of counts, doses in one unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.errors import WrongUsage
from evidence.review import Review
from evidence.review.counts_file import pool_counts


def test_pooled_numbers_say_which_decisions_they_rest_on(folder: Path) -> None:
    path = next((folder / "extracted").rglob("lundin-2003.yaml"))
    path.write_text(
        path.read_text(encoding="utf-8")
        + "decisions:\n"
        + "  - {finding: percent-mislabelled, action: accept, by: A.B., on: 2026-01-02,"
        + " why: the 55 % is the overall response}\n",
        encoding="utf-8",
    )
    review = Review(folder)
    closed = [
        f for f in review.audit() if (f.code, f.series) == ("percent-mislabelled", "lundin-2003")
    ]
    assert [f.status for f in closed] == ["accepted"]
    notes = [p for p in review.pool("ORR").problems if p.code == "rests-on-decision"]
    assert any("Lundin" in p.message and "A.B." in p.message for p in notes)


def test_a_row_excluded_by_decision_is_left_out_by_name(folder: Path) -> None:
    path = next((folder / "extracted").rglob("lenihan-2004.yaml"))
    path.write_text(
        path.read_text(encoding="utf-8")
        + "decisions:\n"
        + "  - {finding: identical-responses, action: exclude, by: A.B., on: 2026-01-02,"
        + " why: may be the patients of another series}\n",
        encoding="utf-8",
    )
    result = Review(folder).pool("ORR")
    assert result.groups[0].k == 13
    assert any("Lenihan" in left.series for left in result.excluded)


def test_a_series_in_two_rows_of_a_counts_file_is_named(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("series,events,total\na,1,4\nb,2,5\na,3,6\n", encoding="utf-8")
    result = pool_counts(counts, outcome="ORR", by=None)
    (problem,) = (p for p in result.problems if p.code == "series-twice")
    assert "counts.csv" in str(problem) and problem.source is not None and problem.source.line == 4


def test_doses_in_several_units_never_make_one_regression(folder: Path) -> None:
    paper = folder / "sources" / "doses.csv"
    doses = ("10 mg", "20 mg", "30 mg", "500 µg", "3 MU")
    rows = (f"Series {at} 201{at},{10 + at},{dose} SC,{at},3" for at, dose in enumerate(doses))
    paper.write_text("\n".join(("Study,n,Regimen,CR,PR", *rows)) + "\n", encoding="utf-8")
    review = Review(folder)
    review.add(paper)
    found = review.regress("ORR", on="dose_mg", where={"source": "doses"})
    assert found.fit.k == 3
    mixed = next(p for p in found.problems if p.code == "dose-units-mixed")
    assert "500 µg" in mixed.message
    assert "3 MU" in mixed.message


def test_a_series_the_printed_table_does_not_hold_counts_beside_it(folder: Path) -> None:
    assert Review(folder).protocol.table.as_printed_in is not None
    before = Review(folder).pool("ORR").groups[0]
    paper = folder / "sources" / "new.csv"
    paper.write_text("Study,n,Disease,CR,PR\nDahl 2020,6,SS,4,1\n")
    review = Review(folder)
    review.add(paper)
    after = review.pool("ORR").groups[0]
    assert (after.k, after.events, after.total) == (
        before.k + 1,
        before.events + 5,
        before.total + 6,
    )


def test_a_printed_source_that_is_not_there_is_refused(folder: Path) -> None:
    protocol = folder / "review.toml"
    named = 'as_printed_in = "alemtuzumab-2026"'
    text = protocol.read_text(encoding="utf-8")
    assert named in text
    protocol.write_text(text.replace(named, 'as_printed_in = "nowhere"'), encoding="utf-8")
    with pytest.raises(WrongUsage, match="nowhere"):
        _ = Review(folder).rows
