"""Turn the bytes of a text file into characters, and say so where that took a guess."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from evidence.documents.refuse import unreadable
from evidence.errors import Place, Problem, Severity

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_HTML_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)


def decode(content: bytes, path: Path, *, expected: str) -> tuple[str, list[Problem]]:
    """Characters and problems: byte order mark, then declaration, then UTF-8, then Windows-1252.

    Raises UnreadableDocument for content that is no text in any encoding.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_marked(content, encoding, path, expected=expected)
    wide = _wide_encoding(content)
    if wide:
        return _decode_marked(content, wide, path, expected=expected)
    if _is_binary(content):
        raise _not_text(path, expected)
    for encoding in _candidates(content):
        try:
            return content.decode(encoding), []
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_guessing(content, path)


def _candidates(content: bytes) -> list[str]:
    """The encodings to try strictly, in order; what the file declares comes first."""
    head = content[:4096]
    declared = [
        m.group(1).decode() for p in (_XML_DECLARED, _HTML_DECLARED) if (m := p.search(head))
    ]
    wide = ("utf-16", "utf16", "utf-32", "ucs")
    usable = [_as_browsers(name) for name in declared if not name.lower().startswith(wide)]
    return [*usable, "utf-8"]


def _as_browsers(name: str) -> str:
    """Latin-1 and ASCII are read as Windows-1252, as every browser does; UTF-8 stays strict."""
    latin = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1"}
    return "cp1252" if name.lower() in latin else name


def _decode_guessing(content: bytes, path: Path) -> tuple[str, list[Problem]]:
    line = _first_bad_line(content)
    text = content.decode("cp1252", errors="replace")
    problem = Problem(
        code="encoding-guessed",
        message="the bytes are not UTF-8 and no encoding is declared; read as Windows-1252.",
        remedy="save the file as UTF-8",
        source=Place(document=path.name, line=line),
    )
    lost = text.count("\ufffd") - content.count("\ufffd".encode())
    if lost <= 0:
        return text, [problem]
    return text, [
        problem,
        Problem(
            code="characters-lost",
            severity=Severity.ERROR,
            message=f"{lost} bytes are characters in no known encoding; each is shown as \ufffd.",
            remedy="fetch the file again, or save it as UTF-8",
            source=Place(document=path.name),
        ),
    ]


def _decode_marked(
    content: bytes, encoding: str, path: Path, *, expected: str
) -> tuple[str, list[Problem]]:
    try:
        return content.decode(encoding).lstrip("\ufeff"), []
    except UnicodeDecodeError as error:
        raise unreadable(
            path,
            found=f"bytes that are not {encoding} although the file begins as such",
            expected=expected,
            mend="fetch the file again, or save it as UTF-8",
        ) from error


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by a zero in every other byte."""
    head = content[:400]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.8 * half and even == 0:
        return "utf-16-le"
    if even > 0.8 * half and odd == 0:
        return "utf-16-be"
    return None


def _is_binary(content: bytes) -> bool:
    head = content[:65536]
    control = len(head) - len(head.translate(None, _CONTROL))
    return b"\x00" in head or control > 0.02 * len(head)


def _first_bad_line(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content.count(b"\n", 0, error.start) + 1
    return 1


def _not_text(path: Path, expected: str) -> Exception:
    return unreadable(
        path,
        found="binary content",
        expected=expected,
        mend="check that the file was saved whole and under its right suffix",
    )
