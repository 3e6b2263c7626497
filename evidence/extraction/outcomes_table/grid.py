"""A grid seen by its heads: leaf heads with the spanning heads above them, labels, sections."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.documents.base import Cell, Grid
from evidence.model.source import CellSource

_SIZE = re.compile(r"[\[(]?\s*\b[nN]\s*[=:]\s*(\d[\d,]*)\s*(?:patients|pts|subjects)?\s*[\])]?")
_COUNT_WORDS = re.compile(
    r"[,;]?\s*\(?\b(?:no\.?|n|number|patients|pts|events)?\s*[,(]?\s*(?:\(\s*%\s*\)|%)\s*\)?\s*$",
    re.I,
)
_HEAD_LIKE = re.compile(
    r"(?:no\.?|n)?\s*\(?%?\)?|\(?n\s*=\s*\d+\)?|(?:all|any)?\s*grades?.{0,14}|p(?:.?values?)?|(?:0|I{1,3}|IV|V)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column's heads from the outermost to the leaf, sizes taken out of the words."""

    index: int
    levels: tuple[str, ...]
    total: int | None
    percent_only: bool

    @property
    def text(self) -> str:
        """All levels as one text."""
        return " ".join(level for level in self.levels if level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A body row: its labels, the section it stands under, its cells by column."""

    number: int
    cells: tuple[Cell | None, ...]
    section: str | None = None

    def text(self, column: int) -> str:
        """A column's text without marks."""
        cell = self.cells[column]
        return cell.plain.strip() if cell is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Heads, body lines and how many leading columns are labels."""

    grid: Grid
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    labels: int

    def source(self, line: Line, column: int) -> CellSource:
        """Where a cell stands and what it prints."""
        cell = line.cells[column]
        return CellSource(
            page=cell.page if cell else None, box=cell.box_pt if cell else None,
            text=cell.text if cell else "", table=self.grid.label, row=line.number,
            column=self.heads[column].text or None,
        )  # fmt: skip


def take_size(text: str) -> tuple[str, int | None]:
    """A head without its ``(n = 78)``, and the 78."""
    match = _SIZE.search(text)
    if match is None:
        return text.strip(), None
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,;:")
    return " ".join(rest.split()), int(match[1].replace(",", ""))


def clean_head(text: str) -> str:
    """A head without marks, count words and its size."""
    words = take_size(" ".join(text.split()))[0]
    words = _COUNT_WORDS.sub("", words)
    return words.strip(" *†‡§¶,;:")


def view(grid: Grid) -> View | None:
    """The grid as heads and lines; None for a grid without body or with one column."""
    matrix = grid.matrix()
    heads_end = _head_rows(matrix, grid.header_rows)
    if len(matrix) <= heads_end or not matrix or len(matrix[0]) < 2:
        return None
    width = len(matrix[0])
    heads = tuple(_head(i, [row[i] for row in matrix[:heads_end]]) for i in range(width))
    lines = _lines(matrix, heads_end, width)
    labels = _label_columns(lines, width)
    return View(grid=grid, heads=heads, lines=tuple(lines), labels=labels)


def _head_rows(matrix: list[list[Cell | None]], stated: int) -> int:
    """Head rows, with rows below them that only say ``n (%)`` or repeat heads."""
    end = max(stated, 1)
    while end < len(matrix) - 1:
        texts = [c.plain.strip() for c in matrix[end] if c is not None and c.plain.strip()]
        words = texts[1:] if len(texts) > 2 and matrix[end][0] is not None else texts
        if not words or not all(_HEAD_LIKE.fullmatch(t) for t in words):
            break
        end += 1
    return end


def _head(index: int, cells: list[Cell | None]) -> Head:
    levels: list[str] = []
    total: int | None = None
    seen: list[Cell] = []
    printed = ""
    for cell in cells:
        if cell is None or any(cell is s for s in seen):
            continue
        seen.append(cell)
        printed += " " + cell.plain
        total = take_size(cell.plain)[1] or total
        levels.append(clean_head(cell.plain))
    has_percent = "%" in printed
    has_count = (
        re.search(r"\b(?:n|no|number|patients)\b", _SIZE.sub(" ", printed), re.I) is not None
    )
    return Head(
        index=index, levels=tuple(level for level in levels if level), total=total,
        percent_only=has_percent and not has_count,
    )  # fmt: skip


def _lines(matrix: list[list[Cell | None]], start: int, width: int) -> list[Line]:
    lines: list[Line] = []
    section: str | None = None
    for number, row in enumerate(matrix[start:], start=1):
        filled = [
            (c, cell) for c, cell in enumerate(row) if cell is not None and cell.plain.strip()
        ]
        if not filled:
            continue
        first = filled[0][1]
        if filled[0][0] == 0 and all(cell is first for _, cell in filled):
            section = clean_head(first.plain)
            continue
        lines.append(Line(number=number, cells=tuple(row), section=section))
    return lines


def _label_columns(lines: list[Line], width: int) -> int:
    """Leading columns of words: labels end where most filled cells hold a number."""
    for column in range(width):
        texts = [t for line in lines if (t := line.text(column))]
        numbers = [t for t in texts if re.match(r"[<>≥≤]?\s*\d|[-–—]+$", t)]
        if texts and len(numbers) * 2 > len(texts):
            return max(column, 1)
    return 1
