"""The seed review for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
import seed_series

from evidence.model.series import Series


@pytest.fixture(scope="session")
def table4(shared: Path) -> list[Series]:
    """The fourteen series of Table 4 (actas-2015), from the hand transcription."""
    return seed_series.read_table4(shared)
