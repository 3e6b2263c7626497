"""The command line: help, unknown names, exit codes, and the examples of every command's help."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import cli

Capture = pytest.CaptureFixture[str]


def test_overview_lists_every_command(capsys: Capture) -> None:
    assert cli.run(["--help"]) == 0
    printed = capsys.readouterr().out
    for name in cli.COMMANDS:
        assert re.search(rf"^  {name} ", printed, re.MULTILINE)


def test_every_command_module_is_registered(root: Path) -> None:
    helpers = {"__init__", "field_names", "options", "printing", "series_text"}
    modules = {p.stem for p in (root / "evidence" / "commands").glob("*.py")} - helpers
    assert modules == set(cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_has_an_example_and_is_documented(name: str, root: Path) -> None:
    command = importlib.import_module(f"evidence.commands.{name}").command
    assert f"Example: evidence {name}" in (command.__doc__ or "")
    assert f"evidence {name}" in (root / "docs" / "commands.md").read_text(encoding="utf-8")


def test_unknown_command_names_the_near_one(capsys: Capture) -> None:
    assert cli.run(["audti"]) == 2
    assert "Did you mean 'audit'?" in capsys.readouterr().err


def test_missing_paper_is_exit_3(capsys: Capture) -> None:
    assert cli.run(["tables", "no-such-paper.pdf"]) == 3
    assert "no-such-paper.pdf" in capsys.readouterr().err


def test_error_as_json(capsys: Capture) -> None:
    assert cli.run(["tables", "no-such-paper.pdf", "--json"]) == 3
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["source"]["document"].endswith("no-such-paper.pdf")
    assert problem["remedy"]


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys; from evidence import cli; cli.run(['--help']);"
        "heavy = {'typer', 'numpy', 'pandas', 'pydantic', 'scipy'} & set(sys.modules);"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def examples() -> list[str]:
    found = []
    for name in cli.COMMANDS:
        doc = importlib.import_module(f"evidence.commands.{name}").command.__doc__ or ""
        found += re.findall(r"Example: evidence (.+)", doc)
    return found


@pytest.fixture(scope="module")
def copy_of_review(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    shutil.copy(root / "review.toml", folder)
    shutil.copytree(root / "sources", folder / "sources", ignore=shutil.ignore_patterns("typeset"))
    shutil.copytree(root / "extracted", folder / "extracted")
    (folder / "reports").mkdir()
    shutil.copy(root / "reports" / "results.json", folder / "reports")
    paper = next((folder / "sources").glob("*.pdf"))
    for name in ("paper.pdf", "smith-2015.pdf", "jones-2019.pdf"):
        shutil.copy(paper, folder / "sources" / name if name == "paper.pdf" else folder / name)
    return folder


@pytest.mark.parametrize("example", examples())
def test_examples_of_the_help_run(
    example: str, copy_of_review: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(copy_of_review)
    code = cli.run(shlex.split(example))
    printed = capsys.readouterr()
    assert code in ((0, 1) if example.startswith("audit") else (0,)), printed.err
    assert printed.out.strip()
