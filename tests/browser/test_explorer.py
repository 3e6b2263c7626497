"""The explorer against the package: the same choices give the same numbers, by keyboard too."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidence.errors import FindingsInData
from evidence.review import Review
from evidence.table.switches import Switches

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))
pytestmark = pytest.mark.browser

STATES = 30
READ = """() => [...document.querySelectorAll('#explorer tbody tr')]
  .map(r => [r.className, ...[...r.children].map(c => c.textContent)])"""


def states(review: Review) -> Iterator[dict[str, str]]:
    """Choices drawn with a fixed seed from everything the form offers."""
    draw = random.Random(20)
    routes = sorted({row.route for row in review.rows if row.route})
    doses = sorted({row.dose_band for row in review.rows if row.dose_band})
    for _ in range(STATES):
        yield {
            "outcome": draw.choice(review.protocol.outcomes),
            "by": draw.choice(["", "route", "dose", "disease"]),
            "method": draw.choice(["glmm", "dl", "common"]),
            "route": draw.choice(["", "", *routes]),
            "dose": draw.choice(["", "", *doses]),
            "derived": draw.choice("01"),
            "mixed": draw.choice("01"),
            "overlaps": draw.choice("01"),
            "attributed": draw.choice("01"),
        }


def pooled(review: Review, state: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Group to (n/N, percent with interval) by the package, for groups of two series or more."""
    from evidence.report.text import interval, percent

    switches = replace(
        Switches.from_protocol(review.protocol),
        derived=state["derived"] == "1",
        mixed_routes=state["mixed"] == "1",
        overlaps=state["overlaps"] == "1",
        attributed=state["attributed"] == "1",
    )
    where = {name: state[name] for name in ("route", "dose") if state[name]}
    try:
        result = review.pool(
            state["outcome"],
            by=state["by"] or None,
            where=where or None,
            switches=switches,
            method=state["method"],
            test="t",
        )
    except FindingsInData:
        return {}
    return {
        group.group: (
            f"{group.events}/{group.total}",
            f"{percent(group.estimate, group.total)}"
            f" ({interval(group.ci_low, group.ci_high, group.total)})",
        )
        for group in result.groups
        if group.k > 1
    }


@pytest.fixture(scope="module")
def review(root: Path) -> Review:
    return Review(root)


@pytest.fixture(scope="module")
def page(chromium: Any, review: Review, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from evidence.report.render import render_report
    from evidence.review.reporting import build_context

    path = tmp_path_factory.mktemp("explorer") / "report.html"
    path.write_bytes(render_report(build_context(review), formats=("html",))["report.html"])
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(path.as_uri())
    yield tab
    tab.close()


def test_thirty_states_give_the_numbers_of_evidence_pool(page: Any, review: Review) -> None:
    address = page.url.split("#")[0]
    compared = 0
    for state in states(review):
        page.goto(f"{address}#explorer:" + "&".join(f"{k}={v}" for k, v in state.items()))
        page.reload()
        lines = page.evaluate(READ)
        shown = {
            line[1].split(": ")[0]: (line[2].rstrip("†"), line[3])
            for line in lines
            if line[0] == "pooled"
        }
        expected = pooled(review, state)
        if not state["by"]:
            expected = dict(zip(["All series"], expected.values(), strict=False))
        else:
            shown.pop("All series", None)
        assert shown == expected, state
        compared += len(expected)
    assert compared >= 20


def test_every_filter_is_reached_and_changed_by_keyboard(page: Any) -> None:
    page.goto(page.url.split("#")[0] + "#explorer:")
    page.reload()
    page.focus("#explorer select[name=outcome]")
    reached = []
    for _ in range(30):
        name, kind = page.evaluate(
            "[document.activeElement.name || '', document.activeElement.type || '']"
        )
        if kind == "reset":
            break
        if not reached or reached[-1] != name:
            reached.append(name)
        before = page.evaluate("location.href")
        page.keyboard.press("Space" if kind == "checkbox" else "ArrowDown")
        changed = page.evaluate("location.href") != before or kind == "number"
        assert changed, f"{name} does not follow the keyboard"
        page.keyboard.press("Tab")
    assert reached == [
        *("outcome", "by", "method", "route", "dose", "disease", "from", "to"),
        *("derived", "mixed", "overlaps", "attributed"),
    ]
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    assert page.input_value("#explorer select[name=outcome]") == "ORR"
    assert "From the report's results" in page.inner_text(".explorer-note")


def test_an_impossible_choice_says_that_no_series_passes(page: Any) -> None:
    page.goto(page.url.split("#")[0] + "#explorer:route=IV&dose=%E2%89%A415%20mg")
    page.reload()
    assert "No series passes these filters" in page.inner_text(".explorer-figure")


def test_a_hash_with_unknown_names_and_values_changes_nothing(page: Any) -> None:
    odd = "#explorer:outcome=XYZ&constructor=1&by=%3Cscript%3E&route=%&x"
    page.goto(page.url.split("#")[0] + odd)
    page.reload()
    assert page.input_value("#explorer select[name=outcome]") == "ORR"
    assert "120/182" in page.inner_text("#explorer")
