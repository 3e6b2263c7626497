"""A run is repeated when anything it rests on has changed, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence.review import Review
from evidence.review.remembering import fingerprint
from evidence.review.starting import start_review
from evidence.review.status import review_status

CHANGED = (
    "review.toml",
    "sources/one.csv",
    "extracted/one/adams-2010.yaml",
    "extracted/one/source.json",
    "own/html/answer.html",
    "style.csl",
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    start_review(tmp_path)
    with (tmp_path / "review.toml").open("a") as protocol:
        protocol.write('[report]\ntemplates = "own"\ncsl = "style.csl"\n')
    (tmp_path / "own" / "html").mkdir(parents=True)
    (tmp_path / "own" / "html" / "answer.html").write_text("<p></p>")
    (tmp_path / "style.csl").write_text("<style/>")
    (tmp_path / "sources" / "one.csv").write_text(
        "Study,Disease,n,CR,PR\nAdams 2010,SS,10,2,3\nBaker 2011,XYZ 20,20,4,5\n"
    )
    Review(tmp_path).add(tmp_path / "sources" / "one.csv")
    return tmp_path


@pytest.mark.parametrize("name", CHANGED)
def test_one_byte_of_any_input_counts(name: str, small: Path) -> None:
    before = fingerprint(Review(small).folder)
    assert fingerprint(Review(small).folder) == before
    with (small / name).open("ab") as file:
        file.write(b"\n")
    assert fingerprint(Review(small).folder) != before


def test_shipped_word_lists_and_templates_count(
    small: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path_factory.mktemp("installed") / "evidence"
    (package / "vocabulary").mkdir(parents=True)
    words, template = package / "vocabulary" / "routes.toml", package.parent / "templates" / "a.md"
    template.parent.mkdir()
    monkeypatch.setattr("evidence.review.remembering.SHIPPED", package)
    seen = set()
    for path in (words, template):
        for text in ("a", "ab"):
            path.write_text(text)
            seen.add(fingerprint(Review(small).folder))
    assert len(seen) == 4


def test_papers_read_with_other_words_are_named(small: Path) -> None:
    assert review_status(Review(small)).read_otherwise == ()
    with (small / "review.toml").open("a") as protocol:
        protocol.write('[vocabulary.diseases]\nXYZ = ["xyz disease"]\n')
    review = Review(small)
    assert review_status(review).read_otherwise == ("one.csv",)
    review.add(small / "sources" / "one.csv", again=True)
    assert review_status(review).read_otherwise == ()


def test_papers_that_share_a_name_do_not_stop_a_run(small: Path) -> None:
    shutil.copy(small / "sources" / "one.csv", small / "sources" / "one.txt")
    (small / "sources" / "one.txt").write_text("Study  n  CR\nOther 2012  9  3\n")
    (small / "review.toml").write_text("[review]\n")
    outcome = Review(small).run()
    assert any("--as" in (problem.remedy or "") for problem in outcome.unreadable)
    assert (small / "reports" / "report.html").is_file()
