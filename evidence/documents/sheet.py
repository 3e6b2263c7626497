"""Tables as CSV, TSV or an Excel workbook → Document."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence.documents.base import Cell, Document, Grid
from evidence.documents.captions import parse_title
from evidence.documents.decode import decode
from evidence.documents.footnotes import split_notes
from evidence.documents.refuse import missing_extra, read_bytes, unreadable
from evidence.documents.runs import Run
from evidence.errors import Place, Problem, Severity

_DELIMITERS = ",;\t|"
_NOTE = re.compile(r"^\s*(?:abbreviations?\b|notes?\b|source\b|[a-z]\s[A-Z]|[*†‡§¶‖#∗])", re.I)
_MAX_CELLS = 5_000_000
_MAX_UNPACKED = 512 * 1024 * 1024


def read_csv(path: Path) -> Document:
    """One grid; delimiter and encoding are told from the content, and ragged rows are named.

    Raises UnreadableDocument for a file that is empty or no text.
    """
    content = read_bytes(path)
    text, problems = decode(content, path, expected="a table as CSV or TSV")
    delimiter = sniff_delimiter(text, path.suffix.lower())
    rows, lines, broken = _parse(text, delimiter, path)
    grid, ragged = _grid(rows, lines, path)
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="csv",
        grids=(grid,) if grid.rows else (),
        problems=(*problems, *broken, *ragged),
    )


def sniff_delimiter(text: str, suffix: str = "") -> str:
    """The delimiter that cuts most of the first lines into the same number of fields."""
    sample = "\n".join(text.splitlines()[:50])

    def agreement(delimiter: str) -> tuple[float, int]:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row
            ]
        except csv.Error:
            return 0.0, 0
        most = max(set(widths), key=widths.count) if widths else 1
        share = widths.count(most) / len(widths) if widths else 0.0
        return (share if most > 1 else 0.0), most

    preferred = "\t" if suffix in {".tsv", ".tab"} else ","
    best = max(_DELIMITERS, key=lambda d: (*agreement(d), d == preferred))
    return best if agreement(best)[0] else preferred


def _parse(
    text: str, delimiter: str, path: Path
) -> tuple[list[list[str]], list[int], list[Problem]]:
    """(rows, the line each ends on, problems)."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    lines: list[int] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if cells > _MAX_CELLS:
                raise _too_large(path)
            if any(field.strip() for field in row):
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        return rows, lines, [_broken(path, reader.line_num, str(error))]
    return rows, lines, []


def _too_large(path: Path) -> Exception:
    return unreadable(
        path,
        found=f"more than {_MAX_CELLS} cells",
        expected="a table of a paper",
        mend="cut out the table that the paper reports",
    )


def _broken(path: Path, line: int, reason: str) -> Problem:
    return Problem(
        code="csv-broken",
        severity=Severity.ERROR,
        message=f"the rows from here on could not be read ({reason}).",
        remedy="mend the quotes on this line",
        source=Place(document=path.name, line=line),
    )


def _grid(
    rows: Sequence[Sequence[str]], lines: Sequence[int], path: Path
) -> tuple[Grid, list[Problem]]:
    label, caption, first = _title(rows)
    notes = _note_rows(rows[first + 1 :])
    end = len(rows) - len(notes)
    body, numbers = rows[first:end], lines[first:end]
    width = max((_filled_width(row) for row in body), default=0)
    problems = [
        _ragged(path, number, len(row), len(body[0]))
        for row, number in zip(body, numbers, strict=True)
        if len(row) != len(body[0])
    ]
    grid = Grid(
        label=label,
        caption=caption,
        rows=tuple(
            tuple(_cell(row[c] if c < len(row) else "", head=index == 0) for c in range(width))
            for index, row in enumerate(body)
        ),
        header_rows=1 if len(body) > 1 else 0,
        footnotes=tuple(note for text in notes for note in split_notes([Run(text=text)])),
    )
    return grid, problems


def _title(rows: Sequence[Sequence[str]]) -> tuple[str | None, str, int]:
    """(number, caption, rows it takes): a first row with one filled cell is a title."""
    if not rows:
        return None, "", 0
    filled = [field.strip() for field in rows[0] if field.strip()]
    if len(filled) != 1 or len(rows) < 2 or _filled_width(rows[1]) < 2:
        return None, "", 0
    parsed = parse_title(filled[0])
    return (parsed[0], parsed[1], 1) if parsed else (None, filled[0], 1)


def _note_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """The last rows that hold one text that reads like a note, in order."""
    notes: list[str] = []
    for row in reversed(rows):
        filled = [field.strip() for field in row if field.strip()]
        if len(filled) != 1 or not _NOTE.match(filled[0]) or not row[0].strip():
            break
        notes.append(filled[0])
    return notes[::-1]


def _filled_width(row: Sequence[str]) -> int:
    return max((i + 1 for i, field in enumerate(row) if field.strip()), default=0)


def _cell(text: str, *, head: bool) -> Cell:
    return Cell(text=" ".join(text.split()), header=head)


def _ragged(path: Path, line: int, found: int, expected: int) -> Problem:
    return Problem(
        code="row-length",
        message=f"the row has {found} fields; the head has {expected}.",
        remedy="quote fields that hold the delimiter, or fill in the missing ones",
        source=Place(document=path.name, line=line),
    )


def read_xlsx(path: Path) -> Document:
    """One grid per sheet that holds anything, titled by the sheet's name where it has no title.

    Formulas are read as the values last saved. Raises UnreadableDocument for a damaged file, and
    where the ``office`` extra is not installed.
    """
    content = read_bytes(path)
    book = _open(content, path)
    grids: list[Grid] = []
    for sheet in book.worksheets:
        rows = _sheet_rows(sheet, path)
        lines = list(range(1, len(rows) + 1))
        kept = [(row, line) for row, line in zip(rows, lines, strict=True) if _filled_width(row)]
        if not kept:
            continue
        square = max(len(row) for row, _ in kept)
        grid, _ = _grid(
            [[*r, *[""] * (square - len(r))] for r, _ in kept], [n for _, n in kept], path
        )
        grids.append(replace(grid, caption=grid.caption or str(sheet.title)))
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="xlsx",
        grids=tuple(grids),
        problems=tuple(_uncalculated(content, book, path)),
    )


def _uncalculated(content: bytes, book: Any, path: Path) -> Iterator[Problem]:
    """Formulas whose values were never saved would be read as empty cells."""
    import openpyxl

    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for name in book.sheetnames:
        pairs = zip(formulas[name].iter_rows(), book[name].iter_rows(), strict=False)
        lost = sum(
            isinstance(cell.value, str) and cell.value.startswith("=") and shown.value is None
            for row, values in pairs
            for cell, shown in zip(row, values, strict=False)
        )
        if lost:
            yield Problem(
                code="formula-without-value",
                severity=Severity.ERROR,
                message=f"{lost} formulas of sheet '{name}' have no saved value and read as empty.",
                remedy="open the workbook in a spreadsheet program and save it again",
                source=Place(document=path.name, table=name),
            )


def _open(content: bytes, path: Path) -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise missing_extra(path, package="openpyxl", extra="office") from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise ValueError("it unpacks to more than 512 MB")
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise unreadable(
            path,
            found=f"a damaged workbook ({type(error).__name__}: {str(error)[:120]})",
            expected="a whole .xlsx file",
            mend="open it in a spreadsheet program and save it again",
        ) from error


def _sheet_rows(sheet: Any, path: Path) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    for row in sheet.iter_rows():
        cells += len(row)
        if cells > _MAX_CELLS:
            raise _too_large(path)
        rows.append([_value(cell) for cell in row])
    return rows


def _value(cell: Any) -> str:
    """The value as the sheet shows it: percent as percent, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    shown = getattr(cell, "number_format", "") or ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)) and shown.rstrip("_)").endswith("%"):
        digits = len(shown.split("%")[0].partition(".")[2])
        return f"{value * 100:.{digits}f}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
