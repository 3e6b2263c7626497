"""The rows of a series table: series, further arms of one, sections, totals, repeated heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import Label, looks_like_label, parse_label
from evidence.extraction.column import Column
from evidence.extraction.heads import read_head
from evidence.extraction.heads_times import is_form
from evidence.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One body row: its number (1-based, among the rows of data), its cells by column."""

    number: int
    cells: dict[int, Cell]
    section: Cell | None = None
    """The row above that speaks for all rows after it."""
    label: Label | None = None
    """None for a further arm of the series above."""
    arm_label: str | None = None
    others: frozenset[str] = frozenset()
    """Drugs that the other arms of a divided row name: nothing above it gives them to this one."""
    together: frozenset[int] = frozenset()
    """Columns whose cell counts all arms of a divided row together: kept, and read for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A body row that holds no series, and why."""

    cell: Cell
    why: str


def header_count(grid: Grid, vocabulary: Vocabulary) -> int:
    """Rows of heads: as the reader says, else the first row when it reads like heads.

    A row below them without a name of its own that holds nothing but heads is one more.
    """
    count = min(grid.header_rows, len(grid.rows))
    if not count and grid.rows and _known_heads(grid.rows[0], vocabulary) >= 2:
        count = 1
    matrix = grid.matrix()
    while 0 < count < len(matrix) - 1 and _goes_on(matrix[count], matrix[count - 1], vocabulary):
        count += 1
    return count


def _known_heads(cells: Sequence[Cell], vocabulary: Vocabulary) -> int:
    texts = [cell.plain for cell in cells if cell.plain.strip()]
    return sum(
        vocabulary.column(text) is not None or vocabulary.response(text) is not None
        for text in texts
    )


def _goes_on(
    row: Sequence[Cell | None], above: Sequence[Cell | None], vocabulary: Vocabulary
) -> bool:
    """Whether a row is one more row of heads: unnamed, and every cell a head or a form."""
    if row[0] is not above[0] and row[0] is not None and row[0].plain.strip():
        return False
    texts = [c.plain.strip() for c, head in zip(row, above, strict=True) if c and c is not head]
    texts = [text for text in texts if text]
    return len(texts) > 1 and all(_is_head(text, vocabulary) for text in texts)


def _is_head(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell is a known head, or says how cells are printed, as ``n (%)`` does."""
    if is_form(text, vocabulary):
        return True
    known = read_head([text.strip("()[] ")], vocabulary).role is not None
    return known and not re.match(r"\W*\d", text)


def read_rows(
    grid: Grid, header_rows: int, columns: Sequence[Column], vocabulary: Vocabulary
) -> tuple[list[Row], list[Skipped]]:
    """Body rows in order, and the rows that are no series."""
    matrix = grid.matrix()
    series = next(column for column in columns if column.role == "series")
    series_at, sized = series.index, _says_size(series.head, vocabulary)
    heads = {column.head for column in columns if column.head}
    rows: list[Row] = []
    skipped: list[Skipped] = []
    section: Cell | None = None
    number = 0
    previous: Cell | None = None
    for cells in matrix[header_rows:]:
        filled = [cell for cell in cells if cell is not None and cell.plain.strip()]
        if not filled:
            continue
        distinct = {id(cell) for cell in filled}
        name = cells[series_at]
        text = name.plain.strip() if name else ""
        if _is_repeated_head(filled, heads):
            continue
        if len(distinct) == 1 and len(columns) > 2 and not _is_label(text):
            section = filled[0]
            continue
        if text and vocabulary.lookup("summary", re.sub(r"[(:,].*", "", text)) is not None:
            skipped.append(Skipped(cell=filled[0], why="a row of totals"))
            continue
        number += 1
        by_column = {at: cell for at, cell in enumerate(cells) if cell is not None}
        is_arm = (name is previous and name is not None) or not text
        label = None
        if not is_arm or not rows:
            label = parse_label(name or filled[0], vocabulary, sized=sized)
        rows.append(Row(number=number, cells=by_column, section=section, label=label))
        previous = name
    return rows, skipped


def _says_size(head: str, vocabulary: Vocabulary) -> bool:
    """``Study (n)``: whether brackets behind the names hold numbers of patients."""
    inside = re.findall(r"[(\[]([^()\[\]]+)[)\]]", head)
    return any(vocabulary.column(words) in ("patients", "total") for words in inside)


def _is_label(text: str) -> bool:
    return looks_like_label(text)


def _is_repeated_head(filled: Sequence[Cell], heads: set[str]) -> bool:
    texts = {" ".join(cell.plain.split()) for cell in filled}
    return len(texts) > 1 and texts <= heads
