"""The report as a reader has it: links, explorer, keyboard, print, dark, narrow, no script."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evidence.pooling import pool

pytestmark = pytest.mark.browser


def choose(tab: Any, **values: str) -> None:
    for name, value in values.items():
        tab.select_option(f"#explorer select[name={name}]", value)


def shown(tab: Any, kind: str = "pooled") -> list[list[str]]:
    """Cells of the explorer's table rows of a kind."""
    script = """kind => [...document.querySelectorAll('#explorer tbody tr')]
      .filter(r => r.className === kind).map(r => [...r.children].map(c => c.textContent))"""
    return tab.evaluate(script, kind)  # type: ignore[no-any-return]


def test_every_link_leads_to_something_one_can_see(tab: Any) -> None:
    dead = tab.evaluate("""() => [...document.querySelectorAll('a[href^="#"]')]
      .map(a => a.getAttribute('href').slice(1))
      .filter(id => !document.getElementById(decodeURIComponent(id)))""")
    assert dead == []


def test_a_number_leads_to_its_row_and_on_to_its_cell(tab: Any) -> None:
    tab.click("#table-responses a[href='#r-querfeld-2009~ORR']")
    row = tab.locator("[id='r-querfeld-2009~ORR']")
    assert row.is_visible()
    assert "16/19" in row.inner_text()
    row.locator("a").first.click()
    cell = tab.locator(":target")
    assert cell.is_visible()
    assert "9 CR, 7 PR" in cell.inner_text()
    assert re.search(r"page 5, table 4, box [\d. ]+ pt", cell.inner_text())


def test_the_explorer_starts_with_the_reports_numbers(tab: Any) -> None:
    assert shown(tab) == [["All series: 14 series, 182 patients", "120/182†", "67.9% (54.0–79.2)"]]
    assert "From the report's results" in tab.inner_text(".explorer-note")


def test_the_explorer_groups_and_warns(tab: Any) -> None:
    choose(tab, by="route")
    assert [row[0] for row in shown(tab)][:1] == ["IV: 6 series, 55 patients"]
    assert "confounding" in tab.inner_text("#explorer .warnings")


@pytest.mark.parametrize("method", ["glmm", "dl", "common"])
@pytest.mark.parametrize(
    "pairs",
    [
        [(4, 8), (12, 22), (3, 8), (2, 6), (2, 3), (3, 8)],
        [(3, 4), (12, 14), (5, 5), (16, 18), (18, 23), (4, 5)],
        [(2, 8), (7, 22), (0, 8), (0, 6), (1, 3), (0, 4), (1, 14), (5, 5), (9, 19), (14, 23)],
        [(1, 40), (30, 60), (80, 90), (3, 200), (50, 55)],
    ],
)
def test_the_page_pools_as_the_package_does(
    tab: Any, method: str, pairs: list[tuple[int, int]]
) -> None:
    ours = pool([e for e, _ in pairs], [n for _, n in pairs], method=method).groups[0]
    theirs = tab.evaluate(
        "([pairs, method]) => window.evidencePool(pairs, method)", [pairs, method]
    )
    # 1e-5: the page integrates on a fixed grid and searches without gradients
    assert theirs["est"] == pytest.approx(ours.estimate, abs=1e-5)
    assert theirs["lo"] == pytest.approx(ours.ci_low, abs=1e-4)
    assert theirs["hi"] == pytest.approx(ours.ci_high, abs=1e-4)
    assert theirs["tau2"] == pytest.approx(ours.tau2, abs=1e-3, rel=1e-3)


def test_filters_change_the_numbers_and_the_address(tab: Any) -> None:
    choose(tab, route="SC")
    assert shown(tab)[0][:2] == ["All series: 6 series, 69 patients", "58/69†"]
    assert "Computed in this page" in tab.inner_text(".explorer-note")
    tab.uncheck("#explorer input[name=derived]")
    assert shown(tab)[0][1] != "58/69†"
    assert "route=SC" in tab.url and "derived=0" in tab.url


def test_a_shared_address_restores_the_view(chromium: Any, address: str) -> None:
    page = chromium.new_page()
    page.goto(address + "#explorer:outcome=CR&by=dose&method=dl")
    assert page.input_value("#explorer select[name=outcome]") == "CR"
    assert page.input_value("#explorer select[name=by]") == "dose"
    assert page.input_value("#explorer select[name=method]") == "dl"
    page.close()


def test_the_explorer_works_by_keyboard(tab: Any) -> None:
    tab.focus("#explorer select[name=outcome]")
    tab.keyboard.press("ArrowDown")
    assert tab.input_value("#explorer select[name=outcome]") == "CR"
    assert shown(tab)[0][1] == "57/182†"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "by"


def test_the_first_tab_stop_skips_to_the_report(tab: Any) -> None:
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("getComputedStyle(document.activeElement).left") == "8px"


def test_on_a_phone_the_explorer_draws_each_interval_below_its_numbers(
    chromium: Any, address: str
) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}#explorer:by=route")
    wide, shown = page.evaluate(
        "(e => [e.scrollWidth, e.clientWidth])(document.querySelector('.explorer-figure'))"
    )
    assert wide <= shown
    drawn = page.text_content(".explorer-figure svg")
    assert "120/182†, 67.9% (54.0–79.2)" in drawn
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("document.querySelector('.explorer-figure svg').clientWidth === 980")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_wider_than_the_screen(
    chromium: Any, address: str, scheme: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_dark_mode_repaints_figures(chromium: Any, address: str) -> None:
    seen = []
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme)
        page.goto(address)
        colour = "([s, what]) => getComputedStyle(document.querySelector(s))[what]"
        painted = [["#forest-ORR text", "fill"], ["#forest-ORR", "backgroundColor"]]
        seen.append([page.evaluate(colour, pair) for pair in painted])
        page.close()
    assert seen[0] != seen[1]
    assert len({*seen[0], *seen[1]}) == 4


def test_print_hides_navigation_and_opens_nothing_that_scrolls(tab: Any) -> None:
    tab.emulate_media(media="print")
    assert not tab.is_visible(".explorer-form")
    assert not tab.is_visible("nav")
    overflow = tab.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX")
    assert overflow == "visible"
    assert len(tab.pdf()) > 50_000


def test_without_script_all_but_the_explorer_is_there(chromium: Any, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.is_visible("#forest-ORR")
    assert page.is_visible("#table-responses")
    assert "needs JavaScript" in page.locator("#sec-explorer noscript").inner_text()
    assert not page.is_visible("#explorer")
    page.locator("summary", has_text="The figure as a table").first.click()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(chromium: Any, address: str, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page.goto(address)
    violations = axe.Axe().run(page).response["violations"]
    page.close()
    told = [(v["id"], v["nodes"][0]["html"][:200], len(v["nodes"])) for v in violations]
    assert told == []


def test_a_model_the_page_cannot_compute_is_said(chromium: Any, own_model_address: str) -> None:
    page = chromium.new_page()
    page.goto(own_model_address)
    assert shown(page)[0][1] == "120/182†"
    page.select_option("#explorer select[name=route]", "IV")
    assert shown(page)[0][1:] == ["26/55†", ""]
    assert "not-computed" in page.inner_text("#explorer .warnings")
    page.close()
