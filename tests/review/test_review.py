"""A review folder as one object: its faults, its table, a run and its status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from folders import snapshot

from evidence.errors import FindingsInData, WrongUsage
from evidence.review import Review
from evidence.review.starting import start_review
from evidence.review.status import review_status


def test_all_faults_of_all_files_at_once(folder: Path) -> None:
    first, second, *_ = sorted((folder / "extracted").rglob("*.yaml"))
    first.write_text(first.read_text(encoding="utf-8").replace("arms:", "harms:"), encoding="utf-8")
    second.write_text(
        second.read_text(encoding="utf-8").replace("status: unverified", "status: sure"),
        encoding="utf-8",
    )
    with pytest.raises(FindingsInData) as raised:
        _ = Review(folder).rows
    assert first.name in str(raised.value) and second.name in str(raised.value)


def test_run_twice_is_identical_and_the_second_does_nothing(folder: Path) -> None:
    outcome = Review(folder).run()
    assert (folder / "reports" / "report.html").is_file()
    results = json.loads((folder / "reports" / "results.json").read_text(encoding="utf-8"))
    assert len({row["series"] for row in results["rows"]}) == 14
    before = snapshot(folder / "reports")
    again = Review(folder).run()
    assert again.unchanged and again.lines == outcome.lines
    (folder / ".evidence" / "run.json").unlink()
    assert not Review(folder).run().unchanged
    assert snapshot(folder / "reports") == before


def test_new_user_path(root: Path, tmp_path: Path) -> None:
    start_review(tmp_path)
    review = Review(tmp_path)
    assert review.run().lines  # an empty review says what to do
    paper = next((root / "sources").glob("*.pdf"))
    assert len(review.add(paper).series) == 14
    outcome = Review(tmp_path).run()
    assert any(line.startswith("ORR: ") for line in outcome.lines)
    assert (tmp_path / "reports" / "report.md").is_file()


def test_table_is_a_frame(review: Review) -> None:
    table = review.table
    overall = table[(table.stratum == "all") & (table.outcome == "ORR")]
    assert int(overall.total.sum()) == 182  # Actas 2015, Table 4: patients with SS or MF
    assert int(overall.events.sum()) == 120


def test_a_folder_that_is_no_review_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="evidence init"):
        Review(tmp_path).run()
    with pytest.raises(WrongUsage, match="evidence init"):
        _ = Review(tmp_path).rows
    assert not list(tmp_path.iterdir())


def test_status_counts_the_patients_of_the_review(review: Review) -> None:
    status = review_status(review)
    assert (status.series, status.patients) == (14, 182)  # Actas 2015, Table 4


def test_a_paper_that_cannot_be_read_is_not_said_to_wait(review: Review) -> None:
    (review.folder.root / "sources" / "empty.docx").touch()
    assert review_status(review).unread == ("empty.docx",)
    review.run()
    status = review_status(review)
    assert (status.unread, status.unreadable) == ((), ("empty.docx",))
    assert "empty.docx" in status.next_step


def test_what_is_no_paper_is_named(review: Review) -> None:
    sources = review.folder.root / "sources"
    (sources / "old.doc").touch()
    (sources / "more").mkdir()
    (sources / "more" / "smith-2015.pdf").touch()
    (sources / "empty").mkdir()
    assert review_status(review).left_alone == ("more", "old.doc")
    assert review.run().left_alone == ("more", "old.doc")
