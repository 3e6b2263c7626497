"""What stands above a row speaks for it too: the section it is in, and the caption."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.patients import disease_label
from evidence.extraction.cells.regimen import parse_regimen
from evidence.extraction.cells.regimen_found import RegimenFound
from evidence.extraction.fields.arm import ArmReader
from evidence.extraction.fields.regimen import merge_regimen
from evidence.extraction.source import SourceCell

BY_CAPTION = "the caption names the disease, the row does not"


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


def apply_caption(arm: ArmReader, grid: Grid) -> None:
    """The caption's disease, for patients the row counts without one."""
    if arm.disease is not None or arm.patients.population or arm.patients.total is None:
        return
    label = disease_label(grid.caption, arm.vocabulary)
    if label is None:
        return
    total = arm.patients.total.at(arm.patients_key)
    arm.patients.population = {
        label.value: replace(total, derived=True, doubt=total.doubt or BY_CAPTION)
    }
    page = grid.pages[0] if grid.pages else None
    _keep(arm, "caption", Cell(text=grid.caption, page=page))


def _keep(arm: ArmReader, key: str, cell: Cell) -> str:
    source = SourceCell(key=key, cell=cell, table=arm.table, row=None, column=None)
    return arm.notes.add_cell(source)
