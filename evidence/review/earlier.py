"""Results of other versions of the review, kept beside the new ones for *what changed*."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.review.folder import Folder

if TYPE_CHECKING:
    from evidence.review.contents import Contents

RESULTS_NAME = "results.json"
VERSIONS = "versions"


def previous_version(review: Contents) -> Mapping[str, Any] | None:
    """Results of the last version of the review other than this one; None for the first."""
    reports = review.folder.reports
    current = _read_results(reports / RESULTS_NAME)
    if current is not None and current["review"]["version"] != review.protocol.review.version:
        return current
    kept = [_read_results(path) for path in kept_versions(review.folder)]
    known = [
        results
        for results in kept
        if results is not None and results["review"]["version"] != review.protocol.review.version
    ]
    return known[-1] if known else None


def kept_versions(folder: Folder) -> list[Path]:
    """Results of other versions of the review, kept by earlier reports."""
    return sorted((folder.reports / VERSIONS).glob("*.json"))


def _read_results(path: Path) -> dict[str, Any] | None:
    try:
        results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return results if isinstance(results, dict) and "review" in results else None


def keep_version(reports: Path, version: str) -> None:
    """Put the results of another version than ``version`` aside before they are written over."""
    from evidence.store import write_atomic

    current = _read_results(reports / RESULTS_NAME)
    if current is not None and current["review"]["version"] != version:
        name = f"{current['review']['version']}.json".replace("/", "-")
        write_atomic(reports / VERSIONS / name, (reports / RESULTS_NAME).read_bytes())
