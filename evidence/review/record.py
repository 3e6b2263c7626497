"""What reading one paper gave, kept beside its series as ``extracted/SOURCE/source.json``.

The paper itself is never read for numbers again: what the audit needs of its prose, and what was
in doubt, is recorded here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORD_NAME = "source.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """One paper as it was read."""

    name: str
    """The folder under ``extracted/``."""
    document: str
    sha256: str
    format: str
    title: str | None
    series: tuple[str, ...]
    problems: tuple[dict[str, Any], ...]
    tables: int = 0
    prose: tuple[dict[str, Any], ...] = ()

    def to_text(self) -> str:
        """The record as JSON text."""
        plain = {
            "document": self.document,
            "sha256": self.sha256,
            "format": self.format,
            "title": self.title,
            "tables": self.tables,
            "series": list(self.series),
            "problems": list(self.problems),
            "prose": list(self.prose),
        }
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def read_record(folder: Path) -> SourceRecord | None:
    """The record in a source's folder, or None where there is none that can be read."""
    try:
        plain = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
        return SourceRecord(
            name=folder.name,
            document=plain["document"],
            sha256=plain["sha256"],
            format=plain["format"],
            title=plain.get("title"),
            series=tuple(plain["series"]),
            problems=tuple(plain["problems"]),
            tables=plain.get("tables", 0),
            prose=tuple(plain.get("prose", ())),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_records(extracted: Path) -> list[SourceRecord]:
    """Records of every source folder, by name."""
    if not extracted.is_dir():
        return []
    records = (read_record(folder) for folder in sorted(extracted.iterdir()) if folder.is_dir())
    return [record for record in records if record is not None]
