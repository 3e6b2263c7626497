"""Write a file whole or not at all, and never over a change that was not seen."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from evidence.errors import FindingsInData, Place, Problem, Severity
from evidence.model.series import Series
from evidence.store.files import text_sha
from evidence.store.serialize import series_yaml

ABSENT = "absent"
"""As ``expected_sha``: the file must not exist yet."""


def write_series(path: Path | str, series: Series, *, expected_sha: str | None = None) -> str:
    """Write one series file and return its new hash.

    What stands in the file already keeps its comments and spelling; a file that would not change
    is not touched. With ``expected_sha`` (the hash from reading it, or ABSENT) the write is
    refused, with FindingsInData, when the file has changed since. Raises WrongUsage when the
    file there is no valid series.
    """
    path = Path(path)
    content = path.read_bytes() if path.exists() else None
    guard(path, content, expected_sha)
    text = series_yaml(series, existing=None if content is None else content.decode("utf-8-sig"))
    encoded = text.encode()
    if encoded != content:
        write_atomic(path, encoded)
    return text_sha(encoded)


def guard(path: Path, content: bytes | None, expected_sha: str | None) -> None:
    """Raise FindingsInData when the file is not the one that was read."""
    if expected_sha is None:
        return
    found = ABSENT if content is None else text_sha(content)
    if found == expected_sha:
        return
    happened = (
        "appeared" if expected_sha == ABSENT else "is gone" if content is None else "was changed"
    )
    raise FindingsInData(
        Problem(
            code="changed-meanwhile",
            severity=Severity.ERROR,
            message=f"the file {happened} since it was read; nothing was written.",
            remedy="read it again, look at the change, and repeat",
            source=Place(document="/".join(path.parts[-2:])),
        )
    )


def write_atomic(path: Path, content: bytes) -> None:
    """Write to a temporary file in the same folder, then rename: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
