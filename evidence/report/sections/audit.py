"""The audit of the sources: each finding with arithmetic and place, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from evidence.errors import Place, Problem
from evidence.model.finding import Finding
from evidence.model.source import Box
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.findings import ordered_findings
from evidence.report.links import cell_anchor, finding_anchor, series_anchor
from evidence.report.numbers import series_value, words_of
from evidence.report.parts import Line, Table, Warn, columns
from evidence.report.text import Cell, Quoted, Sentence, Value, join, plain
from evidence.report.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditContext:
    """Findings, left-out series and problems of the run."""

    summary: Sentence
    findings: Table | None
    excluded: Table | None
    problems: tuple[Warn, ...]


def build(ctx: ReportContext) -> AuditContext:
    """Findings by severity, open ones first."""
    return AuditContext(
        summary=_summary(ctx),
        findings=_findings(ctx),
        excluded=_excluded(ctx),
        problems=tuple(dict.fromkeys(_problem(words_of(ctx), problem) for problem in ctx.problems)),
    )


def _problem(w: Words, problem: Problem) -> Warn:
    warn = Warn.of(w, problem)
    place = w.place(replace(problem.source, text=None)) if problem.source else ()
    return replace(warn, text=(*place, ": ", *warn.text)) if place else warn


def _summary(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    if not ctx.findings:
        return w.say("The audit found no contradiction in what the sources print.")
    still_open = sum(f.status == "open" for f in ctx.findings)
    high = sum(f.status == "open" and f.severity == "high" for f in ctx.findings)
    return w.say(
        "The audit made {n}; {open} still open, {high} of them could change a pooled number or a"
        " claim.",
        n=Value(
            w.many("{n} finding", "{n} findings", len(ctx.findings)).format(n=len(ctx.findings)),
            "table-findings",
        ),
        open=Value(w.many("{n} is", "{n} are", still_open).format(n=still_open), "table-findings"),
        high=Value(str(high), "table-findings"),
    )


def _findings(ctx: ReportContext) -> Table | None:
    if not ctx.findings:
        return None
    w = words_of(ctx)
    return Table(
        ident="table-findings",
        caption=w("Audit findings"),
        columns=columns(
            w("No."),
            w("Series"),
            w("Stated"),
            w("Computed"),
            w("Arithmetic and place"),
            w("Would change"),
            w("Status"),
        ),
        lines=tuple(_finding_line(ctx, i + 1, f) for i, f in enumerate(ordered_findings(ctx))),
    )


def _finding_line(ctx: ReportContext, number: int, finding: Finding) -> Line:
    w = words_of(ctx)
    words = source_words(ctx, finding)
    named: Cell = w("whole review")
    if finding.series is not None:
        named = series_value(ctx, finding.series)
    places = join((_place(ctx, finding, *here) for here in _by_cell(finding.places)), between="; ")
    status = w(finding.status) + (f": {finding.decided}" if finding.decided else "")
    arithmetic = w.told(finding.arithmetic, source=words)
    return Line(
        anchor=finding_anchor(number),
        cells=(
            f"{number}. {w(finding.severity)}",
            join([named, f"[{finding.code}]"], between=" "),
            w.told(finding.stated, source=words),
            w.told(finding.computed, source=words),
            (*arithmetic, " (", *places, ")") if places else arithmetic,
            w.told(finding.would_change or "no pooled number", source=words),
            status,
        ),
    )


def source_words(ctx: ReportContext, finding: Finding) -> frozenset[str]:
    """Lower-case words that the papers print: what a finding may quote."""
    texts = [place.text or "" for place in finding.places]
    texts += [place.document or "" for place in finding.places]
    for entry in (*ctx.series, *ctx.others):
        if finding.series in (None, entry.series.series):
            texts += [cell.text for cell in entry.series.cells.values()]
    return frozenset(re.findall(r"[a-zà-ÿ]{2,}", " ".join(texts).casefold()))


def _by_cell(places: Sequence[Place]) -> Iterator[list[Place]]:
    """Neighbouring places that differ in nothing but what they quote; those that quote first."""
    for _, here in groupby(places, key=lambda place: replace(place, text=None, box_pt=None)):
        yield sorted(here, key=lambda place: place.text is None)


def _place(ctx: ReportContext, finding: Finding, place: Place, *others: Place) -> Sentence:
    """Leads to the printed cell; the document is named only where it is not the series' own.

    ``others`` are further quotes of the same cell.
    """
    entry = next((e for e in ctx.series if e.series.series == finding.series), None)
    own = entry is not None and place.document == entry.series.source.document
    where = words_of(ctx).place(replace(place, document=None) if own else place)
    href = cell_at([entry] if entry and own else ctx.series, place)
    if href is None and entry is not None and own:
        href = series_anchor(entry.series.series)
    for text in dict.fromkeys(other.text for other in others):
        if text and text != place.text:
            where = (*where, ", “", Quoted(text), "”")
    head, *rest = where or ("",)
    return (Value(head, href), *rest) if href and isinstance(head, str) else where


def cell_at(entries: Sequence[SeriesEntry], place: Place) -> str | None:
    """The anchor of the printed cell with the place's text or box; None where there is none."""
    for series in (entry.series for entry in entries):
        for name, cell in series.cells.items():
            here = (place.document, place.page) == (series.source.document, cell.page)
            boxed = (
                cell.box is not None and place.box_pt is not None and _holds(cell.box, place.box_pt)
            )
            if here and (boxed or place.text == cell.text):
                return cell_anchor(series.series, name)
    return None


def _holds(cell: Box, value: Box) -> bool:
    """Whether a value's box lies in its cell's, both to a tenth of a point."""
    return (
        cell[0] - 0.1 <= value[0] <= value[2] <= cell[2] + 0.1
        and cell[1] - 0.1 <= value[1] <= value[3] <= cell[3] + 0.1
    )


def _excluded(ctx: ReportContext) -> Table | None:
    if not ctx.excluded:
        return None
    w = words_of(ctx)
    return Table(
        ident="table-excluded",
        caption=w("Left out, and why"),
        columns=columns(w("Series"), w("Reason")),
        lines=tuple(
            Line(
                cells=(
                    named := series_value(ctx, item.series),
                    Value(plain(w.told(item.reason)), named.href),
                )
            )
            for item in ctx.excluded
        ),
    )
