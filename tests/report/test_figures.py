"""Figures: well-formed, described, the same every time, nothing cut off or overlapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.errors import WrongUsage
from evidence.model.pooled import GroupResult, Pooled, StudyResult
from evidence.pooling import pool
from evidence.report.context import ReportContext
from evidence.report.figures.forest_drawing import draw_forest
from evidence.report.figures.forest_lines import ForestLine
from evidence.report.figures.png import to_png
from evidence.report.figures.textwidth import text_width, wrap
from evidence.report.gallery import FIGURES, figure, forest_of
from evidence.report.words import words

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[tuple[float, float, str, str, float]]:
    """(left, baseline, anchor, content, width) of every text in the drawing."""
    found = []
    root = ElementTree.fromstring(svg)
    around = {child: parent for parent in root.iter() for child in parent}
    for element in root.iter(f"{SVG}text"):
        group = around[element]
        size = float(element.get("font-size") or group.get("font-size", "12"))
        width = text_width(element.text or "", size=size, bold=element.get("font-weight") == "bold")
        x = float(element.get("x", "0"))
        anchor = element.get("text-anchor") or group.get("text-anchor", "start")
        left = x - width if anchor == "end" else x - width / 2 if anchor == "middle" else x
        found.append((left, float(element.get("y", "0")), anchor, element.text or "", width))
    return found


def assert_tidy(svg: str) -> None:
    """Texts stay inside the picture and do not run into each other."""
    root = ElementTree.fromstring(svg)
    width, height = (float(n) for n in root.get("viewBox", "").split()[2:])
    boxes = [(left, y, left + w) for left, y, _, content, w in texts(svg) if content]
    for left, y, right in boxes:
        assert left >= -1 and right <= width + 1
        assert 0 <= y <= height
    boxes.sort(key=lambda box: (box[1], box[0]))
    for one, other in pairwise(boxes):
        if one[1] == other[1]:
            assert one[2] <= other[0] + 1, f"overlap at y={one[1]}"


def test_every_figure_is_well_formed_described_and_tidy(full_files: Mapping[str, bytes]) -> None:
    figures = {name: body.decode() for name, body in full_files.items() if name.endswith(".svg")}
    assert len(figures) >= 25
    for svg in figures.values():
        root = ElementTree.fromstring(svg)
        assert root.find(f"{SVG}title").text
        assert root.find(f"{SVG}desc").text
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert_tidy(svg)


def test_figures_match_their_snapshots(full_files: Mapping[str, bytes], snapshot: object) -> None:
    assert {n: b.decode() for n, b in full_files.items() if n.endswith(".svg")} == snapshot


@pytest.mark.parametrize("kind", FIGURES)
def test_each_kind_can_be_had_alone(kind: str, full: ReportContext) -> None:
    assert figure(kind, full).svg.startswith("<svg ")


def test_an_unknown_kind_lists_the_known(full: ReportContext) -> None:
    with pytest.raises(WrongUsage, match=r"Unknown figure 'forrest'.* Known: forest, evidence-map"):
        figure("forrest", full)


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(WrongUsage, match="nothing to draw for the figure 'forest' of ORR by route"):
        figure("forest", ReportContext(), by="route")


def test_forest_has_the_columns_in_order_and_no_null_line(full: ReportContext) -> None:
    svg = figure("forest", full, by="route").svg
    heads = [content for _, y, _, content, _ in texts(svg) if y == 16]
    assert heads == ["Series", "Route", "Dose", "Disease", "n/N", "% (interval)"]
    ticks = [content for _, _, _, content, _ in texts(svg) if content in {"0", "100"}]
    assert ticks == ["0", "100"]
    assert svg.count("Prediction interval for a new series") == 4
    assert len(re.findall("<polygon", svg)) == 4
    assert "stroke-dasharray" not in svg


def test_labels_stand_on_the_line_of_their_numbers(full: ReportContext) -> None:
    by_line: dict[float, list[str]] = {}
    for _, y, _, content, _ in texts(figure("forest", full).svg):
        by_line.setdefault(y, []).append(content)
    line = next(row for row in by_line.values() if "Querfeld et al. 2009" in row)
    assert set(line) == {
        "Querfeld et al. 2009",
        "16/19",
        "84% (60–97)",
        "mixed",
        "30 mg",
        "17 SS, 2 E-MF",
    }


def test_square_area_follows_weight_or_total() -> None:
    counts = [(4, 10), (20, 40)]
    svg = str(forest_of(pool([4, 20], [10, 40]).pooled))
    sides = [
        float(s)
        for s in re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"[^>]*class="accent"', svg)
    ]
    assert len(sides) == len(counts)
    assert sides[0] ** 2 / sides[1] ** 2 == pytest.approx(
        10 / 40, rel=0.05
    )  # coordinates have one decimal


@pytest.mark.parametrize("k", [3, 60, 200])
def test_many_series_with_long_names_do_not_overlap(k: int) -> None:
    studies = tuple(
        StudyResult(
            series=f"A multicentre registry of the Far Northern Dermatology Network {i}",
            events=i % 9,
            total=9 + i % 40,
            estimate=(i % 9) / (9 + i % 40),
            ci_low=0.0,
            ci_high=0.9,
        )
        for i in range(k)
    )
    group = GroupResult(
        group="all",
        k=k,
        events=5,
        total=50,
        estimate=0.4,
        ci_low=0.3,
        ci_high=0.5,
        pi_low=0.1,
        pi_high=0.8,
        tau2=0.2,
        i2=30.0,
        studies=studies,
    )
    svg = str(
        forest_of(
            Pooled(
                outcome="ORR",
                by=None,
                method="glmm",
                transform="logit",
                test="t",
                level=0.95,
                groups=(group,),
            )
        )
    )
    assert_tidy(svg)
    baselines = sorted({y for left, y, *_ in texts(svg) if left < 200})
    assert min(b - a for a, b in pairwise(baselines)) >= 11


def test_intervals_beyond_the_axis_are_clipped_with_an_arrow() -> None:
    line = ForestLine(
        kind="series", label="A 2001", events=3, total=10, estimate=0.3, low=0.07, high=0.65, size=1
    )
    svg = draw_forest(words("en-GB"), [line], ident="f", title="t", axis=(0.2, 0.5))
    assert svg.count("<polygon") == 2
    assert draw_forest(words("en-GB"), [line], ident="f", title="t").count("<polygon") == 0


def test_png_has_text(full: ReportContext) -> None:
    svg = figure("prisma", full).svg
    with_text = to_png(svg, zoom=1)
    bare = to_png(re.sub(r"<text.*?</text>", "", svg), zoom=1)
    assert with_text.startswith(b"\x89PNG")
    assert len(with_text) > 1.5 * len(bare)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.integers(30, 300))
def test_wrapping_keeps_every_letter_within_the_width(text: str, width: int) -> None:
    lines = wrap(text, width=width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= width or len(line) == 1 for line in lines)


def test_result_forest_is_a_picture() -> None:
    picture = forest_of(pool([3, 4, 5], [10, 9, 12], by=["a", "a", "b"]).pooled)
    assert picture._repr_svg_().startswith("<svg")
    assert replace(picture, svg="<svg/>").svg == "<svg/>"
