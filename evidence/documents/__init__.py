"""A file becomes a Document: the registry of formats, by suffix and checked against the content."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from evidence.documents.refuse import read_bytes, unreadable
from evidence.documents.sniff import mend_of, sniff
from evidence.errors import UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence.documents.base import Document

READERS: dict[str, str] = {
    "pdf": "evidence.documents.pdf:read_pdf",
    "scan": "evidence.documents.ocr:read_scan",
    "jats": "evidence.documents.jats.read:read_jats",
    "html": "evidence.documents.html.read:read_html",
    "text": "evidence.documents.text:read_text",
    "docx": "evidence.documents.word.read:read_docx",
    "rtf": "evidence.documents.converted:read_converted",
    "odt": "evidence.documents.converted:read_converted",
    "epub": "evidence.documents.converted:read_converted",
    "csv": "evidence.documents.sheet.delimited:read_csv",
    "xlsx": "evidence.documents.sheet.workbook:read_xlsx",
}
"""Format → ``module:function``; the module is imported when a file of its kind is read."""

SUFFIXES: dict[str, str] = {
    ".pdf": "pdf",
    ".xml": "jats",
    ".nxml": "jats",
    ".jats": "jats",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".txt": "text",
    ".text": "text",
    ".docx": "docx",
    ".docm": "docx",
    ".rtf": "rtf",
    ".odt": "odt",
    ".epub": "epub",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
"""Suffix in lower case → format."""

FORMAT_NAMES: dict[str, str] = {
    "pdf": "a PDF",
    "jats": "JATS XML",
    "html": "an HTML page",
    "text": "plain text",
    "docx": "a Word document (.docx)",
    "rtf": "a rich text file (.rtf)",
    "odt": "an OpenDocument text (.odt)",
    "epub": "an EPUB book (.epub)",
    "csv": "a table as CSV or TSV",
    "xlsx": "an Excel workbook (.xlsx)",
}
"""Format → how a message names it."""

_TEXTUAL = {"text", "csv"}


def read_document(path: Path | str, *, text: bool = True) -> Document:
    """Read one paper, whatever its format; without ``text`` a PDF is read for its tables alone.

    Raises UnreadableDocument (exit 3) for a file that is absent, empty, of another kind than its
    suffix says, or of no known kind. What could be read only with doubt is in ``.problems``.
    """
    path = Path(path)
    name = format_of(path)
    try:
        return reader_of(name)(path) if text or name != "pdf" else _tables_of_pdf(path)
    except UnreadableDocument as error:
        if any(problem.code == "no-text-layer" for problem in error.problems):
            return _recognised(path, error)
        raise


def _tables_of_pdf(path: Path) -> Document:
    from evidence.documents.pdf import read_pdf

    return read_pdf(path, text=False)


def _recognised(path: Path, error: UnreadableDocument) -> Document:
    """A PDF without text by text recognition, where that is installed."""
    from importlib.util import find_spec

    if find_spec("rapidocr_onnxruntime") is None:
        raise error
    return reader_of("scan")(path)


def reader_of(format_name: str) -> Callable[[Path], Document]:
    """The reader registered under a format's name; raises WrongUsage for an unknown name."""
    if format_name not in READERS:
        from evidence.errors import unknown_name

        raise unknown_name("format", format_name, sorted(READERS))
    module, function = READERS[format_name].split(":")
    return cast("Callable[[Path], Document]", getattr(import_module(module), function))


def format_of(path: Path) -> str:
    """The format by suffix, checked against the content; by content where the suffix is unknown.

    Raises UnreadableDocument where suffix and content disagree or both are unknown.
    """
    content = read_bytes(path)
    found, description = sniff(content)
    named = SUFFIXES.get(path.suffix.lower())
    if named is None:
        if found is None or (found == "text" and path.suffix):
            raise unreadable(
                path,
                found=description,
                expected=f"one of {', '.join(sorted(SUFFIXES))}",
                mend=mend_of(description)
                or "convert the file, or rename it to the suffix of what it holds",
            )
        return found
    if found == named or (found in _TEXTUAL and named in _TEXTUAL):
        return named
    raise unreadable(
        path,
        found=description,
        expected=f"{FORMAT_NAMES[named]}, as the suffix {path.suffix} says",
        mend=mend_of(description) or _mend(path, found),
    )


def _mend(path: Path, found: str | None) -> str:
    if found is None or found in _TEXTUAL:
        return "fetch the file again; it may be damaged or only in part there"
    suffix = next(s for s, name in SUFFIXES.items() if name == found)
    return f"rename it to {path.stem}{suffix}"


def document_sha256(path: Path | str) -> str:
    """The SHA-256 of a file's bytes in hexadecimal: the identity of a source."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(
            path,
            found=error.strerror or "no readable file",
            expected="a file that can be opened",
            mend="check the path and its permissions",
        ) from error
