"""A text file (``pdftotext -layout``, or a dump without columns) → Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evidence.documents.base import CellLine, Document, Footnote, Grid, Page, TextBlock
from evidence.documents.captions import parse_title
from evidence.documents.decode import decode
from evidence.documents.footnotes import split_notes
from evidence.documents.refuse import read_bytes
from evidence.documents.runs import Run
from evidence.documents.text_dump import rebuild
from evidence.documents.text_layout import has_layout, read_laid_out
from evidence.documents.text_regions import Line, Region, find_regions
from evidence.errors import Problem

_SECTIONS = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:abstract|summary|introduction|background|methods?|"
    r"patients and methods|materials? and methods|results?|discussion|conclusions?|references|"
    r"acknowledge?ments?|case reports?|toxicity|efficacy|resumen)\s*:?$",
    re.I,
)
_NOTE_OPENS = re.compile(
    r"^\s*(?:[a-z*†‡§¶#]{1,2}|\([a-z]\))\s+\S|^\s*(?:abbrev|note|source|key)", re.I
)


def read_text(path: Path) -> Document:
    """Tables and paragraphs of a text file; pages are told by form feeds.

    Where the columns still stand as gaps they are read from them; where they are lost they are
    rebuilt from the types of the words, which is said in a Problem and in the grid's ``doubt``.
    Raises UnreadableDocument for a file that is empty or no text.
    """
    content = read_bytes(path)
    text, problems = decode(content, path, expected="plain text")
    lines, page_of = _lines(text)
    regions, taken = find_regions(lines)
    grids, trouble = _read_regions(regions, page_of, text, path.name)
    lost = {region.first for region in regions} - {region.first for region, _ in grids}
    taken -= {n for region in regions if region.first in lost for n, _ in region.body}
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="text",
        pages=tuple(_pages(lines, page_of)),
        grids=tuple(grid for _, grid in grids),
        blocks=tuple(_blocks(lines, page_of, taken)),
        problems=(*problems, *trouble),
    )


def _read_regions(
    regions: Sequence[Region],
    page_of: Sequence[int],
    text: str,
    name: str,
) -> tuple[list[tuple[Region, Grid]], list[Problem]]:
    """Tables by their gaps where the text keeps them, by the types of their words where not."""
    grids: list[tuple[Region, Grid]] = []
    problems: list[Problem] = []
    known = frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))
    for region in regions:
        notes = tuple(_notes(region.notes))
        grid: Grid | None = None
        if has_layout([line for _, line in region.body]):
            grid = read_laid_out(region, notes)
        if grid is None:
            grid, trouble = rebuild(region, notes, known=known, name=name)
            problems += trouble
        if grid is not None:
            pages = sorted({page_of[number - 1] for number, _ in region.body})
            grids.append((region, replace(grid, pages=tuple(pages))))
    return grids, problems


def _lines(text: str) -> tuple[list[str], list[int]]:
    """(lines without their ends, the page each stands on)."""
    lines: list[str] = []
    pages: list[int] = []
    for number, page in enumerate(text.split("\f"), start=1):
        for line in page.replace("\r\n", "\n").replace("\r", "\n").expandtabs(8).split("\n"):
            lines.append(line)
            pages.append(number)
    return lines, pages


def _pages(lines: Sequence[str], page_of: Sequence[int]) -> Iterator[Page]:
    for number in sorted(set(page_of)):
        own = [line for line, page in zip(lines, page_of, strict=True) if page == number]
        if any(line.strip() for line in own):
            yield Page(
                number=number,
                width_pt=0.0,
                height_pt=0.0,
                lines=tuple(CellLine(text=line, page=number) for line in own if line.strip()),
            )


def _notes(lines: Sequence[Line]) -> Iterator[Footnote]:
    """Notes under a table; one begins after a blank line or with a mark."""
    paragraph: list[str] = []
    for _, line in [*lines, (0, "")]:
        if paragraph and (not line.strip() or _NOTE_OPENS.match(line)):
            text = " ".join(" ".join(paragraph).split())
            mark = re.match(r"^([a-z]|[*†‡§¶#]{1,3})\s+(?=[A-Z0-9<>≥≤])", text)
            body = text[mark.end() :] if mark else text
            yield from split_notes([Run(text=body)], mark=mark.group(1) if mark else None)
            paragraph = []
        if line.strip():
            paragraph.append(line.strip())


def _blocks(lines: Sequence[str], page_of: Sequence[int], taken: set[int]) -> Iterator[TextBlock]:
    """Paragraphs outside tables, and the titles of tables, with the heading above them."""
    section: str | None = None
    paragraph: list[str] = []
    page = 1
    for index, line in enumerate([*lines, ""]):
        inside = index + 1 in taken
        if inside or not line.strip() or _SECTIONS.match(line.strip()):
            if paragraph:
                yield TextBlock(text=_flow(paragraph), page=page, section=section)
                paragraph = []
            if inside and parse_title(line):
                yield TextBlock(text=" ".join(line.split()), kind="caption", page=page_of[index])
            elif not inside and _SECTIONS.match(line.strip()):
                section = line.strip().rstrip(":")
                yield TextBlock(text=section, kind="heading", page=page_of[index])
            continue
        if not paragraph:
            page = page_of[index]
        paragraph.append(line.strip())


def _flow(lines: Sequence[str]) -> str:
    """Lines of a paragraph on one line; a word broken at a line's end is closed."""
    parts: list[str] = []
    for line in lines:
        if parts and re.search(r"[a-z]-$", parts[-1][-2:]) and line[:1].islower():
            parts[-1] = parts[-1][:-1] + line
        else:
            parts.append(line)
    return re.sub(r"\s+", " ", " ".join(parts)).strip()
