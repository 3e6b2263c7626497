"""Where every number comes from: pooled number → rows → printed cells, page, box, who confirmed."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.model.pooled import GroupResult, Pooled
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.corrections import differing
from evidence.report.figures.forest_lines import find_row, heterogeneity_text
from evidence.report.links import cell_anchor, result_anchor, row_anchor, series_anchor, slug
from evidence.report.numbers import cell_place, words_of
from evidence.report.rowcells import row_cells
from evidence.report.sections.series import ordered
from evidence.report.text import (
    Part,
    Sentence,
    Value,
    interval,
    join,
    level_text,
    number_text,
    percent,
)
from evidence.report.words import Words

MANY_ROWS = 60
"""A pooled number of more series leads to its forest plot instead of listing them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSource:
    """One pooled group and the rows it was made from."""

    anchor: str
    name: str
    numbers: str
    rows: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLine:
    """One printed cell."""

    anchor: str
    name: str
    place: str
    text: str
    unread: str | None
    picture: str | None
    """A data address of the crop; None where the paper may not be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One evidence row."""

    anchor: str
    name: Sentence
    counts: str
    how: str
    source: tuple[Value, ...]
    note: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSource:
    """Everything known about where one series' values come from."""

    anchor: str
    label: str
    document: str
    path: str
    status: str
    """``confirmed by NAME on DATE`` where that is recorded, else the bare status."""
    history: tuple[str, ...]
    """How it was confirmed; corrections and decisions: who, when, why."""
    cells: tuple[CellLine, ...]
    rows: tuple[RowLine, ...]
    silent: Sentence
    """Outcomes that are not reported, with their stratum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceContext:
    """The end of every link."""

    results: tuple[ResultSource, ...]
    series: tuple[SeriesSource, ...]


def build(ctx: ReportContext) -> ProvenanceContext:
    """Pooled groups that the page shows first, then one block per series."""
    corrected = {(*pair.key, pair.group) for pair in differing(ctx)}
    return ProvenanceContext(
        results=tuple(
            _result(ctx, result, group)
            for result in ctx.pooled.values()
            for group in result.groups
            if result.by is None
            or result.outcome in ctx.protocol.outcomes[:2]
            or (result.outcome, result.by, group.group) in corrected
        ),
        series=tuple(_series(ctx, entry) for entry in ordered(ctx)),
    )


def _result(ctx: ReportContext, result: Pooled, group: GroupResult) -> ResultSource:
    w = words_of(ctx)
    by = f", {w('all series')}"
    if result.by:
        by = f" {w('by')} {w(result.by)}: {w.level(group.group)}"
    rows: list[Value] = []
    shown = group.studies if group.k <= MANY_ROWS else ()
    if not shown and group.studies:
        figure = f"figure-forest-{slug(result.outcome)}"
        figure += f"-{slug(result.by)}" if result.by else ""
        rows.append(Value(w("the {k} series of its forest plot").format(k=group.k), figure))
    for study in shown:
        row = find_row(ctx.rows, study, result.outcome, result.by, group.group)
        text = f"{row.label if row else study.series} {study.events}/{study.total}"
        derived = study.derived or bool(row and row.how == "derived")
        rows.append(Value(text, row_anchor(row) if row else None, derived=derived))
    level = w("{level} CI").format(level=level_text(result.level))
    numbers = (
        f"{group.events}/{group.total}; {percent(group.estimate, group.total)}"
        f" ({level} {interval(group.ci_low, group.ci_high, group.total)})"
        f"; {group.method or result.method}"
    )
    if group.k > 1:
        numbers += f"; {heterogeneity_text(w, group)}"
    if group.model_estimate is not None and group.model_se is not None:
        numbers += (
            f"; {result.transform} {number_text(group.model_estimate, 4)}"
            f" (SE {number_text(group.model_se, 4)})"
        )
    return ResultSource(
        anchor=result_anchor(result.outcome, result.by, group.group),
        name=f"{result.outcome}{by}",
        numbers=numbers,
        rows=tuple(rows),
    )


def _series(ctx: ReportContext, entry: SeriesEntry) -> SeriesSource:
    w = words_of(ctx)
    series = entry.series
    own = [row for row in ctx.rows if row.series == series.series]
    return SeriesSource(
        anchor=series_anchor(series.series),
        label=series.label,
        document=series.source.document,
        path=entry.path,
        status=_status(w, series),
        history=tuple(_history(series)),
        cells=tuple(_cell(ctx, series, name) for name in series.cells),
        rows=tuple(_row(ctx, entry, row) for row in own if row.events is not None),
        silent=join(_silent_name(w, row) for row in own if row.events is None),
    )


def _silent_name(w: Words, row: EvidenceRow) -> Sentence:
    stratum = "" if row.stratum == "all" else f" ({row.stratum})"
    return (_outcome_name(w, row.outcome), stratum)


def _outcome_name(w: Words, outcome: str) -> Part:
    name = outcome.removeprefix(COMPLICATION_PREFIX)
    if name == outcome:
        return w(name) if name == "deaths" else name
    return w("complications") if name == "any" else w.name(name)


def _status(w: Words, series: Series) -> str:
    if series.confirmed is None:
        return w(series.status)
    template = w("{status} by {name} on {date}")
    return template.format(
        status=w(series.status), name=series.confirmed.by, date=series.confirmed.on
    )


def _history(series: Series) -> list[str]:
    told = [series.confirmed.how] if series.confirmed and series.confirmed.how else []
    told += [f"{c.field}: {c.was} → {c.now} ({c.by}, {c.on}: {c.why})" for c in series.corrections]
    told += [f"{d.finding}: {d.action} ({d.by}, {d.on}: {d.why})" for d in series.decisions]
    return told


def _cell(ctx: ReportContext, series: Series, name: str) -> CellLine:
    w = words_of(ctx)
    cell = series.cells[name]
    crop = ctx.crops.get((series.series, name))
    picture = f"data:image/png;base64,{base64.b64encode(crop).decode()}" if crop else None
    return CellLine(
        anchor=cell_anchor(series.series, name),
        name=name,
        place=cell_place(w, cell),
        text=cell.text,
        unread=cell.unread,
        picture=picture,
    )


def _row(ctx: ReportContext, entry: SeriesEntry, row: EvidenceRow) -> RowLine:
    w = words_of(ctx)
    stratum = "" if row.stratum == "all" else f" {row.stratum}"
    arm = f" {row.arm}" if row.arm else ""
    notes: list[Sentence] = [w.told(note) for note in (row.derivation, row.attribution) if note]
    if row.excluded:
        notes.append(w.say("not pooled: {why}", why=w.told(row.excluded)))
    total = "?" if row.total is None else row.total
    return RowLine(
        anchor=row_anchor(row),
        name=(_outcome_name(w, row.outcome), f"{arm}{stratum}"),
        counts=f"{row.events}/{total}{'†' if row.how == 'derived' else ''}",
        how=w(row.how or "not reported"),
        source=row_cells(entry, row),
        note=join(notes, between="; "),
    )


__all__ = ["ProvenanceContext", "Sentence", "build"]
