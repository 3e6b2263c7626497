"""Tables whose rows are series, though no column of theirs names them as such.

The name may stand in a section row above the rows of its arms, or be nothing but the number of the
series in the list of references. Such grids get a first column of names, and are read like others.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.documents.base import Cell, Grid
from evidence.extraction.cells.label import looks_like_label, parse_label, slug
from evidence.extraction.rows import header_count
from evidence.vocabulary import Vocabulary

_NUMBER = re.compile(r"\s*[\[(]?\s*\d{1,4}\s*[\])]?\s*")
_BRACKETED = re.compile(r"\s*\[\s*\d{1,4}\s*\]\s*")
_ASIDE = re.compile(r"\s*(?:table|figure|data|adapted)\b", re.IGNORECASE)
HEAD = "Study"


def name_rows(grid: Grid, vocabulary: Vocabulary) -> Grid | None:
    """The grid with a column of names, where sections or numbers name its series; else None."""
    heads = header_count(grid, vocabulary)
    return _by_sections(grid, heads) or _by_numbers(grid, heads, vocabulary)


def cites_series(grid: Grid) -> bool:
    """Whether rows of the grid are named by other papers: it is no table of the document's own."""
    body = grid.matrix()[grid.header_rows :]
    first = [row[0].plain for row in body if row and row[0] is not None]
    labels = sum(_is_name(text) or bool(_BRACKETED.fullmatch(text)) for text in first)
    return labels >= 2


def names_known(grid: Grid, surnames: set[str], vocabulary: Vocabulary) -> bool:
    """Whether most rows of a column of studies begin with names that other tables have."""
    heads = header_count(grid, vocabulary)
    matrix = grid.matrix()
    if not heads or not matrix or matrix[0][0] is None:
        return False
    texts = [row[0].plain for row in matrix[heads:] if row[0] is not None and row[0].plain.strip()]
    known = [slug(parse_label(Cell(text=text), vocabulary).surname) in surnames for text in texts]
    head = matrix[heads - 1][0]
    by_head = vocabulary.column(head.plain) if head is not None else None
    return by_head == "series" and sum(known) > len(texts) / 2


def _by_sections(grid: Grid, heads: int) -> Grid | None:
    """Section rows such as ``Reed et al. 2010`` with the rows of their arms below them."""
    matrix = grid.matrix()
    rows: list[tuple[Cell, ...]] = []
    name: Cell | None = None
    named = 0
    for at, cells in enumerate(matrix):
        filled = {id(cell): cell for cell in cells if cell is not None and cell.plain.strip()}
        if at < heads:
            rows.append((Cell(text=HEAD, header=True), *_plain_row(cells)))
            continue
        only = next(iter(filled.values())) if len(filled) == 1 else None
        if only is not None and _is_name(only.plain):
            name, named = only, named + 1
        elif filled and name is None:
            return None
        elif filled and name is not None:
            rows.append((name, *_plain_row(cells)))
    if named < 2 or len(rows) < heads + named:
        return None
    return replace(grid, rows=tuple(rows), header_rows=heads)


def _by_numbers(grid: Grid, heads: int, vocabulary: Vocabulary) -> Grid | None:
    """A first column of reference numbers alone."""
    matrix = grid.matrix()
    body = [row for row in matrix[heads:] if row and row[0] is not None]
    texts = [row[0].plain.strip() or row[0].text for row in body if row[0] is not None]
    head = " ".join(row[0].plain for row in matrix[:heads] if row and row[0] is not None).strip()
    cited = vocabulary.column(head) in ("reference", "series")
    numbered = [text for text in texts if _NUMBER.fullmatch(text)]
    bracketed = all(_BRACKETED.fullmatch(text) for text in numbered)
    if len(numbered) < 2 or len(numbered) != len(set(numbered)) or len(numbered) < len(texts):
        return None
    if not (cited or (bracketed and not head)):
        return None
    rows = [(_heads(row), *_plain_row(row[1:])) for row in matrix[:heads]]
    for row in matrix[heads:]:
        cell = row[0] or Cell(text="")
        printed = cell.plain.strip() or cell.text
        name = replace(cell, text=printed, clean=printed, marks=(), rowspan=1, colspan=1)
        rows.append((name, *_plain_row(row[1:])))
    return replace(grid, rows=tuple(rows), header_rows=heads)


def _heads(row: list[Cell | None]) -> Cell:
    return Cell(text=HEAD, header=True, page=row[0].page if row[0] else None)


def _plain_row(cells: list[Cell | None]) -> list[Cell]:
    return [replace(cell or Cell(text=""), rowspan=1, colspan=1) for cell in cells]


def _is_name(text: str) -> bool:
    return looks_like_label(text) and not re.match(
        r"\s*(?:table|figure|data|adapted)\b", text, re.I
    )
