"""The series files as the report shows them: which of a series' sources, with their references."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.model.row import EvidenceRow
    from evidence.report.context import SeriesEntry
    from evidence.review.contents import Contents


def preferred_rows(review: Contents) -> tuple[EvidenceRow, ...]:
    """Rows with each field from its most preferred source, where the main analysis uses one
    source as printed; empty otherwise."""
    if review.protocol.table.as_printed_in is None or not review.stored:
        return ()
    return review.build_rows()


def series_entries(review: Contents) -> tuple[SeriesEntry, ...]:
    """One file per series, as the main analysis takes it, with its path in the review folder."""
    from evidence.report.context import SeriesEntry
    from evidence.table.reconcile import by_series

    printed = review.protocol.table.as_printed_in
    order = by_series(review.stored, review.protocol)
    taken = {
        series: printed if printed in {name for name, _ in versions} else versions[0][0]
        for series, versions in order.items()
    }
    fullest = {
        series: max((s.citation for _, s in versions), key=lambda c: len(c.to_plain()))
        for series, versions in order.items()
    }
    return tuple(
        SeriesEntry(
            series=item.series.model_copy(update={"citation": fullest[item.series.series]}),
            path=item.path.relative_to(review.folder.root).as_posix(),
            source=item.source,
        )
        for item in review.stored
        if taken[item.series.series] == item.source
    )


def other_entries(
    review: Contents, wanted: Collection[tuple[str, str | None]]
) -> tuple[SeriesEntry, ...]:
    """The files of the (series, source) pairs that the main analysis does not take."""
    from evidence.report.context import SeriesEntry

    printed = review.protocol.table.as_printed_in
    return tuple(
        SeriesEntry(
            series=item.series,
            path=item.path.relative_to(review.folder.root).as_posix(),
            source=item.source,
        )
        for item in review.stored
        if item.source != printed and (item.series.series, item.source) in wanted
    )


def styled_references(review: Contents, series: Sequence[SeriesEntry]) -> dict[str, str]:
    """References in the CSL style that review.toml names; empty for the usual Vancouver."""
    from evidence.export.csl import cite

    style = review.protocol.report.csl
    if style is None or not series:
        return {}
    citations = {entry.series.series: entry.series.citation for entry in series}
    return cite(citations, review.folder.root / style)
