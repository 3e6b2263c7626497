"""The whole of extraction: tables, series, patients and problems of one document."""

from __future__ import annotations

from evidence.documents.base import Document
from evidence.errors import Place, Problem, Severity, sort_problems
from evidence.extraction.assemble import Assembler, unread_columns
from evidence.extraction.result import Extraction
from evidence.extraction.tables import find_tables, gather
from evidence.model.protocol import Protocol
from evidence.model.series import Series
from evidence.vocabulary import Vocabulary, load_vocabulary


def extract(
    document: Document,
    *,
    vocabulary: Vocabulary | None = None,
    protocol: Protocol | None = None,
    source_kind: str = "review",
) -> Extraction:
    """Every series the document's tables list, with the source of each value."""
    words = vocabulary or load_vocabulary(protocol.vocabulary if protocol else None)
    problems: list[Problem] = list(document.problems)
    tables = find_tables(document.grids, words)
    assembler = Assembler(document=document, protocol=protocol, source_kind=source_kind)
    series: list[Series] = []
    used: set[str] = set()
    for entry in gather(tables):
        built, found = assembler.build(entry, used)
        series.append(built)
        problems += found
    for table in tables:
        problems += unread_columns(table, document.name)
        for row in table.skipped:
            problems.append(
                Problem(
                    code="row-not-a-series",
                    severity=Severity.NOTE,
                    message=f"'{row.cell.plain}' is {row.why} and was not read as a series.",
                    source=Place(
                        document=document.name, page=row.cell.page, table=table.grid.label,
                        box_pt=row.cell.box_pt, text=row.cell.plain,
                    ),
                )
            )  # fmt: skip
    if not series:
        problems.append(_no_series(document))
    return Extraction(series=tuple(series), problems=tuple(sort_problems(problems)))


def _no_series(document: Document) -> Problem:
    return Problem(
        code="no-series-table",
        severity=Severity.ERROR,
        message=(
            f"No table of series was found among {len(document.grids)} tables: expected rows "
            "named by author and year, with patients, treatment or responses beside them."
        ),
        remedy="look at the tables with 'evidence tables', or enter the series by hand",
        source=Place(document=document.name),
    )
