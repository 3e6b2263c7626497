"""The rows of one series become a ``Series`` with its cells, readings and problems."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.documents.base import Document
from evidence.errors import Problem, Severity
from evidence.extraction.borders import doubt_borders
from evidence.extraction.cells.label import Label
from evidence.extraction.checks import check_series
from evidence.extraction.citation import cite, series_id
from evidence.extraction.column import Column
from evidence.extraction.fields import FIELDS, ArmReader
from evidence.extraction.fields.above import (
    apply_caption,
    apply_heads,
    apply_label,
    apply_section,
    narrowed_above,
)
from evidence.extraction.fields.build import build_arm
from evidence.extraction.footnotes import notes_of
from evidence.extraction.gathered import Entry
from evidence.extraction.head_doubts import HeadDoubts
from evidence.extraction.rows import Row
from evidence.extraction.source import Notes, SourceCell, note_cell
from evidence.extraction.tables import SeriesTable
from evidence.model.protocol import Protocol
from evidence.model.series import Arm, Series
from evidence.model.source import DocumentSource

PLAIN_FIELDS = ("design", "centre", "period", "criteria")
"""Columns whose words are kept as they are."""


@dataclass(slots=True, kw_only=True)
class Assembler:
    """Builds the series of one document."""

    document: Document
    protocol: Protocol | None
    source_kind: str
    heads: HeadDoubts = field(default_factory=HeadDoubts)

    def build(self, entry: Entry, used: set[str]) -> tuple[Series, list[Problem]]:
        """One series; ``used`` are the ids that are taken."""
        table, row = entry.arms[0][0]
        notes = Notes(document=self.document.name)
        label_key = self._label_cell(entry.label, table, row, notes)
        arms = [self._arm(at, parts, notes, len(entry.arms)) for at, parts in enumerate(entry.arms)]
        plain = self._plain_fields(entry, notes)
        series = Series(
            series=series_id(entry.label, used, self.document, self.protocol),
            citation=cite(entry.label, self.document.info, label_key, notes),
            source=DocumentSource(
                document=self.document.name, sha256=self.document.sha256,
                table=table.grid.label, row=row.number, kind=self.source_kind,
            ),
            arms=tuple(arms),
            cells={},
            **plain,
        )  # fmt: skip
        used.add(series.series)
        notes.doubt_all_of(label_key)
        for parts in entry.arms:
            doubt_borders(entry.label, parts, notes, self.document.format)
        check_series(series, notes, table.vocabulary)
        self.heads.add(series.series, notes)
        cells = {key: source.to_model() for key, source in notes.cells.items()}
        series = series.model_copy(update={"cells": cells, "readings": dict(notes.readings)})
        return series, notes.problems

    def _label_cell(self, label: Label, table: SeriesTable, row: Row, notes: Notes) -> str:
        column = next(column for column in table.columns if column.role == "series")
        cell = row.cells.get(column.index) or next(iter(row.cells.values()))
        key = notes.add_cell(
            SourceCell(
                key="series", cell=cell, table=table.grid.label, row=row.number,
                column=column.head, whole_text=True,
            )
        )  # fmt: skip
        notes.mark_unread(key, label.unread)
        for note in notes_of(cell, table.grid):
            notes.add_cell(note_cell(note, table.grid.label))
        return key

    def _arm(self, at: int, parts: list[tuple[SeriesTable, Row]], notes: Notes, arms: int) -> Arm:
        table, row = parts[0]
        reader = ArmReader(
            index=at, notes=notes, vocabulary=table.vocabulary, table=table.grid.label,
            row=row.number,
            drugs=self._drugs(),
        )  # fmt: skip
        for part_table, part_row in parts:
            reader.table, reader.row = part_table.grid.label, part_row.number
            reader.vocabulary = part_table.vocabulary
            reader.narrowed = narrowed_above(part_table, part_row)
            for column in _in_reading_order(part_table.columns):
                self._read_column(reader, column, part_row, part_table)
        if row.label is not None:
            apply_label(reader, row.label)
        if row.section is not None:
            apply_section(reader, row.section)
        apply_heads(reader, table, row)
        apply_caption(reader, table)
        return build_arm(
            reader,
            row.arm_label or (row.section.plain.strip() if row.section and arms > 1 else None),
        )

    def _read_column(self, reader: ArmReader, column: Column, row: Row, table: SeriesTable) -> None:
        cell = row.cells.get(column.index)
        if cell is None or column.role in ("series", "spanned"):
            return
        if any(cell is other for at, other in row.cells.items() if at < column.index):
            return
        if not cell.plain.strip():
            return
        key = reader.keep(column, cell)
        if column.index in row.together:
            reader.notes.mark_unread(key, cell.plain.strip())
            return
        attached = notes_of(cell, table.grid)
        for note in attached:
            reader.keep_note(note)
        read_field = FIELDS.get(column.role or "")
        if read_field is not None:
            read_field(reader, column, key)
            reader.apply_notes(attached, key)

    def _drugs(self) -> frozenset[str]:
        name = self.protocol.drug.name if self.protocol else None
        return frozenset({name} if name else ())

    def _plain_fields(self, entry: Entry, notes: Notes) -> dict[str, str]:
        fields: dict[str, str] = {}
        for key, source in notes.cells.items():
            if key in PLAIN_FIELDS and source.text.strip():
                fields[key] = source.text.strip()
                notes.note(key, key, 0, len(source.text))
        return fields


def _in_reading_order(columns: list[Column]) -> list[Column]:
    """The arm, then patients before responses, so that totals are known; otherwise as printed.

    A dose whose head has words left gives way to one of another column.
    """
    first = ("patients", "total", "disease", "disease_count")

    def order(column: Column) -> tuple[bool, bool, bool]:
        doubtful = column.role == "dose" and bool(column.rest.left)
        return column.role != "arm", column.role not in first, doubtful

    return sorted(columns, key=order)


def unread_columns(table: SeriesTable, document: str) -> list[Problem]:
    """Name the columns nothing read."""
    from evidence.errors import Place

    heads = [
        column.head or f"column {column.index + 1}"
        for column in table.columns
        if column.role in (None, "landmark")
    ]
    if not heads:
        return []
    page = table.grid.pages[0] if table.grid.pages else None
    return [
        Problem(
            code="column-not-read",
            severity=Severity.NOTE,
            message=f"These columns were kept as text only: {', '.join(heads)}.",
            remedy="add the head's words to [vocabulary.columns] in review.toml",
            source=Place(document=document, page=page, table=table.grid.label),
        )
    ]
