"""A chromium and the rendered example; skipped with a reason where either cannot be had."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSER = os.environ.get("EVIDENCE_CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """File address of the rendered example."""
    from report_full_example import full_example

    return write(full_example(), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def own_model_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example with a model that the page cannot compute."""
    from dataclasses import replace

    from report_example import example

    from evidence.model.protocol import Protocol

    ctx = example()
    plain = ctx.protocol.model_dump() | {"model": {"method": "reml", "test": "hk"}}
    changed = replace(ctx, protocol=Protocol.model_validate(plain))
    return write(changed, tmp_path_factory.mktemp("own-model"))


def write(ctx: Any, folder: Path) -> str:
    """Render into the folder; the page's address."""
    from evidence.report.render import render_report

    for name, body in render_report(ctx).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(body)
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(BROWSER).exists():
        pytest.skip(f"no browser at {BROWSER}")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any, address: str) -> Iterator[Any]:
    """The report, open on a wide screen; any script error or request fails the test."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith("file:") else faults.append(r.url))
    page.goto(address)
    yield page
    page.close()
    assert faults == []
