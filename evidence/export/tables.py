"""The review as flat tables: rows and where each was read, cells, pooled numbers, findings.

A missing value is None, never 0; proportions are 0-1; a box is ``x0 top x1 bottom`` in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.model.finding import Finding
from evidence.model.pooled import Pooled
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.table.frame import row_dict, row_fields

Plain = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatTable:
    """Named columns and plain values, one tuple per line."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[tuple[Plain, ...], ...]


def review_tables(
    *,
    rows: Iterable[EvidenceRow],
    series: Iterable[tuple[str, Series]],
    pooled: Iterable[Pooled],
    findings: Iterable[Finding],
) -> tuple[FlatTable, ...]:
    """``rows``, ``cells``, ``pooled`` and ``findings``; ``series`` are (source, series) pairs."""
    return (
        _rows_table(rows),
        _cells_table(series),
        _pooled_table(pooled),
        _findings_table(findings),
    )


def _rows_table(rows: Iterable[EvidenceRow]) -> FlatTable:
    columns = tuple("words" if name == "text" else name for name in row_fields())
    lines = tuple(tuple(_plain(value) for value in row_dict(row).values()) for row in rows)
    return FlatTable(name="rows", columns=columns, lines=lines)


CELL_COLUMNS = ("source", "series", "document", "cell", "page", "table", "row", "column", "box")


def _cells_table(series: Iterable[tuple[str, Series]]) -> FlatTable:
    lines = tuple(
        (
            source,
            one.series,
            one.source.document,
            name,
            cell.page,
            cell.table,
            cell.row,
            cell.column,
            _plain(cell.box),
            cell.text,
            cell.unread,
        )
        for source, one in series
        for name, cell in one.cells.items()
    )
    return FlatTable(name="cells", columns=(*CELL_COLUMNS, "words", "unread"), lines=lines)


GROUP_FIELDS = (
    *("k", "events", "total", "estimate", "ci_low", "ci_high", "pi_low", "pi_high"),
    *("tau2", "i2", "q", "q_df", "q_p", "converged"),
)


def _pooled_table(results: Iterable[Pooled]) -> FlatTable:
    lines = tuple(
        (
            result.outcome,
            result.by,
            group.group,
            group.method or result.method,
            result.transform,
            result.test,
            result.level,
            *(getattr(group, name) for name in GROUP_FIELDS),
            "; ".join(study.series for study in group.studies),
            "; ".join(problem.code for problem in group.problems) or None,
        )
        for result in results
        for group in result.groups
    )
    head = ("outcome", "by", "group", "method", "transform", "test", "level")
    columns = (*head, *GROUP_FIELDS, "series", "warnings")
    return FlatTable(name="pooled", columns=columns, lines=lines)


FINDING_FIELDS = (
    *("code", "severity", "status", "series", "field", "stated", "computed"),
    *("arithmetic", "would_change", "decided"),
)


def _findings_table(findings: Iterable[Finding]) -> FlatTable:
    lines = tuple(
        (
            *(getattr(finding, name) for name in FINDING_FIELDS),
            "; ".join(str(place) for place in finding.places) or None,
            " | ".join(place.text for place in finding.places if place.text) or None,
        )
        for finding in findings
    )
    return FlatTable(name="findings", columns=(*FINDING_FIELDS, "places", "words"), lines=lines)


def _plain(value: Any) -> Plain:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(f"{edge:g}" for edge in value)
    return value  # type: ignore[no-any-return]
