"""From a review to the files of ``reports/``."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.errors import FindingsInData, Problem
from evidence.review.folder import Folder, sha256_of

if TYPE_CHECKING:
    from evidence.model.pooled import Pooled
    from evidence.model.row import EvidenceRow
    from evidence.report.context import ReportContext, SeriesEntry
    from evidence.review.review import Review

SOFTWARE = ("numpy", "scipy", "statsmodels", "pandas", "pdfplumber", "jinja2")
RESULTS_NAME = "results.json"
VERSIONS = "versions"


def build_context(review: Review) -> ReportContext:
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


def preferred_rows(review: Review) -> tuple[EvidenceRow, ...]:
    """Rows with each field from its most preferred source, where the main analysis uses one
    source as printed; empty otherwise."""
    if review.protocol.table.as_printed_in is None or not review.stored:
        return ()
    return review.build_rows()


def series_entries(review: Review) -> tuple[SeriesEntry, ...]:
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
    review: Review, wanted: Collection[tuple[str, str | None]]
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


def styled_references(review: Review, series: Sequence[SeriesEntry]) -> dict[str, str]:
    """References in the CSL style that review.toml names; empty for the usual Vancouver."""
    from evidence.export.csl import cite

    style = review.protocol.report.csl
    if style is None or not series:
        return {}
    citations = {entry.series.series: entry.series.citation for entry in series}
    return cite(citations, review.folder.root / style)


def pool_all(
    review: Review, rows: Sequence[EvidenceRow]
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


def software_versions() -> dict[str, str]:
    """Versions of what computes and renders."""
    from importlib.metadata import PackageNotFoundError, version

    import evidence

    found = {
        "evidence": evidence.__version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    for name in SOFTWARE:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def input_hashes(review: Review) -> dict[str, str]:
    """Protocol, papers and series files with their sha256, by path in the review folder."""
    folder = review.folder
    paths = [folder.protocol] if folder.protocol.is_file() else []
    paths += folder.papers()
    paths += [item.path for item in review.stored]
    return {path.relative_to(folder.root).as_posix(): sha256_of(path) for path in paths}


def previous_version(review: Review) -> Mapping[str, Any] | None:
    """Results of the last version of the review other than this one; None for the first."""
    reports = review.folder.reports
    current = _read_results(reports / RESULTS_NAME)
    if current is not None and current["review"]["version"] != review.protocol.review.version:
        return current
    kept = [_read_results(path) for path in kept_versions(review.folder)]
    known = [
        results
        for results in kept
        if results is not None and results["review"]["version"] != review.protocol.review.version
    ]
    return known[-1] if known else None


def kept_versions(folder: Folder) -> list[Path]:
    """Results of other versions of the review, kept by earlier reports."""
    return sorted((folder.reports / VERSIONS).glob("*.json"))


def _read_results(path: Path) -> dict[str, Any] | None:
    try:
        results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return results if isinstance(results, dict) and "review" in results else None


def write_report(review: Review, formats: Sequence[str] = ("html", "md")) -> list[Path]:
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
    _keep_version(reports, review.protocol.review.version)
    _drop_stale(reports / "figures", {name.removeprefix("figures/") for name in files})
    written = []
    for name, content in sorted(files.items()):
        write_atomic(reports / name, content)
        written.append(reports / name)
    return written


def rows_csv(review: Review) -> str:
    """The evidence table as CSV text."""
    import csv
    import io

    from evidence.table.frame import row_dict, row_fields

    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=row_fields(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_dict(row) for row in review.rows)
    return text.getvalue()


def _keep_version(reports: Path, version: str) -> None:
    """Keep the results of another version beside the new ones, for *what changed*."""
    from evidence.store import write_atomic

    current = _read_results(reports / RESULTS_NAME)
    if current is not None and current["review"]["version"] != version:
        name = f"{current['review']['version']}.json".replace("/", "-")
        write_atomic(reports / VERSIONS / name, (reports / RESULTS_NAME).read_bytes())


def _drop_stale(figures: Path, wanted: set[str]) -> None:
    for path in figures.glob("*.*") if figures.is_dir() else ():
        if path.suffix in (".svg", ".png") and path.name not in wanted:
            path.unlink()
