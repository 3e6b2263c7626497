"""A review folder with the repository's own paper, read once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence.review import Review


@pytest.fixture(scope="session")
def read_once(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own-review")
    shutil.copy(root / "review.toml", folder)
    (folder / "sources").mkdir()
    for paper in (root / "sources").glob("*.pdf"):
        shutil.copy(paper, folder / "sources")
        Review(folder).add(folder / "sources" / paper.name)
    return folder


@pytest.fixture
def folder(read_once: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    copy = tmp_path / "review"
    shutil.copytree(read_once, copy)
    return copy


@pytest.fixture
def review(folder: Path) -> Review:
    return Review(folder)
