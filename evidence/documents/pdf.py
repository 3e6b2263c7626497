"""Read a PDF into a document: pages and lines, running text in reading order, and tables.

pdfium looks at every page and gives its running text. Pages that name a table, go on with one, or
look like one are read again with pdfminer (through pdfplumber), which keeps rules and glyphs.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from evidence.documents.base import CellLine, Document, DocumentInfo, Grid, Page
from evidence.documents.front_page import front_info
from evidence.documents.identify import doi_in
from evidence.documents.layout.blocks import PagePrint, read_blocks
from evidence.documents.layout.continued import join_continued
from evidence.documents.layout.follow import at_foot, rest_overleaf
from evidence.documents.layout.frames import split_frames
from evidence.documents.layout.grid import Draft, draft_table, make_grid
from evidence.documents.layout.ink import RawPage
from evidence.documents.layout.reading import reading_lines
from evidence.documents.layout.runs import tabular_runs
from evidence.documents.layout.words import read_lines
from evidence.documents.pdf_check import Places, by_place, doubt_characters, doubt_table
from evidence.documents.pdf_limit import few_collections, page_limit
from evidence.documents.pdf_mention import MENTION
from evidence.documents.pdf_open import open_pdf, unreadable
from evidence.documents.pdf_picture import PictureReader, is_picture
from evidence.documents.pdf_problems import page_failed, print_lost, table_not_read, unmapped_glyphs
from evidence.documents.pdf_tables import PageTables, areas_of, read_frame
from evidence.errors import Problem

PAGE_SECONDS = 20.0
"""No page may take longer; one that does is reported and left out."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SAMPLE_PAGES = 5
COLLECT_EVERY = 40


def read_pdf(
    path: Path, *, pages: Iterable[int] | None = None, tables: bool = True, blocks: bool = True
) -> Document:
    """The document at ``path``; ``pages`` (1-based) limits which are read.

    Raises UnreadableDocument for a file that is no PDF, is encrypted, breaks off or has no text.
    A page that fails is named in a Problem and costs only itself.
    """
    content = path.read_bytes()
    document = open_pdf(path, content)
    try:
        wanted = sorted({n for n in pages if 1 <= n <= len(document)} if pages else ())
        reader = _Reader(path, document, wanted or list(range(1, len(document) + 1)))
        with few_collections():
            reader.read(tables=tables)
            return reader.document(hashlib.sha256(content).hexdigest(), blocks=blocks)
    finally:
        document.close()


def read_with_drafts(path: Path) -> list[Draft]:
    """The tables of a PDF before their cells are made, for drawing; in page order."""
    document = open_pdf(path, path.read_bytes())
    try:
        reader = _Reader(path, document, list(range(1, len(document) + 1)))
        reader.read(tables=True)
        return reader.drafts
    finally:
        document.close()


@dataclass(slots=True)
class _Reader:
    path: Path
    pdfium: Any
    numbers: list[int]
    body_size: float = 10.0
    problems: list[Problem] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    prints: list[PagePrint] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    cached: dict[int, RawPage] = field(default_factory=dict)
    looks_tabular: list[int] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    """Labels of captions, and the first page that prints each."""
    glyphs: int = 0
    words: frozenset[str] = frozenset()
    miner: Any = None
    pictures: PictureReader = field(init=False)

    def __post_init__(self) -> None:
        self.pictures = PictureReader(self.path)

    def read(self, *, tables: bool) -> None:
        """Read every wanted page; without any caption, look again at pages that look tabular."""
        from evidence.documents.pdf_ink import Miner

        self._sample_size()
        texts = {number: self._text(number) for number in self.numbers}
        if not any(text.strip() for text in texts.values()):
            raise unreadable(
                self.path,
                "no-text-layer",
                f"found {len(self.numbers)} pages without a text layer (scanned pictures)",
                "a PDF with text",
                "install the ocr extra (pip install 'evidence[ocr]') and read it again",
            )
        self.words = frozenset(w.casefold() for t in texts.values() for w in WORD.findall(t))
        self.miner = Miner(self.path)
        try:
            for count, number in enumerate(self.numbers, 1):
                if is_picture(self.pdfium, number, texts[number]):
                    self._read_picture(number, tables=tables)
                else:
                    self._read_page(number, tables and texts[number])
                if count % COLLECT_EVERY == 0:
                    gc.collect()
            if tables and not self.named and not self.grids:
                for number in self.looks_tabular:
                    self._read_uncaptioned(number)
        finally:
            self.miner.close()
        self.grids.sort(key=lambda g: g.pages[0])
        read = {grid.label for grid in self.grids}
        self.problems += [
            table_not_read(self.path.name, page, label)
            for label, page in self.named.items()
            if label not in read
        ]
        joined = [self.pictures.doubted(grid) for grid in join_continued(self.grids)]
        self.grids = [doubt_table(grid) for grid in joined]

    def _sample_size(self) -> None:
        """The paper's usual font size, from a few pages spread over it."""
        sizes: Counter[float] = Counter()
        step = max(1, len(self.numbers) // SAMPLE_PAGES)
        for number in self.numbers[::step][:SAMPLE_PAGES]:
            raw = self._by_pdfium(number, report=False)
            if raw is not None:
                self.cached[number] = raw
                sizes.update(round(g.size, 1) for g in raw.glyphs)
        self.glyphs = sum(sizes.values())
        if sizes:
            self.body_size = sizes.most_common(1)[0][0]

    def _text(self, number: int) -> str:
        """The page's text in no certain order; empty where pdfium cannot read it."""
        import pypdfium2

        try:
            page = self.pdfium[number - 1]
        except pypdfium2.PdfiumError:
            return ""
        try:
            return str(page.get_textpage().get_text_bounded())
        finally:
            page.close()

    def _by_pdfium(self, number: int, *, report: bool = True) -> RawPage | None:
        from evidence.documents.pdf_text import read_text_page

        try:
            with page_limit(PAGE_SECONDS):
                return read_text_page(self.pdfium, number)
        except Exception as error:  # noqa: BLE001
            if report:
                self._failed(number, error)
            return None

    def _read_page(self, number: int, text: str | bool) -> None:
        """Read a page; ``text`` is where to look for a caption, empty or False for none."""
        try:
            with page_limit(PAGE_SECONDS):
                if text and (MENTION.search(str(text)) or self._may_go_on(number)):
                    raw = self.miner.read(number)
                    if self.miner.lost[number]:
                        lost = self.miner.lost[number]
                        self.problems.append(print_lost(self.path.name, number, lost))
                    self._take(raw, tables=True)
                    return
        except Exception as error:  # noqa: BLE001
            self._failed(number, error)
        plain = self.cached.pop(number, None) or self._by_pdfium(number)
        if plain is None:
            return
        try:
            with page_limit(PAGE_SECONDS):
                self._take(plain, tables=False)
        except Exception as error:  # noqa: BLE001
            self._failed(number, error)

    def _read_picture(self, number: int, *, tables: bool) -> None:
        """Read a scanned page by text recognition, or keep what little is printed on it."""
        try:
            raw, problems = self.pictures.read(self.pdfium, number)
            self.problems += problems
            if raw is not None:
                self._take(raw, tables=tables, picture=True)
                return
        except Exception as error:  # noqa: BLE001
            self._failed(number, error)
        self._read_page(number, False)

    def _take(self, raw: RawPage, *, tables: bool, picture: bool = False) -> None:
        """Keep a page's lines and tables, all of them or, where something fails, none."""
        body_size = median(g.size for g in raw.glyphs) if picture and raw.glyphs else self.body_size
        shown: list[CellLine] = []
        prints: list[PagePrint] = []
        grids: list[Grid] = []
        drafts: list[Draft] = []
        named: list[str] = []
        places = by_place(raw) if tables and not picture else {}
        frames = split_frames(raw)
        for ink in frames:
            free = lines = read_lines(ink.glyphs)
            if tables:
                found = read_frame(ink, body_size, lines=lines, words=self.words)
                named += found.named
                self._continue(found)
                grids += found.grids
                drafts += found.drafts
                free = found.free_lines()
            printed = reading_lines(lines, ink)
            shown += [CellLine(text=p.text, page=raw.number, box_pt=p.shown) for p in printed]
            running = printed if free is lines else reading_lines(free, ink)
            prints.append(PagePrint(raw.number, ink.height, running))
            if ink is frames[0] and not picture and tabular_runs(lines, body_size):
                self.looks_tabular.append(raw.number)
        if grids and not picture:
            grids = self._checked(grids, raw.number, places)
        self.cached.pop(raw.number, None)
        self.named = dict.fromkeys(named, raw.number) | self.named
        self.grids += grids
        self.drafts += drafts
        self.prints += prints
        self.pages.append(
            Page(
                number=raw.number,
                width_pt=raw.width,
                height_pt=raw.height,
                lines=tuple(shown),
                rotation=frames[0].turn if frames else 0,
            )
        )

    def _checked(self, grids: list[Grid], number: int, places: Places) -> list[Grid]:
        """Grids with doubts where pdfium reads other characters, and problems for unread ones."""
        second = self.cached.get(number) or self._by_pdfium(number, report=False)
        if second is not None:
            theirs = by_place(second)
            grids = [doubt_characters(grid, number, places, theirs) for grid in grids]
        unread = (unmapped_glyphs(self.path.name, number, grid) for grid in grids)
        self.problems += [problem for problem in unread if problem]
        return grids

    def _may_go_on(self, number: int) -> bool:
        """Whether the last table reached the foot of the page before this one."""
        if not self.drafts or self.drafts[-1].region.sheet.number != number - 1:
            return False
        return at_foot(self.drafts[-1])

    def _continue(self, found: PageTables) -> None:
        """Add the rest of the table of the page before, from the head of this page."""
        if not self._may_go_on(found.sheet.number):
            return
        tops = [min(area[1] for area in areas_of(draft)) for draft in found.drafts]
        ceiling = min(tops, default=found.sheet.ink.height)
        rest = rest_overleaf(found.sheet, self.drafts[-1], ceiling)
        draft = rest and draft_table(rest)
        if draft:
            found.drafts.insert(0, draft)
            found.grids.insert(0, make_grid(draft))

    def _read_uncaptioned(self, number: int) -> None:
        try:
            with page_limit(PAGE_SECONDS):
                for ink in split_frames(self.miner.read(number)):
                    found = read_frame(ink, self.body_size, uncaptioned=True, words=self.words)
                    self.grids += found.grids
                    self.drafts += found.drafts
        except Exception as error:  # noqa: BLE001
            self._failed(number, error)

    def _failed(self, number: int, error: Exception) -> None:
        if any(
            p.code == "page-unreadable" and p.source and p.source.page == number
            for p in self.problems
        ):
            return
        self.problems.append(page_failed(self.path.name, number, error))

    def document(self, sha256: str, *, blocks: bool) -> Document:
        """What was read."""
        text = tuple(read_blocks(self.prints, self.body_size)) if blocks else ()
        return Document(
            name=self.path.name,
            sha256=sha256,
            format="pdf",
            pages=tuple(self.pages),
            grids=tuple(self.grids),
            blocks=text,
            info=self._info(text),
            problems=tuple(self.problems),
        )

    def _info(self, text: tuple[Any, ...]) -> DocumentInfo:
        title = next((b.text for b in text if b.kind == "title"), None)
        lines = [[line.text for line in page.lines] for page in self.pages[:2]]
        info = front_info(lines[0] if lines else [], title=title)
        return (
            info
            if info.doi
            else replace(info, doi=doi_in(" ".join(line for page in lines[1:] for line in page)))
        )
