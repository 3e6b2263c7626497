"""Pictures of spots on a PDF's pages, small enough to stand in a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence.documents.base import Box

MARGIN_PT = 5.0
SCALE = 1.75
"""Pixels per point: about 126 dpi."""
SHADES = 16


def crop_boxes(path: Path, places: Iterable[tuple[int, Box]]) -> Iterator[bytes]:
    """PNG bytes of each (page, box), in the order given; pages count from 1.

    Raises:
        OSError: the file cannot be opened.
    """
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        number, image = 0, None
        for page_number, box in places:
            if page_number != number or image is None:
                page = document[page_number - 1]
                image = page.render(scale=SCALE).to_pil().convert("L")
                page.close()
                number = page_number
            x0, top, x1, bottom = box
            left, upper = (max(0, int((side - MARGIN_PT) * SCALE)) for side in (x0, top))
            right = min(image.width, int((x1 + MARGIN_PT) * SCALE) + 1)
            lower = min(image.height, int((bottom + MARGIN_PT) * SCALE) + 1)
            picture = image.crop((left, upper, right, lower)).quantize(SHADES)
            png = io.BytesIO()
            picture.save(png, format="PNG", optimize=True)
            yield png.getvalue()
    finally:
        document.close()
