"""Fixtures of these tests."""

from __future__ import annotations

import pytest

from evidence.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()
