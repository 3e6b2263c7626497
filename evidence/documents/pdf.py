"""Read a PDF into a document: pages and lines, running text in reading order, and tables.

pdfium looks at every page and gives its running text. Pages that name a table, go on with one, or
look like one are read again with pdfminer (through pdfplumber), which keeps rules and glyphs.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from evidence.documents.base import Document, Grid
from evidence.documents.layout.first_part import may_begin_before
from evidence.documents.layout.frames import split_frames
from evidence.documents.layout.grid import Draft
from evidence.documents.layout.ink import RawPage
from evidence.documents.pdf_check import Places, by_place, doubt_characters
from evidence.documents.pdf_kept import Kept
from evidence.documents.pdf_limit import few_collections, page_limit
from evidence.documents.pdf_mention import MENTION
from evidence.documents.pdf_open import open_pdf, unreadable
from evidence.documents.pdf_page import Wanted, may_go_on, read_page
from evidence.documents.pdf_picture import PictureReader, is_picture
from evidence.documents.pdf_problems import (
    first_part_not_read,
    print_lost,
    unmapped_glyphs,
)
from evidence.documents.pdf_scout import PAGE_SECONDS, Scout
from evidence.documents.pdf_tables import read_frame

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
COLLECT_EVERY = 40


def read_pdf(
    path: Path, *, pages: Iterable[int] | None = None, tables: bool = True, text: bool = True
) -> Document:
    """The document at ``path``; ``pages`` (1-based) limits which are read.

    Without ``text``, pages that can hold no table are not read: they have no lines, and the
    document has no running text.

    Raises UnreadableDocument for a file that is no PDF, is encrypted, breaks off or has no text.
    A page that fails is named in a Problem and costs only itself.
    """
    content = path.read_bytes()
    document = open_pdf(path, content)
    try:
        wanted = sorted({n for n in pages if 1 <= n <= len(document)} if pages else ())
        numbers = wanted or list(range(1, len(document) + 1))
        reader = _Reader(path, Scout(document), numbers, tables, text)
        with few_collections():
            reader.read()
            sha256 = hashlib.sha256(content).hexdigest()
            return reader.kept.document(sha256, reader.body_size if text else None)
    finally:
        document.close()


def read_with_drafts(path: Path) -> list[Draft]:
    """The tables of a PDF before their cells are made, for drawing; in page order."""
    document = open_pdf(path, path.read_bytes())
    try:
        reader = _Reader(path, Scout(document), list(range(1, len(document) + 1)), text=False)
        reader.read()
        return reader.kept.drafts
    finally:
        document.close()


@dataclass(slots=True)
class _Reader:
    path: Path
    scout: Scout
    numbers: list[int]
    tables: bool = True
    text: bool = True
    body_size: float = 10.0
    passed_over: list[int] = field(default_factory=list)
    """Pages with text that were not read, as no table could be there."""
    looks_tabular: list[int] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    miner: Any = None
    kept: Kept = field(init=False)
    pictures: PictureReader = field(init=False)

    def __post_init__(self) -> None:
        self.kept = Kept(self.path.name)
        self.pictures = PictureReader(self.path)

    def read(self) -> None:
        """Read every wanted page; without any caption, look again at pages that look tabular."""
        from evidence.documents.pdf_ink import Miner

        self.body_size = self.scout.usual_size(self.numbers)
        texts = self._texts()
        self.words = frozenset(w.casefold() for t in texts.values() for w in WORD.findall(t))
        self.miner = Miner(self.path)
        try:
            for count, number in enumerate(self.numbers, 1):
                if is_picture(self.scout.pdfium, number, texts[number]):
                    self._read_picture(number)
                else:
                    self._read_page(number, texts[number])
                if count % COLLECT_EVERY == 0:
                    gc.collect()
            if self.tables and not self.kept.named and not self.kept.grids:
                for number in self.passed_over:
                    self._read_lines(number)
                for number in self.looks_tabular:
                    self._read_uncaptioned(number)
            self._read_first_parts()
        finally:
            self.miner.close()
        self.kept.join(self.pictures)

    def _texts(self) -> dict[int, str]:
        texts = {number: self.scout.text(number) for number in self.numbers}
        if not any(text.strip() for text in texts.values()):
            raise unreadable(
                self.path,
                "no-text-layer",
                f"found {len(self.numbers)} pages without a text layer (scanned pictures)",
                "a PDF with text",
                "install the ocr extra (pip install 'evidence[ocr]') and read it again",
            )
        return texts

    def _read_page(self, number: int, text: str) -> None:
        """Read a page; ``text`` is where to look for a caption."""
        if self.tables and self._may_hold_table(number, text):
            try:
                with page_limit(PAGE_SECONDS):
                    raw = self.miner.read(number)
                    if self.miner.lost[number]:
                        lost = self.miner.lost[number]
                        self.kept.problems.append(print_lost(self.path.name, number, lost))
                    self._take(raw, tables=True)
                    return
            except Exception as error:  # noqa: BLE001
                self.kept.failed(number, error)
        elif self.tables and not self.text and text.strip():
            self.passed_over.append(number)
            return
        self._read_lines(number)

    def _may_hold_table(self, number: int, text: str) -> bool:
        last = self.kept.last_before(number)
        waits = self.kept.waiting is not None and self.kept.waiting.page == number - 1
        return bool(text and MENTION.search(text)) or waits or may_go_on(last, number)

    def _read_lines(self, number: int) -> None:
        """Keep a page's lines as pdfium gives them, or pdfminer where fonts are bitmaps."""
        try:
            raw = self.scout.characters(number)
            with page_limit(PAGE_SECONDS):
                if any(not glyph.font for glyph in raw.glyphs):
                    raw = self.miner.read(number)
                self._take(raw, tables=False)
        except Exception as error:  # noqa: BLE001
            self.kept.failed(number, error)

    def _read_picture(self, number: int) -> None:
        """Read a scanned page by text recognition, or keep what little is printed on it."""
        try:
            raw, problems = self.pictures.read(self.scout.pdfium, number)
            self.kept.problems += problems
            if raw is not None:
                self._take(raw, tables=self.tables, picture=True)
                return
        except Exception as error:  # noqa: BLE001
            self.kept.failed(number, error)
        self._read_lines(number)

    def _take(
        self, raw: RawPage, *, tables: bool, picture: bool = False, after: Draft | None = None
    ) -> None:
        """Keep a page's lines and tables, all of them or, where something fails, none."""
        own_size = median(g.size for g in raw.glyphs) if picture and raw.glyphs else None
        places = by_place(raw) if tables and not picture else {}
        wanted = Wanted(
            body_size=own_size or self.body_size,
            words=self.words,
            tables=tables,
            lines=self.text,
            before=self.kept.last_before(raw.number),
            after=after,
            caption=self.kept.waiting,
        )
        page = read_page(raw, wanted)
        if after is not None:
            if page.begun is None:
                return
            self.kept.forget(raw.number)
            if not page.begun:
                label = after.region.label
                self.kept.problems.append(first_part_not_read(self.path.name, raw.number, label))
        if page.grids and not picture:
            page.grids = self._checked(page.grids, raw.number, places)
        self.scout.kept.pop(raw.number, None)
        self.kept.add(page)
        if page.tabular and not picture:
            self.looks_tabular.append(raw.number)

    def _checked(self, grids: list[Grid], number: int, places: Places) -> list[Grid]:
        """Grids with doubts where pdfium reads other characters, and problems for unread ones."""
        second = self._second_reading(number)
        if second is not None:
            theirs = by_place(second)
            grids = [doubt_characters(grid, number, places, theirs) for grid in grids]
        unread = (unmapped_glyphs(self.path.name, number, grid) for grid in grids)
        self.kept.problems += [problem for problem in unread if problem]
        return grids

    def _second_reading(self, number: int) -> RawPage | None:
        try:
            return self.scout.characters(number)
        except Exception:  # noqa: BLE001  (the first reading stands, unchecked)
            return None

    def _read_first_parts(self) -> None:
        """Read pages again that may hold the first part of a table named at its end overleaf."""
        for number in sorted(self.numbers, reverse=True):
            over = [d for d in self.kept.on_page(number + 1) if may_begin_before(d)]
            if not over or is_picture(self.scout.pdfium, number, self.scout.text(number)):
                continue
            try:
                with page_limit(PAGE_SECONDS):
                    self._take(self.miner.read(number), tables=True, after=over[0])
            except Exception as error:  # noqa: BLE001
                self.kept.failed(number, error)

    def _read_uncaptioned(self, number: int) -> None:
        try:
            with page_limit(PAGE_SECONDS):
                for ink in split_frames(self.miner.read(number)):
                    found = read_frame(ink, self.body_size, uncaptioned=True, words=self.words)
                    self.kept.grids += found.grids
                    self.kept.drafts += found.drafts
        except Exception as error:  # noqa: BLE001
            self.kept.failed(number, error)
