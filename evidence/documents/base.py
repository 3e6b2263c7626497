"""What every reader of a file gives back: a document of pages, lines and grids of cells.

All coordinates are in points from the top left of the page as the reader sees it (after the
page's rotation is undone); pages, rows and tables are numbered from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.errors import Problem

Box = tuple[float, float, float, float]
"""(x0, top, x1, bottom) in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A superscript or footnote mark that stood on a cell; never part of the cell's text."""

    text: str
    offset: int
    """Index into the cell's text before which the mark stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One printed line inside a cell."""

    text: str
    page: int | None = None
    box_pt: Box | None = None
    char_boxes_pt: tuple[Box, ...] = field(default=(), repr=False)
    """Where each character of ``text`` stands; empty where the reader does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a grid: its text with line ends folded to spaces, and where it stands.

    ``text`` keeps superscript marks as plain characters where they are part of the printed cell
    for ``evidence tables``; ``clean`` leaves tagged marks out and is what extraction reads.
    """

    text: str
    page: int | None = None
    box_pt: Box | None = None
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    marks: tuple[Mark, ...] = ()
    lines: tuple[CellLine, ...] = ()
    clean: str | None = None
    doubt: str | None = None
    """Why this cell's boundaries or characters are uncertain (None: no reason to doubt)."""

    @property
    def plain(self) -> str:
        """The text without footnote and reference marks."""
        return self.text if self.clean is None else self.clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note under a table: its mark (``a``, ``*``, ``1``) or None for an unmarked note."""

    mark: str | None
    text: str
    page: int | None = None
    box_pt: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as rows of cells.

    ``rows`` holds, per row, only the cells that begin there (as in HTML); spans say how far they
    reach. ``header_rows`` counts the leading rows that are heads.
    """

    label: str | None
    """The table's number as printed, without the word: ``4``, ``S1``; None if it has none."""
    caption: str = ""
    pages: tuple[int, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    header_rows: int = 0
    footnotes: tuple[Footnote, ...] = ()
    box_pt: Box | None = None
    doubt: str | None = None

    def matrix(self) -> list[list[Cell | None]]:
        """Rows × columns with spanning cells repeated in every place they cover."""
        width = 0
        covered: dict[tuple[int, int], Cell] = {}
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in covered:
                    c += 1
                for dr in range(min(cell.rowspan, len(self.rows) - r)):
                    for dc in range(cell.colspan):
                        covered[(r + dr, c + dc)] = cell
                c += cell.colspan
        width = max((c for _, c in covered), default=-1) + 1
        return [[covered.get((r, c)) for c in range(width)] for r in range(len(self.rows))]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Running text in reading order: a paragraph, a heading, a caption, the abstract."""

    text: str
    kind: str = "paragraph"
    """``title`` ``abstract`` ``heading`` ``paragraph`` ``caption`` ``reference``"""
    page: int | None = None
    box_pt: Box | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its size in points and its text lines in reading order."""

    number: int
    width_pt: float
    height_pt: float
    lines: tuple[CellLine, ...] = ()
    rotation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """What the document says about itself; None where it is silent."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    """``Family, Given``; a group's name as it stands."""
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    """In lower case, without a resolver's address."""
    pmid: str | None = None
    pmcid: str | None = None
    """With its letters: ``PMC1234567``."""
    article_type: str | None = None
    """As the publisher calls it: ``research-article``, ``Review``, ``Case Report``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as read from one file. Only reading faults are in ``problems``."""

    name: str
    sha256: str
    format: str
    """``pdf`` ``jats`` ``html`` ``text`` ``docx`` ``csv`` ``xlsx`` ``rtf`` ``odt`` ``epub``"""
    pages: tuple[Page, ...] = ()
    grids: tuple[Grid, ...] = ()
    blocks: tuple[TextBlock, ...] = ()
    info: DocumentInfo = field(default_factory=DocumentInfo)
    problems: tuple[Problem, ...] = ()
