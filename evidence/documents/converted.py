"""Rich text, OpenDocument and EPUB through pandoc → HTML → Document."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.documents.archive import check_archive
from evidence.documents.base import Document
from evidence.documents.html.read import read_html
from evidence.documents.refuse import missing_extra, read_bytes, unreadable
from evidence.documents.sniff import sniff
from evidence.errors import Place, Problem, Severity

SECONDS = 60
"""A file that takes longer is given up."""
_MEMORY = "-M768M"
_OLDEST = 3
_FORMATS = {"rtf", "odt", "epub"}


def read_converted(path: Path) -> Document:
    """Tables and text as pandoc understands them; it opens no other file and no address.

    Raises UnreadableDocument where pandoc is not installed, fails, or takes too long.
    """
    content = read_bytes(path)
    name, description = sniff(content)
    if name not in _FORMATS:
        raise unreadable(
            path,
            found=description,
            expected="rich text, OpenDocument text or EPUB",
            mend="open it in a word processor and save it as .docx",
        )
    page = _convert(path, content, name)
    with TemporaryDirectory() as folder:
        html = Path(folder) / f"{path.stem}.html"
        html.write_bytes(page)
        document = read_html(html)
    return replace(
        document,
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format=name,
        problems=(_said(path, name), *(_named(p, path) for p in document.problems)),
    )


def _convert(path: Path, content: bytes, name: str) -> bytes:
    """The file as an HTML page."""
    command = [_pandoc(path), "+RTS", _MEMORY, "-RTS", "--sandbox"]
    try:
        if content.startswith(b"PK"):
            check_archive(content)
        done = subprocess.run(
            [*command, "--from", name, "--to", "html"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        raise unreadable(
            path,
            found=f"a file that pandoc could not read ({said.decode(errors='replace')[:120]})",
            expected=f"a whole .{name} file",
            mend="open it in a word processor and save it as .docx",
        ) from error
    return done.stdout


def _pandoc(path: Path) -> str:
    """The pandoc of the extra ``docx``; older ones drop head rows of OpenDocument tables."""
    try:
        import pypandoc

        if int(pypandoc.get_pandoc_version().split(".")[0]) >= _OLDEST:
            return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise missing_extra(path, package="pypandoc", extra="docx") from error
    raise missing_extra(path, package=f"pandoc {_OLDEST} or later", extra="docx")


def _said(path: Path, name: str) -> Problem:
    lost = "; merged cells come out as empty ones" if name == "rtf" else ""
    return Problem(
        code="converted",
        severity=Severity.NOTE,
        message=f"read through pandoc{lost}.",
        remedy="compare its tables with the file, or save it as .docx",
        source=Place(document=path.name),
    )


def _named(problem: Problem, path: Path) -> Problem:
    """The problem with the name of the file itself."""
    source = replace(problem.source or Place(), document=path.name, line=None)
    return replace(problem, source=source)
