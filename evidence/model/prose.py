"""A sentence of a paper's running text with its place: what the audit compares with the tables."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.errors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseSentence:
    """One sentence as printed; superscript reference numbers may stand at its words' ends."""

    document: str
    text: str
    page: int | None = None
    box_pt: tuple[float, float, float, float] | None = None
    section: str | None = None
    source: str | None = None
    """Folder under ``extracted/``; None where only the document's name is known."""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(document=self.document, page=self.page, box_pt=self.box_pt, text=self.text)
