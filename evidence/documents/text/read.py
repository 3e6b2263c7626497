"""A text file (``pdftotext -layout``, a table drawn in characters, a dump) → Document."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from evidence.documents.base import Document, DocumentInfo, Grid, TextBlock
from evidence.documents.decode import decode
from evidence.documents.layout.continued import join_continued
from evidence.documents.pdf_limit import page_limit
from evidence.documents.refuse import read_bytes
from evidence.documents.text.dump.place import on_pages
from evidence.documents.text.dump.rebuild import rebuild
from evidence.documents.text.dump.regions import Region as DumpedRegion
from evidence.documents.text.dump.regions import cell_lines
from evidence.documents.text.dump.regions import find_regions as find_dumped
from evidence.documents.text.front import with_front
from evidence.documents.text.limits import FILE_WORDS, SECONDS, WORDS, failed, file_too_large
from evidence.documents.text.notes import read_notes
from evidence.documents.text.pages import TextPage, split_pages
from evidence.documents.text.prose import read_prose
from evidence.documents.text.standing import Table, read_standing
from evidence.errors import Place, Problem

_GAP = re.compile(r"\S {3,}\S")
_LAID_OUT = 0.3
"""Share of lines with gaps above which a table's columns are not lost."""


def read_text(path: Path) -> Document:
    """Tables and paragraphs of a text file; pages are told by form feeds.

    Where the columns still stand as gaps, the text is set as print and read by the layout code of
    PDFs; where they are lost they are rebuilt from the types of the words, which is said in a
    Problem and in the grid's ``doubt``. Boxes are columns and lines at the pitch of ``pages``.
    Raises UnreadableDocument for a file that is empty or no text.
    """
    content = read_bytes(path)
    text, problems = decode(content, path, expected="plain text")
    pages = split_pages(text)
    known = frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))
    standing = read_standing(pages, known, path.name)
    found, lost, pages, trouble = _read_dumped(standing.pages, known, path.name)
    tables = sorted([*standing.tables, *found], key=lambda table: table.line)
    captions = [*(_caption(table.grid) for table in tables), *lost]
    prose = with_front(read_prose(pages), tables=bool(tables))
    title = next((block.text for block in prose if block.kind == "title"), None)
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="text",
        pages=tuple(page.shown for page in split_pages(text) if any(map(str.strip, page.lines))),
        grids=tuple(join_continued([table.grid for table in tables])),
        blocks=(*captions, *prose),
        info=DocumentInfo(title=title),
        problems=(*problems, *standing.problems, *trouble),
    )


def _read_dumped(
    pages: Sequence[TextPage], known: frozenset[str], name: str
) -> tuple[list[Table], list[TextBlock], list[TextPage], list[Problem]]:
    """(tables whose columns are lost, the words of those that could not be rebuilt, the pages
    without either, what is in doubt)."""
    found: list[Table] = []
    lost: list[TextBlock] = []
    problems: list[Problem] = []
    taken: set[int] = set()
    spent = 0
    for region in find_dumped([line for page in pages for line in page.lines]):
        spent += region.words if region.words <= WORDS else 0
        grid, trouble = _rebuilt(region, known, name, spent=spent)
        problems += trouble
        if grid is not None:
            found.append(Table(line=region.first, grid=on_pages(grid, pages)))
            taken |= region.lines
            continue
        words = cell_lines(region)
        if words:
            lost.append(_lost(region, words, pages))
            taken |= {*range(region.first, words[0][0]), *(number for number, _ in words)}
    return found, lost, [_without(page, taken) for page in pages], problems


def _rebuilt(
    region: DumpedRegion, known: frozenset[str], name: str, *, spent: int
) -> tuple[Grid | None, list[Problem]]:
    """(the grid of a table without columns, what is in doubt) within what a file may cost."""
    place = Place(document=name, table=region.label, line=region.first)
    if spent > FILE_WORDS:
        return None, [file_too_large(place)]
    notes = tuple(read_notes(line for _, line in region.notes))
    try:
        with page_limit(SECONDS):
            return rebuild(region, notes, known=known, name=name, gaps=not _is_laid_out(region))
    except Exception as error:  # noqa: BLE001
        return None, [failed(place, error)]


def _lost(
    region: DumpedRegion, lines: Sequence[tuple[int, str]], pages: Sequence[TextPage]
) -> TextBlock:
    """The words of a table without columns: no sentences to be read, and nothing lost."""
    page = bisect_right([page.first for page in pages], region.first)
    words = " ".join(word for _, line in lines for word in line.split())
    text = f"Table {region.label} {region.caption} {words}"
    return TextBlock(text=text, kind="caption", page=page)


def _is_laid_out(region: DumpedRegion) -> bool:
    """Whether gaps part the words of a region, though no columns stand."""
    own = [line for _, line in region.body if line.strip()]
    return sum(bool(_GAP.search(line)) for line in own) >= _LAID_OUT * len(own)


def _without(page: TextPage, taken: set[int]) -> TextPage:
    rows = [row for row in range(len(page.lines)) if page.first + row in taken]
    return page.without([(rows, 0, page.width)])


def _caption(grid: Grid) -> TextBlock:
    text = f"Table {grid.label or ''} {grid.caption}".strip()
    return TextBlock(text=text, kind="caption", page=grid.pages[0])
