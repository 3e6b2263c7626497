"""The whole of extraction: tables, series, patients and problems of one document."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Document, Grid
from evidence.errors import Place, Problem, Severity, sort_problems
from evidence.extraction.assemble import Assembler, unread_columns
from evidence.extraction.gathered import gather
from evidence.extraction.labels import cites_series
from evidence.extraction.own import join_own, matching_row
from evidence.extraction.prose import read_own
from evidence.extraction.result import Extraction
from evidence.extraction.tables import SeriesTable, find_tables
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
    """Every series the document tells of, with the source of each value.

    First the tables whose rows are published series; then the document's own series, from its
    row in such a table, its patient-level tables, its outcome tables and its running text.
    """
    words = vocabulary or load_vocabulary(protocol.vocabulary if protocol else None)
    if protocol is not None and protocol.drug.name:
        words = words.with_drug(protocol.drug.name, protocol.drug.synonyms)
    tables = find_tables(document.grids, words)
    assembler = Assembler(document=document, protocol=protocol, source_kind=source_kind)
    problems = list(document.problems)
    series: list[Series] = []
    own_at: int | None = None
    used: set[str] = set()
    for entry in gather(tables):
        built, found = assembler.build(entry, used)
        problems += found
        own_at = len(series) if entry.label.own and own_at is None else own_at
        series.append(built)
    series = assembler.heads.restored(series)
    for table in tables:
        problems += [*unread_columns(table, document.name), *_skipped(table, document.name)]
    listed = {id(table.source) for table in tables}
    left = [grid for grid in document.grids if id(grid) not in listed]
    problems += [_of_others(grid, document) for grid in left if cites_series(grid)]
    rest = tuple(grid for grid in left if not cites_series(grid))
    own = read_own(replace(document, grids=rest), words)
    if own_at is None and len(series) > 1:
        own_at = matching_row(series, own)
        problems += [_matched(series[own_at], document)] if own_at is not None else []
    row = series[own_at] if own_at is not None else None
    joined, found = join_own(row, own, title=document.info.title, document=document.name)
    problems += [p for p in own.problems if p.code != "no-own-series"] + found
    if joined is not None and own_at is not None:
        series[own_at] = joined
    elif joined is not None and len(series) > 1 and not own.patients:
        problems.append(_not_added(joined, document))
    elif joined is not None:
        series.append(_renamed(joined, used))
    if not series:
        problems.append(_no_series(document))
    return Extraction(
        series=tuple(series), patients=own.patients, problems=tuple(sort_problems(problems))
    )


def _of_others(grid: Grid, document: Document) -> Problem:
    return Problem(
        code="studies-not-read",
        message=(
            "The rows of this table are named by other papers, but nothing in it says how many "
            "patients they had or how these fared; it was not read."
        ),
        remedy="look at it with 'evidence tables'; name its heads in [vocabulary.columns]",
        source=Place(document=document.name, table=grid.label, text=grid.caption or None),
    )


def _matched(series: Series, document: Document) -> Problem:
    return Problem(
        code="own-row-matched",
        severity=Severity.NOTE,
        message=(
            f"The document's own patients have the number and the responses of {series.series} "
            "in its table; they were taken as the same patients."
        ),
        remedy="if they are others, enter them with 'evidence add --by-hand'",
        source=Place(document=document.name, table=series.source.table, row=series.source.row),
    )


def _not_added(series: Series, document: Document) -> Problem:
    size = series.arms[0].size
    return Problem(
        code="own-series-not-added",
        message=(
            f"The text reports results of {size if size is not None else 'its own'} patients "
            "beside the table of series; no row of the table has the same counts, and they were "
            "not added, since they may be patients of those series."
        ),
        remedy="if they are further patients, enter them with 'evidence add --by-hand'",
        source=Place(document=document.name),
    )


def _renamed(series: Series, used: set[str]) -> Series:
    """The series under an id that no row of a table has."""
    name, letter = series.series, "b"
    while series.series in used:
        series = series.model_copy(update={"series": f"{name}-{letter}"})
        letter = chr(ord(letter) + 1)
    return series


def _skipped(table: SeriesTable, document: str) -> list[Problem]:
    return [
        Problem(
            code="row-not-a-series",
            severity=Severity.NOTE,
            message=f"'{row.cell.plain}' is {row.why} and was not read as a series.",
            source=Place(
                document=document,
                page=row.cell.page,
                table=table.grid.label,
                box_pt=row.cell.box_pt,
                text=row.cell.plain,
            ),
        )
        for row in table.skipped
    ]


def _no_series(document: Document) -> Problem:
    return Problem(
        code="no-series",
        severity=Severity.ERROR,
        message=(
            f"No series was found in {len(document.grids)} tables and the text: expected a table "
            "whose rows are named by author and year, or the paper's own counted results."
        ),
        remedy="look at the tables with 'evidence tables', or enter the series by hand",
        source=Place(document=document.name),
    )
