"""Tables drawn in characters: pipes, boxes, rows of dashes, tabs; with a title or without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.documents.base import Cell, Grid
from evidence.documents.captions import parse_title
from evidence.documents.text.cells import Stretch, stretch, text_cell, text_grid
from evidence.documents.text.extent import notes_after
from evidence.documents.text.limits import DRAWN_CELLS
from evidence.documents.text.pages import TAB
from evidence.documents.text.tabs import is_tabbed, read_tabs, tabs_end

_STROKES = str.maketrans("│┃║¦─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛", "||||---" + "+" * 27)
_BORDER = re.compile(
    r"^\s*(?=.*[-=]{2})[+|:][-=+|: ]*[+|:]\s*$|^\s*:?[-=]{2,}:?(?:\s*[|+]\s*:?[-=]{2,}:?)+\s*$"
)
_DASHES = re.compile(r"^\s*[-=]{2,}(?: +[-=]{2,})+\s*$")
_REACH = 4
"""So many lines above a drawn table may hold its title."""
_TRIES = 12
"""Lines with bars or tabs that are no table from one of the first so many are none."""


Row = tuple[list[list[Stretch | None]], bool]
"""(printed lines of each cell, whether the row is a head)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawn table, the lines (indices) it takes with its title, and those of its notes."""

    grid: Grid | None
    """None where it has more ``cells`` than are read."""
    lines: range
    notes: range = range(0)
    label: str | None = None
    cells: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """Lines of a page as in the file, with their tabs filled up, and with plain strokes."""

    raw: Sequence[str]
    shown: Sequence[str]
    plain: Sequence[str]


def find_drawn(raw: Sequence[str], page: int) -> Iterator[Drawn]:
    """Drawn tables of a page, top to bottom."""
    shown = [line.expandtabs(TAB) for line in raw]
    lines = _Lines(raw=raw, shown=shown, plain=[line.translate(_STROKES) for line in shown])
    index = tries = reach = 0
    while index < len(raw):
        end, cells = _extent(lines, index)
        if cells > DRAWN_CELLS:
            label, _, first = _title(shown, index)
            yield Drawn(grid=None, lines=range(first, end), label=label, cells=cells)
            index = end
            continue
        rows, heads = _drawn_from(lines, index, end, page)
        width = max(map(len, rows), default=0)
        label, caption, first = _title(shown, index) if rows else (None, "", index)
        if width < 2 or len(rows) < 2 or (label is None and width < 3 and "\t" in raw[index]):
            tries, reach = (0, end) if end > reach else (tries + 1, reach)
            index = max(index + 1, reach if tries > _TRIES else 0)
            continue
        grid = text_grid(rows, label=label, caption=caption, page=page, heads=heads)
        notes = notes_after(shown, end)
        yield Drawn(grid=grid, lines=range(first, end), notes=notes)
        index = max(end, notes.stop)


def _extent(lines: _Lines, index: int) -> tuple[int, int]:
    """(line after the table that may begin here, how many cells it would have)."""
    if _piped(lines.plain[index]):
        end = _while(_piped, lines.plain, index)
        return end, sum(line.count("|") for line in lines.plain[index:end])
    if is_tabbed(lines.raw[index]):
        end = tabs_end(lines.raw, index)
        return end, sum(line.count("\t") + 1 for line in lines.raw[index:end])
    if _is_dashed(lines.plain, index):
        end = _dashes_end(lines.plain, index)
        border = next(line for line in lines.plain[index:end] if _DASHES.match(line))
        return end, (end - index) * len(border.split())
    return index + 1, 0


def _drawn_from(
    lines: _Lines, index: int, end: int, page: int
) -> tuple[list[tuple[Cell, ...]], int]:
    """(rows of the table on these lines, how many are heads); else no rows."""
    if _piped(lines.plain[index]):
        return _set(_read_pipes(lines, index, end), page)
    if is_tabbed(lines.raw[index]):
        return read_tabs(lines.raw, index, end, page)
    if _is_dashed(lines.plain, index):
        return _set(_read_dashes(lines, index, end), page)
    return [], 0


def _is_dashed(plain: Sequence[str], index: int) -> bool:
    return bool(_DASHES.match(plain[index])) or _dashed_below(plain, index)


def _while(held: Callable[[str], bool], lines: Sequence[str], index: int) -> int:
    return next((k for k in range(index, len(lines)) if not held(lines[k])), len(lines))


def _piped(line: str) -> bool:
    return "|" in line or bool(_BORDER.match(line))


def _bordered(plain: Sequence[str], index: int, end: int) -> bool:
    """Whether lines with pipes are a table: one is a border, or all have as many pipes."""
    counts = {line.count("|") for line in plain[index:end]}
    border = any(_BORDER.match(line) for line in plain[index:end])
    return border or (end - index > 2 and len(counts) == 1 and counts.pop() > 1)


def _dashed_below(plain: Sequence[str], index: int) -> bool:
    above = not plain[index].strip() or (index > 0 and plain[index - 1].strip())
    return not above and index + 1 < len(plain) and bool(_DASHES.match(plain[index + 1]))


def _dashes_end(plain: Sequence[str], index: int) -> int:
    """After the closing row of dashes, or before the first blank line where there is none."""
    end = next((k for k in range(index, len(plain)) if not plain[k].strip()), len(plain))
    borders = [k for k in range(index, end) if _DASHES.match(plain[k])]
    return borders[-1] + 1 if len(borders) > 2 else end


def _read_pipes(lines: _Lines, start: int, end: int) -> list[Row]:
    """Rows between bars: what stands between two borders, or single lines where none parts them."""
    if not _bordered(lines.plain, start, end):
        return []
    borders = [k for k in range(start, end) if _BORDER.match(lines.plain[k])]
    body = [k for k in range(start, end) if k not in borders]
    if not body:
        return []
    head = next((k for k in borders if k > body[0]), body[0] + 1)
    banded = any(head < k < body[-1] for k in borders)
    rows: list[Row] = []
    last = -1
    for k in body:
        cells = [[part] for part in _between_bars(lines, k)]
        goes_on = not any(last < border < k for border in borders) if banded else not cells[0][0]
        _add(rows, cells, header=k < head, goes_on=goes_on)
        last = k
    return rows


def _between_bars(lines: _Lines, row: int) -> list[Stretch | None]:
    line, plain = lines.shown[row], lines.plain[row]
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", plain)]
    if plain.strip()[:1] != "|":
        bars.insert(0, -1)
    if plain.strip()[-1:] != "|":
        bars.append(len(line))
    return [stretch(row, line, a + 1, b) for a, b in pairwise(bars)]


def _read_dashes(lines: _Lines, start: int, end: int) -> list[Row]:
    """Columns as wide as the dashes; a line without a first cell goes on with the row above."""
    borders = [k for k in range(start, end) if _DASHES.match(lines.plain[k])]
    found = [m.span() for m in re.finditer(r"[-=]+", lines.plain[borders[0]])]
    ends = [a for a, _ in found[1:]] + [max(map(len, lines.shown[start:end]))]
    head = borders[1] if borders[0] == start and len(borders) > 1 else borders[0]
    rows: list[Row] = []
    for k in (k for k in range(start, end) if k not in borders):
        spans = zip(found, ends, strict=True)
        cells = [[stretch(k, lines.shown[k], a, b)] for (a, _), b in spans]
        _add(rows, cells, header=k < head, goes_on=not cells[0][0])
    return rows


def _add(
    rows: list[Row], cells: list[list[Stretch | None]], *, header: bool, goes_on: bool
) -> None:
    """One more row, or one more line of the last."""
    if rows and goes_on and rows[-1][1] == header and len(rows[-1][0]) == len(cells):
        for own, more in zip(rows[-1][0], cells, strict=True):
            own += more
    else:
        rows.append((cells, header))


def _set(rows: Sequence[Row], page: int) -> tuple[list[tuple[Cell, ...]], int]:
    """(the cells of rows of lines, all rows as wide; how many are heads)."""
    width = max((len(cells) for cells, _ in rows), default=0)
    made = [
        tuple(
            text_cell(parts, page, header=header)
            for parts in [*cells, *[[] for _ in range(width - len(cells))]]
        )
        for cells, header in rows
    ]
    return made, sum(header for _, header in rows)


def _title(lines: Sequence[str], index: int) -> tuple[str | None, str, int]:
    """(label, caption, first line) of a table from the paragraph above it."""
    above = index - 1
    while above >= 0 and index - above < 3 and not lines[above].strip():
        above -= 1
    for first in range(above, max(-1, above - _REACH), -1):
        if not lines[first].strip():
            break
        parsed = parse_title(" ".join(" ".join(lines[first : above + 1]).split()))
        if parsed is not None:
            return parsed[0], parsed[1], first
    return None, "", index
