"""``Contents``: what a review folder says, each thing read once, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.errors import FindingsInData, Problem, Severity, WrongUsage, unknown_name
from evidence.review.folder import Folder

if TYPE_CHECKING:
    import pandas as pd

    from evidence.model.finding import Finding
    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.pooling import Regression, Result
    from evidence.store import StoredSeries
    from evidence.table.conditions import Where
    from evidence.table.switches import Switches
    from evidence.vocabulary import Vocabulary


class Contents:
    """Protocol, series files, evidence table and pooled results of a review folder.

    Everything read from the folder is read once per object; make a new one after files changed.
    """

    def __init__(self, root: Path | str = ".") -> None:
        self.folder = Folder(root=Path(root))

    def __repr__(self) -> str:
        """Where it is and what it is called."""
        return f"{type(self).__name__}({str(self.folder.root)!r}: {self.protocol.review.title})"

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

    def forget(self) -> None:
        """Drop what was read, so that changed files are read anew."""
        for name in ("protocol", "vocabulary", "stored", "rows"):
            self.__dict__.pop(name, None)

    def pool(
        self,
        outcome: str = "ORR",
        *,
        by: str | None = None,
        where: Where | None = None,
        switches: Switches | None = None,
        **settings: Any,
    ) -> Result:
        """Pool one outcome, overall or by route, dose or disease.

        ``settings`` are ``method``, ``transform``, ``test`` and ``level`` of ``evidence.pool``;
        what is not given comes from ``review.toml``. ``where`` keeps rows by column, such as
        ``{"route": "SC"}``; ``switches`` says which counts take part.

        Raises:
            WrongUsage: an unknown outcome, column or setting, or a ``where`` that is no mapping.
            FindingsInData: no series reports the outcome under these conditions.
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

    def regress(
        self,
        outcome: str = "ORR",
        *,
        on: str | Sequence[str],
        where: Where | None = None,
        switches: Switches | None = None,
        **settings: Any,
    ) -> Regression:
        """Meta-regression of one outcome on columns of the evidence table, such as ``dose_mg``.

        The other arguments are those of ``pool``.

        Raises:
            WrongUsage: an unknown outcome, column or setting, or a moderator named twice.
            FindingsInData: nothing to fit, or fewer series than coefficients.
        """
        from evidence.review.regression import regress_rows

        return regress_rows(
            self.rows,
            self.protocol,
            outcome,
            on,
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
