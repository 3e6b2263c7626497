"""The printed cells that an evidence row was read from."""

from __future__ import annotations

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.report.context import SeriesEntry
from evidence.report.links import cell_anchor
from evidence.report.text import Value


def row_cells(entry: SeriesEntry, row: EvidenceRow) -> tuple[Value, ...]:
    """Links to the cells a row was read from: by its readings, else by its page and box."""
    series = entry.series
    if row.outcome.startswith(COMPLICATION_PREFIX):
        names = _placed(series, row) or _read(series, "complications")
    else:
        names = _response_cells(series, row) or _placed(series, row)
        names = names or [name for name in series.cells if name.startswith("response")][:1]
    return tuple(Value(name, cell_anchor(series.series, name)) for name in dict.fromkeys(names))


def _response_cells(series: Series, row: EvidenceRow) -> list[str]:
    names: list[str] = []
    for a, r, arm, block in series.walk_responses():
        if row.arm not in (None, arm.label):
            continue
        if row.stratum != "all" and block.scope not in (row.stratum, "all"):
            continue
        path = f"arms[{a}].responses[{r}]."
        names += [
            str(note.cell)
            for key, note in series.readings.items()
            if key.startswith(path) and not key.endswith(".total") and note.cell in series.cells
        ]
    return names


def _read(series: Series, part: str) -> list[str]:
    """Cells that values under ``arms[...].part`` were read from, or that are named so."""
    found = [
        str(note.cell)
        for key, note in series.readings.items()
        if f"].{part}" in key and note.cell in series.cells
    ]
    return found or [name for name in series.cells if name.startswith(part)]


def _placed(series: Series, row: EvidenceRow) -> list[str]:
    if row.place is None:
        return []
    place = row.place
    exact = [
        name
        for name, cell in series.cells.items()
        if cell.box is not None and (cell.page, cell.box) == (place.page, place.box_pt)
    ]
    same_text = [name for name, cell in series.cells.items() if place.text == cell.text]
    return (exact or same_text)[:1]
