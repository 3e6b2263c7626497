"""Tables whose cells are parted by tabs, as a browser copies them: sections, heads in two tiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evidence.documents.base import Cell
from evidence.documents.captions import parse_title
from evidence.documents.text.cells import stretch, text_cell
from evidence.documents.text.dump.periodic import kind_of
from evidence.documents.text.pages import TAB, is_running

_LONGEST_SECTION = 60
_NOTHING_FIRST = "the row has a head less than columns; the first column is taken to have none"
_NO_PLACES = "which columns these heads span is not told"

Row = tuple[Cell, ...]


def is_tabbed(line: str) -> bool:
    """Whether tabs part the words of a line."""
    return "\t" in line.strip()


def tabs_end(raw: Sequence[str], index: int) -> int:
    """After the last line of the table that begins here; a line without tabs may head a section."""
    end = index
    while end < len(raw) and (is_tabbed(raw[end]) or _is_section(raw, end)):
        end += 1
    return end


def _is_section(raw: Sequence[str], k: int) -> bool:
    line = raw[k].strip()
    inside = k + 1 < len(raw) and is_tabbed(raw[k + 1])
    named = 0 < len(line) <= _LONGEST_SECTION and not parse_title(line) and not line.endswith(".")
    return inside and named and not is_running([line])


def read_tabs(raw: Sequence[str], start: int, end: int, page: int) -> tuple[list[Row], int]:
    """(rows, how many are heads); none where less than half of those with tabs have as many."""
    counts = [raw[k].count("\t") + 1 for k in range(start, end)]
    width, usual = Counter(counts).most_common(1)[0]
    if 2 * usual <= sum(count > 1 for count in counts):
        return [], 0
    lines = [_cells(raw[k], k, page) for k in range(start, end)]
    width = max(map(len, lines)) if len(lines[0]) > width else width
    heads, below = _tiers(lines, width)
    return [*heads, *(_filled(row, width, page) for row in below)], len(heads)


def _cells(line: str, row: int, page: int) -> list[Cell]:
    cells: list[Cell] = []
    shown, place = line.expandtabs(TAB), 0
    for part in line.split("\t"):
        end = place + len(part)
        cells.append(text_cell([stretch(row, shown, place, end)], page))
        place = end + TAB - end % TAB
    return cells


def _filled(row: Sequence[Cell], width: int, page: int) -> Row:
    return (*row, *(text_cell([], page) for _ in range(width - len(row))))


def _tiers(lines: Sequence[list[Cell]], width: int) -> tuple[list[Row], Sequence[list[Cell]]]:
    """(the heads, the rows below). A browser copies no blanks in front of a row."""
    first, *others = ([replace(c, header=True) for c in line] for line in lines)
    if len(first) == width - 1 and others and len(others[0]) == width:
        empty = Cell(text="", page=first[0].page, header=True, doubt=_NOTHING_FIRST)
        return [(empty, *(replace(c, doubt=_NOTHING_FIRST) for c in first))], lines[1:]
    if len(first) < width - 1 and others and _is_tier(others[0], lines[2:], width):
        second = others[0] if len(others[0]) < width else others[0][1:]
        groups, rest = divmod(width - 1, max(1, len(first) - 1))
        spans = [groups] * (len(first) - 1) if not rest else []
        return [_spanning(first, spans, width), tuple(second)], lines[2:]
    return [_filled(first, width, first[0].page or 1)], lines[1:]


def _is_tier(row: Sequence[Cell], below: Sequence[Sequence[Cell]], width: int) -> bool:
    """Whether a row holds words over columns of values."""
    values = [kind_of(cell.text) != "text" for line in below for cell in line[1:]]
    words = all(kind_of(cell.text) == "text" for cell in row)
    return len(row) >= width - 1 and words and 2 * sum(values) > len(values)


def _spanning(first: Sequence[Cell], spans: Sequence[int], width: int) -> Row:
    """The upper tier: the head of the labels, then heads that span as many columns each."""
    stub = replace(first[0], rowspan=2)
    if spans:
        return (stub, *(replace(c, colspan=n) for c, n in zip(first[1:], spans, strict=True)))
    text = "; ".join(cell.text for cell in first[1:])
    lines = tuple(line for cell in first[1:] for line in cell.lines)
    whole = replace(first[0], text=text, lines=lines, colspan=width - 1, doubt=_NO_PLACES)
    return (stub, whole)
