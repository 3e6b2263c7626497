"""Say why a file cannot be read: what was found, what was expected, and how to mend it."""

from __future__ import annotations

from pathlib import Path

from evidence.errors import Place, Problem, Severity, UnreadableDocument

MAX_BYTES = 256 * 1024 * 1024
"""A single file larger than this is refused before it fills the memory."""


def unreadable(
    path: Path, *, found: str, expected: str, mend: str, line: int | None = None
) -> UnreadableDocument:
    """An error (exit 3) that names the file, what it holds, what was expected and the mend."""
    return UnreadableDocument(
        Problem(
            code="unreadable-document",
            severity=Severity.ERROR,
            message=f"found {found}; expected {expected}.",
            remedy=mend,
            source=Place(document=path.name, line=line),
        )
    )


def missing_extra(path: Path, *, package: str, extra: str) -> UnreadableDocument:
    """An error (exit 3) that names the optional install a file of this kind needs."""
    return unreadable(
        path,
        found=f"no package '{package}' in this environment",
        expected=f"the optional packages for {path.suffix or 'such'} files",
        mend=f"pip install 'evidence[{extra}]'",
    )


def read_bytes(path: Path) -> bytes:
    """The whole file; raises UnreadableDocument if it is absent, a folder, empty or enormous."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise unreadable(
                path, found="a folder", expected="a file", mend="name the papers in it one by one"
            )
        if not path.is_file():
            raise unreadable(
                path, found="a device or a pipe", expected="a file", mend="save it as a file"
            )
        if size > MAX_BYTES:
            raise unreadable(
                path,
                found=f"{size // 2**20} MB",
                expected=f"at most {MAX_BYTES // 2**20} MB",
                mend="split the file",
            )
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(
            path,
            found=error.strerror or "no readable file",
            expected="a file that can be opened",
            mend="check the path and its permissions",
        ) from error
    if not content.strip():
        raise unreadable(
            path,
            found="an empty file",
            expected="a paper",
            mend="fetch the paper again",
        )
    return content
