"""Read a PDF into a document: pages, reading order and tables."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from evidence.documents.base import Document, Grid, Page
from evidence.documents.layout.captions import find_captions
from evidence.documents.layout.continued import join_continued
from evidence.documents.layout.frames import split_frames
from evidence.documents.layout.grid import draft_table, make_grid
from evidence.documents.layout.ink import RawPage
from evidence.documents.layout.regions import find_regions, make_sheet
from evidence.documents.layout.words import read_lines
from evidence.errors import Place, Problem, Severity


def read_pdf(
    path: Path, *, pages: Iterable[int] | None = None, tables: bool = True, blocks: bool = True
) -> Document:
    """The document at ``path``; ``pages`` (1-based) limits which are read."""
    import pdfplumber

    from evidence.documents.pdf_glyphs import NamingResources
    from evidence.documents.pdf_ink import read_ink

    content = path.read_bytes()
    problems: list[Problem] = []
    raw: list[RawPage] = []
    resources = NamingResources()
    with pdfplumber.open(path, pages=list(pages) if pages else None) as document:
        for page in document.pages:
            try:
                raw.append(read_ink(page, resources))
            except Exception as error:  # noqa: BLE001
                problems.append(_page_problem(path, page.page_number, error))
            finally:
                page.close()
    grids = read_grids(raw) if tables else []
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="pdf",
        pages=tuple(Page(number=p.number, width_pt=p.width, height_pt=p.height) for p in raw),
        grids=tuple(grids),
        problems=tuple(problems),
    )


def _page_problem(path: Path, number: int, error: Exception) -> Problem:
    return Problem(
        code="page-unreadable",
        severity=Severity.ERROR,
        message=f"the page could not be read ({type(error).__name__}: {error})",
        remedy="open the page in a viewer and save the file again, or read it with the ocr extra",
        source=Place(document=path.name, page=number),
    )


def read_grids(raw: list[RawPage]) -> list[Grid]:
    """Every table of the pages, in order."""
    sizes = Counter(round(g.size, 1) for p in raw for g in p.glyphs)
    body_size = sizes.most_common(1)[0][0] if sizes else 10.0
    grids = []
    for page in raw:
        for ink in split_frames(page):
            sheet = make_sheet(ink, read_lines(ink.glyphs), body_size)
            for region in find_regions(sheet, find_captions(sheet.lines)):
                draft = draft_table(region)
                if draft is not None:
                    grids.append(make_grid(draft))
    return join_continued(grids)
