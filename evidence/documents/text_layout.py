"""Text whose columns still stand as gaps (``pdftotext -layout``): columns from rivers of spaces."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidence.documents.base import Cell, CellLine, Footnote, Grid
from evidence.documents.footnotes import marks_in
from evidence.documents.text_marks import without_marks
from evidence.documents.text_regions import Line, Region

_GAP = re.compile(r"\S {3,}\S")
_PIECE = re.compile(r"\S+(?: \S+)*")
_FACT = re.compile(r"\d|\bet al\b|^(?:NS|NR|N/A|NA|No|None|Yes|—|–|-)$")
_OPENS = re.compile(r"^[A-ZÀ-Þ0-9<>≤≥±−–—~≈*†‡]")
_UNFINISHED = re.compile(r"(?:[,;:/(–-]|\b(?:of|and|or|with|to|in|for|on|by|the|a|from|due|et))$")
_CROSSED = 0.07
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of one line that no gap of two spaces parts."""

    text: str
    start: int
    end: int


def has_layout(lines: Sequence[str]) -> bool:
    """Whether gaps of three spaces and more part the columns of these lines."""
    filled = [line.strip() for line in lines if line.strip()]
    gaps = sum(bool(_GAP.search(line)) for line in filled)
    return len(filled) >= 2 and gaps >= 0.3 * len(filled)


def read_laid_out(region: Region, notes: Sequence[Footnote]) -> Grid | None:
    """The grid of a table whose gaps were kept; None where fewer than two columns stand out."""
    parts = _parts(region)
    declared = marks_in(notes)
    head: list[list[Cell]] = []
    body: list[list[Cell]] = []
    width = 0
    for part in parts:
        edges = column_edges([line for _, line in part[_rough_head([t for _, t in part]) :]])
        split = [_split(line, edges) for _, line in part]
        cut = _head_end(split)
        rows = _merge(split[cut:])
        if not width:
            width = len(edges)
            head = [_head(split[:cut], width)] if cut else []
        elif len(edges) != width:
            rows = [_fitted(row, width) for row in rows]
        body += [[_cell(lines, declared) for lines in row] for row in rows]
    if width < 2 or not body:
        return None
    return Grid(
        label=region.label,
        caption=region.caption,
        rows=tuple(tuple(row) for row in [*head, *body]),
        header_rows=len(head),
        footnotes=tuple(notes),
    )


def _parts(region: Region) -> list[list[Line]]:
    """The body's lines, one list for each part of a continued table."""
    parts: list[list[Line]] = []
    for number, line in region.body:
        if number in region.parts or not parts:
            parts.append([])
        parts[-1].append((number, line))
    return parts


def column_edges(lines: Sequence[str]) -> list[int]:
    """Where columns begin: after a river of spaces at which several lines start anew."""
    filled = [line for line in lines if line.strip()]
    width = max((len(line.rstrip()) for line in filled), default=0)
    edges = [min((len(line) - len(line.lstrip()) for line in filled), default=0)]
    river = 0
    for x in range(edges[0], width + 1):
        reach = [line for line in filled if len(line.rstrip()) > x]
        crossed = sum(line[x] != " " for line in reach)
        if reach and crossed <= _CROSSED * len(reach):
            river += 1
            continue
        if river and x > edges[0] and _is_edge(filled, x, river):
            edges.append(x)
        river = 0
    return edges


def _rough_head(lines: Sequence[str]) -> int:
    """Lines before the first that holds several facts: centred heads would blur the columns."""
    most = max((len(pieces(line)) for line in lines), default=0)
    for index, line in enumerate(lines):
        found = pieces(line)
        facts = sum(bool(_FACT.search(piece.text)) for piece in found)
        if index and len(found) >= max(2, 0.5 * most) and facts >= max(1, 0.34 * len(found)):
            return index
    return 0


def _is_edge(lines: Sequence[str], x: int, river: int) -> bool:
    """Most lines with text here begin a piece here, after a real gap."""
    window = range(x - 1, x + _NEAR)
    held = [line for line in lines if line[x : x + _NEAR].strip()]
    starts = sum(any(piece.start in window for piece in pieces(line)) for line in held)
    beyond = sum(len(line.rstrip()) > x for line in lines)
    return starts >= max(2, 0.6 * len(held), 0.1 * beyond)


def pieces(line: str) -> list[Piece]:
    """The pieces of a line with their places."""
    return [Piece(text=m.group(0), start=m.start(), end=m.end()) for m in _PIECE.finditer(line)]


def _split(line: str, edges: Sequence[int]) -> list[str]:
    """The line's text by column; a piece over an edge is cut at the space nearest to it."""
    cells: list[list[str]] = [[] for _ in edges]
    for piece in pieces(line):
        for text, start in _cut(piece, edges):
            column = max((i for i, edge in enumerate(edges) if edge <= start + _NEAR), default=0)
            cells[column].append(text)
    return [" ".join(parts) for parts in cells]


def _cut(piece: Piece, edges: Sequence[int]) -> list[tuple[str, int]]:
    inside = [edge for edge in edges if piece.start + _NEAR < edge < piece.end - 1]
    parts: list[tuple[str, int]] = []
    start = piece.start
    for edge in inside:
        offset = edge - piece.start
        spaces = [
            i for i, char in enumerate(piece.text) if char == " " and abs(i + 1 - offset) <= 2
        ]
        if spaces:
            cut = min(spaces, key=lambda i: abs(i + 1 - offset))
            parts.append((piece.text[start - piece.start : cut].strip(), start))
            start = piece.start + cut + 1
    parts.append((piece.text[start - piece.start :].strip(), start))
    return [(text, place) for text, place in parts if text]


def _head_end(split: Sequence[Sequence[str]]) -> int:
    """How many lines the head takes: up to the first that holds facts in several columns."""
    for index, cells in enumerate(split):
        filled = [cell for cell in cells if cell]
        facts = sum(bool(_FACT.search(cell)) for cell in filled[1:] or filled)
        if index and cells[0] and len(filled) >= 2 and facts >= max(1, 0.34 * (len(filled) - 1)):
            return index
    blank = next((i for i, cells in enumerate(split) if i and not any(cells)), 1)
    return min(blank, len(split))


def _merge(split: Sequence[Sequence[str]]) -> list[list[list[str]]]:
    """Lines → rows, each a list of columns, each a list of its lines."""
    rows: list[list[list[str]]] = []
    last: Sequence[str] = ()
    blank = True
    for index, cells in enumerate(split):
        if not any(cells):
            blank = True
            continue
        following = next((later for later in split[index + 1 :] if any(later)), ())
        if not rows or _opens_row(cells, last, following, blank):
            rows.append([[] for _ in cells])
        for column, text in enumerate(cells):
            if text:
                rows[-1][column].append(text)
        last, blank = cells, False
    return rows


def _opens_row(
    cells: Sequence[str], last: Sequence[str], following: Sequence[str], blank: bool
) -> bool:
    """Whether a line begins a row: its first cell and most others begin anew."""
    if not cells[0] or cells[0].startswith("(") or not _OPENS.match(cells[0]):
        return False
    if last and last[0] and _UNFINISHED.search(last[0]):
        return False
    if not any(cells[1:]):
        return blank or (bool(following) and bool(following[0]) and all(last))
    score = 0.7 if blank else 0.0
    for text, before in zip(cells[1:], last[1:] or [""] * len(cells), strict=False):
        if not text:
            score -= 0.6
        elif before and (_UNFINISHED.search(before) or not _OPENS.match(text)):
            score -= 1.0
        else:
            score += 1.0
    return score > 0


def _head(split: Sequence[Sequence[str]], width: int) -> list[Cell]:
    columns = [[cells[c] for cells in split if cells[c]] for c in range(width)]
    return [
        Cell(text=" ".join(lines), header=True, lines=tuple(CellLine(text=t) for t in lines))
        for lines in columns
    ]


def _cell(lines: Sequence[str], declared: Collection[str]) -> Cell:
    text = ""
    for line in lines:
        broken = re.search(r"[a-z]-$", text[-2:]) and line[:1].islower()
        text = text + line if broken else f"{text} {line}".strip()
    clean, marks = without_marks(text, declared)
    return Cell(
        text=text,
        clean=clean if marks else None,
        marks=marks,
        lines=tuple(CellLine(text=line) for line in lines),
    )


def _fitted(row: list[list[str]], width: int) -> list[list[str]]:
    """A row of a part with other columns, brought to the width; what is over joins the last."""
    if len(row) <= width:
        return [*row, *([] for _ in range(width - len(row)))]
    return [*row[: width - 1], [line for cell in row[width - 1 :] for line in cell]]
