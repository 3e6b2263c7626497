"""A publisher's article page in HTML, as saved by a browser → Document."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Document, Grid, TextBlock
from evidence.documents.decode import decode
from evidence.documents.html.blocks import flatten, page_blocks
from evidence.documents.html.embedded import unfold_tables
from evidence.documents.html.info import page_info
from evidence.documents.html.retag import retag
from evidence.documents.html.tables import read_tables
from evidence.documents.refuse import read_bytes, unreadable
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_EXPECTED = "an HTML page of an article"
_PAGES = {"text/html", "application/xhtml+xml"}
_CLOSED = ("div", "article", "section", "main")
"""Elements whose end no program leaves out, as some leave out that of the page."""
MAX_ATTRIBUTES = 10_000
"""Attributes of one element; what parses them takes their number squared."""
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{50000,}")
_THIN = 400
"""A page with fewer characters of text than this and no table is no article."""


def read_html(path: Path) -> Document:
    """Every data table of the page as grids, and its text in blocks.

    Scripts are not run and no address is followed. Raises UnreadableDocument for a file without
    an element, empty, or in no known encoding.
    """
    content = read_bytes(path)
    text, problems = decode(_unpacked(content, path), path, expected=_EXPECTED)
    root = _parse(text, path)
    problems += _cut_short(text, path)
    unfold_tables(root)
    retag(root)
    items = flatten(root)
    grids, read, found = read_tables(root, items, path)
    blocks = tuple(page_blocks(items, read=read))
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="html",
        grids=tuple(grids),
        blocks=blocks,
        info=page_info(root),
        problems=(*problems, *(found or _no_article(blocks, grids, path))),
    )


def _unpacked(content: bytes, path: Path) -> bytes:
    """The page inside a file that holds page and pictures together (MHTML); else the file.

    Of several, such as frames, the one at the address that was saved, else the longest.
    """
    top = content[:4000].lower()
    if b"mime-version:" not in top or b"multipart/related" not in top:
        return content
    message = email.message_from_bytes(content, policy=email.policy.default)
    address = message.get("Snapshot-Content-Location")
    pages = []
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() in _PAGES and isinstance(payload, bytes) and payload.strip():
            charset = part.get_content_charset()
            declared = f'<meta charset="{charset}">' if charset else ""
            own = address is not None and part.get("Content-Location") == address
            pages.append((own, len(payload), declared.encode() + payload))
    if pages:
        return max(pages)[2]
    raise unreadable(
        path,
        found="a saved page without its HTML part",
        expected=_EXPECTED,
        mend="save the page again as complete HTML",
    )


def _parse(text: str, path: Path) -> HtmlElement:
    from lxml import etree, html

    if any(tag[0].count("=") > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise unreadable(
            path,
            found=f"an element with more than {MAX_ATTRIBUTES} attributes",
            expected=_EXPECTED,
            mend="save the page again as complete HTML",
        )
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", "\ufffd"))
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(body.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise unreadable(
            path,
            found=f"HTML without any element ({str(error).splitlines()[0]})",
            expected=_EXPECTED,
            mend="save the page again as complete HTML",
        ) from error
    return root


def _cut_short(text: str, path: Path) -> list[Problem]:
    lowered = text.lower()
    inside = _is_open("table", lowered)
    ends = "</html" in lowered[-4000:] or "<html" not in lowered
    if not inside and (ends or _is_whole(lowered)):
        return []
    return [
        Problem(
            code="html-cut-short",
            severity=Severity.ERROR if inside else Severity.WARNING,
            message="the page stops inside a table; rows are missing."
            if inside
            else "the page stops before </html>; what follows is missing.",
            remedy="save the page again as complete HTML",
            source=Place(document=path.name, line=text.count("\n") + 1),
        )
    ]


def _is_whole(lowered: str) -> bool:
    """Whether every part that a page opens is closed, and there are such parts."""
    parts = [tag for tag in _CLOSED if f"<{tag}" in lowered]
    return bool(parts) and not any(_is_open(tag, lowered) for tag in parts)


def _is_open(tag: str, lowered: str) -> bool:
    """Whether an element begins more often than it ends."""
    return len(re.findall(rf"<{tag}[\s>]", lowered)) > len(re.findall(rf"</{tag}\s*>", lowered))


def _no_article(blocks: tuple[TextBlock, ...], grids: list[Grid], path: Path) -> list[Problem]:
    characters = sum(len(block.text) for block in blocks)
    if grids or characters >= _THIN:
        return []
    return [
        Problem(
            code="page-without-article",
            severity=Severity.ERROR,
            message=f"the page has no table and only {characters} characters of text; "
            "it may be a login or a page that scripts fill in later.",
            remedy="open the article in a browser, wait until it shows, and save it as complete",
            source=Place(document=path.name),
        )
    ]
