"""A misspelt word list is refused at once, and no remedy names a command that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.cli import COMMANDS
from evidence.store.protocol import parse_protocol


def test_unknown_word_list_has_its_line_and_the_known_ones() -> None:
    text = '[vocabulary.diseeses]\nXY = ["xylo disease"]\n'
    _, (problem,) = parse_protocol(text)
    assert problem.source is not None and problem.source.line == 1
    assert "'diseeses'" in problem.message and "diseases" in problem.message


def test_known_word_lists_are_taken() -> None:
    protocol, problems = parse_protocol('[vocabulary.diseases]\nXY = ["xylo disease"]\n')
    assert problems == [] and protocol.vocabulary["diseases"]["XY"] == ["xylo disease"]


def test_remedies_name_commands_that_exist(root: Path) -> None:
    named = {
        word
        for path in (root / "evidence").rglob("*.py")
        for word in re.findall(r"remedy=f?\"[^\"]*evidence ([a-z]+)", path.read_text("utf-8"))
    }
    assert named and named <= set(COMMANDS)
