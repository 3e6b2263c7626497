"""Every number in text, tables and figures leads to its row and on to the printed cell."""

from __future__ import annotations

from collections.abc import Mapping

import page as seen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.report.context import ReportContext
from evidence.report.links import cell_anchor, result_anchor, row_anchor, slug
from evidence.report.render import render_report


@pytest.mark.parametrize("which", ["full", "review_ctx"])
def test_no_number_is_without_a_link_and_every_link_ends_at_a_cell(
    which: str, request: pytest.FixtureRequest
) -> None:
    ctx: ReportContext = request.getfixturevalue(which)
    html = render_report(ctx, formats=("html",))["report.html"]
    assert seen.numbers(html, ctx) > 1200
    assert seen.unlinked(html, ctx) == []
    assert seen.dead_ends(html, ctx) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>and 17 more responded</p>",
        "<table><tbody><tr><th>ORR</th><td>17/19</td></tr></tbody></table>",
        "<svg><text x='1' y='2'>84% (60–97)</text></svg>",
        "<p class='note'>17 of 19 without a source</p>",
        "<ul class='warnings'><li><code>few</code> 3 series</li></ul>",
    ],
)
def test_a_planted_number_without_link_is_found(
    planted: str, full_files: Mapping[str, bytes], full: ReportContext
) -> None:
    found = seen.unlinked(plant(full_files["report.html"], planted), full)
    assert [section for section, _ in found] == ["forest"]


def test_a_planted_link_that_ends_nowhere_is_found(
    full_files: Mapping[str, bytes], full: ReportContext
) -> None:
    page = plant(full_files["report.html"], '<p><a href="#table-software">17/19</a></p>')
    assert seen.dead_ends(page, full) == ["forest: 17/19 -> #table-software"]


def plant(page: bytes, planted: str) -> str:
    """The page with more in its section of pooled proportions."""
    html = page.decode()
    place = html.index("</h2>", html.index("<section id=sec-forest")) + len("</h2>")
    return html[:place] + planted + html[place:]


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_two_texts_never_share_an_anchor(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)


def test_rows_cells_and_results_have_anchors_of_their_own(full: ReportContext) -> None:
    rows = [row_anchor(row) for row in full.rows]
    assert len(rows) == len(set(rows))
    cells = [cell_anchor(e.series.series, name) for e in full.series for name in e.series.cells]
    results = [
        result_anchor(r.outcome, r.by, g.group) for r in full.pooled.values() for g in r.groups
    ]
    together = rows + cells + results
    assert len(together) == len(set(together))
