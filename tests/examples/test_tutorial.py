"""What the tutorial says the program prints is what it prints."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def _transcripts(root: Path) -> list[tuple[str, list[str]]]:
    """(command, pieces of its output between dots) of every shell block, in order."""
    text = (root / "docs" / "tutorial.md").read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"^```\n(\$ .*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            pieces = [" ".join(p.split()) for p in re.split(r"^\.\.\.$", printed, flags=re.M)]
            found.append((command, [piece for piece in pieces if piece]))
    return found


def _edit(folder: Path, root: Path, command: str, done: set[str]) -> None:
    """What the reader types into files before these commands."""
    text = (root / "docs" / "tutorial.md").read_text(encoding="utf-8")
    umbra = folder / "extracted" / "nobody-2019" / "umbra-2011.yaml"
    if command == "evidence audit" and "audit" in done:
        decision = re.search(r"^decisions:\n.*\n", text, re.MULTILINE)
        assert decision is not None
        words = umbra.read_text(encoding="utf-8").replace("unverified", "confirmed", 1)
        umbra.write_text(words + decision[0], encoding="utf-8")
    if command == "evidence run" and "run" in done:
        with (folder / "review.toml").open("a", encoding="utf-8") as file:
            file.write("\n[table]\nattributed = false\n")
    done.add(command.split()[1])


def test_every_command_prints_what_the_tutorial_shows(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "examples", tmp_path / "examples")
    folder, done = tmp_path, set[str]()
    for command, pieces in _transcripts(root):
        if command.startswith("cd "):
            folder = folder / command.split()[1]
            continue
        if command.startswith("cp "):
            subprocess.run(command, cwd=folder, shell=True, check=True)
            continue
        _edit(folder, root, command, done)
        ran = subprocess.run(
            [sys.executable, "-m", "evidence.cli", *shlex.split(command)[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"COLUMNS": "100"},
        )
        assert ran.returncode in (0, 1), ran.stderr
        printed = " ".join(ran.stdout.split())
        for piece in pieces:
            assert piece in printed, f"{command}: {piece!r} not in {printed[:3000]!r}"
    assert done >= {"init", "tables", "add", "run", "audit", "table", "pool", "diff"}


@pytest.mark.parametrize("link", ["commands.md", "file-format.md", "methods.md"])
def test_links_lead_somewhere(root: Path, link: str) -> None:
    assert (root / "docs" / link).is_file()
