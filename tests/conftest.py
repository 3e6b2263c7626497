"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository root, which is itself a review folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Papers and transcriptions that may not be shared; the test skips where they are absent."""
    folder = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))
    if not (folder / "facts").is_dir():
        pytest.skip("the papers and transcriptions that may not be shared are not here")
    return folder
