"""The review folder: where things lie, and which papers are there to be read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from evidence.documents import SUFFIXES
from evidence.errors import WrongUsage
from evidence.model.protocol import SOURCE_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Paths of a review folder."""

    root: Path

    @property
    def protocol(self) -> Path:
        """``review.toml``."""
        return self.root / "review.toml"

    @property
    def sources(self) -> Path:
        """Papers that may be shared."""
        return self.root / "sources"

    @property
    def extracted(self) -> Path:
        """One folder per source, one YAML file per series."""
        return self.root / "extracted"

    @property
    def reports(self) -> Path:
        """What was rendered."""
        return self.root / "reports"

    @property
    def state(self) -> Path:
        """What a rerun remembers; safe to delete."""
        return self.root / ".evidence"

    def papers(self) -> list[Path]:
        """Files directly in ``sources/`` whose suffix names a format that is read, by name."""
        return [path for path in self._inside() if is_paper(path)]

    def left_alone(self) -> list[Path]:
        """What else lies in ``sources/``: files of no known format, folders that hold papers."""
        return [
            path
            for path in self._inside()
            if (path.is_file() and not is_paper(path))
            or (path.is_dir() and any(map(is_paper, path.iterdir())))
        ]

    def _inside(self) -> list[Path]:
        if not self.sources.is_dir():
            return []
        return sorted(p for p in self.sources.iterdir() if not p.name.startswith((".", "~")))


def is_paper(path: Path) -> bool:
    """Whether a file's suffix names a format that is read."""
    return path.suffix.casefold() in SUFFIXES and path.is_file()


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_source_name(name: str) -> None:
    """Refuse what is no plain name of a folder under ``extracted/``.

    Raises:
        WrongUsage: the name is empty, or leads out of ``extracted/``.
    """
    if not re.fullmatch(SOURCE_NAME, name):
        raise WrongUsage(
            f"'{name}' is no name of a source; expected letters, digits, dots and hyphens, "
            "such as smith-2015."
        )


def slug(text: str) -> str:
    """A folder name from a file name: lower case, letters, digits and hyphens."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "source"
