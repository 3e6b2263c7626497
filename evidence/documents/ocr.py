"""A scanned PDF → Document, by text recognition that works offline (the ``ocr`` extra)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from evidence.documents.base import Box, Cell, CellLine, Document, Grid, Page, TextBlock
from evidence.documents.layout.blocks import PagePrint, read_blocks
from evidence.documents.layout.continued import join_continued
from evidence.documents.layout.frames import split_frames, turned_back
from evidence.documents.layout.ink import RawPage, turn_box
from evidence.documents.layout.reading import reading_lines
from evidence.documents.layout.words import read_lines
from evidence.documents.ocr_read import (
    POINTS_PER_INCH,
    find_rules,
    find_shades,
    raw_page,
    set_in_words,
)
from evidence.documents.ocr_turn import recognise_upright
from evidence.documents.pdf_tables import read_frame
from evidence.documents.refuse import missing_extra, read_bytes, unreadable
from evidence.errors import Place, Problem, Severity

DPI = 200.0
DOUBTFUL = 0.85
"""Text recognised with less confidence than this is marked as doubtful."""

Unsure = tuple[Box, float]
"""(box in points, confidence) of text that was recognised with doubt."""


def read_scan(path: Path, *, pages: Iterable[int] | None = None, dpi: float = DPI) -> Document:
    """Render each page, recognise its text and read its tables with the layout code of PDFs.

    ``pages`` are 1-based. Every cell keeps page and box; text recognised with doubt is a Problem
    and the ``doubt`` of its cell. Raises UnreadableDocument where the ``ocr`` extra is missing.
    """
    content = read_bytes(path)
    engine = load_engine(path)
    pictures = _pictures(content, path, dpi)
    chosen = set(pages) if pages is not None else None
    raw: list[RawPage] = []
    unsure: dict[int, list[Unsure]] = {}
    problems: list[Problem] = []
    for number, picture in pictures:
        if chosen is not None and number not in chosen:
            continue
        try:
            page, doubtful = read_picture(engine, picture(), number, dpi)
        except Exception as error:  # noqa: BLE001
            problems.append(_failed(path, number, error))
            continue
        raw.append(page)
        unsure[number] = [(box, confidence) for box, confidence, _ in doubtful]
        problems += [recognised_with_doubt(path, number, *entry) for entry in doubtful]
    return _document(path, content, raw, unsure, [_recognised(path, len(raw)), *problems])


def load_engine(path: Path) -> Any:
    """The recogniser; raises UnreadableDocument where the ``ocr`` extra is missing."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as error:
        raise missing_extra(path, package="rapidocr-onnxruntime", extra="ocr") from error
    return RapidOCR()


def picture_of(page: Any, dpi: float = DPI) -> Any:
    """A pdfium page as height × width × 3 bytes, blue first."""
    return page.render(scale=dpi / POINTS_PER_INCH).to_numpy()[:, :, :3].copy()


def _pictures(content: bytes, path: Path, dpi: float) -> Iterable[tuple[int, Callable[[], Any]]]:
    """(page number, what draws its picture) of every page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise unreadable(
            path,
            found=f"no readable PDF ({error})",
            expected="a PDF of scanned pages",
            mend="fetch the file again",
        ) from error
    for index in range(len(document)):
        yield index + 1, partial(_drawn, document, index, dpi)


def _drawn(document: Any, index: int, dpi: float) -> Any:
    page = document[index]
    try:
        return picture_of(page, dpi)
    finally:
        page.close()


def read_picture(
    engine: Any, picture: Any, number: int, dpi: float = DPI
) -> tuple[RawPage, list[tuple[Box, float, str]]]:
    """(the page as glyphs and rules, text recognised with doubt) of one picture.

    A picture whose print stands sideways or upside down is turned to be read; places are told in
    the frame of the picture as it is shown.
    """
    level, recognised, turn = recognise_upright(engine, picture)
    found = set_in_words(recognised, level)
    size = (level.shape[1], level.shape[0])
    page = raw_page(
        number,
        found,
        size,
        dpi,
        rules=find_rules(level, dpi),
        shades=find_shades(level, dpi),
    )
    doubtful = [piece for piece in found if piece.confidence < DOUBTFUL]
    places = [
        turn_box(_in_points(p.box, dpi), (360 - turn) % 360, page.width, page.height)
        for p in doubtful
    ]
    return turned_back(page, turn), [
        (place, p.confidence, p.text) for place, p in zip(places, doubtful, strict=True)
    ]


def _in_points(box: Box, dpi: float) -> Box:
    x0, top, x1, bottom = (value * POINTS_PER_INCH / dpi for value in box)
    return (x0, top, x1, bottom)


def _document(
    path: Path,
    content: bytes,
    raw: Sequence[RawPage],
    unsure: dict[int, list[Unsure]],
    problems: Sequence[Problem],
) -> Document:
    sizes = [glyph.size for page in raw for glyph in page.glyphs]
    body_size = median(sizes) if sizes else 10.0
    grids: list[Grid] = []
    pages: list[Page] = []
    prints: list[PagePrint] = []
    for page in raw:
        shown: list[CellLine] = []
        for ink in split_frames(page):
            lines = read_lines(ink.glyphs)
            found = read_frame(ink, body_size, lines=lines)
            grids += found.grids
            printed = reading_lines(lines, ink)
            shown += [CellLine(text=p.text, page=page.number, box_pt=p.shown) for p in printed]
            free = reading_lines(found.free_lines(), ink)
            prints.append(PagePrint(page.number, ink.height, free))
        pages.append(
            Page(
                number=page.number,
                width_pt=page.width,
                height_pt=page.height,
                lines=tuple(shown),
            )
        )
    blocks: tuple[TextBlock, ...] = tuple(read_blocks(prints, body_size))
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="pdf",
        pages=tuple(pages),
        grids=tuple(doubt_recognised(grid, unsure) for grid in join_continued(grids)),
        blocks=blocks,
        problems=tuple(problems),
    )


def doubt_recognised(grid: Grid, unsure: dict[int, list[Unsure]]) -> Grid:
    """The grid in doubt, and those of its cells that stand where the recogniser was unsure."""
    return replace(
        grid,
        doubt=grid.doubt or "the text was recognised from a picture",
        rows=tuple(tuple(_doubted_cell(cell, unsure) for cell in row) for row in grid.rows),
    )


def _doubted_cell(cell: Cell, unsure: dict[int, list[Unsure]]) -> Cell:
    if cell.box_pt is None or cell.page is None:
        return cell
    near = [confidence for box, confidence in unsure.get(cell.page, []) if _meet(box, cell.box_pt)]
    if not near or cell.doubt:
        return cell
    return replace(cell, doubt=f"recognised with a confidence of {min(near):.2f}")


def _meet(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1


def _recognised(path: Path, count: int) -> Problem:
    return Problem(
        code="read-by-ocr",
        severity=Severity.NOTE,
        message=f"{count} pages hold no text and were read by text recognition.",
        remedy="check the numbers against the page, or use the publisher's own file",
        source=Place(document=path.name),
    )


def recognised_with_doubt(
    path: Path, number: int, box: Box, confidence: float, text: str
) -> Problem:
    """A stretch of text the recogniser was not sure of."""
    return Problem(
        code="ocr-doubt",
        message=f"'{text}' was recognised with a confidence of {confidence:.2f} only.",
        remedy="compare it with the page",
        source=Place(document=path.name, page=number, box_pt=box, text=text),
    )


def _failed(path: Path, number: int, error: Exception) -> Problem:
    return Problem(
        code="page-unreadable",
        severity=Severity.ERROR,
        message=f"the page could not be recognised ({type(error).__name__}: {error}).",
        remedy="open the page in a viewer and save it again",
        source=Place(document=path.name, page=number),
    )
