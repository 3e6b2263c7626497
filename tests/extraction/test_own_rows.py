"""A paper's own patient rows beside its row of a review table; the paper is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.review import Review
from evidence.review.starting import start_review

_SERIES = (
    "<h1>Secukinumab in pityriasis rubra pilaris: our series and a review</h1>"
    "<table><caption>Table 1. Published series of secukinumab</caption>"
    "<tr><th>Series</th><th>Patients</th><th>Dose</th><th>Response</th></tr>"
    "<tr><td>Alvarez et al., 2017 [3]</td><td>8 PRP</td><td>300 mg SC weekly</td>"
    "<td>CR 3, PR 2, SD 3</td></tr>"
    "<tr><td>Our series, 2021</td><td>5 PRP</td><td>300 mg SC weekly</td>"
    "<td>CR 2, PR 2, PD 1</td></tr></table>"
)
_PATIENTS = (
    "<table><caption>Table 2. Our patients</caption>"
    "<tr><th>Patient</th><th>Sex</th><th>Age</th><th>Response</th></tr>{rows}</table>"
)
_ROWS = ("1 M 54 CR", "2 F 61 CR", "3 F 47 PR", "4 M 70 PR", "5 M 38 PD")


def _paper(folder: Path, rows: tuple[str, ...]) -> Path:
    made = "".join(f"<tr><td>{'</td><td>'.join(row.split())}</td></tr>" for row in rows)
    paper = folder / "own.html"
    paper.write_text(f"<html><body>{_SERIES}{_PATIENTS.format(rows=made)}</body></html>")
    return paper


@pytest.mark.parametrize(("rows", "differ"), [(_ROWS, False), (_ROWS[:4], True)])
def test_rows_of_another_number_stay_and_the_audit_says_so(
    tmp_path: Path, rows: tuple[str, ...], differ: bool
) -> None:
    start_review(tmp_path)
    Review(tmp_path).add(_paper(tmp_path, rows))
    review = Review(tmp_path)
    (own,) = [item.series for item in review.stored if item.series.series == "own-series"]
    assert [len(arm.patients) for arm in own.arms] == [len(rows)]
    problems = Review(tmp_path).extract(tmp_path / "own.html").problems
    assert ("patients-differ" in {problem.code for problem in problems}) is differ
    found = [item for item in review.audit() if item.code == "patient-rows-against-total"]
    assert [(item.series, item.arithmetic) for item in found] == (
        [("own-series", "4 rows for 5 patients")] if differ else []
    )
