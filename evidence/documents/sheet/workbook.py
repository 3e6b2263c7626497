"""An Excel workbook → Document: what its sheets show, with merged cells and what they hide."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence.documents.archive import check_archive
from evidence.documents.base import Cell, Document, Grid
from evidence.documents.refuse import missing_extra, read_bytes, unreadable
from evidence.documents.runs import Run, print_runs
from evidence.documents.sheet.numbers import shown
from evidence.documents.sheet.parts import Shape, has_comments, read_shapes
from evidence.documents.sheet.tables import Row, read_tables
from evidence.errors import Place, Problem, Severity

MAX_CELLS = 200_000
"""A sheet with more cells than this is a data set, no table of a paper."""
MAX_PLACES = 4_000_000
"""Rows times columns of a sheet."""
_LEVELS = {"superscript": "sup", "subscript": "sub"}


def read_xlsx(path: Path) -> Document:
    """The tables of every sheet, titled by the sheet's name where they have no title.

    Formulas are read as the values last saved, numbers as the sheet shows them. Raises
    UnreadableDocument for a damaged file, and where the ``office`` extra is not installed.
    """
    content = read_bytes(path)
    book, shapes = _open(content, path)
    grids: list[Grid] = []
    problems: list[Problem] = []
    read: list[str] = []
    for sheet in book.worksheets:
        place = Place(document=path.name, table=str(sheet.title))
        shape = shapes.get(str(sheet.title), Shape())
        try:
            rows = _rows(sheet, shape)
        except Exception as error:
            raise _damaged(path, error) from error
        if rows is None:
            problems.append(_too_large(place))
            continue
        read.append(str(sheet.title))
        found = read_tables(rows, name=str(sheet.title))
        grids += found
        if found:
            problems += [*_hidden(shape, rows, place), *_errors(rows, place)]
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="xlsx",
        grids=tuple(grids),
        problems=(*problems, *_uncalculated(content, book, read, path), *_commented(content, path)),
    )


def _open(content: bytes, path: Path) -> tuple[Any, dict[str, Shape]]:
    try:
        import openpyxl
    except ImportError as error:
        raise missing_extra(path, package="openpyxl", extra="office") from error
    try:
        check_archive(content)
        shapes = read_shapes(content)
        return _load(openpyxl, content, data_only=True), shapes
    except Exception as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> Exception:
    return unreadable(
        path,
        found=f"a damaged workbook ({type(error).__name__}: {str(error)[:120]})",
        expected="a whole .xlsx file",
        mend="open it in a spreadsheet program and save it again",
    )


def _load(openpyxl: Any, content: bytes, *, data_only: bool) -> Any:
    """The workbook, whose sheets end where their cells end, whatever size they declare."""
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only, rich_text=data_only
    )
    for sheet in book.worksheets:
        sheet.reset_dimensions()
    return book


def _rows(sheet: Any, shape: Shape) -> list[Row] | None:
    """The rows from the first; None for a sheet that is too large."""
    covered = shape.covered()
    reach = {at: 0 for at, _ in covered}
    for at, column in covered:
        reach[at] = max(reach[at], column)
    rows: list[Row] = []
    cells = width = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        filled = max((at for at, cell in enumerate(row, 1) if cell.value is not None), default=0)
        cells += max(filled, 1)
        width = max(width, filled)
        if cells > MAX_CELLS or width * number > MAX_PLACES:
            return None
        rows.append(
            [
                None
                if (number, column) in covered
                else _cell(row[column - 1] if column <= len(row) else None, shape, number, column)
                for column in range(1, max(filled, reach.get(number, 0)) + 1)
            ]
        )
    return rows


def _cell(cell: Any, shape: Shape, row: int, column: int) -> Cell:
    down, right = shape.spans.get((row, column), (1, 1))
    value = None if cell is None else cell.value
    runs = list(_runs(value))
    if runs:
        printed = print_runs(runs)
        return Cell(
            text=printed.text,
            clean=None if printed.clean == printed.text else printed.clean,
            marks=tuple(printed.marks),
            rowspan=down,
            colspan=right,
        )
    text, doubt = shown(value, getattr(cell, "number_format", None))
    if getattr(cell, "data_type", None) == "e":
        doubt = f"the sheet shows the error {text}"
    return Cell(text=" ".join(text.split()), rowspan=down, colspan=right, doubt=doubt)


def _runs(value: Any) -> Iterator[Run]:
    """The parts of a cell whose characters are set in several ways; none for plain values."""
    if not isinstance(value, list):
        return
    for part in value:
        level = getattr(getattr(part, "font", None), "vertAlign", None)
        yield Run(text=str(part), kind=_LEVELS.get(level or "", "plain"))  # type: ignore[arg-type]


def _too_large(place: Place) -> Problem:
    return Problem(
        code="sheet-too-large",
        severity=Severity.ERROR,
        message=f"the sheet has more than {MAX_CELLS} cells and was not read.",
        remedy="cut out the table that the paper reports",
        source=place,
    )


def _hidden(shape: Shape, rows: Sequence[Row], place: Place) -> Iterator[Problem]:
    """What the workbook holds but does not show is read, and said."""
    filled = [
        n for n in shape.hidden_rows if n <= len(rows) and any(c and c.text for c in rows[n - 1])
    ]
    columns = [
        n
        for n in shape.hidden_columns
        if any(len(r) >= n and (c := r[n - 1]) and c.text for r in rows)
    ]
    parts = [
        "the sheet" if shape.hidden else "",
        f"row {_ranges(filled)}" if filled else "",
        f"column {_ranges(columns)}" if columns else "",
    ]
    if any(parts):
        yield Problem(
            code="hidden-cells",
            message=f"hidden in the workbook, read all the same: {', '.join(filter(None, parts))}.",
            remedy="check against the paper whether it counts",
            source=place,
        )


def _ranges(numbers: Sequence[int]) -> str:
    """``2, 5–7`` of 2, 5, 6, 7."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def _errors(rows: Iterable[Row], place: Place) -> Iterator[Problem]:
    cells = [
        c for row in rows for c in row if c and c.doubt and c.doubt.startswith("the sheet shows")
    ]
    if cells:
        yield Problem(
            code="cell-is-error",
            severity=Severity.ERROR,
            message=f"{len(cells)} cells show an error instead of a value ({cells[0].text}).",
            remedy="mend the formula in the workbook, or take the value from the paper",
            source=place,
        )


def _uncalculated(content: bytes, book: Any, names: Sequence[str], path: Path) -> Iterator[Problem]:
    """Formulas whose values were never saved would be read as empty cells."""
    import openpyxl

    formulas = _load(openpyxl, content, data_only=False)
    for name in names:
        pairs = zip(formulas[name].iter_rows(), book[name].iter_rows(), strict=False)
        lost = sum(
            cell.data_type == "f" and shown_cell.value is None
            for row, values in pairs
            for cell, shown_cell in zip(row, values, strict=False)
        )
        if lost:
            yield Problem(
                code="formula-without-value",
                severity=Severity.ERROR,
                message=f"{lost} formulas of sheet '{name}' have no saved value and read as empty.",
                remedy="open the workbook in a spreadsheet program and save it again",
                source=Place(document=path.name, table=name),
            )


def _commented(content: bytes, path: Path) -> Iterator[Problem]:
    """Comments are no part of a table, but may correct it."""
    if has_comments(content):
        yield Problem(
            code="cell-comments",
            severity=Severity.NOTE,
            message="the workbook has comments on its cells; they were not read.",
            remedy="look whether they change a value",
            source=Place(document=path.name),
        )
