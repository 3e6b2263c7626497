"""Which tables of a document list series, and how their rows and columns are laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import Label, looks_like_label, slug
from evidence.extraction.column import Column
from evidence.extraction.columns import type_columns
from evidence.extraction.found import Value
from evidence.extraction.labels import name_rows, names_known
from evidence.extraction.rows import Row, Skipped, header_count, read_rows
from evidence.extraction.tokens import prints_decimal_commas
from evidence.vocabulary import Vocabulary, parse_legend

EFFICACY = {"response", "outcome", "outcomes", "response_duration", "endpoint", "landmark"}
TREATMENT = {"regimen", "dose", "route", "schedule", "drug", "treatment_duration"}
HARM = {"complications", "complication_count"}
SIZE = {"patients", "total", "disease", "disease_count"}


@dataclass(slots=True, kw_only=True)
class SeriesTable:
    """A table whose rows are series."""

    grid: Grid
    """As it was read: one row per series."""
    source: Grid
    """As it stands in the document."""
    columns: list[Column]
    rows: list[Row]
    skipped: list[Skipped]
    vocabulary: Vocabulary
    drug_by_row: bool = False
    """Most rows name the drug they gave; the head or the caption does not speak for the others."""

    @property
    def roles(self) -> set[str]:
        """The roles of its columns."""
        return {column.role for column in self.columns if column.role}

    @property
    def outcomes(self) -> set[tuple[str, str]]:
        """What its columns report: (role, name)."""
        return {(c.role, c.name) for c in self.columns if c.role in EFFICACY | HARM}


def find_tables(grids: tuple[Grid, ...], vocabulary: Vocabulary) -> list[SeriesTable]:
    """The tables that list series, in the order of the document."""
    found: list[SeriesTable] = []
    for grid in grids:
        own = _words_of(grid, vocabulary)
        table = read_table(grid, own)
        if table is not None:
            _number_on(table, found)
            found.append(table)
    read = {id(table.source) for table in found}
    known = {slug(row.label.surname) for table in found for row in table.rows if row.label}
    for grid in grids:
        if id(grid) not in read and names_known(grid, known, vocabulary):
            table = _read_upright(grid, grid, _words_of(grid, vocabulary), forced=True)
            found += [table] if table is not None else []
    return found


def _words_of(grid: Grid, vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with what the table itself says: its legend and its decimal sign."""
    return replace(
        vocabulary.with_legend(grid_legend(grid)),
        decimal_comma=prints_decimal_commas(c.plain for row in grid.rows for c in row),
    )


def _number_on(table: SeriesTable, before: list[SeriesTable]) -> None:
    """Rows of a continued table are numbered on from its first part."""
    label = table.grid.label
    last = [part.rows[-1].number for part in before if part.grid.label == label and part.rows]
    if label is not None and last:
        table.rows = [replace(row, number=row.number + last[-1]) for row in table.rows]


def grid_legend(grid: Grid) -> dict[str, str]:
    """Abbreviations explained in the footnotes and the caption."""
    legend: dict[str, str] = {}
    for text in [grid.caption, *(note.text for note in grid.footnotes)]:
        legend |= parse_legend(text)
    return legend


def read_table(grid: Grid, vocabulary: Vocabulary) -> SeriesTable | None:
    """The grid as a series table, also with the series as columns; None when it is neither."""
    upright = _read_upright(grid, grid, vocabulary)
    if upright is not None:
        return upright
    turned = turn(grid)
    if turned is not None:
        return _read_upright(turned, grid, vocabulary)
    named = name_rows(grid, vocabulary)
    return None if named is None else _read_upright(named, grid, vocabulary, forced=True)


def turn(grid: Grid) -> Grid | None:
    """The grid with rows and columns exchanged, when its heads name series; else None."""
    matrix = grid.matrix()
    if len(matrix) < 3 or len(matrix[0]) < 3:
        return None
    head_at = max(grid.header_rows, 1) - 1
    heads = [cell.plain for cell in matrix[head_at][1:] if cell is not None]
    if sum(looks_like_label(text) for text in heads) < max(2, 0.6 * (len(matrix[0]) - 1)):
        return None
    rows = []
    for column in range(len(matrix[0])):
        cells = [row[column] or Cell(text="") for row in matrix[head_at:]]
        rows.append(tuple(replace(cell, rowspan=1, colspan=1) for cell in cells))
    return replace(grid, rows=tuple(rows), header_rows=1)


def _read_upright(
    grid: Grid, source: Grid, vocabulary: Vocabulary, *, forced: bool = False
) -> SeriesTable | None:
    """``forced`` says that the first column holds the names, whatever they look like."""
    header_rows = header_count(grid, vocabulary)
    columns = type_columns(grid, header_rows, vocabulary)
    if forced:
        others = [replace(c, role=None) if c.role == "series" else c for c in columns[1:]]
        columns = [Column(index=0, head=columns[0].head, role="series"), *others]
    roles = {"regimen" if column.doses else column.role for column in columns}
    if "series" not in roles or not _says_enough(roles):
        return None
    rows, skipped = read_rows(grid, header_rows, columns, vocabulary)
    rows = [_with_columns(row, columns) for row in rows]
    labels = [row for row in rows if row.label is not None]
    cited = sum(forced or (row.label is not None and _is_cited(row.label)) for row in labels)
    named = _named_by_head(columns, vocabulary) and bool(roles & EFFICACY and roles & SIZE)
    fewest = max(2, 0.5 * len(labels)) if not named else 1 if len(labels) == 1 else 0
    if not labels or cited < fewest:
        return None
    return SeriesTable(
        grid=grid, source=source, columns=columns, rows=rows, skipped=skipped,
        vocabulary=vocabulary, drug_by_row=_name_drugs(rows, columns, vocabulary),
    )  # fmt: skip


def _name_drugs(rows: list[Row], columns: list[Column], vocabulary: Vocabulary) -> bool:
    """Whether most rows name a drug in a column of treatment."""
    places = [
        column.index for column in columns if column.role in ("regimen", "dose", "drug", "arm")
    ]
    cells = [[row.cells[at] for at in places if at in row.cells] for row in rows]
    naming = [
        any(any(vocabulary.drug(word) for word in re.findall(r"[\w-]+", c.plain)) for c in row)
        for row in cells
    ]
    return sum(naming) * 2 > len(rows)


def _named_by_head(columns: list[Column], vocabulary: Vocabulary) -> bool:
    """Whether the head of the first column says *study*, *trial* or the like."""
    return columns[0].role == "series" and vocabulary.column(columns[0].head) == "series"


def _with_columns(row: Row, columns: list[Column]) -> Row:
    """Year, reference and arm from columns of their own."""
    label, arm_label = row.label, row.arm_label
    for column in columns:
        cell = row.cells.get(column.index)
        text = " ".join(cell.plain.split()).strip("[]()") if cell else ""
        if not text:
            continue
        if column.role == "arm":
            arm_label = " ".join(cell.plain.split()) if cell else text
        elif label is not None and column.role == "year" and label.year is None:
            found = re.match(r"((?:18|19|20)\d\d)([a-z]?)(?!\s*[-–/]|\w)", text)
            if found and cell:
                start = cell.plain.index(found[1])
                year = Value(value=int(found[1]), start=start, end=start + 4, cell="year")
                label = replace(label, year=year, year_letter=found[2])
        elif label is not None and column.role == "reference" and label.reference is None:
            label = replace(label, reference=int(text) if text.isdigit() else text)
    return replace(row, label=label, arm_label=arm_label)


def _is_cited(label: Label) -> bool:
    return (
        label.year is not None
        or label.reference is not None
        or label.own
        or looks_like_label(label.authors)
    )


def _says_enough(roles: set[str | None]) -> bool:
    named = {role for role in roles if role}
    kinds = (EFFICACY, TREATMENT, HARM, SIZE)
    return sum(1 for kind in kinds if named & kind) >= 2 or bool(named & (EFFICACY | HARM))
