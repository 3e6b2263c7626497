"""Reviews with little or nothing in them: every section stays and says what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from page import quoted
from report_example import PROTOCOL, context, example, series_and_rows
from series_example import CATEGORIES, FACTS, Fact

from evidence.model.protocol import Protocol
from evidence.report.context import ReportContext
from evidence.report.render import render_report
from evidence.report.sections import SECTIONS


def routeless() -> ReportContext:
    ctx = example(FACTS[:6])
    rows = tuple(replace(row, route=None, dose_band=None) for row in ctx.rows)
    series = []
    for entry in ctx.series:
        arm = entry.series.arms[0]
        bare = arm.model_copy(update={"regimen": type(arm.regimen)()})
        series.append(entry.series.model_copy(update={"arms": (bare,)}))
    return context(series, rows)


def with_responses(fact: Fact, total: int, *events: int) -> Fact:
    """The series with these CR, PR, SD and PD instead of its own."""
    counts = dict(zip(CATEGORIES, events, strict=True))
    return {**fact, "strata": {"all": {"total": total, **counts}}}


def all_events() -> ReportContext:
    return example([with_responses(fact, 5, 5, 0, 0, 0) for fact in FACTS[:3]])


def no_events() -> ReportContext:
    return example([with_responses(fact, 5, 0, 0, 0, 5) for fact in FACTS[:4]])


def one_enormous() -> ReportContext:
    whole = with_responses(FACTS[4], 120_000, 40_000, 30_000, 20_000, 30_000)
    return example([whole, *FACTS[:3]])


NAMES = {
    "a script as name": "<script>alert('x')</script> & \"Co\"",
    "names from right to left": "اسم طويل لمؤلف عربي كثير الأجزاء",
    "Chinese names": "張偉 李娜 王芳 劉洋 陳靜 楊勇 趙敏 黃強 周傑 吳婷 徐磊 孫麗",
    "300 letters without a space": "X" * 300,
    "300 letters": "A multicentre registry of the Far Northern Dermatology Network " * 5,
}


def named(name: str) -> ReportContext:
    """The example with every series named so."""
    ctx = example(FACTS[:6])
    series = []
    for entry in ctx.series:
        citation = entry.series.citation.model_copy(update={"authors": name})
        series.append(entry.series.model_copy(update={"citation": citation}))
    return context(series, tuple(replace(row, label=f"{name} {row.year}") for row in ctx.rows))


CASES = {
    "empty": lambda: ReportContext(),
    "empty with a protocol": lambda: ReportContext(protocol=Protocol.model_validate(PROTOCOL)),
    "one series": lambda: example(FACTS[7:8]),
    "no route stated": routeless,
    "all events": all_events,
    "no patient rows": lambda: example(FACTS[:5]),
    "nothing reported": lambda: nothing_reported(),
    "two series": lambda: example(FACTS[:2]),
    "no events": no_events,
    "one enormous series": one_enormous,
    **{case: lambda name=name: named(name) for case, name in NAMES.items()},
}


def nothing_reported() -> ReportContext:
    series, rows = series_and_rows(FACTS[:2])
    return context(series, tuple(replace(row, events=None, how=None) for row in rows))


@pytest.fixture(scope="module")
def rendered() -> Mapping[str, Mapping[str, bytes]]:
    return {name: render_report(make()) for name, make in CASES.items()}


@pytest.mark.parametrize("name", CASES)
def test_no_section_vanishes(name: str, rendered: Mapping[str, Mapping[str, bytes]]) -> None:
    html = quoted(rendered[name]["report.html"])
    assert re.findall(r'<section id="sec-([a-z_]+)"', html) == list(SECTIONS)
    for body in re.findall(r"<section.*?</h2>(.*?)</section>", html, flags=re.S):
        assert len(re.sub(r"<[^>]+>|\s", "", body)) > 10
    assert "<script>alert" not in html
    assert "None" not in re.sub(r"<script.*?</script>", "", html, flags=re.S)
    assert "nan" not in re.sub(r"[A-Za-z]nan|nan[A-Za-z]", "", html).lower()


@pytest.mark.parametrize("name", CASES)
def test_links_hold(name: str, rendered: Mapping[str, Mapping[str, bytes]]) -> None:
    html = quoted(rendered[name]["report.html"])
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


SAID = {
    "empty": (
        "holds no series yet",
        "No series gives counts for this outcome",
        "No document has been read",
    ),
    "one series": ("only series that reports it", "one series", "no Kaplan–Meier curve"),
    "no route stated": ("Not shown: no series with counts for this outcome states its route",),
    "all events": ("15/15",),
    "no patient rows": ("no Kaplan–Meier curve", "14 counts of the flow are not recorded"),
    "nothing reported": ("none gives counts that could be pooled", "Nothing was pooled"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_missing_is_said(name: str, rendered: Mapping[str, Mapping[str, bytes]]) -> None:
    text = re.sub(r"<[^>]+>", "", quoted(rendered[name]["report.html"]))
    for words in SAID[name]:
        assert words in text


def test_a_lone_series_has_no_diamond(rendered: Mapping[str, Mapping[str, bytes]]) -> None:
    svg = rendered["one series"]["figures/forest-ORR.svg"].decode()
    assert "polygon" not in svg
    assert "one series, so no pooled proportion" in svg
