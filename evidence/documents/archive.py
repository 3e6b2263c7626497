"""Office files are zip archives: refuse one that would fill the memory before it is unpacked."""

from __future__ import annotations

import io
import zipfile

MAX_MARKUP = 96 * 1024 * 1024
"""Bytes of XML that an office file may unpack to."""
MAX_UNPACKED = 384 * 1024 * 1024
"""Bytes that it may unpack to with its pictures."""


def check_archive(content: bytes) -> None:
    """Raise ValueError for an archive that unpacks to more than a paper's worth.

    A part never yields more bytes than its entry declares; the library checks that.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    markup = sum(e.file_size for e in entries if e.filename.endswith((".xml", ".rels", ".vml")))
    if markup > MAX_MARKUP:
        raise ValueError(f"its XML unpacks to more than {MAX_MARKUP // 2**20} MB")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ValueError(f"it unpacks to more than {MAX_UNPACKED // 2**20} MB")


_MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"


def without_macros(content: bytes) -> bytes:
    """A Word document with macros declared as one without, which the library opens; else as is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read(_TYPES)
        if _MACRO not in types:
            return content
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as plain:
            for entry in archive.infolist():
                declared = entry.filename == _TYPES
                part = types.replace(_MACRO, _PLAIN) if declared else archive.read(entry)
                plain.writestr(entry.filename, part)
    return stream.getvalue()
