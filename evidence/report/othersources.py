"""What another source of a series prints where the report takes its value from there."""

from __future__ import annotations

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.links import cell_anchor, source_entry_anchor
from evidence.report.numbers import cell_place, words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Quoted, Value
from evidence.table.moved import Moved

CELLS = {"population": "patients", "route": "regimen", "dose_band": "regimen"}
CELLS["doses_per_week"] = "regimen"
"""The cell that a trait stands in, by the name of the field."""


def other_cell(ctx: ReportContext, item: Moved) -> tuple[SeriesEntry, str] | None:
    """The other source's entry and the cell that a present value was read from."""
    for entry in ctx.others:
        if (entry.series.series, entry.source) != (item.series, item.source):
            continue
        usual = "complications" if item.what.startswith(COMPLICATION_PREFIX) else "response"
        name = CELLS.get(item.what, usual)
        if name in entry.series.cells:
            return entry, name
    return None


def other_anchor(entry: SeriesEntry, cell: str) -> str:
    """The cell's line in the table of what other sources print."""
    return cell_anchor(f"{entry.source} {entry.series.series}", cell)


def cell_table(ctx: ReportContext) -> Table | None:
    """Every cell that a value was taken from, once; None without any."""
    found = {
        other_anchor(*place): place
        for item in ctx.moved
        if item.source != ctx.protocol.table.as_printed_in and (place := other_cell(ctx, item))
    }
    if not found:
        return None
    w = words_of(ctx)
    return Table(
        ident="table-sources-cells",
        caption=w("What the other sources print"),
        columns=columns(w("Source"), w("Cell"), w("Place"), w("Printed text")),
        lines=tuple(
            Line(
                anchor=anchor,
                cells=(
                    Value(entry.source, source_entry_anchor(entry.source)),
                    cell,
                    cell_place(w, entry.series.cells[cell]) or entry.series.source.document,
                    Quoted(entry.series.cells[cell].text),
                ),
            )
            for anchor, (entry, cell) in found.items()
        ),
    )
