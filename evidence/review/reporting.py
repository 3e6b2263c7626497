"""From a review to the files of ``reports/``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import FindingsInData, Problem
from evidence.review.earlier import RESULTS_NAME, keep_version, previous_version
from evidence.review.entries import (
    other_entries,
    preferred_rows,
    series_entries,
    styled_references,
)
from evidence.review.inputs import input_hashes, software_versions

if TYPE_CHECKING:
    from evidence.model.pooled import Pooled
    from evidence.model.row import EvidenceRow
    from evidence.report.context import ReportContext
    from evidence.review.contents import Contents


def build_context(review: Contents) -> ReportContext:
    """Everything the report says, computed once."""
    from evidence.report.context import ReportContext
    from evidence.review.crops import crops_of
    from evidence.review.deepening import deepen
    from evidence.table.moved import moved

    pooled, problems = pool_all(review, review.rows)
    preferred = preferred_rows(review)
    shifts = moved(review.rows, preferred) if preferred else ()
    series = series_entries(review)
    return ReportContext(
        protocol=review.protocol,
        series=series,
        references=styled_references(review, series),
        rows=review.rows,
        pooled=pooled,
        moved=shifts,
        others=other_entries(review, {(item.series, item.source) for item in shifts}),
        corrected=pool_all(review, preferred)[0],
        findings=review.audit() if review.stored else (),
        problems=(*review.problems, *problems),
        previous=previous_version(review),
        software=software_versions(),
        hashes=input_hashes(review),
        crops=crops_of(review),
        **deepen(review),
    )


def pool_all(
    review: Contents, rows: Sequence[EvidenceRow]
) -> tuple[dict[tuple[str, str | None], Pooled], list[Problem]]:
    """Every outcome, overall and by each grouping; an outcome nobody reports is a problem."""
    from evidence.review.analysis import pool_rows

    pooled: dict[tuple[str, str | None], Pooled] = {}
    problems: list[Problem] = []
    for outcome in review.protocol.outcomes if rows else ():
        for by in (None, *review.protocol.groups.by):
            try:
                pooled[(outcome, by)] = pool_rows(rows, review.protocol, outcome, by=by).pooled
            except FindingsInData as nothing:
                problems += nothing.problems
    return pooled, problems


def write_report(review: Contents, formats: Sequence[str] = ("html", "md")) -> list[Path]:
    """Render every file first, then write each whole; returns the paths."""
    from evidence.report.render import render_report
    from evidence.report.results import build_results
    from evidence.store import write_atomic

    own = review.folder.root / review.protocol.report.templates
    context = build_context(review)
    files = render_report(context, templates=own if own.is_dir() else None, formats=tuple(formats))
    results = json.dumps(build_results(context), ensure_ascii=False, indent=1, allow_nan=False)
    files[RESULTS_NAME] = (results + "\n").encode()
    files["evidence.csv"] = rows_csv(review).encode()
    reports = review.folder.reports
    keep_version(reports, review.protocol.review.version)
    _drop_stale(reports / "figures", {name.removeprefix("figures/") for name in files})
    written = []
    for name, content in sorted(files.items()):
        write_atomic(reports / name, content)
        written.append(reports / name)
    return written


def rows_csv(review: Contents) -> str:
    """The evidence table as CSV text."""
    import csv
    import io

    from evidence.table.frame import row_dict, row_fields

    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=row_fields(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_dict(row) for row in review.rows)
    return text.getvalue()


def _drop_stale(figures: Path, wanted: set[str]) -> None:
    for path in figures.glob("*.*") if figures.is_dir() else ():
        if path.suffix in (".svg", ".png") and path.name not in wanted:
            path.unlink()
