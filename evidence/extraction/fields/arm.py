"""An arm while its cells are read: what is known so far, and where each cell is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.base import Cell
from evidence.extraction.cells.blocks import Block
from evidence.extraction.cells.patients import Patients
from evidence.extraction.column import Column
from evidence.extraction.footnotes import AttachedNote, apply_note
from evidence.extraction.found import Value
from evidence.extraction.head_rest import EXACT
from evidence.extraction.source import Notes, SourceCell, note_cell
from evidence.model.quantity import Duration
from evidence.model.series import Complication, Regimen
from evidence.vocabulary import Vocabulary


@dataclass(slots=True, kw_only=True)
class ArmReader:
    """The state one row's columns fill in."""

    index: int
    notes: Notes
    vocabulary: Vocabulary
    table: str | None
    row: int
    drugs: frozenset[str] = frozenset()
    """Names of the review's own drug."""
    patients: Patients = field(default_factory=Patients)
    patients_key: str = ""
    evaluable: Value[int] | None = None
    disease: Value[str] | None = None
    regimen: Regimen = field(default_factory=Regimen)
    treatment_weeks: Duration | None = None
    follow_up_months: Duration | None = None
    response_months: list[Duration] = field(default_factory=list)
    blocks: list[tuple[str, Block]] = field(default_factory=list)
    """Response blocks with the key of their cell."""
    complications: list[Complication] | None = None
    narrowed: str | None = None
    """What stands above the row speaks of a part of the patients only."""

    @property
    def path(self) -> str:
        """Where the arm stands in the series file."""
        return f"arms[{self.index}]"

    def keep(self, column: Column, cell: Cell) -> str:
        """Put the cell among the sources; the keys of further arms begin with their number."""
        prefix = f"arm{self.index + 1}_" if self.index else ""
        doubt = column.rest.doubt or (self.narrowed if column.role in EXACT else None)
        source = SourceCell(
            key=prefix + column.key, cell=cell, table=self.table, row=self.row,
            column=column.head, doubt=doubt,
        )  # fmt: skip
        return self.notes.add_cell(source)

    def keep_note(self, attached: AttachedNote) -> None:
        """Keep a footnote of a cell among the sources."""
        self.notes.add_cell(note_cell(attached, self.table))

    def apply_notes(self, attached: list[AttachedNote], key: str) -> None:
        """Footnotes that lay counted responses to another therapy."""
        for note in attached:
            for cell_key, block in self.blocks:
                found = apply_note(block, note, self.vocabulary) if cell_key == key else None
                if found is not None:
                    block.exclusions.append(found)
                    break

    def text(self, key: str) -> str:
        """Text of a kept cell."""
        return self.notes.cells[key].text
