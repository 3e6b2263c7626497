"""Tell a file's format by its first bytes, whatever it is called."""

from __future__ import annotations

import io
import re
import zipfile

_TAG = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_SKIP = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.S)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)", re.I)
_JATS_MARKS = re.compile(
    r"<(?:[\w.-]+:)?(?:table-wrap|article-meta|journal-meta|front-stub|book-part|tgroup)[\s>]"
)
_HTML_MARKS = re.compile(r"<(?:html|head|body|table|div|p|meta)[\s>]", re.I)
_JATS_ROOTS = {"article", "pmc-articleset", "articles", "book", "book-part", "table-wrap"}
_JATS_ROOTS |= {"book-part-wrapper", "converted-article", "full-text-retrieval-response"}
_JSON = re.compile(r'\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*(?:\{\s*"|\]))')
_HEAD_BYTES = 65536
_LATIN = "latin-1"


def sniff(content: bytes) -> tuple[str | None, str]:
    """(format or None, what the content is in words)."""
    if b"%PDF-" in content[:1024]:
        return "pdf", "a PDF"
    if content.startswith(b"PK\x03\x04"):
        return _sniff_zip(content)
    if content.startswith(b"{\\rtf"):
        return "rtf", "a rich text file (RTF)"
    if content.startswith(_OLD_OFFICE):
        return None, _old_office(content)
    for magic, words in _FOREIGN.items():
        if content.startswith(magic):
            return None, words
    head = _as_text(content)
    if head is None:
        return None, "binary content"
    return _sniff_markup(head, content)


_FOREIGN = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"%!PS": "a PostScript file",
    b"bplist00": "a Safari web archive",
}
"""First bytes → what such a file is: none of them can be read."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OLD_KINDS = {
    "W\0o\0r\0d\0D\0o\0c\0": "an old Word document (.doc)",
    "W\0o\0r\0k\0b\0o\0o\0k\0": "an old Excel workbook (.xls)",
    "E\0n\0c\0r\0y\0p\0t\0": "an Office file under a password",
}
"""Names of streams in an old Office file, in UTF-16 → what holds them."""

MENDS = {
    "an old Word document (.doc)": "open it in a word processor and save it as .docx",
    "an old Excel workbook (.xls)": "open it in a spreadsheet program and save it as .xlsx",
    "an Office file under a password": "open it with its password and save it without one",
    "an old Office file (.doc or .xls)": "open it in its program and save it as .docx or .xlsx",
    "an OpenDocument spreadsheet": "open it in a spreadsheet program and save it as .xlsx",
    "a Safari web archive": "open it in Safari and save the page as its source (.html)",
    "a PostScript file": "convert it to PDF",
    "XML whose root is <TEI>": "read the PDF it was made of",
    "XML whose root is <collection>": "use the paper's JATS XML, HTML page or PDF",
    "XML whose root is <PubmedArticleSet>": "it is a record without the text; use the paper itself",
    "JSON": "use the paper's JATS XML, HTML page or PDF",
}
"""What a file is → how to bring it into a form that can be read."""


def mend_of(description: str) -> str | None:
    """How a file of a kind that cannot be read is brought into one that can."""
    if description.endswith("image"):
        return "put the picture into a PDF, which is read by the extra ocr"
    if description.endswith("archive"):
        return MENDS.get(description, "unpack it and name the papers in it one by one")
    return MENDS.get(description)


def _old_office(content: bytes) -> str:
    names = content[: 4 * 2**20] + content[-(2**20) :]
    found = (words for name, words in _OLD_KINDS.items() if name.encode("latin-1") in names)
    return next(found, "an old Office file (.doc or .xls)")


_OPEN = {
    "application/vnd.oasis.opendocument.text": ("odt", "an OpenDocument text (.odt)"),
    "application/vnd.oasis.opendocument.spreadsheet": (None, "an OpenDocument spreadsheet"),
    "application/epub+zip": ("epub", "an EPUB book"),
}
"""What the part ``mimetype`` of a zip archive says → (format or None, in words)."""


def _sniff_zip(content: bytes) -> tuple[str | None, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return None, "a damaged or truncated zip archive"
    if "word/document.xml" in names:
        return "docx", "a Word document"
    if any(name.startswith("xl/") for name in names):
        return "xlsx", "an Excel workbook"
    return _OPEN.get(kind, (None, "a zip archive"))


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as stream:
        return stream.read(200).decode("ascii", errors="replace").strip()


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
    named = (doctype or root).group(1) if doctype or root else None  # type: ignore[union-attr]
    name = named.lower() if named else None
    if _is_mhtml(head):
        return "html", "an HTML page saved in one file"
    if name == "html":
        return "html", "an HTML page"
    if name in _JATS_ROOTS or (name and _JATS_MARKS.search(content.decode(_LATIN))):
        return "jats", "JATS XML"
    if head.lstrip().startswith("<?xml"):
        return None, f"XML whose root is <{named}>" if named else "XML without a root element"
    if name and _HTML_MARKS.search(head):
        return "html", "an HTML page"
    return (None, "JSON") if _JSON.match(head) else ("text", "plain text")


def _skip_prolog(head: str) -> int:
    start = 0
    while match := _SKIP.match(head, start):
        start = match.end()
    return start


def _is_mhtml(head: str) -> bool:
    top = head[:4000].lower()
    return "mime-version:" in top and "multipart/related" in top
