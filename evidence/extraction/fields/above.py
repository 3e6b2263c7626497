"""What stands above a row speaks for it too: its section, the heads of its columns, the caption."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Box, Cell, Grid
from evidence.extraction.cells.label import Label, lead_of
from evidence.extraction.cells.patients import disease_label
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.cells.regimen_found import RegimenFound
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.fields.regimen import merge_regimen
from evidence.extraction.head_forms import drug_in
from evidence.extraction.head_rest import narrowed_by
from evidence.extraction.rows import Row
from evidence.extraction.source import SourceCell
from evidence.extraction.tables import SeriesTable

BY_CAPTION = "the caption names the disease, the row does not"
DRUG_BY_ROW = "the other rows name their drugs themselves"
TREATMENT = ("regimen", "dose", "drug")
SERIES = "series"
"""Key of the cell that names the series."""


def narrowed_above(table: SeriesTable, row: Row) -> str | None:
    """Why the row's values are not of all its patients: its section or the caption says so."""
    words = table.vocabulary
    section = narrowed_by(row.section.plain, words, controls=True) if row.section else None
    return section or narrowed_by(table.grid.caption, words)


def apply_label(arm: ArmReader, label: Label) -> None:
    """What the cell that names the series says besides: how many patients, and what they had."""
    if label.size is not None and arm.patients.size is None:
        arm.patients.total, arm.patients_key = label.size, SERIES
    lead = lead_of(arm.text(SERIES))
    found = parse_regimen(lead, arm.vocabulary, drugs=arm.drugs)
    if found.drug is not None:
        merge_regimen(arm, found, SERIES)


def apply_section(arm: ArmReader, section: Cell) -> None:
    """Route, drug and disease of the section, where the row says nothing of them."""
    found = parse_regimen(section.plain, arm.vocabulary, drugs=arm.drugs)
    label = disease_label(section.plain, arm.vocabulary)
    wanted = RegimenFound(
        routes=None if arm.regimen.routes else found.routes,
        route_order=found.route_order,
        drug=None if arm.regimen.drug else found.drug,
    )
    fills_disease = label is not None and arm.disease is None and not arm.patients.population
    if wanted.routes is None and wanted.drug is None and not fills_disease:
        return
    key = _keep(arm, "section", section)
    merge_regimen(arm, wanted, key)
    if label is not None and fills_disease:
        arm.disease = label.at(key)


def apply_heads(arm: ArmReader, table: SeriesTable, row: Row) -> None:
    """Drug and route of the heads of treatment, then the caption's drug, for a silent row.

    A drug that another arm of the row names is that arm's alone.
    """
    grid = table.grid
    above = [
        ("regimen_head", Cell(text=c.head, page=_page(grid), box_pt=_head_box(grid, c.index)))
        for c in table.columns
        if c.role in TREATMENT
    ]
    above.append(("caption", Cell(text=grid.caption, page=_page(grid), box_pt=grid.box_pt)))
    for key, cell in above:
        drug = None if arm.regimen.drug else drug_in(cell.text, arm.vocabulary)
        if drug is not None and drug.value in row.others:
            drug = None
        if drug is not None and table.drug_by_row:
            drug = replace(drug, doubt=DRUG_BY_ROW)
        wanted = RegimenFound(drug=drug)
        if key == "regimen_head" and not arm.regimen.routes:
            routes = parse_regimen(cell.text, arm.vocabulary).routes
            wanted.routes = routes if routes is not None and len(routes.value) == 1 else None
        if wanted.drug is not None or wanted.routes is not None:
            merge_regimen(arm, wanted, _keep(arm, key, cell))
    others = tuple(name for name in arm.regimen.combined_with if name != arm.regimen.drug)
    arm.regimen = arm.regimen.model_copy(update={"combined_with": others})


def apply_caption(arm: ArmReader, table: SeriesTable) -> None:
    """The caption's disease, for patients the row counts without one."""
    if arm.disease is not None or arm.patients.population or arm.patients.total is None:
        return
    caption = table.grid.caption
    label = disease_label(caption, arm.vocabulary)
    if label is None:
        return
    total = arm.patients.total.at(arm.patients_key)
    arm.patients.population = {
        label.value: replace(total, derived=True, doubt=total.doubt or BY_CAPTION)
    }
    _keep(arm, "caption", Cell(text=caption, page=_page(table.grid), box_pt=table.grid.box_pt))


def _page(grid: Grid) -> int | None:
    return grid.pages[0] if grid.pages else None


def _head_box(grid: Grid, column: int) -> Box | None:
    """The box around the head cells of a column."""
    heads = [row[column] for row in grid.matrix()[: max(grid.header_rows, 1)] if column < len(row)]
    boxes = [cell.box_pt for cell in heads if cell is not None and cell.box_pt is not None]
    if not boxes:
        return None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def _keep(arm: ArmReader, key: str, cell: Cell) -> str:
    source = SourceCell(key=key, cell=cell, table=arm.table, row=None, column=None)
    return arm.notes.add_cell(source)
