"""What the system refuses is a message with its place and exit 3, never a traceback."""

from __future__ import annotations

import json
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
