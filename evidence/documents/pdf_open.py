"""Open a PDF, or say exactly why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidence.errors import Place, Problem, Severity, UnreadableDocument

KINDS = {
    b"PK\x03\x04": "a ZIP archive (DOCX, XLSX or similar)",
    b"<!DOC": "an HTML page",
    b"<html": "an HTML page",
    b"<?xml": "an XML file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"{\\rtf": "an RTF file",
}


def open_pdf(path: Path, content: bytes) -> Any:
    """A pypdfium2 document; raises UnreadableDocument with what was found and how to mend it."""
    import pypdfium2

    start = content[:1024]
    if b"%PDF-" not in start:
        raise unreadable(path, "not-a-pdf", f"found {_kind(content)}", "a PDF", _GET)
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise _why(path, content, str(error)) from error
    if count == 0:
        raise unreadable(path, "no-pages", "found a PDF without pages", "at least one page", _GET)
    return document


_GET = "fetch the file again from its source"


def _why(path: Path, content: bytes, reason: str) -> UnreadableDocument:
    if "password" in reason.casefold() or "security" in reason.casefold():
        return unreadable(
            path,
            "encrypted",
            "found an encrypted PDF that asks for a password",
            "a PDF that opens without one",
            "save an unprotected copy (for instance: qpdf --decrypt IN.pdf OUT.pdf)",
        )
    if b"%%EOF" not in content[-2048:]:
        return unreadable(
            path,
            "truncated",
            f"found a PDF that breaks off after {len(content)} bytes (no end-of-file mark)",
            "a complete PDF",
            _GET,
        )
    return unreadable(path, "damaged", f"found a damaged PDF ({reason})", "a readable PDF", _GET)


def _kind(content: bytes) -> str:
    if not content.strip():
        return "an empty file"
    head = content.lstrip()[:16]
    for start, kind in KINDS.items():
        if head.lower().startswith(start.lower()):
            return kind
    return f"a file that begins with {head[:8]!r}"


def unreadable(path: Path, code: str, found: str, expected: str, remedy: str) -> UnreadableDocument:
    """The error that stops a run on one file (exit 3)."""
    return UnreadableDocument(
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=f"{found}; expected {expected}.",
            remedy=remedy,
            source=Place(document=path.name),
        )
    )
