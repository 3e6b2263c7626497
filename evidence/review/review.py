"""``Review``: a review folder as one object, with the story of the toolkit as its methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.errors import FindingsInData, Problem, Severity, WrongUsage, unknown_name
from evidence.review.folder import Folder

if TYPE_CHECKING:
    import pandas as pd

    from evidence.documents.base import Document
    from evidence.extraction import Extraction
    from evidence.model.finding import Finding
    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.pooling import Result
    from evidence.review.adding import Added
    from evidence.review.entering import AddedReferences
    from evidence.review.running import RunOutcome
    from evidence.review.switches import Switches
    from evidence.store import StoredSeries
    from evidence.vocabulary import Vocabulary


class Review:
    """A review folder: protocol, series files, evidence table, pooled results, report.

    Everything read from the folder is read once per object; make a new ``Review`` after files
    changed.
    """

    def __init__(self, root: Path | str = ".") -> None:
        self.folder = Folder(root=Path(root))

    def __repr__(self) -> str:
        """Where it is and what it is called."""
        return f"Review({str(self.folder.root)!r}: {self.protocol.review.title})"

    @cached_property
    def protocol(self) -> Protocol:
        """What ``review.toml`` says; the defaults where there is no such file.

        Raises:
            FindingsInData: the file breaks the format; all faults at once.
        """
        from evidence.model.protocol import Protocol
        from evidence.review.checking import check_protocol
        from evidence.store import read_protocol

        if not self.folder.protocol.is_file():
            return Protocol()
        protocol, problems = read_protocol(self.folder.protocol)
        problems = problems or check_protocol(protocol, self.folder)
        if problems:
            raise FindingsInData(*problems)
        return protocol

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The word lists with this review's own additions."""
        from evidence.vocabulary import load_vocabulary

        return load_vocabulary(self.protocol.vocabulary)

    @cached_property
    def stored(self) -> tuple[StoredSeries, ...]:
        """Every series file, valid as a whole folder.

        Raises:
            FindingsInData: a file breaks the format; the faults of all files at once.
        """
        from evidence.store import read_folder

        self.require()
        stored, problems = read_folder(self.folder.extracted)
        faults = [p for p in problems if p.severity is Severity.ERROR]
        if faults:
            raise FindingsInData(*faults)
        return tuple(stored)

    def require(self) -> None:
        """Refuse a folder that is no review.

        Raises:
            WrongUsage: there is neither ``review.toml`` nor ``extracted/``.
        """
        root = self.folder.root
        if root.is_file():
            raise WrongUsage(f"{root} is a file; --review names the folder that holds review.toml.")
        if not self.folder.protocol.is_file() and not self.folder.extracted.is_dir():
            raise WrongUsage(
                Problem(
                    code="no-review",
                    severity=Severity.ERROR,
                    message=f"{root.resolve().name}/ holds no review.toml.",
                    remedy="evidence init, or name the review folder with --review",
                )
            )

    @cached_property
    def rows(self) -> tuple[EvidenceRow, ...]:
        """The evidence table as rows: what the sources state and what follows from it.

        Raises:
            WrongUsage: ``as_printed_in`` names a source that holds no series.
        """
        printed = self.protocol.table.as_printed_in
        sources = sorted({item.source for item in self.stored})
        if printed is not None and sources and printed not in sources:
            raise unknown_name("source in [table] as_printed_in", printed, sources)
        return self.build_rows(source=printed)

    def build_rows(self, *, source: str | None = None) -> tuple[EvidenceRow, ...]:
        """The rows of one source as it prints them, or (None) of the most preferred sources."""
        from evidence.table.build import build_rows

        rows, self.row_problems = build_rows(self.stored, self.protocol, source=source)
        return rows

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is odd in the evidence table and in the words of its files."""
        from evidence.review.checking import strange_routes

        _ = self.rows
        return (*self.row_problems, *strange_routes(self.stored, self.vocabulary))

    @property
    def table(self) -> pd.DataFrame:
        """The evidence table: tidy, one row per series × stratum × outcome."""
        from evidence.table.frame import frame

        return frame(self.rows)

    def read(self, paper: Path) -> Document:
        """A paper as pages, text and grids."""
        from evidence.documents import read_document

        return read_document(paper)

    def extract(self, paper: Path) -> Extraction:
        """What a paper says, written nowhere."""
        return self._extract(self.read(paper), self._kind(paper))

    def _kind(self, paper: Path) -> str:
        from evidence.review.adding import entry_for, paper_hash

        entry = entry_for(self.protocol, paper, paper_hash(paper))
        return entry.kind if entry else "review"

    def _extract(self, document: Document, kind: str) -> Extraction:
        from evidence.extraction import extract

        return extract(
            document, vocabulary=self.vocabulary, protocol=self.protocol, source_kind=kind
        )

    def add(self, paper: Path, *, source: str | None = None, again: bool = False) -> Added:
        """Read a paper into ``extracted/``; the same file twice changes nothing.

        Where the paper lies there in several formats, the best is read and the others are held
        against it: every difference is a problem.
        """
        from evidence.review.adding import Added, add_paper, known_as, paper_hash
        from evidence.review.second_path import read_and_compare, same_paper

        self.require()
        known = known_as(self.folder, paper_hash(paper))
        if known is not None and not again:
            return Added(paper=paper.name, source=known.name, unchanged=True)
        paths = same_paper(paper)
        document, also = read_and_compare(paths)
        added = add_paper(
            self.folder,
            self.protocol,
            paths[0],
            document,
            self._extract(document, self._kind(paths[0])),
            sha256=paper_hash(paths[0]),
            also=also,
            source=source or (known.name if known else None),
        )
        self.forget()
        return added

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

    def forget(self) -> None:
        """Drop what was read, so that changed files are read anew."""
        for name in ("protocol", "vocabulary", "stored", "rows"):
            self.__dict__.pop(name, None)

    def pool(
        self,
        outcome: str = "ORR",
        *,
        by: str | None = None,
        where: Mapping[str, str] | None = None,
        switches: Switches | None = None,
        **settings: Any,
    ) -> Result:
        """Pool one outcome, overall or by route, dose or disease.

        ``settings`` are ``method``, ``transform``, ``test`` and ``level`` of ``evidence.pool``;
        what is not given comes from ``review.toml``.
        """
        from evidence.review.analysis import pool_rows

        return pool_rows(
            self.rows,
            self.protocol,
            outcome,
            by=by,
            where=where,
            switches=switches,
            **settings,
        )

    def audit(self) -> tuple[Finding, ...]:
        """Every inconsistency, with arithmetic and place."""
        from evidence.review.record import prose_of, read_records
        from evidence.table.audit import audit

        records = read_records(self.folder.extracted)
        return audit(
            self.stored,
            self.rows,
            self.protocol,
            {record.document: record.legends for record in records},
            sentences=prose_of(records),
        )

    def report(self, formats: Sequence[str] = ("html", "md")) -> list[Path]:
        """Render ``reports/``; returns the files written."""
        from evidence.review.reporting import write_report

        return write_report(self, formats)

    def run(self, *, again: bool = False) -> RunOutcome:
        """The main job: add what is new in ``sources/``, audit, pool, report."""
        from evidence.review.running import run_review

        return run_review(self, again=again)
