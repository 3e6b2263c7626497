"""Table 1: what each series is, whom it treated, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.model.quantity import Amount, Duration
from evidence.model.series import Arm
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.links import reference_anchor, series_anchor
from evidence.report.numbers import sourced, words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Cell, Value, join, short_number
from evidence.table.arms import name_of

ABOUT = 6
"""Position of the column of design and criteria."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesContext:
    """The table of series; None for a review without any."""

    series: Table | None


def build(ctx: ReportContext) -> SeriesContext:
    """One line per arm; a series with several arms has them nested beneath its name."""
    if not ctx.series:
        return SeriesContext(series=None)
    w = words_of(ctx)
    told = any(entry.series.design or entry.series.criteria for entry in ctx.series)
    documents = sorted({entry.series.source.document for entry in ctx.series})
    lines: list[Line] = []
    for entry in ordered(ctx):
        lines += _entry_lines(ctx, entry, one=len(documents) == 1)
    heads = [
        w("Series"),
        w("Patients"),
        w("Route"),
        w("Dose"),
        w("Schedule"),
        w("Treatment, weeks"),
        w("Design; criteria"),
        w("Source"),
    ]
    notes: list[Cell] = []
    if len(documents) == 1:
        notes.append(w.say("All from {document}.", document=documents[0]))
    if not told:
        notes.append(w("No series file states a design or response criteria."))
        del heads[ABOUT]
        lines = [replace(ln, cells=(*ln.cells[:ABOUT], *ln.cells[ABOUT + 1 :])) for ln in lines]
    return SeriesContext(
        series=Table(
            ident="table-series",
            caption=w("Table 1. Series and regimens"),
            columns=columns(*heads),
            lines=tuple(lines),
            notes=tuple(notes),
        )
    )


def ordered(ctx: ReportContext) -> list[SeriesEntry]:
    """Series by year, then name: the order of every table."""
    return sorted(
        ctx.series,
        key=lambda entry: (entry.series.citation.year or 9999, entry.series.series),
    )


def arm_value(entry: SeriesEntry, arm: int) -> Value:
    """The series by its label, with the arm where it has several."""
    series = entry.series
    name = f" ({name_of(series, arm)})" if len(series.arms) > 1 else ""
    return Value(f"{series.label}{name}", series_anchor(series.series))


def _entry_lines(ctx: ReportContext, entry: SeriesEntry, *, one: bool) -> list[Line]:
    series = entry.series
    name = Value(series.label, reference_anchor(series.series))
    about = "; ".join(part for part in (series.design, series.criteria) if part) or "–"
    source = Value(_source_text(ctx, entry, one=one), series_anchor(series.series))
    if len(series.arms) == 1:
        return [Line(cells=(name, *_arm_cells(ctx, entry, 0, series.arms[0]), about, source))]
    lines = [Line(cells=(name, "", "", "", "", "", about, source))]
    for i, arm in enumerate(series.arms):
        label = arm.label or words_of(ctx)("arm {n}").format(n=i + 1)
        lines.append(Line(cells=(label, *_arm_cells(ctx, entry, i, arm), "", ""), kind="sub"))
    return lines


def _source_text(ctx: ReportContext, entry: SeriesEntry, *, one: bool) -> str:
    """Document, table and row; the document goes without saying where there is only one."""
    w = words_of(ctx)
    source = entry.series.source
    place = [
        w("table {n}").format(n=source.table) if source.table else "",
        w("row {n}").format(n=source.row) if source.row else "",
    ]
    named = [part for part in place if part]
    return ", ".join(named if one and named else [source.document, *named])


def _arm_cells(ctx: ReportContext, entry: SeriesEntry, i: int, arm: Arm) -> tuple[Cell, ...]:
    path = f"arms[{i}]"
    regimen = arm.regimen
    where = ("regimen", "dose", "treatment")
    routes = "/".join(regimen.routes)
    return (
        _population(ctx, entry, i, arm),
        sourced(routes, entry, f"{path}.regimen.routes", guesses=where) if routes else None,
        sourced(dose, entry, f"{path}.regimen.dose_mg", guesses=where)
        if (dose := _dose(arm))
        else None,
        _schedule(ctx, entry, i, arm),
        sourced(weeks, entry, f"{path}.treatment_weeks", guesses=("duration", "treatment"))
        if (weeks := duration_text(arm.treatment_weeks))
        else None,
    )


def _population(ctx: ReportContext, entry: SeriesEntry, i: int, arm: Arm) -> Cell:
    path = f"arms[{i}].population"
    parts: list[Cell] = [
        sourced(f"{n} {disease}", entry, f"{path}.{disease}", path, guesses=("patients",))
        for disease, n in arm.population.items()
    ]
    if not parts and arm.size is not None:
        parts = [sourced(str(arm.size), entry, f"arms[{i}].total", guesses=("patients",))]
    if not parts:
        return None
    if arm.within is not None:
        within = words_of(ctx)("within {n} {disease}").format(
            n=arm.within.patients, disease=arm.within.disease
        )
        parts.append(sourced(within, entry, f"arms[{i}].within", path, guesses=("patients",)))
    return join(parts)


def amount_text(amount: Amount | None) -> str:
    """``30`` or ``10–15``."""
    if amount is None:
        return ""
    low, high = short_number(amount.low), short_number(amount.high)
    return low if low == high else f"{low}–{high}"


def _dose(arm: Arm) -> str:
    amount = amount_text(arm.regimen.dose_mg)
    return f"{amount} {arm.regimen.dose_unit}" if amount else ""


def _schedule(ctx: ReportContext, entry: SeriesEntry, i: int, arm: Arm) -> Value | None:
    """Doses a week, else the schedule in the paper's words."""
    path = f"arms[{i}].regimen"
    guesses = ("regimen", "dose", "treatment")
    per_week = amount_text(arm.regimen.doses_per_week)
    if per_week:
        text = words_of(ctx)("{n} × a week").format(n=per_week)
        return sourced(text, entry, f"{path}.doses_per_week", guesses=guesses)
    if arm.regimen.schedule:
        printed = arm.regimen.schedule
        return sourced(printed, entry, f"{path}.schedule", guesses=guesses, quoted=True)
    return None


def duration_text(duration: Duration | None) -> str:
    """``12``, ``6–12``, ``< 3``, ``3, 6, 12``: in the field's unit, a converted one to a tenth."""
    if duration is None:
        return ""

    def shown(value: float) -> str:
        return short_number(round(value, 1) if duration.printed else value)

    bound = f"{duration.comparator} " if duration.comparator else ""
    if duration.values:
        return ", ".join(shown(value) for value in duration.values)
    point = duration.point
    span = ""
    if duration.low is not None and duration.high is not None:
        span = f"{shown(duration.low)}–{shown(duration.high)}"
    if point is None:
        return f"{bound}{span}" if span else ""
    return f"{bound}{shown(point)}" + (f" ({span})" if span else "")
