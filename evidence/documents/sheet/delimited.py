"""A table as CSV or TSV → Document."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evidence.documents.base import Cell, Document
from evidence.documents.decode import decode
from evidence.documents.refuse import read_bytes, unreadable
from evidence.documents.sheet.tables import read_tables
from evidence.errors import Place, Problem, Severity

MAX_CELLS = 1_000_000
"""A file with more cells than this is a data set, no table of a paper."""
_DELIMITERS = ",;\t|"
MAX_PLACES = 4_000_000
"""Rows times columns of a file."""
_END = "\x1fend"
"""A line set after the last, which is read apart from it unless a quote stays open."""
_DECLARED = re.compile(r"^\ufeff?sep=(.)\r?\n", re.I)
"""The first line by which spreadsheet programs name the delimiter."""
_BARE = re.compile(r"(?:(?<!\d),|,(?!\d)|[;\t|])(?! )")


def read_csv(path: Path) -> Document:
    """Its tables; delimiter and encoding are told from the content, and ragged rows are named.

    Raises UnreadableDocument for a file that is empty, no text, or larger than a paper's table.
    """
    content = read_bytes(path)
    text, problems = decode(content, path, expected="a table as CSV or TSV")
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    delimiter = declared.group(1) if declared else sniff_delimiter(body, path.suffix.lower())
    rows, broken = _parse(body, delimiter, path, before=1 if declared else 0)
    grids = read_tables([[_cell(field) for field in row] for _, row in rows])
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="csv",
        grids=tuple(grids),
        problems=(*problems, *broken, *_ragged(rows, path)),
    )


def sniff_delimiter(text: str, suffix: str = "") -> str:
    """The delimiter that cuts most of the first lines into the same number of fields.

    Where two do equally well it is the one that stands bare more often: not before a space, as in
    prose, and no comma between digits.
    """
    sample = "\n".join(text[:200_000].splitlines()[:50])
    bare = Counter(_BARE.findall(sample))
    preferred = "\t" if suffix in {".tsv", ".tab"} else max(_DELIMITERS, key=lambda d: bare[d])

    def agreement(delimiter: str) -> tuple[float, bool, int]:
        try:
            reader = csv.reader(io.StringIO(sample), delimiter=delimiter, skipinitialspace=True)
            widths = [len(row) for row in reader if row]
        except csv.Error:
            return 0.0, False, 0
        most = max(set(widths), key=widths.count) if widths else 1
        share = widths.count(most) / len(widths) if widths and most > 1 else 0.0
        return share, delimiter == preferred, most

    best = max(_DELIMITERS, key=agreement)
    return best if agreement(best)[0] else "\t" if preferred == "\t" else ","


def _parse(
    text: str, delimiter: str, path: Path, *, before: int
) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """(line each row ends on, its fields) and problems; ``before`` counts lines cut off above."""
    csv.field_size_limit(10_000_000)
    stream = io.StringIO(f"{text}\n{_END}", newline="")
    reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True)
    rows: list[tuple[int, list[str]]] = []
    begins, cells = before + 1, 0
    width = 0
    try:
        for row in reader:
            cells += max(1, len(row))
            width = max(width, len(row))
            if cells > MAX_CELLS or width * len(rows) > MAX_PLACES:
                raise _too_large(path)
            if row == [_END]:
                break
            if row and row[-1].endswith(_END):
                row[-1] = row[-1].removesuffix(_END)
                rows.append((reader.line_num + before - 1, row))
                return rows, [_broken(path, begins, "a quote that is opened is never closed")]
            rows.append((reader.line_num + before, row))
            begins = reader.line_num + before + 1
    except csv.Error as error:
        return rows, [_broken(path, reader.line_num + before, str(error))]
    return rows, []


def _cell(text: str) -> Cell:
    return Cell(text=" ".join(text.split()))


def _too_large(path: Path) -> Exception:
    return unreadable(
        path,
        found=f"more than {MAX_CELLS} cells, or {MAX_PLACES} places for them",
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


def _ragged(rows: Sequence[tuple[int, list[str]]], path: Path) -> list[Problem]:
    """Rows that are longer or shorter than most; lone titles, notes and blank lines aside."""
    full = [(line, row) for line, row in rows if sum(bool(field.strip()) for field in row) > 1]
    widths = [len(row) for _, row in full]
    usual = max(sorted(set(widths)), key=widths.count, default=0)
    return [
        Problem(
            code="row-length",
            message=f"the row has {len(row)} fields; most have {usual}.",
            remedy="quote fields that hold the delimiter, or fill in the missing ones",
            source=Place(document=path.name, line=line),
        )
        for line, row in full
        if len(row) != usual
    ]
