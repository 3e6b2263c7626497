"""Tell a file's format by its first bytes, whatever it is called."""

from __future__ import annotations

import io
import re
import zipfile

_TAG = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_SKIP = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.S)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)", re.I)
_JATS_MARKS = re.compile(r"<(?:[\w.-]+:)?(?:table-wrap|article-meta|journal-meta|front-stub)[\s>]")
_HTML_MARKS = re.compile(r"<(?:html|head|body|table|div|p|meta)[\s>]", re.I)
_JATS_ROOTS = {"article", "pmc-articleset", "articles", "book", "book-part", "table-wrap"}
_HEAD_BYTES = 65536
_LATIN = "latin-1"


def sniff(content: bytes) -> tuple[str | None, str]:
    """(format or None, what the content is in words)."""
    if b"%PDF-" in content[:1024]:
        return "pdf", "a PDF"
    if content.startswith(b"PK\x03\x04"):
        return _sniff_zip(content)
    for magic, words in _FOREIGN.items():
        if content.startswith(magic):
            return None, words
    head = _as_text(content)
    if head is None:
        return None, "binary content"
    return _sniff_markup(head, content)


_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc or .xls)",
    b"{\\rtf": "a rich text file (RTF)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"\x1f\x8b": "a gzip archive",
    b"%!PS": "a PostScript file",
    b"bplist00": "a Safari web archive",
}
"""First bytes → what such a file is: none of them can be read."""


def _sniff_zip(content: bytes) -> tuple[str | None, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        return None, "a damaged or truncated zip archive"
    if "word/document.xml" in names:
        return "docx", "a Word document"
    if any(name.startswith("xl/") for name in names):
        return "xlsx", "an Excel workbook"
    return None, "a zip archive that is neither a Word document nor an Excel workbook"


def _as_text(content: bytes) -> str | None:
    head = content[:_HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace").lstrip("\ufeff")
    zeros = head.count(0)
    if zeros > 0.3 * len(head):
        order = "utf-16-le" if head[:2].endswith(b"\x00") else "utf-16-be"
        return head[: len(head) // 2 * 2].decode(order, errors="replace")
    control = sum(head.count(byte) for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
    if zeros or control > 0.02 * len(head):
        return None
    return head.removeprefix(b"\xef\xbb\xbf").decode(_LATIN)


def _sniff_markup(head: str, content: bytes) -> tuple[str | None, str]:
    start = _skip_prolog(head)
    doctype = _DOCTYPE.match(head, start)
    root = _TAG.match(head, start)
    name = (doctype or root).group(1).lower() if doctype or root else None  # type: ignore[union-attr]
    if _is_mhtml(head):
        return "html", "an HTML page saved in one file"
    if name == "html":
        return "html", "an HTML page"
    if name in _JATS_ROOTS or (name and _JATS_MARKS.search(content.decode(_LATIN))):
        return "jats", "JATS XML"
    if head.lstrip().startswith("<?xml"):
        return None, f"XML whose root is <{name}>" if name else "XML without a root element"
    if name and _HTML_MARKS.search(head):
        return "html", "an HTML page"
    return "text", "plain text"


def _skip_prolog(head: str) -> int:
    start = 0
    while match := _SKIP.match(head, start):
        start = match.end()
    return start


def _is_mhtml(head: str) -> bool:
    top = head[:4000].lower()
    return "mime-version:" in top and "multipart/related" in top
