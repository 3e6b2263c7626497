"""A text file (``pdftotext -layout``, a table drawn in characters, a dump) → Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.documents.base import Cell, Document, DocumentInfo, Grid, TextBlock
from evidence.documents.decode import decode
from evidence.documents.footnotes import marks_in
from evidence.documents.layout.continued import join_continued
from evidence.documents.refuse import read_bytes
from evidence.documents.text.drawn import find_drawn
from evidence.documents.text.dump.marks import without_marks
from evidence.documents.text.dump.place import on_pages
from evidence.documents.text.dump.rebuild import rebuild
from evidence.documents.text.dump.regions import find_regions as find_dumped
from evidence.documents.text.front import with_front
from evidence.documents.text.laid_out import read_laid_out, stands
from evidence.documents.text.notes import read_notes
from evidence.documents.text.pages import Part, TextPage, split_pages
from evidence.documents.text.prose import read_prose
from evidence.documents.text.ragged import read_ragged
from evidence.documents.text.regions import Region, find_regions
from evidence.errors import Place, Problem, Severity

_GAP = re.compile(r"\S {3,}\S")
_LAID_OUT = 0.3
"""Share of lines with gaps above which a table's columns are not lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A grid and the line of the file its region begins at."""

    line: int
    grid: Grid


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
    tables: list[_Table] = []
    for number, page in enumerate(pages):
        try:
            found, pages[number] = _read_standing(page, known)
        except Exception as error:  # noqa: BLE001
            problems = [*problems, _unreadable(path.name, page.number, error)]
        else:
            tables += found
    found, pages, trouble = _read_dumped(pages, known, path.name)
    tables = sorted([*tables, *found], key=lambda table: table.line)
    captions = [_caption(table.grid) for table in tables]
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
        problems=(*problems, *trouble),
    )


def _read_standing(page: TextPage, known: frozenset[str]) -> tuple[list[_Table], TextPage]:
    """(tables of a page whose columns are drawn or stand as gaps, the page without them)."""
    found: list[_Table] = []
    taken: list[Part] = []
    for drawn in find_drawn(page.raw, page.number):
        grid = _with_notes(drawn.grid, [page.lines[row] for row in drawn.notes])
        found.append(_Table(line=page.first + drawn.lines.start, grid=grid))
        taken.append(([*drawn.lines, *drawn.notes], 0, page.width))
    page = page.without(taken)
    taken.clear()
    for region in find_regions(page.lines)[0]:
        gaps = _by_gaps(region, page.number, known)
        if gaps is not None:
            grid = _with_notes(gaps, [text for _, text in region.notes])
            found.append(_Table(line=page.first + min(region.lines), grid=grid))
            taken.append((region.lines, *region.view))
    return found, page.without(taken)


def _unreadable(name: str, page: int, error: Exception) -> Problem:
    return Problem(
        code="page-unreadable",
        severity=Severity.ERROR,
        message=f"page {page} could not be searched for tables ({type(error).__name__}: {error}).",
        remedy="look at the page; its words are kept as text",
        source=Place(document=name, page=page),
    )


def _by_gaps(region: Region, page: int, known: frozenset[str]) -> Grid | None:
    """A grid by columns that stand below one another, or by as many gaps in every line."""
    grid = read_laid_out(region, page, known) if stands(region) else None
    ragged = read_ragged(region, page)
    if grid is None or (ragged and len(ragged.matrix()[0]) != len(grid.matrix()[0])):
        return ragged
    return grid


def _read_dumped(
    pages: Sequence[TextPage], known: frozenset[str], name: str
) -> tuple[list[_Table], list[TextPage], list[Problem]]:
    """(tables whose columns are lost, the pages without them, what is in doubt)."""
    found: list[_Table] = []
    problems: list[Problem] = []
    taken: set[int] = set()
    for region in find_dumped([line for page in pages for line in page.lines]):
        own = [line for _, line in region.body if line.strip()]
        if sum(bool(_GAP.search(line)) for line in own) >= _LAID_OUT * len(own):
            continue
        notes = tuple(read_notes(line for _, line in region.notes))
        grid, trouble = rebuild(region, notes, known=known, name=name)
        problems += trouble
        if grid is not None:
            found.append(_Table(line=region.first, grid=on_pages(grid, pages)))
            taken |= region.lines
    return found, [_without(page, taken) for page in pages], problems


def _without(page: TextPage, taken: set[int]) -> TextPage:
    rows = [row for row in range(len(page.lines)) if page.first + row in taken]
    return page.without([(rows, 0, page.width)])


def _caption(grid: Grid) -> TextBlock:
    text = f"Table {grid.label or ''} {grid.caption}".strip()
    return TextBlock(text=text, kind="caption", page=grid.pages[0])


def _with_notes(grid: Grid, lines: Sequence[str]) -> Grid:
    """The grid with the notes under it, and the marks they declare told apart in its cells."""
    notes = (*grid.footnotes, *read_notes(lines))
    declared = marks_in(notes)
    rows = tuple(tuple(_marked(cell, declared) for cell in row) for row in grid.rows)
    return replace(grid, footnotes=notes, rows=rows)


def _marked(cell: Cell, declared: frozenset[str]) -> Cell:
    clean, marks = without_marks(cell.plain, declared)
    return replace(cell, clean=clean, marks=(*cell.marks, *marks)) if marks else cell
