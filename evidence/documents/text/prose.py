"""The running text of a text file: paragraphs and headings in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidence.documents.base import TextBlock
from evidence.documents.layout.reading import find_gutters, reading_lines
from evidence.documents.text.pages import LINE_PT, TextPage
from evidence.documents.text.setting import set_in_type, set_lines

_LINES, _WIDTH = 2000, 400
"""No page of print has more, or is as wide: such a text has no columns of print."""
_SECTIONS = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:abstract|summary|introduction|background|methods?|"
    r"patients and methods|materials? and methods|results?|discussion|conclusions?|references|"
    r"acknowledge?ments?|case reports?|toxicity|efficacy|resumen)\s*:?$",
    re.I,
)


def read_prose(pages: Sequence[TextPage]) -> Iterator[TextBlock]:
    """Paragraphs of pages whose tables are blanked, with the heading above them."""
    section: str | None = None
    paragraph: list[str] = []
    first = 1
    for page in pages:
        for line in [*_in_order(page), ""]:
            text = line.strip()
            heading = _SECTIONS.match(text)
            if paragraph and (heading or not text):
                yield TextBlock(text=_flow(paragraph), page=first, section=section)
                paragraph = []
            if heading:
                section = text.rstrip(":")
                yield TextBlock(text=section, kind="heading", page=page.number)
            elif text:
                first = first if paragraph else page.number
                paragraph.append(text)


def _in_order(page: TextPage) -> Iterator[str]:
    """The page's lines; columns of print one after the other, paragraphs parted by a blank."""
    filled = [(row, line) for row, line in enumerate(page.lines) if line.strip()]
    if len(filled) > _LINES or page.width > _WIDTH:
        yield from page.lines
        return
    ink = set_in_type(filled, [LINE_PT * row for row, _ in filled], page=page.number)
    lines = set_lines(ink)
    if not lines or not find_gutters(lines, ink.width):
        yield from page.lines
        return
    last = None
    for line in reading_lines(lines, ink):
        if last is not None and not 0 < line.base - last < 1.5 * LINE_PT:
            yield ""
        yield line.text
        last = line.base


def _flow(lines: Sequence[str]) -> str:
    """Lines of a paragraph on one line; a word broken at a line's end is closed."""
    parts: list[str] = []
    for line in lines:
        if parts and re.search(r"[a-z]-$", parts[-1][-2:]) and line[:1].islower():
            parts[-1] = parts[-1][:-1] + line
        else:
            parts.append(line)
    return re.sub(r"\s+", " ", " ".join(parts)).strip()
