"""Pages of a PDF that are scanned pictures although others have text."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evidence.documents.base import Box, Grid
from evidence.documents.layout.ink import RawPage
from evidence.documents.pdf_limit import page_limit
from evidence.documents.pdf_problems import picture_read, picture_unread
from evidence.errors import Problem

STAMP = 200
"""A page with fewer letters may hold no more than a stamp over the picture of its text."""
COVERS = 0.8
"""A scan covers its page, margins included; a figure leaves them free."""
SECONDS = 180.0
"""Recognition takes longer than reading, but not without end."""


def is_picture(document: Any, number: int, text: str) -> bool:
    """Whether page ``number`` of a pypdfium2 document is the picture of a page."""
    import pypdfium2
    import pypdfium2.raw as raw

    if sum(char.isalnum() for char in text) >= STAMP:
        return False
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return False
    try:
        wide, high = page.get_size()
        if page.get_rotation() in (90, 270):
            wide, high = high, wide
        drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        area = sum(_area(item.get_bounds(), wide, high) for item in drawn)
        return bool(area >= COVERS * wide * high)
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()


def _area(bounds: tuple[float, float, float, float], wide: float, high: float) -> float:
    left, bottom, right, top = bounds
    return max(0.0, min(right, wide) - max(left, 0)) * max(0.0, min(top, high) - max(bottom, 0))


@dataclass(slots=True)
class PictureReader:
    """Recognises pictures of pages with the ``ocr`` extra, and says where it is missing."""

    path: Path
    engine: Any = None
    unsure: dict[int, list[tuple[Box, float]]] = field(default_factory=dict)
    """Per page read, where the recogniser was unsure."""

    def read(self, document: Any, number: int) -> tuple[RawPage | None, list[Problem]]:
        """(the page as glyphs and rules, what is to be said about it); None without the extra."""
        name = self.path.name
        if find_spec("rapidocr_onnxruntime") is None:
            return None, [picture_unread(name, number)]
        from evidence.documents import ocr

        self.engine = self.engine or ocr.load_engine(self.path)
        page = document[number - 1]
        try:
            picture = ocr.picture_of(page)
        finally:
            page.close()
        with page_limit(SECONDS):
            raw, doubtful = ocr.read_picture(self.engine, picture, number)
        self.unsure[number] = [(box, confidence) for box, confidence, _ in doubtful]
        doubts = [ocr.recognised_with_doubt(self.path, number, *entry) for entry in doubtful]
        return raw, [picture_read(name, number), *doubts]

    def doubted(self, grid: Grid) -> Grid:
        """The grid in doubt where a page of it was recognised from a picture."""
        if not self.unsure.keys() & set(grid.pages):
            return grid
        from evidence.documents.ocr import doubt_recognised

        return doubt_recognised(grid, self.unsure)
