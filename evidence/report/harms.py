"""Complications counted by term, organ class and grouping: only where they were reported."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.model.pooled import Excluded
from evidence.model.row import EvidenceRow
from evidence.report.context import ReportContext
from evidence.report.links import row_anchor, slug
from evidence.report.numbers import words_of
from evidence.table.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmCell:
    """Events among patients in whom the term was assessed, over the series that report it."""

    events: int
    total: int | None
    series: int
    href: str
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmLine:
    """One term: its organ class and a cell per level of the grouping."""

    term: str
    group: str
    cells: dict[str, HarmCell]
    rows: tuple[EvidenceRow, ...]

    @property
    def anchor(self) -> str:
        """The line of the complications table that lists the rows."""
        return f"harm-{slug(self.term)}"


def harm_rows(ctx: ReportContext) -> list[EvidenceRow]:
    """Rows of complications that are reported and counted, whole series: each patient once."""
    switches = Switches.from_protocol(ctx.protocol)
    return [row for row in _reported(ctx) if switches.switched_off(row) is None]


def harms_left_out(ctx: ReportContext) -> tuple[Excluded, ...]:
    """Series that list complications which are not counted, and why."""
    switches = Switches.from_protocol(ctx.protocol)
    reasons = ((row.label, switches.switched_off(row)) for row in _reported(ctx))
    found = (Excluded(series=name, reason=why) for name, why in reasons if why is not None)
    return tuple(dict.fromkeys(found))


def _reported(ctx: ReportContext) -> list[EvidenceRow]:
    return [
        row
        for row in ctx.rows
        if row.outcome.startswith(COMPLICATION_PREFIX)
        and row.outcome != f"{COMPLICATION_PREFIX}any"
        and row.events is not None
        and not row.excluded
    ]


def harm_lines(ctx: ReportContext, by: str = "route") -> list[HarmLine]:
    """One line per term, ordered by organ class, then by how many series report it."""
    w = words_of(ctx)
    classes = organ_classes(ctx)
    unclassed = w("Not classed")
    by_term: dict[str, list[EvidenceRow]] = {}
    for row in harm_rows(ctx):
        by_term.setdefault(row.outcome.removeprefix(COMPLICATION_PREFIX), []).append(row)
    lines = [
        HarmLine(
            term=term,
            group=classes.get(term, unclassed),
            cells=_cells(rows, by, w("not stated"), f"harm-{slug(term)}"),
            rows=tuple(rows),
        )
        for term, rows in by_term.items()
    ]
    return sorted(lines, key=lambda line: (line.group, -len(line.rows), line.term))


def _cells(rows: list[EvidenceRow], by: str, unknown: str, anchor: str) -> dict[str, HarmCell]:
    groups: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        level = row.dose_band if by == "dose" else row.route
        groups.setdefault(level or unknown, []).append(row)
    return {
        level: HarmCell(
            events=sum(row.events or 0 for row in own),
            total=None if any(r.total is None for r in own) else sum(r.total or 0 for r in own),
            series=len({row.series for row in own}),
            href=row_anchor(own[0]) if len(own) == 1 else anchor,
            derived=any(row.how == "derived" for row in own),
        )
        for level, own in groups.items()
    }


def organ_classes(ctx: ReportContext) -> dict[str, str]:
    """Term (preferred, or as printed) to organ class, from the series files."""
    return {
        (entry.preferred or entry.term).strip(): entry.group
        for item in ctx.series
        for arm in item.series.arms
        for entry in arm.complications or ()
        if entry.group
    }


def reporting(ctx: ReportContext) -> tuple[list[str], list[str], list[str]]:
    """Labels of series that list complications, that report none, and that say nothing."""
    listed, none, silent = [], [], []
    for entry in ctx.series:
        arms = [arm.complications for arm in entry.series.arms]
        if any(arms):
            listed.append(entry.series.label)
        elif any(arm is not None for arm in arms):
            none.append(entry.series.label)
        else:
            silent.append(entry.series.label)
    return listed, none, silent
