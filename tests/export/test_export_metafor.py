"""The exported R script reproduces each pooled number where R with metafor is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from evidence.export.metafor import write_metafor
from evidence.pooling import Result, pool

DATA = Path(__file__).parents[1] / "reference" / "data" / "alemtuzumab.csv"


def table(**options: Any) -> Result:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return pool(
        [int(row["events"]) for row in rows],
        [int(row["total"]) for row in rows],
        series=[row["series"] for row in rows],
        by=[row["route"] for row in rows],
        by_name="route",
        outcome="ORR",
        **options,
    )


def run(files: dict[str, str], name: str, folder: Path) -> dict[str, dict[str, str]]:
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    command = [shutil.which("Rscript") or "Rscript", f"{name}.R"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    with (folder / f"{name}-metafor.csv").open(encoding="utf-8", newline="") as file:
        return {row["what"]: row for row in csv.DictReader(file)}


def test_files_are_named_after_the_outcome() -> None:
    assert sorted(write_metafor(table())) == ["orr-by-route.R", "orr-by-route.csv"]
    both = write_metafor([table(), table(method="reml")])
    assert "orr-by-route-2.R" in both
    assert "lundin-1998,4,8,IV" in both["orr-by-route.csv"]


def test_what_metafor_lacks_is_said_in_the_script() -> None:
    script = write_metafor(table(method="beta-binomial"))["orr-by-route.R"]
    assert "'beta-binomial' is not in metafor" in script


@pytest.mark.r
@pytest.mark.parametrize(
    "options",
    [
        {"method": "glmm"},
        {"method": "reml", "test": "hk"},
        {"method": "dl", "test": "z", "transform": "double-arcsine"},
        {"method": "common", "test": "z", "level": 0.9},
        {"method": "pm", "test": "hk-adhoc", "correction": 0.25},
    ],
    ids=lambda options: "-".join(str(value) for value in options.values()),
)
def test_the_script_reproduces_the_numbers(options: dict[str, Any], tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    result = table(**options)
    found = run(write_metafor(result), "orr-by-route", tmp_path)
    # GLMM: lme4's optimiser stops near 1e-4; the rest differ by where each search stops
    limit = 2e-4 if options["method"] == "glmm" else 1e-6
    for name, group in [("all series", result.overall), *((g.group, g) for g in result.groups)]:
        for field in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high"):
            theirs, ours = found[name][field], getattr(group, field)
            assert (ours is None) == (theirs == "NA"), (name, field)
            if ours is not None:
                assert ours == pytest.approx(float(theirs), abs=limit), (name, field)
    for contrast in result.contrasts:
        if options.get("transform", "logit") == "logit":
            row = found[f"OR {contrast.a} against {contrast.b}"]
            assert contrast.odds_ratio == pytest.approx(float(row["estimate"]), rel=10 * limit)
            assert contrast.ci_low == pytest.approx(float(row["ci_low"]), rel=10 * limit)
