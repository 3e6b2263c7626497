"""One grid as a table of patients, read row by row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from evidence.documents.base import Grid
from evidence.errors import Place, Problem, Severity
from evidence.extraction.patients.cells import ReadCell, read_cell
from evidence.extraction.patients.columns import Column, type_columns
from evidence.extraction.patients.heads import TIMES
from evidence.extraction.patients.person import with_persons
from evidence.extraction.patients.recognise import id_column, is_patient_level
from evidence.extraction.patients.rows import Row, join_repeated, split_grid
from evidence.extraction.patients.said import fold_problems, not_read, others_patients
from evidence.extraction.patients.summary_row import is_no_patient, summary_kind, which_statistic
from evidence.extraction.patients.terms import Terms, legend_of
from evidence.extraction.printed import rounded
from evidence.extraction.tokens import lex, prints_decimal_commas
from evidence.model.series import Patient
from evidence.model.source import CellSource
from evidence.vocabulary import Vocabulary

_NUMBERS = ("age", "cycles", *TIMES.values())
_SINGLE = {"response", "cycles", *TIMES}
"""Fields of which a patient has one value."""
_Summary = tuple[str | None, dict[str, float], dict[str, CellSource]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTable:
    """A patient-level table: its rows, and the row that sums them up (medians, means)."""

    label: str | None
    page: int | None
    caption: str
    columns: tuple[Column, ...]
    patients: tuple[Patient, ...]
    summary: dict[str, float]
    """Stated summary by field of ``Patient`` (``age``, ``treatment_weeks``)."""
    summary_statistic: str | None = None
    """``median`` ``mean`` ``total``; None where neither table nor arithmetic says which."""
    summary_cells: dict[str, CellSource]


def read_table(
    grid: Grid, vocabulary: Vocabulary, *, document: str
) -> tuple[PatientTable | None, list[Problem]]:
    """Read a grid as patients; (None, []) when it is some other table."""
    heads, rows = split_grid(grid)
    if len(heads) < 3 or len(rows) < 2:
        return None, []
    commas = prints_decimal_commas(cell.plain for row in grid.rows for cell in row)
    own_words = replace(vocabulary.with_legend(legend_of(grid)), decimal_comma=commas)
    bodies = [[t for row in rows if (t := row.text(c))] for c in range(len(heads))]
    terms = Terms(vocabulary=own_words)
    columns = with_persons(type_columns(heads, bodies, own_words), bodies, terms)
    rows = _one_row_each(rows, columns)
    single = [row for row in rows if summary_kind(row, terms) is None]
    if not is_patient_level(columns, single, terms):
        return None, not_read(grid, columns, rows, vocabulary, document)
    if any(vocabulary.column(c.head) == "series" and c.field == "other" for c in columns):
        return None, [others_patients(grid, document)]
    reader = _Reader(grid=grid, columns=columns, terms=terms, document=document)
    return reader.read(rows)


def _one_row_each(rows: list[Row], columns: tuple[Column, ...]) -> list[Row]:
    numbers = next((c.index for c in columns if c.field == "id"), None)
    persons = [c.index for c in columns if c.field in ("sex", "age") or c.parts]
    return rows if numbers is None else join_repeated(rows, numbers, persons)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    grid: Grid
    columns: tuple[Column, ...]
    terms: Terms
    document: str

    def read(self, rows: list[Row]) -> tuple[PatientTable, list[Problem]]:
        patients: list[Patient] = []
        problems: list[Problem] = []
        kinds = [(row, summary_kind(row, self.terms)) for row in rows]
        summaries = [(row, kind) for row, kind in kinds if kind is not None]
        single = [row for row, kind in kinds if kind is None]
        numbers = id_column(self.columns, single)
        for row in single:
            if numbers and is_no_patient(row, self.columns, numbers, self.terms):
                problems.append(self._no_patient(row, numbers))
                continue
            patient, found = self._read_patient(row, number=len(patients) + 1)
            patients.append(patient)
            problems += found
        summary, notes = self._read_summaries(summaries, patients)
        statistic, values, cells = summary
        table = PatientTable(
            label=self.grid.label, page=self.grid.pages[0] if self.grid.pages else None,
            caption=self.grid.caption, columns=self.columns, patients=_with_own_ids(patients),
            summary=values, summary_statistic=statistic, summary_cells=cells,
        )  # fmt: skip
        return table, [*fold_problems(problems), *notes]

    def _read_summaries(
        self, rows: list[tuple[Row, str]], patients: list[Patient]
    ) -> tuple[_Summary, list[Problem]]:
        """The first row that states values of one statistic, and a note for every such row."""
        found: _Summary = (None, {}, {})
        notes: list[Problem] = []
        for row, kind in rows:
            values, cells = self._read_summary(row) if kind != "spread" else ({}, {})
            statistic = kind or which_statistic(values, patients)
            notes.append(self._summary_note(row, statistic, values))
            if not found[1]:
                found = (statistic, values, cells)
        return found, notes

    def _read_patient(self, row: Row, *, number: int) -> tuple[Patient, list[Problem]]:
        numbered = any(c.field == "id" or "id" in c.parts for c in self.columns)
        values: dict[str, Any] = {"id": f"row {row.number}" if numbered else str(number)}
        cells: dict[str, CellSource] = {}
        if not any(c.field == "disease" or "disease" in c.parts for c in self.columns):
            self._add_caption_disease(values, cells)
        problems: list[Problem] = []
        if row.section:
            values["characteristics"] = {"section": row.section}
        for column in self.columns:
            text = row.text(column.index)
            if not text:
                continue
            read = self._read_cell(row, column)
            cells[column.key] = self._source(row, column, read)
            also = [column.response_key] if column.with_response else list(column.parts)
            also += [f"response.{name}" for name in column.compartments]
            cells |= dict.fromkeys(also, cells[column.key])
            problems += self._problems(row, column, read)
            _merge(values, read.values)
        marks = tuple(dict.fromkeys(m.text for cs in row.cells for cell in cs for m in cell.marks))
        return Patient(**values, cells=cells, marks=marks), problems

    def _read_cell(self, row: Row, column: Column) -> ReadCell:
        """The cell as one; where its lines hold a value each, none of them is the patient's."""
        pieces = row.pieces(column.index)
        whole = read_cell(row.text(column.index), column, self.terms)
        if len(pieces) < 2 or column.field not in _SINGLE or not (whole.unread or whole.doubts):
            return whole
        each = [read for piece in pieces if (read := read_cell(piece, column, self.terms)).values]
        if len(each) < 2:
            return whole
        message = f"{len(each)} values stand in the patient's lines: '{' | '.join(pieces)}'"
        return ReadCell(doubts=(("several-values", message),))

    def _add_caption_disease(self, values: dict[str, Any], cells: dict[str, CellSource]) -> None:
        """The disease of every row where the caption names exactly one."""
        tokens = lex(self.grid.caption, self.terms.vocabulary, ("diseases",))
        named = {token.name for token in tokens if token.kind == "diseases"}
        if len(named) == 1:
            values["disease"] = named.pop()
            page = self.grid.pages[0] if self.grid.pages else None
            cells["disease"] = CellSource(page=page, text=self.grid.caption, table=self.grid.label)

    def _read_summary(self, row: Row) -> tuple[dict[str, float], dict[str, CellSource]]:
        values: dict[str, float] = {}
        cells: dict[str, CellSource] = {}
        for column in self.columns:
            text = row.text(column.index)
            if not text or column.field in ("id", "sex", "other"):
                continue
            read = read_cell(re.sub(r"\s*[(\[±].*", "", text), column, self.terms)
            for name in _NUMBERS:
                if isinstance(read.values.get(name), float):
                    values[name] = read.values[name]
                    cells[name] = self._source(row, column, read)
        return values, cells

    def _source(self, row: Row, column: Column, read: ReadCell) -> CellSource:
        cells = row.cells[column.index]
        page, box = join_boxes(cells)
        return CellSource(
            page=page, box=rounded(box), text=row.text(column.index), table=self.grid.label,
            row=row.number, column=column.head or None, unread=read.unread,
        )  # fmt: skip

    def _place(self, row: Row, column: Column | None) -> Place:
        cells = row.cells[column.index] if column else ()
        page, box = join_boxes(cells)
        return Place(
            document=self.document, page=page or (self.grid.pages[0] if self.grid.pages else None),
            table=self.grid.label, row=row.number, column=column.head if column else None,
            box_pt=box, text=row.text(column.index) if column else None,
        )  # fmt: skip

    def _problems(self, row: Row, column: Column, read: ReadCell) -> list[Problem]:
        place = self._place(row, column)
        found = [
            Problem(code=code, message=message, severity=Severity.WARNING, source=place)
            for code, message in read.doubts
        ]
        for cell in row.cells[column.index]:
            if cell.doubt:
                message = f"'{cell.plain}' is in doubt: {cell.doubt}"
                found.append(Problem(code="cell-in-doubt", message=message, source=place,
                                     severity=Severity.NOTE))  # fmt: skip
        if read.unread and not read.doubts:
            message = f"'{read.unread}' was not read in '{row.text(column.index)}'"
            found.append(Problem(code="unread-text", message=message, source=place))
        return found

    def _no_patient(self, row: Row, numbers: Column) -> Problem:
        return Problem(
            code="row-of-no-patient", source=self._place(row, numbers),
            message=f"'{row.text(numbers.index)}' stands where the other rows have a patient's "
                    "number; the row was not read",
        )  # fmt: skip

    def _summary_note(self, row: Row, statistic: str | None, values: dict[str, float]) -> Problem:
        stated = ", ".join(f"{name} {value:g}" for name, value in values.items())
        return Problem(
            code="summary-row", severity=Severity.NOTE, source=self._place(row, None),
            message=f"read as {statistic or 'summary of unstated kind'}, no patient: {stated}",
        )  # fmt: skip


def _with_own_ids(patients: list[Patient]) -> tuple[Patient, ...]:
    """Patients whose numbers begin anew in each section, told apart by its name."""
    counts = Counter(patient.id for patient in patients)
    return tuple(
        p.model_copy(update={"id": f"{p.id} ({p.characteristics.get('section', at)})"})
        if counts[p.id] > 1 else p
        for at, p in enumerate(patients, start=1)
    )  # fmt: skip


def _merge(values: dict[str, Any], read: dict[str, Any]) -> None:
    """Add a cell's values: mappings and tuples grow, a follow-up never hides an earlier one."""
    for name, value in read.items():
        if isinstance(value, dict):
            values[name] = {**values.get(name, {}), **value}
        elif name == "measurements":
            values[name] = (*values.get(name, ()), *value)
        elif name == "died" and values.get("died"):
            continue
        elif value is not None or name not in values:
            values[name] = value


def join_boxes(
    cells: tuple[Any, ...],
) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """Page of the first cell, and the box around the cells on that page."""
    placed = [c for c in cells if c.box_pt is not None]
    page = cells[0].page if cells else None
    placed = [c for c in placed if c.page == page]
    if not placed:
        return page, None
    boxes = [c.box_pt for c in placed]
    return page, (min(b[0] for b in boxes), min(b[1] for b in boxes),
                  max(b[2] for b in boxes), max(b[3] for b in boxes))  # fmt: skip
