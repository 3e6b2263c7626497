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

    def read(self, paper: Path | str) -> Document:
        """A paper as pages, text and grids.

        Raises:
            UnreadableDocument: the file cannot be opened, or is in no format that is read.
        """
        from evidence.documents import read_document

        return read_document(Path(paper))

    def extract(self, paper: Path | str) -> Extraction:
        """What a paper says, written nowhere: its series, and every doubt as a problem.

        Raises:
            UnreadableDocument: the file cannot be opened, or is in no format that is read.
        """
        from evidence.review.reading import extract_document

        return extract_document(self, Path(paper), self.read(paper))

    def add(self, paper: Path | str, *, source: str | None = None, again: bool = False) -> Added:
        """Read a paper into ``extracted/``; the same file twice changes nothing.

        Where the paper lies there in several formats, the best is read and the others are held
        against it: every difference is a problem. ``again`` reads a known file anew; what a
        person decided stays.

        Raises:
            UnreadableDocument: the file cannot be opened, or is in no format that is read.
            WrongUsage: ``source`` is no name of a folder, or holds another paper.
        """
        from evidence.review.reading import add

        return add(self, Path(paper), source=source, again=again)

    def add_by_hand(self, series: str, *, source: str = "by-hand") -> Path:
        """Write a commented skeleton for a series entered by hand; returns its path.

        Raises:
            WrongUsage: the id or the source's name is malformed, or the file is there already.
        """
        from evidence.review.entering import add_by_hand

        self.require()
        path = add_by_hand(self.folder, series, source=source)
        self.forget()
        return path

    def add_references(self, path: Path | str) -> AddedReferences:
        """Citation-only skeletons of a RIS, BibTeX or PubMed file; known papers are kept.

        Raises:
            FindingsInData: entries that cannot be read; nothing is written then.
            UnreadableDocument: the file cannot be opened, or is no text.
            WrongUsage: its suffix is that of no reference file.
        """
        from evidence.review.entering import add_references

        added = add_references(self.folder, [item.series for item in self.stored], Path(path))
        self.forget()
        return added

    def report(self, formats: str | Sequence[str] = ("html", "md")) -> list[Path]:
        """Render ``reports/``; returns the files written.

        ``formats`` are of html, md, png (figures beside their SVG), docx and pdf.

        Raises:
            WrongUsage: an unknown format, or one whose extra is not installed.
        """
        from evidence.review.reporting import write_report

        return write_report(self, (formats,) if isinstance(formats, str) else formats)

    def run(self, *, again: bool = False) -> RunOutcome:
        """The main job: add what is new in ``sources/``, audit, pool, report.

        Does nothing where nothing changed since the last run; ``again`` reads every paper anew.
        """
        from evidence.review.running import run_review

        return run_review(self, again=again)
