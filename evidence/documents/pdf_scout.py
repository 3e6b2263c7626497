"""What pdfium tells of a PDF before a page is read for tables: text, characters, print size."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from evidence.documents.layout.ink import RawPage
from evidence.documents.pdf_limit import page_limit

PAGE_SECONDS = 20.0
"""No page may take longer; one that does is reported and left out."""
SAMPLE_PAGES = 5


@dataclass(slots=True)
class Scout:
    """A pypdfium2 document whose pages are looked at, some of them more than once."""

    pdfium: Any
    kept: dict[int, RawPage] = field(default_factory=dict)
    """Pages read for their print size, until they are wanted again."""

    def text(self, number: int) -> str:
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

    def characters(self, number: int) -> RawPage:
        """The page's characters; raises what pdfium raises on a broken page, or PageTimeout."""
        from evidence.documents.pdf_text import read_text_page

        if number in self.kept:
            return self.kept.pop(number)
        with page_limit(PAGE_SECONDS):
            return read_text_page(self.pdfium, number)

    def usual_size(self, numbers: list[int], *, default: float = 10.0) -> float:
        """The paper's usual font size in points, from a few pages spread over it."""
        sizes: Counter[float] = Counter()
        step = max(1, len(numbers) // SAMPLE_PAGES)
        for number in numbers[::step][:SAMPLE_PAGES]:
            try:
                raw = self.characters(number)
            except Exception:  # noqa: BLE001  (told when the page itself is read)
                continue
            self.kept[number] = raw
            sizes.update(round(g.size, 1) for g in raw.glyphs)
        return sizes.most_common(1)[0][0] if sizes else default
