"""Pictures of the cells of papers that may be shown, for the provenance of each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.review.contents import Contents

LIMIT_BYTES = 1_900_000
"""All pictures of a report together; beyond it places are named without a picture."""


def crops_of(review: Contents) -> dict[tuple[str, str], bytes]:
    """(series, cell) to its picture (PNG), of sources that review.toml says ``may_show``."""
    from evidence.documents.pdf_crop import crop_boxes

    pictures: dict[tuple[str, str], bytes] = {}
    used = 0
    for entry in review.protocol.source:
        paper = review.folder.sources / (entry.document or "")
        if not entry.may_show or paper.suffix.casefold() != ".pdf" or not paper.is_file():
            continue
        spots = [
            (cell.page, cell.box, item.series.series, name)
            for item in review.stored
            if item.source == entry.name
            for name, cell in item.series.cells.items()
            if cell.page is not None and cell.box is not None
        ]
        spots.sort(key=lambda spot: spot[0])
        pngs = crop_boxes(paper, [(page, box) for page, box, *_ in spots])
        for (*_, series, name), png in zip(spots, pngs, strict=True):
            used += len(png)
            if used > LIMIT_BYTES:
                return pictures
            pictures[(series, name)] = png
    return pictures
