"""One grid as a table of patients, read row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from evidence.documents.base import Grid
from evidence.errors import Place, Problem, Severity
from evidence.extraction.patients.cells import ReadCell, read_cell
from evidence.extraction.patients.heads import TIMES, Column, type_columns
from evidence.extraction.patients.recognise import is_patient_level
from evidence.extraction.patients.rows import Row, split_grid
from evidence.extraction.patients.summary_row import summary_kind, which_statistic
from evidence.extraction.patients.terms import Terms, legend_of
from evidence.extraction.printed import rounded
from evidence.extraction.tokens import lex
from evidence.model.series import Patient
from evidence.model.source import CellSource
from evidence.vocabulary import Vocabulary

_NUMBERS = ("age", "cycles", *TIMES.values())


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
    bodies = [[t for row in rows if (t := row.text(c))] for c in range(len(heads))]
    columns = type_columns(heads, bodies, vocabulary)
    if not is_patient_level(columns, bodies):
        return None, []
    if any(vocabulary.column(c.head) == "series" and c.field == "other" for c in columns):
        return None, [_others_patients(grid, document)]
    terms = Terms(vocabulary=vocabulary.with_legend(legend_of(grid)))
    reader = _Reader(grid=grid, columns=columns, terms=terms, document=document)
    return reader.read(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    grid: Grid
    columns: tuple[Column, ...]
    terms: Terms
    document: str

    def read(self, rows: list[Row]) -> tuple[PatientTable, list[Problem]]:
        patients: list[Patient] = []
        problems: list[Problem] = []
        summary: tuple[Row, str | None] | None = None
        for row in rows:
            kind = summary_kind(row, self.terms)
            if kind is not None:
                summary = (row, kind or None)
                continue
            patient, found = self._read_patient(row, number=len(patients) + 1)
            patients.append(patient)
            problems += found
        values, cells = self._read_summary(summary[0]) if summary else ({}, {})
        statistic = summary[1] if summary else None
        if summary and statistic is None:
            statistic = which_statistic(values, patients)
        if summary:
            problems.append(self._summary_note(summary[0], statistic, values))
        table = PatientTable(
            label=self.grid.label, page=self.grid.pages[0] if self.grid.pages else None,
            caption=self.grid.caption, columns=self.columns, patients=tuple(patients),
            summary=values, summary_statistic=statistic, summary_cells=cells,
        )  # fmt: skip
        return table, fold_problems(problems)

    def _read_patient(self, row: Row, *, number: int) -> tuple[Patient, list[Problem]]:
        values: dict[str, Any] = {"id": str(number)}
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
            read = read_cell(text, column, self.terms)
            cells[column.key] = self._source(row, column, read)
            also = [column.response_key] if column.with_response else list(column.parts)
            also += [f"response.{name}" for name in column.compartments]
            cells |= dict.fromkeys(also, cells[column.key])
            problems += self._problems(row, column, read)
            _merge(values, read.values)
        marks = tuple(dict.fromkeys(m.text for cs in row.cells for cell in cs for m in cell.marks))
        return Patient(**values, cells=cells, marks=marks), problems

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
            read = read_cell(re.sub(r"\s*[(\[].*", "", text), column, self.terms)
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
        if read.unread and not read.doubts:
            message = f"'{read.unread}' was not read in '{row.text(column.index)}'"
            found.append(Problem(code="unread-text", message=message, source=place))
        return found

    def _summary_note(self, row: Row, statistic: str | None, values: dict[str, float]) -> Problem:
        stated = ", ".join(f"{name} {value:g}" for name, value in values.items())
        return Problem(
            code="summary-row", severity=Severity.NOTE, source=self._place(row, None),
            message=f"read as {statistic or 'summary of unstated kind'}, no patient: {stated}",
        )  # fmt: skip


def fold_problems(problems: list[Problem]) -> list[Problem]:
    """Four or more problems of one kind in one column as one, with the rows it stands for."""
    groups: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in problems:
        column = problem.source.column if problem.source else None
        groups.setdefault((problem.code, column), []).append(problem)
    folded: list[Problem] = []
    for group in groups.values():
        if len(group) < 4:
            folded += group
            continue
        rows = ", ".join(str(p.source.row) for p in group if p.source)
        folded.append(replace(group[0], message=f"{group[0].message} (alike in rows {rows})"))
    return folded


def _others_patients(grid: Grid, document: str) -> Problem:
    return Problem(
        code="patients-of-other-studies", severity=Severity.NOTE,
        message="each row is a patient of another publication; the rows were not read as own",
        source=Place(document=document, page=grid.pages[0] if grid.pages else None,
                     table=grid.label),
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
