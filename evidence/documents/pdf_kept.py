"""What was read of a PDF so far, page by page, and the document it makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evidence.documents.base import Document, DocumentInfo, Grid, Page, TextBlock
from evidence.documents.front_page import front_info
from evidence.documents.identify import doi_in
from evidence.documents.layout.blocks import PagePrint, read_blocks
from evidence.documents.layout.continued import join_continued
from evidence.documents.layout.grid import Draft
from evidence.documents.layout.overleaf import Waiting
from evidence.documents.pdf_check import doubt_table
from evidence.documents.pdf_page import PageRead
from evidence.documents.pdf_picture import PictureReader
from evidence.documents.pdf_problems import page_failed, tables_not_read
from evidence.errors import Problem


@dataclass(slots=True)
class Kept:
    """Pages, tables and problems of one PDF."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    prints: list[PagePrint] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    """Labels of captions, and the first page that prints each."""
    waiting: Waiting | None = None
    """A caption at the foot of the page read last, whose table may stand overleaf."""

    def add(self, read: PageRead) -> None:
        """Keep what was read of a page."""
        self.named = dict.fromkeys(read.named, read.page.number) | self.named
        self.grids += read.grids
        self.drafts += read.drafts
        self.prints += read.prints
        self.pages.append(read.page)
        self.waiting = read.waiting

    def last_before(self, number: int) -> Draft | None:
        """The last table of the pages before page ``number``."""
        return next((d for d in reversed(self.drafts) if _page(d) < number), None)

    def on_page(self, number: int) -> list[Draft]:
        """The tables of a page."""
        return [draft for draft in self.drafts if _page(draft) == number]

    def forget(self, number: int) -> None:
        """Leave out what was kept of a page that is read again."""
        self.pages = [page for page in self.pages if page.number != number]
        self.prints = [page for page in self.prints if page.number != number]
        self.grids = [grid for grid in self.grids if grid.pages[0] != number]
        self.drafts = [draft for draft in self.drafts if _page(draft) != number]
        self.problems = [
            p
            for p in self.problems
            if p.code != "unmapped-glyph" or p.source is None or p.source.page != number
        ]

    def failed(self, number: int, error: Exception) -> None:
        """Say once that a page could not be read."""
        if any(
            p.code == "page-unreadable" and p.source and p.source.page == number
            for p in self.problems
        ):
            return
        self.problems.append(page_failed(self.name, number, error))

    def join(self, pictures: PictureReader) -> None:
        """Join the parts of tables, say what no table was found for, and what is in doubt."""
        self.pages.sort(key=lambda page: page.number)
        self.prints.sort(key=lambda page: page.number)
        self.drafts.sort(key=_page)
        self.grids.sort(key=lambda g: g.pages[0])
        self.problems += tables_not_read(self.name, self.named, self.drafts)
        joined = [pictures.doubted(grid) for grid in join_continued(self.grids)]
        self.grids = [doubt_table(grid) for grid in joined]

    def document(self, sha256: str, body_size: float | None) -> Document:
        """What was read, with running text where ``body_size`` (points) is given."""
        blocks = tuple(read_blocks(self.prints, body_size)) if body_size is not None else ()
        return Document(
            name=self.name,
            sha256=sha256,
            format="pdf",
            pages=tuple(self.pages),
            grids=tuple(self.grids),
            blocks=blocks,
            info=self._info(blocks),
            problems=tuple(self.problems),
        )

    def _info(self, blocks: tuple[TextBlock, ...]) -> DocumentInfo:
        title = next((b.text for b in blocks if b.kind == "title"), None)
        lines = [[line.text for line in page.lines] for page in self.pages[:2]]
        first = self.pages[0].number if self.pages else 0
        spaced = {
            p.text: p.spaced for page in self.prints if page.number == first for p in page.lines
        }
        info = front_info(
            [spaced.get(line, line) for line in lines[0]] if lines else [], title=title
        )
        return (
            info
            if info.doi
            else replace(info, doi=doi_in(" ".join(line for page in lines[1:] for line in page)))
        )


def _page(draft: Draft) -> int:
    return draft.region.sheet.number
