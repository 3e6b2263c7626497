"""What the system refuses is a message with its place and exit 3, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import cli


def test_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "review.toml").write_text("[review]\n")
    (tmp_path / "extracted").write_text("a file where a folder belongs")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["add", "--by-hand", "smith-1998"]) == 3
    told = capsys.readouterr().err
    assert "extracted" in told and "Mend:" in told and "Traceback" not in told


def test_refusal_as_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "reports" / ".a.csv.x.tmp"))

    monkeypatch.setattr("evidence.review.review.Review.__init__", refuse)
    monkeypatch.chdir(tmp_path)
    assert cli.run(["audit", "--json"]) == 3
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["source"]["document"] == str(tmp_path / "reports")


IGNORED = (
    "pool --data counts.csv --verified-only",
    "pool --on year --by route",
    "power --by route",
    "power --by route --contrast SC:SC",
    "power --within 0",
    "tables paper.csv --page 0",
    "add --by-hand smith-1998 paper.csv",
    "add paper.csv --as ../elsewhere",
    "add paper.csv --review nowhere",
    "extract paper.csv --review nowhere",
    "tables paper.csv --debug pictures",
    "status --review review.toml",
)


@pytest.mark.parametrize("line", IGNORED)
def test_what_would_be_ignored_is_refused(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "review.toml").write_text("[review]\n")
    (tmp_path / "extracted").mkdir()
    (tmp_path / "paper.csv").write_text("Study,Route,n,CR\nAdams 2010,SC,10,2\nBaker 2011,IV,9,4\n")
    (tmp_path / "counts.csv").write_text("series,events,total\na,1,4\n")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert cli.run(line.split()) == 2
    assert capsys.readouterr().err.strip()
    assert [p for p in sorted(tmp_path.rglob("*")) if ".evidence" not in p.parts] == before


@pytest.mark.parametrize("text", ["{}", "[1]", '{"rows": 1}', "no JSON"])
def test_diff_with_what_are_no_results(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "review.toml").write_text("[review]\n")
    (tmp_path / "old.json").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert cli.run(["diff", "old.json"]) == 3
    assert "Mend:" in capsys.readouterr().err


def test_a_terminal_without_unicode_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text("series,events,total\nÅberg ≤15,1,4\nb,2,5\n", "utf-8")
    command = [sys.executable, "-m", "evidence.cli", "pool", "--data", "counts.csv"]
    plain = os.environ | {"PYTHONIOENCODING": "ascii"}
    text = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, check=False)
    assert text.returncode == 0 and b"Traceback" not in text.stderr
    command += ["--json"]
    found = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, check=True)
    group = json.loads(found.stdout.decode("ascii"))["groups"][0]
    assert group["studies"][0]["series"] == "Åberg ≤15"


def test_json_stays_json_beside_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "paper.csv"
    paper.write_text("Study,n,CR\nAdams 2010,10,2\nBaker 2011,9,4\n")
    assert cli.run(["tables", str(paper), "--csv", str(tmp_path / "out"), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["tables"]
    assert "wrote" in printed.err
