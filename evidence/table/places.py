"""Where a value of a series stands in its paper, and how it came to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.errors import Place
from evidence.model.paths import join_path, parse_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.model.series import Series
    from evidence.model.source import CellSource, ReadingNote

    Box = tuple[float, float, float, float]

LABELS = ("series", "label", "study", "author", "citation", "reference", "year")
"""Cells that name the series."""
_EVALUABLE = re.compile(
    r"\b(\d+)\s+(?:patients?\s+|were\s+)*(?:evaluable|assessable|evaluated|assessed)\b"
    r"|\b(?:evaluable|assessable|evaluated|assessed)\s*(?:patients?)?\s*[:=,]?\s*(\d+)\b",
    re.IGNORECASE,
)
RESPONSE_CELLS = ("response", "responses", "clinical_response")
TREATMENT_CELLS = (
    *("regimen", "dose", "route", "schedule", "treatment", "treatment_weeks"),
    *("treatment_duration", "response_months", "response_duration", "duration"),
    *("follow_up", "follow_up_months", "followup", "comments", *RESPONSE_CELLS),
)
"""Cells that tell what was given and what came of it, besides the complications."""
COMPLICATION_CELLS = ("complications", "serious_complications", "toxicity")
FIELD_CELLS: dict[str, tuple[str, ...]] = {
    "population": ("patients", "population", "n_patients", "n"),
    "within": ("patients", "population", "n_patients", "n"),
    "total": ("patients", "population", "n_patients", "n"),
    "regimen": ("regimen", "dose", "route", "schedule"),
    "treatment_weeks": ("treatment", "treatment_weeks", "treatment_duration"),
    "responses": RESPONSE_CELLS,
    "response_months": ("response_months", "response_duration", "duration"),
    "complications": COMPLICATION_CELLS,
    "follow_up_months": ("follow_up", "follow_up_months", "followup"),
}
"""Field of an arm → keys its cell may have in ``cells``, likeliest first."""


def place_of(series: Series, path: str) -> Place:
    """The place of the value at ``path`` (``arms[0].responses[0].CR``): its own reading, else
    that of what surrounds it, else the cell its field is read from, else that of a part of it,
    else the cell that names the series.
    """
    steps = parse_path(path)
    for depth in range(len(steps), 0, -1):
        note = series.readings.get(join_path(steps[:depth]))
        if note is not None:
            return _from_note(series, note)
    if steps[0] == "cells" and steps[-1] in series.cells:
        return _from_cell(series, series.cells[str(steps[-1])], str(steps[-1]))
    if (place := _in_patient_row(series, steps)) is not None:
        return place
    field = str(steps[2]) if len(steps) > 2 and steps[0] == "arms" else str(steps[0])
    for key in FIELD_CELLS.get(field, (field,)):
        if key in series.cells:
            return _from_cell(series, series.cells[key], key)
    for key, note in series.readings.items():
        if key.startswith((f"{path}.", f"{path}[")):
            return _from_note(series, note)
    for key in LABELS:
        if key in series.cells:
            return _from_cell(series, series.cells[key], key)
    return Place(document=series.source.document, table=series.source.table, row=series.source.row)


def _in_patient_row(series: Series, steps: Sequence[str | int]) -> Place | None:
    """The cell of ``arms[0].patients[2].response.blood`` in the patients' table, else its row."""
    match steps:
        case ["arms", int(a), "patients", int(p), *field]:
            cells = series.arms[a].patients[p].cells
        case _:
            return None
    for depth in range(len(field), 0, -1):
        key = ".".join(map(str, field[:depth]))
        if key in cells:
            return _from_cell(series, cells[key], key)
    row = [cell for cell in cells.values() if cell.row is not None]
    if not row:
        return None
    boxes = [cell.box for cell in row if cell.box is not None and cell.page == row[0].page]
    return Place(
        document=series.source.document,
        page=row[0].page,
        table=row[0].table,
        row=row[0].row,
        box_pt=_around(boxes) if boxes else None,
    )


def _around(boxes: Sequence[Box]) -> Box:
    """The box around all boxes: x0, top, x1, bottom."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def how_of(series: Series, path: str) -> str:
    """``stated``, ``derived`` or ``entered``."""
    note = series.readings.get(path)
    if note is not None:
        return str(note.how)
    return "entered" if series.source.kind == "entered" else "stated"


def printed_text(series: Series, path: str) -> str | None:
    """The words a value was read from; the whole cell's where the value has no span of its own."""
    return place_of(series, path).text


def _from_note(series: Series, note: ReadingNote) -> Place:
    cell = series.cells.get(note.cell) if note.cell else None
    return Place(
        document=series.source.document,
        page=note.page or (cell.page if cell else None),
        table=(cell.table if cell else None) or series.source.table,
        row=(cell.row if cell else None) or series.source.row,
        column=(cell.column if cell else None) or note.cell,
        box_pt=note.box or (cell.box if cell else None),
        text=note.text or (cell.text if cell else None),
    )


def _from_cell(series: Series, cell: CellSource, key: str) -> Place:
    return Place(
        document=series.source.document,
        page=cell.page,
        table=cell.table or series.source.table,
        row=cell.row or series.source.row,
        column=cell.column or key,
        box_pt=cell.box,
        text=cell.text,
    )


def evaluable_in(series: Series) -> tuple[int, ...]:
    """The numbers of evaluable patients that the cell of the patients names."""
    cells = (series.cells[key].text for key in FIELD_CELLS["population"] if key in series.cells)
    found = (m for text in cells for m in _EVALUABLE.finditer(text))
    return tuple(int(m[1] or m[2]) for m in found)
