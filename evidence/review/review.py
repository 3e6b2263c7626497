"""``Review``: a review folder as one object, with the story of the toolkit as its methods."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.review.contents import Contents

if TYPE_CHECKING:
    from evidence.documents.base import Document
    from evidence.extraction import Extraction
    from evidence.review.adding import Added
    from evidence.review.entering import AddedReferences
    from evidence.review.running import RunOutcome


class Review(Contents):
    """A review folder: protocol, series files, evidence table, pooled results, report.

    Everything read from the folder is read once per object; make a new ``Review`` after files
    changed.
    """

    def read(self, paper: Path) -> Document:
        """A paper as pages, text and grids."""
        from evidence.documents import read_document

        return read_document(paper)

    def extract(self, paper: Path) -> Extraction:
        """What a paper says, written nowhere."""
        from evidence.review.reading import extract_document

        return extract_document(self, paper, self.read(paper))

    def add(self, paper: Path, *, source: str | None = None, again: bool = False) -> Added:
        """Read a paper into ``extracted/``; the same file twice changes nothing.

        Where the paper lies there in several formats, the best is read and the others are held
        against it: every difference is a problem.
        """
        from evidence.review.reading import add

        return add(self, paper, source=source, again=again)

    def add_by_hand(self, series: str, *, source: str = "by-hand") -> Path:
        """Write a commented skeleton for a series entered by hand; returns its path."""
        from evidence.review.entering import add_by_hand

        self.require()
        path = add_by_hand(self.folder, series, source=source)
        self.forget()
        return path

    def add_references(self, path: Path) -> AddedReferences:
        """Citation-only skeletons of a RIS, BibTeX or PubMed file; known papers are kept."""
        from evidence.review.entering import add_references

        added = add_references(self.folder, [item.series for item in self.stored], path)
        self.forget()
        return added

    def report(self, formats: Sequence[str] = ("html", "md")) -> list[Path]:
        """Render ``reports/``; returns the files written."""
        from evidence.review.reporting import write_report

        return write_report(self, formats)

    def run(self, *, again: bool = False) -> RunOutcome:
        """The main job: add what is new in ``sources/``, audit, pool, report."""
        from evidence.review.running import run_review

        return run_review(self, again=again)
