"""Places of values: a cell as ``CellSource``, a value as ``ReadingNote`` with a tight box."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from evidence.documents.base import Cell
from evidence.errors import Place, Problem, Severity
from evidence.extraction.footnotes import AttachedNote
from evidence.extraction.found import Value
from evidence.extraction.printed import CharPlace, char_places, place_of, rounded
from evidence.model.source import CellSource, How, ReadingNote


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell of a series with its key, table, row and column head."""

    key: str
    cell: Cell
    table: str | None
    row: int | None
    column: str | None
    unread: str | None = None
    whole_text: bool = False
    doubt: str | None = None
    """Why nothing the cell says is sure, whatever its own words: its head was not understood."""

    @property
    def text(self) -> str:
        """The text that values of this cell are words of."""
        return self.cell.text if self.whole_text else self.cell.plain

    def to_model(self) -> CellSource:
        """As it is written in a series file."""
        return CellSource(
            page=self.cell.page,
            box=rounded(self.cell.box_pt),
            text=self.text,
            table=self.table,
            row=self.row,
            column=self.column or None,
            unread=self.unread,
        )


def note_cell(attached: AttachedNote, table: str | None) -> SourceCell:
    """A footnote as a cell of its own."""
    note = attached.note
    cell = Cell(text=note.text, page=note.page, box_pt=note.box_pt)
    return SourceCell(key=attached.key, cell=cell, table=table, row=None, column=None)


@dataclass(slots=True, kw_only=True)
class Notes:
    """The cells, readings and problems of one series while it is put together."""

    document: str
    cells: dict[str, SourceCell] = field(default_factory=dict)
    readings: dict[str, ReadingNote] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _printed: dict[str, list[CharPlace | None]] = field(default_factory=dict)
    """For each cell, where the characters of its text stand."""

    def add_cell(self, source: SourceCell) -> str:
        """Keep the cell; the key gets a number where it is taken."""
        key, number = source.key, 2
        while key in self.cells and self.cells[key].cell != source.cell:
            key, number = f"{source.key}_{number}", number + 1
        self.cells[key] = source
        return key

    def mark_unread(self, key: str, unread: str | None) -> None:
        """Name the words of the cell that no grammar read."""
        if not unread:
            return
        self.cells[key] = replace(self.cells[key], unread=unread)
        self.problem("unread-text", f"'{unread}' in the {key} cell was not read.", key)

    def doubt_cell(self, key: str, why: str) -> None:
        """Doubt a cell as it was cut, and every value read from it; an earlier doubt stands."""
        source = self.cells[key]
        if source.cell.doubt is None:
            self.cells[key] = replace(source, cell=replace(source.cell, doubt=why))
        for path, note in self.readings.items():
            if note.cell == key:
                self._doubt(path, why)

    def doubt_edge(self, key: str, why: str, *, at_start: bool) -> None:
        """Doubt the values of a cell whose words are its first (or its last)."""
        text = self.cells[key].text.strip()
        for path, note in self.readings.items():
            words = (note.text or "").strip()
            touches = text.startswith(words) if at_start else text.endswith(words)
            if note.cell == key and touches:
                self._doubt(path, why)

    def doubt_all_of(self, key: str) -> None:
        """Doubt every value where the cell that names the series was cut in doubt: a value of a
        series that may be another is no checked one, whatever its own cell adds up to."""
        why = self.cells[key].cell.doubt
        if why is None:
            return
        for path, note in self.readings.items():
            doubt = f"the name of its row is in doubt: {why}"
            self.readings[path] = note.model_copy(update={"doubt": doubt})

    def _doubt(self, path: str, why: str) -> None:
        note = self.readings[path]
        if note.doubt is None:
            self.readings[path] = note.model_copy(update={"doubt": why})

    def problem(
        self, code: str, message: str, key: str | None, *, severity: Severity = Severity.WARNING,
        remedy: str | None = None,
    ) -> None:  # fmt: skip
        """Name something at the place of a cell."""
        source = self.cells.get(key) if key else None
        place = Place(document=self.document)
        if source is not None:
            place = Place(
                document=self.document, page=source.cell.page, table=source.table, row=source.row,
                column=source.column or None, box_pt=source.cell.box_pt, text=source.text,
            )  # fmt: skip
        self.problems.append(
            Problem(code=code, message=message, severity=severity, remedy=remedy, source=place)
        )

    def note(
        self, path: str, key: str, start: int, end: int, *, derived: bool = False,
        doubt: str | None = None,
    ) -> None:  # fmt: skip
        """Say where the value at ``path`` stands: the words of the cell from start to end."""
        source = self.cells[key]
        words = source.text[start:end]
        if key not in self._printed:
            self._printed[key] = char_places(source.cell, source.text)
        page, box = place_of(source.cell, self._printed[key][start:end])
        self.readings[path] = ReadingNote(
            cell=key, text=words, page=page, box=box,
            how=How.DERIVED if derived else How.STATED,
            doubt=doubt or source.cell.doubt or source.doubt,
        )  # fmt: skip

    def note_value(
        self,
        path: str,
        key: str,
        value: Value[Any],
        *,
        doubt: str | None = None,
    ) -> None:
        """``note`` for a value of a grammar."""
        self.note(
            path,
            value.cell or key,
            value.start,
            value.end,
            derived=value.derived,
            doubt=value.doubt or doubt,
        )
