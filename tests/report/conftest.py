"""The example review, rendered once for all tests of the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import page as seen
import pytest
from report_example import example
from report_full_example import full_example

from evidence.report.context import ReportContext
from evidence.report.render import render_report

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def ctx() -> ReportContext:
    return example()


@pytest.fixture(scope="session")
def files(ctx: ReportContext) -> Mapping[str, bytes]:
    return render_report(ctx)


@pytest.fixture(scope="session")
def html(files: Mapping[str, bytes]) -> str:
    return seen.quoted(files["report.html"])


@pytest.fixture(scope="session")
def markdown(files: Mapping[str, bytes]) -> str:
    return files["report.md"].decode()


@pytest.fixture(scope="session")
def full() -> ReportContext:
    """Everything a review may have: harms, sensitivity, judgements, a flow."""
    return full_example()


@pytest.fixture(scope="session")
def full_files(full: ReportContext) -> Mapping[str, bytes]:
    return render_report(full)


@pytest.fixture(scope="session")
def review_ctx() -> ReportContext:
    """The repository's own review."""
    return seen.whole_review(ROOT)


@pytest.fixture(scope="session")
def second_review_ctx() -> ReportContext:
    """The example review of another drug."""
    return seen.whole_review(ROOT / "examples" / "second-review")
