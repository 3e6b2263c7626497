"""Fixtures of the patient-level tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def vocabulary() -> object:
    return None
