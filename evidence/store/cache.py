"""Validated series by the hash of their file, so that an unchanged file is not parsed again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from evidence.model.series import Series

VERSION = 1
"""Raised when the reader makes other data of the same text."""


class SeriesCache:
    """One JSON file of plain series, validated again when read; safe to delete at any time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"series-{VERSION}.json"
        self._found: dict[str, Any] = self._load()
        self._used: dict[str, Any] = {}
        self._changed = False

    def get(self, sha: str) -> Series | None:
        """The series of the file with this hash; None when it is not kept or no longer valid."""
        plain = self._found.get(sha)
        if plain is None:
            return None
        from pydantic import ValidationError

        try:
            series = Series.model_validate(plain)
        except ValidationError:
            return None
        self._used[sha] = plain
        return series

    def put(self, sha: str, series: Series) -> None:
        """Keep a series that was read without a fault."""
        self._used[sha] = series.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        self._changed = True

    def save(self) -> None:
        """Write what was used in this run, if anything changed; a read-only folder is no fault."""
        if not self._changed and len(self._used) == len(self._found):
            return
        temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(self._used, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            return

    def _load(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
