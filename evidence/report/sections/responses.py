"""Table 2: responses as counts among patients, beside what the paper states in percent."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.row import EvidenceRow
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.findings import OpenFindings
from evidence.report.links import reference_anchor
from evidence.report.numbers import counts_value, sourced, words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.sections.series import ordered
from evidence.report.text import Cell, Value, join, plain, short_number
from evidence.table.arms import arms_given, name_of

STAR = " *"
"""Marks a row that takes no part in pooling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesContext:
    """The table of responses; None when no series reports any."""

    responses: Table | None


def build(ctx: ReportContext) -> ResponsesContext:
    """One line per series and stratum, a column per outcome of the protocol."""
    outcomes = ctx.protocol.outcomes
    lines: list[Line] = []
    found = OpenFindings(ctx)
    for entry in ordered(ctx):
        rows = [r for r in ctx.rows if r.series == entry.series.series and r.outcome in outcomes]
        strata = dict.fromkeys((row.arm, row.stratum) for row in rows)
        first = True
        for arm, stratum in sorted(strata, key=lambda s: (s[0] or "", s[1] != "all", s[1])):
            own = {row.outcome: row for row in rows if (row.arm, row.stratum) == (arm, stratum)}
            lines.append(_line(ctx, entry, found, own, first=first))
            first = False
    if not lines:
        return ResponsesContext(responses=None)
    w = words_of(ctx)
    heads = (w("Series"), w("Patients"), *outcomes, w("Stated %"), w("Open findings"))
    return ResponsesContext(
        responses=Table(
            ident="table-responses",
            caption=w("Table 2. Responses, n/N"),
            columns=columns(*heads, numeric=outcomes),
            lines=tuple(lines),
            notes=_notes(ctx, lines),
        ).without_blank_columns()
    )


def _notes(ctx: ReportContext, lines: list[Line]) -> tuple[str, ...]:
    w = words_of(ctx)
    notes = [
        w("† derived: not printed as such; the rule stands at the number's source."),
        w("not reported: the paper gives no count; it is not taken as nought."),
    ]
    if any(plain(line.cells[1]).endswith(STAR) for line in lines):
        notes.append(w("* not pooled; the reason stands at the number's source."))
    return tuple(notes)


def _line(
    ctx: ReportContext,
    entry: SeriesEntry,
    found: OpenFindings,
    rows: dict[str, EvidenceRow],
    *,
    first: bool,
) -> Line:
    series = entry.series.series
    some = next(iter(rows.values()))
    stratum = some.stratum if some.stratum != "all" else None
    sub = ", ".join(filter(None, (some.arm, stratum, some.timepoint)))
    head: Cell = Value(entry.series.label, reference_anchor(series)) if first else sub
    strata = not first and some.stratum != "all"
    size = None if some.total is None else str(some.total)
    people = plain(words_of(ctx).told(some.population)) if some.population else size
    population: Cell = ""
    if people and not strata:
        population = sourced(people, entry, "arms[0].population", guesses=("patients",))
    if first and sub:
        population = join([f"{sub}:", population], between=" ")
    cells: list[Cell] = [
        counts_value(words_of(ctx), rows[outcome]) if outcome in rows else "–"
        for outcome in ctx.protocol.outcomes
    ]
    note = STAR if some.excluded else ""
    return Line(
        cells=(
            head,
            join([population, note], between=""),
            *cells,
            _stated(ctx, entry, some),
            found.about(series, "responses", "population") if first else "",
        ),
        kind="" if first else "sub",
    )


def _stated(ctx: ReportContext, entry: SeriesEntry, row: EvidenceRow) -> Cell:
    """The percentages printed of these very patients: of their arm, group and time."""
    found: list[Cell] = []
    given = [a for a, _ in arms_given(entry.series, ctx.protocol.drug)]
    for a, r, arm, block in entry.series.walk_responses():
        whole = row.arm is None and given == [a]
        if not whole and row.arm != name_of(entry.series, a):
            continue
        if block.compartment is not None or block.timepoint != row.timepoint:
            continue
        if not _same_scope(block.scope, row, arm.population):
            continue
        found += [
            sourced(
                f"{outcome} {short_number(value)}",
                entry,
                f"arms[{a}].responses[{r}].stated_percent.{outcome}",
                f"arms[{a}].responses[{r}]",
                guesses=("response",),
            )
            for outcome, value in block.stated_percent.items()
        ]
    return join(found) if found else "–"


def _same_scope(scope: str, row: EvidenceRow, population: dict[str, int]) -> bool:
    return scope == row.stratum or (row.stratum == "all" and list(population) == [scope])
