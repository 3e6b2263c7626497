"""What a run depends on and what it left behind, so that the next one does nothing in vain."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.review.folder import Folder, sha256_of
from evidence.review.inputs import software_versions

if TYPE_CHECKING:
    from evidence.errors import Problem

STATE_NAME = "run.json"
SHIPPED = Path(__file__).resolve().parents[1]
"""The package: its code, word lists and translations."""


def fingerprint(folder: Folder) -> str:
    """Digest of everything a run depends on.

    Protocol, papers, series files, own templates and citation style by their bytes; what is
    installed by size and time of each file, and by version.
    """
    digest = hashlib.sha256(json.dumps(software_versions()).encode())
    for path in _inputs(folder):
        digest.update(f"{path.relative_to(folder.root)}\0{sha256_of(path)}\n".encode())
    for place in (SHIPPED, SHIPPED.parent / "templates"):
        for path in _files(place):
            if "__pycache__" not in path.parts:
                stat = path.stat()
                digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _inputs(folder: Folder) -> Iterator[Path]:
    yield from (path for path in [folder.protocol, *folder.papers()] if path.is_file())
    yield from _files(folder.extracted)
    named = _named_by(folder.protocol)
    yield from _files(folder.root / named.get("templates", "templates"))
    if "csl" in named and (style := folder.root / named["csl"]).is_file():
        yield style


def _files(place: Path) -> list[Path]:
    return sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else []


def _named_by(protocol: Path) -> dict[str, str]:
    """``[report]`` of review.toml without its other keys' checks; empty where it is broken."""
    try:
        report = tomllib.loads(protocol.read_text(encoding="utf-8-sig")).get("report", {})
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in report.items() if isinstance(v, str)} if report else {}


def remembered(folder: Folder) -> dict[str, Any] | None:
    """The last run's state, unless its outputs are gone or were changed."""
    state = last_state(folder)
    try:
        intact = all(sha256_of(folder.root / name) == sha for name, sha in state["outputs"].items())
    except (OSError, KeyError):
        return None
    return state if intact else None


def last_state(folder: Folder) -> dict[str, Any]:
    """What the last run left behind; empty when there is nothing to be read."""
    try:
        state = json.loads((folder.state / STATE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def remember(
    folder: Folder,
    *,
    fingerprint: str,
    lines: tuple[str, ...],
    unreadable: dict[str, list[Problem]],
    outputs: list[Path],
) -> None:
    """Keep what a run printed, could not read and wrote, under the fingerprint it ran on."""
    from evidence.store import write_atomic

    state = {
        "fingerprint": fingerprint,
        "lines": list(lines),
        "unreadable": {
            sha: [{"code": p.code, "message": str(p), "severity": p.severity} for p in found]
            for sha, found in unreadable.items()
        },
        "outputs": {str(path.relative_to(folder.root)): sha256_of(path) for path in outputs},
    }
    text = json.dumps(state, ensure_ascii=False, indent=1)
    write_atomic(folder.state / STATE_NAME, text.encode())
