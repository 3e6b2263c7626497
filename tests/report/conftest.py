"""The example review, rendered once for all tests of the report."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from report_example import example, full_example

from evidence.report.context import ReportContext
from evidence.report.render import render_report


@pytest.fixture(scope="session")
def ctx() -> ReportContext:
    return example()


@pytest.fixture(scope="session")
def files(ctx: ReportContext) -> Mapping[str, bytes]:
    return render_report(ctx)


@pytest.fixture(scope="session")
def html(files: Mapping[str, bytes]) -> str:
    return files["report.html"].decode()


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
