"""Draw on the page what the table reader saw: regions, columns, rows and cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidence.documents.base import Box
from evidence.documents.layout.grid import Draft
from evidence.documents.layout.ink import Ink

SCALE = 2.0
COLOURS = {
    "region": (200, 30, 30),
    "caption": (30, 110, 200),
    "notes": (130, 130, 130),
    "column": (30, 150, 60),
    "row": (220, 140, 20),
    "cell": (120, 60, 180),
}


def debug_pages(path: Path, folder: Path) -> list[Path]:
    """PNG pictures of every page with a table: ``page-3.png`` and so on, in ``folder``.

    Red: the region. Blue: its caption. Green: bounds of columns. Orange: rows. Violet: cells; a
    cell in doubt is filled. Grey: notes. Raises UnreadableDocument like ``read_pdf``.
    """
    import pypdfium2

    from evidence.documents.pdf import read_with_drafts

    drafts = read_with_drafts(path)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    document = pypdfium2.PdfDocument(path)
    try:
        for number in sorted({d.region.sheet.number for d in drafts}):
            page = document[number - 1]
            picture = page.render(scale=SCALE).to_pil().convert("RGB")
            page.close()
            for draft in drafts:
                if draft.region.sheet.number == number:
                    _draw(picture, draft)
            target = folder / f"page-{number}.png"
            picture.save(target)
            written.append(target)
    finally:
        document.close()
    return written


def _draw(picture: Any, draft: Draft) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture, "RGBA")
    region, ink = draft.region, draft.region.sheet.ink
    x0, top, x1, bottom = region.box
    for row in draft.rows:
        places = [w for p in row.pieces for w in p.words]
        if places:
            y0, y1 = min(w.top for w in places), max(w.bottom for w in places)
            _box(pen, ink, (x0 + 1, y0, x1 - 1, y1), "row")
    for piece in (p for row in draft.rows for p in row.pieces):
        words = piece.words
        box = (
            min(w.x0 for w in words),
            min(w.top for w in words),
            max(w.x1 for w in words),
            max(w.bottom for w in words),
        )
        _box(pen, ink, box, "cell", fill=piece.doubt is not None)
    for column in draft.columns[1:]:
        _box(pen, ink, (column.left - 0.4, top, column.left + 0.4, bottom), "column", fill=True)
    for note in draft.note_boxes:
        _box(pen, ink, note, "notes")
    if region.caption_box:
        _box(pen, ink, region.caption_box, "caption")
    _box(pen, ink, region.box, "region", width=3)


def _box(pen: Any, ink: Ink, box: Box, kind: str, *, width: int = 1, fill: bool = False) -> None:
    colour = COLOURS[kind]
    shown = [round(v * SCALE) for v in ink.shown(box)]
    pen.rectangle(shown, outline=colour, width=width, fill=(*colour, 70) if fill else None)
