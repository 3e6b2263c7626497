"""What review.toml may not say is refused when it is read, with the line, before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.errors import FindingsInData
from evidence.review import Review
from evidence.review.starting import start_review

REFUSED = {
    '[review]\nlanguage = "fr"': (2, "en-GB, en-US, es"),
    '[review]\ndata_date = "yesterday"': (2, "2026-01-31"),
    '[groups]\nby = ["rote"]': (2, "route, dose, disease"),
    "[[groups.dose]]\nlabel = 'a'\nup_to = 10\n[[groups.dose]]\nlabel = 'b'\nup_to = 5": (
        1,
        "'a' and 'b' hold the same doses",
    ),
    "[[groups.dose]]\nlabel = 'a'\nabove = 9\nup_to = 5": (1, "holds no dose"),
    '[model]\nmethod = "foo"': (1, "glmm, common"),
    '[model]\ntest = "hk"': (1, "inverse-variance"),
    '[model]\nstudy_interval = "x"': (1, "wilson"),
    '[population]\ninclude = ["SS"]\nexclude = ["SS"]': (1, "both name SS"),
    '[[source]]\nname = "../x"': (2, "letters, digits"),
    '[[source]]\nname = "a"\n[[source]]\nname = "a"': (1, "called a"),
    '[report]\ntemplates = "nowhere"': (2, "no folder nowhere/"),
}


@pytest.mark.parametrize("said", REFUSED)
def test_refused_with_its_line(said: str, tmp_path: Path) -> None:
    (tmp_path / "review.toml").write_text(f"{said}\n", encoding="utf-8")
    line, told = REFUSED[said]
    with pytest.raises(FindingsInData) as raised:
        _ = Review(tmp_path).protocol
    (problem,) = raised.value.problems
    assert told in problem.message
    assert problem.source is not None and problem.source.line == line


ROUTES = [("SC", None), ("subcutaneous", "write SC"), ("orbital", "[vocabulary.routes]")]


@pytest.mark.parametrize(("written", "remedy"), ROUTES)
def test_a_route_in_other_words_is_named(written: str, remedy: str | None, tmp_path: Path) -> None:
    start_review(tmp_path)
    path = Review(tmp_path).add_by_hand("smith-1998")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("routes: []", f"routes: [{written}]"), encoding="utf-8")
    found = [p.remedy or "" for p in Review(tmp_path).problems if p.code == "unknown-route"]
    assert len(found) == (remedy is not None)
    assert all(remedy in told for told in found if remedy)


def test_a_date_may_stand_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "review.toml").write_text("[review]\ndata_date = 2026-01-31\n", encoding="utf-8")
    assert Review(tmp_path).protocol.review.data_date == "2026-01-31"
