"""The fictional review in ``examples/second-review`` against counts keyed by hand from it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from evidence import Review
from evidence.model.series import Arm
from evidence.store import read_series
from evidence.table.switches import Switches

TRUTH: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("second_review.yaml"))
COUNTS = ("total", "CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR", "deaths")
CASES = [(source, series) for source, found in TRUTH.items() for series in found]


@pytest.fixture(scope="module")
def example(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example without its results, run once."""
    folder = tmp_path_factory.mktemp("example") / "review"
    folder.mkdir()
    shutil.copy(root / "examples" / "second-review" / "review.toml", folder)
    shutil.copytree(root / "examples" / "second-review" / "sources", folder / "sources")
    done = subprocess.run(
        [sys.executable, "-m", "evidence.cli", "run"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return folder


def _regimen(arm: Arm) -> dict[str, Any]:
    found = arm.regimen
    plain = {
        "dose": found.dose_mg.low if found.dose_mg else None,
        "unit": found.dose_unit,
        "routes": list(found.routes),
        "per_week": found.doses_per_week.low if found.doses_per_week else None,
        "schedule": found.schedule,
    }
    return {name: value for name, value in plain.items() if value is not None}


def _months(arm: Arm) -> dict[str, Any]:
    if not arm.response_months:
        return {}
    (one,) = arm.response_months
    names = ("value", "median", "mean", "low", "high", "censored")
    return {name: value for name in names if (value := getattr(one, name)) is not None}


@pytest.mark.parametrize(("source", "series"), CASES)
def test_every_value_of_every_series(example: Path, source: str, series: str) -> None:
    truth = TRUTH[source][series]
    found, problems = read_series(example / "extracted" / source / f"{series}.yaml")
    assert found is not None and not problems
    (arm,) = found.arms
    (block,) = arm.responses
    assert dict(arm.population) == truth["population"]
    assert _regimen(arm) == truth["regimen"]
    assert {c: n for c in COUNTS if (n := getattr(block, c)) is not None} == truth["counts"]
    assert {e.outcome: e.events for e in block.exclusions} == truth.get("excluded", {})
    assert _months(arm) == truth.get("months", {})
    if "complications" not in truth:
        assert arm.complications is None
        return
    assert arm.complications is not None
    assert {f"{c.preferred}, {c.grade or ''}": c.events for c in arm.complications} == truth[
        "complications"
    ]


def test_no_series_is_missing_and_none_is_made_up(example: Path) -> None:
    found = {(p.parent.name, p.stem) for p in (example / "extracted").glob("*/*.yaml")}
    assert found == set(CASES)


def _responders(counts: dict[str, int]) -> int:
    return counts["ORR"] if "ORR" in counts else counts["CR"] + counts["PR"]


def _expected(route: str | None) -> tuple[int, int, int]:
    """(series, responders, patients) by hand; a series of two sources counts once."""
    chosen = {series: TRUTH[source][series] for source, series in reversed(CASES)}
    kept = [t for t in chosen.values() if route is None or t["regimen"]["routes"] == [route]]
    events = sum(_responders(t["counts"]) for t in kept)
    return len(kept), events, sum(t["counts"]["total"] for t in kept)


def test_pooled_counts_are_the_sums_of_the_pages(example: Path) -> None:
    review = Review(example)
    whole = review.pool("ORR", by="none").groups[0]
    assert (whole.k, whole.events, whole.total) == _expected(None) == (13, 115, 220)
    for group in review.pool("ORR", by="route").groups:
        assert (group.k, group.events, group.total) == _expected(str(group.group))


def test_doses_of_another_unit_stay_out_of_the_bands(example: Path) -> None:
    by_dose = {g.group: g.total for g in Review(example).pool("ORR", by="dose").groups}
    assert by_dose == {
        "≤15 mg/m²": 15 + 11 + 10 + 13,
        ">15 mg/m²": 24 + 32 + 18 + 14 + 21 + 21 + 20,
    }


def test_results_are_plain_json_and_csv(example: Path) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    text = (example / "reports" / "results.json").read_text(encoding="utf-8")
    json.loads(text, parse_constant=refuse)
    with (example / "reports" / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["series"] for row in rows} == {series for _, series in CASES}


def test_it_says_that_it_is_fiction(root: Path, example: Path) -> None:
    folder = root / "examples" / "second-review"
    for name in ("README.md", "review.toml", "paper.toml"):
        assert "FICTIONAL" in (folder / name).read_text(encoding="utf-8")
    for name in ("rotas-2017.html", "square-2018.xml"):
        assert "FICTIONAL" in (folder / "sources" / name).read_text(encoding="utf-8")
    assert "ictional demonstration" in (example / "reports" / "report.md").read_text(
        encoding="utf-8"
    )


def test_responses_after_radiotherapy_can_be_left_out(example: Path) -> None:
    review = Review(example)
    for outcome, whole, left in (("ORR", 115, 112), ("CR", 40, 37)):
        (kept,) = review.pool(outcome, by="none").groups
        switches = Switches(attributed=False)
        (without,) = review.pool(outcome, by="none", switches=switches).groups
        assert (kept.events, without.events) == (whole, left)
