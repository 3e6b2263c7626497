"""The audit of the sources: each finding with arithmetic and place, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.report.context import ReportContext
from evidence.report.links import finding_anchor, series_anchor
from evidence.report.numbers import words_of
from evidence.report.parts import Line, Table, Warn, columns
from evidence.report.text import Cell, Sentence, Value, join

ORDER = ("high", "medium", "low")


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
        problems=tuple(dict.fromkeys(_problem(problem) for problem in ctx.problems)),
    )


def _problem(problem: object) -> Warn:
    from evidence.errors import Problem

    assert isinstance(problem, Problem)
    warn = Warn.of(problem)
    place = str(problem.source) if problem.source else ""
    if not place:
        return warn
    return Warn(code=warn.code, severity=warn.severity, text=(f"{place}: ", *warn.text))


def ordered_findings(ctx: ReportContext) -> list[Finding]:
    """Open before closed, high before low."""
    return sorted(
        ctx.findings,
        key=lambda f: (f.status != "open", ORDER.index(f.severity), f.series or "", f.code),
    )


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
    labels = {entry.series.series: entry.series.label for entry in ctx.series}
    series = finding.series
    homes = {entry.series.series: entry.series.source.document for entry in ctx.series}
    home = homes.get(series or "")
    named: Cell = w("whole review")
    if series is not None:
        known = series in labels
        named = Value(labels.get(series, series), series_anchor(series) if known else None)
    places = "; ".join(_place(place, home) for place in finding.places)
    status = w(finding.status) + (f": {finding.decided}" if finding.decided else "")
    return Line(
        anchor=finding_anchor(number),
        cells=(
            f"{number}. {w(finding.severity)}",
            join([named, f"[{finding.code}]"], between=" "),
            finding.stated,
            finding.computed,
            f"{finding.arithmetic}" + (f" ({places})" if places else ""),
            finding.would_change or w("no pooled number"),
            status,
        ),
    )


def _place(place: Place, home: str | None) -> str:
    """The document is named only where it is not the series' own."""
    shown = replace(place, document=None) if place.document == home else place
    text = f"“{place.text}”" if place.text else ""
    return ": ".join(part for part in (str(shown), text) if part)


def _excluded(ctx: ReportContext) -> Table | None:
    if not ctx.excluded:
        return None
    w = words_of(ctx)
    labels = {entry.series.series: entry.series.label for entry in ctx.series}
    return Table(
        ident="table-excluded",
        caption=w("Left out, and why"),
        columns=columns(w("Series"), w("Reason")),
        lines=tuple(
            Line(
                cells=(
                    Value(
                        labels.get(item.series, item.series),
                        series_anchor(item.series) if item.series in labels else None,
                    ),
                    item.reason,
                )
            )
            for item in ctx.excluded
        ),
    )
