"""The words a report of uncontrolled series may not use, over templates, strings and output."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from evidence.report.context import ReportContext
from evidence.report.wording import FORBIDDEN, find_forbidden


def test_templates_use_no_forbidden_word(root: Path) -> None:
    files = sorted((root / "templates").rglob("*.j2"))
    assert len(files) > 30
    found = {
        str(path.relative_to(root)): find_forbidden(path.read_text())
        for path in files
        if path.suffix == ".j2" and not path.name.startswith(("style", "script", "explorer.js"))
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_strings_of_the_report_use_no_forbidden_word(root: Path) -> None:
    found = {}
    for path in sorted((root / "evidence" / "report").rglob("*.py")):
        if path.name == "wording.py":
            continue
        text = re.sub(r"TESTS = .*", "", path.read_text())  # names of tests as computed
        strings = re.findall(r'"([^"\n]{8,})"', text)
        if words := find_forbidden(" ".join(strings)):
            found[path.name] = words
    assert found == {}


def test_the_rendered_report_uses_no_forbidden_word(full_files: Mapping[str, bytes]) -> None:
    html = full_files["report.html"].decode()
    shown = re.sub(r"<(script|style).*?</\1>|<q[ >].*?</q>", " ", html, flags=re.S)
    assert find_forbidden(re.sub(r"<[^>]+>", " ", shown)) == []


def test_pooled_numbers_are_named_as_what_they_are(
    full_files: Mapping[str, bytes], full: ReportContext
) -> None:
    text = re.sub(r"<[^>]+>", "", full_files["report.html"].decode())
    assert text.count("ooled proportion across uncontrolled series") >= len(full.protocol.outcomes)


def test_counts_stand_before_percent_and_small_groups_have_no_decimals(
    full_files: Mapping[str, bytes],
) -> None:
    html = full_files["report.html"].decode()
    answer = re.sub(r"<[^>]+>", "", html[html.index("class=lead") :].split("</p>")[0])
    for events, total, percent in re.findall(r"(\d+)/(\d+)†? \(([\d.]+)%", answer):
        assert int(events) <= int(total)
        assert ("." in percent) == (int(total) >= 100)
    assert re.search(r"120/182† \(67\.9%", answer)


@pytest.mark.parametrize(
    "text",
    [
        "a treatment effect of 5",
        "IV is superior",
        "the efficacy of SC",
        "SC works better than IV",
        "more effective",
        "significantly higher",
    ],
)
def test_the_rule_catches(text: str) -> None:
    assert find_forbidden(text)


@pytest.mark.parametrize("text", ["side-by-side", "pooled proportion across uncontrolled series"])
def test_the_rule_lets_pass(text: str) -> None:
    assert not find_forbidden(text)
    assert FORBIDDEN
