"""Running text: lines gathered into titles, headings and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from evidence.documents.base import Box, TextBlock
from evidence.documents.layout.reading import PrintLine

ABSTRACT = re.compile(r"^(abstract|summary|resumen|zusammenfassung|résumé)\b[\s:.—–-]*", re.I)
REFERENCES = re.compile(r"^(references|bibliography|literature cited|bibliografía)\s*$", re.I)
CAPTION = re.compile(r"^(fig(ure|\.)?|table|scheme|box)\s*[\dIVX]+", re.I)
NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[A-Z]")
RUNNING = re.compile(r"^running (?:head|title)\b", re.I)
APART, MOST_APART = 1.75, 3.0
"""Lines of a paragraph are no further apart than so many font sizes, or so many double spaced."""
TITLE = 1.3
"""Print larger than this multiple of the usual size goes on where a sentence would have ended."""
ENDS = re.compile(r"[.!?:;)\]]\W*$")


@dataclass(slots=True)
class PagePrint:
    """The running lines of one page, tables already left out."""

    number: int
    height: float
    lines: list[PrintLine] = field(default_factory=list)


def read_blocks(pages: list[PagePrint], body_size: float) -> list[TextBlock]:
    """Blocks in reading order; running heads and feet are left out."""
    running = _running(pages)
    words = _vocabulary(pages)
    apart = max(APART, 1.25 * _leading(pages, body_size))
    blocks: list[TextBlock] = []
    section: str | None = None
    kind = "paragraph"
    for page in pages:
        lines = [ln for ln in page.lines if _key(ln, page) not in running]
        for group in _paragraphs(lines, body_size, apart):
            block = _block(group, page.number, words, body_size)
            if block.kind == "heading":
                section = block.text
                kind = _kind_under(block.text, kind)
            elif block.kind == "paragraph":
                block = replace(block, kind=kind)
                if ABSTRACT.match(block.text) and page.number <= 2:
                    block = replace(block, kind="abstract")
            blocks.append(replace(block, section=None if block.kind == "heading" else section))
    return _with_title(blocks, pages)


def _kind_under(heading: str, current: str) -> str:
    if ABSTRACT.match(heading):
        return "abstract"
    if REFERENCES.match(heading):
        return "reference"
    return "paragraph" if current != "abstract" or len(heading.split()) <= 6 else current


def _key(line: PrintLine, page: PagePrint) -> str | None:
    """What a running head would repeat: its place at the page's edge and its words."""
    middle = (line.box[1] + line.box[3]) / 2
    if 0.085 * page.height < middle < 0.925 * page.height:
        return None
    return re.sub(r"[\W\d]+", "", line.text).casefold()


def _running(pages: list[PagePrint]) -> set[str | None]:
    counts = Counter(
        key
        for page in pages
        for key in {_key(line, page) for line in page.lines}
        if key is not None
    )
    need = 2 if len(pages) <= 4 else 3
    return {key for key, n in counts.items() if n >= need or key == ""}


def _leading(pages: list[PagePrint], body_size: float) -> float:
    """How far the lines of running text are apart, in font sizes: twice as far in manuscripts."""
    steps = [
        (b.base - a.base) / b.size
        for page in pages
        for a, b in pairwise(page.lines)
        if a.column == b.column
        and abs(a.size - b.size) <= 0.08 * body_size >= abs(b.size - body_size)
    ]
    near = [step for step in steps if 0 < step < MOST_APART]
    return median(near) if near else 1.0


def _paragraphs(lines: list[PrintLine], body_size: float, apart: float) -> list[list[PrintLine]]:
    groups: list[list[PrintLine]] = []
    for line in lines:
        large = line.size > TITLE * body_size
        if groups and _goes_on(groups[-1], line, large=large, apart=apart):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: list[PrintLine], line: PrintLine, *, large: bool, apart: float) -> bool:
    last = group[-1]
    if abs(last.size - line.size) > 0.08 * line.size or last.bold != line.bold:
        return False
    left = min(ln.box[0] for ln in group)
    right = max(ln.box[2] for ln in group)
    full = right - last.box[2] < 3 * line.size
    if last.column != line.column:
        return line.base < last.base and not ENDS.search(last.text) and not line.bold
    gap = line.base - last.base
    if not 0 < gap <= apart * line.size:
        return False
    if large:
        return True
    indented = line.box[0] - left > 0.7 * line.size
    if len(group) == 1 and line.box[0] < last.box[0] - 0.7 * line.size:
        return True
    if indented and ENDS.search(last.text) and line.text[:1].isupper():
        return False
    return full or not (ENDS.search(last.text) and line.text[:1].isupper())


def _block(group: list[PrintLine], number: int, words: set[str], body_size: float) -> TextBlock:
    text = join_lines([line.text for line in group], words)
    large = group[0].size > 1.08 * body_size
    short = len(text.split()) <= 14 and len(group) <= 3
    kind = "paragraph"
    if CAPTION.match(text):
        kind = "caption"
    elif short and (
        group[0].bold
        or large
        or ABSTRACT.fullmatch(text)
        or REFERENCES.match(text)
        or (NUMBERED.match(text) and len(group) <= 2 and len(text.split()) <= 10)
    ):
        kind = "heading" if not text.endswith((".", ",", ";")) else "paragraph"
    return TextBlock(text=text, kind=kind, page=number, box_pt=_around(group))


def _around(group: list[PrintLine]) -> Box:
    x0, top, x1, bottom = zip(*(line.shown for line in group), strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def _with_title(blocks: list[TextBlock], pages: list[PagePrint]) -> list[TextBlock]:
    """Mark the block set in the largest print of the first page's upper part as the title."""
    if not pages:
        return blocks
    first = pages[0]
    upper = [
        line
        for line in first.lines
        if line.box[1] < 0.6 * first.height and len(line.text) > 8 and not RUNNING.match(line.text)
    ]
    if not upper:
        return blocks
    size = max(ln.size for ln in upper)
    tops = {ln.shown for ln in upper if ln.size > 0.95 * size}
    for i, block in enumerate(blocks):
        if block.page != first.number or block.box_pt is None:
            continue
        if any(_holds(block.box_pt, box) for box in tops) and len(block.text.split()) >= 4:
            titled = [*blocks[:i], replace(block, kind="title"), *blocks[i + 1 :]]
            return [replace(b, section=None) if b.section == block.text else b for b in titled]
    return blocks


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - 1 <= inner[0]
        and outer[1] - 1 <= inner[1]
        and inner[2] <= outer[2] + 1
        and inner[3] <= outer[3] + 1
    )


def _vocabulary(pages: list[PagePrint]) -> set[str]:
    return {
        word.strip(".,;:()[]").casefold()
        for page in pages
        for line in page.lines
        for word in line.text.split()
        if not word.endswith("-")
    }


def join_lines(lines: list[str], words: set[str]) -> str:
    """Lines as running text; a hyphen at a line's end goes unless the paper prints it elsewhere."""
    text = ""
    for line in lines:
        if text.endswith("\u00ad"):
            text = text[:-1] + line
        elif re.search(r"\w[-‐]$", text) and line[:1].isalnum():
            head = text[:-1].split()[-1].strip("([")
            tail = line.split()[0].rstrip(".,;:)]")
            keeps = (
                not line[:1].islower()
                or not head.isalpha()
                or (
                    f"{head}-{tail}".casefold() in words and f"{head}{tail}".casefold() not in words
                )
            )
            text = (text if keeps else text[:-1]) + line
        else:
            text = f"{text} {line}" if text else line
    return text
