"""Where the characters of a cell's text are printed: from places in the text to boxes on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from evidence.documents.base import Box, Cell, CellLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CharPlace:
    """One printed character."""

    page: int | None
    box_pt: Box


def char_places(cell: Cell, text: str) -> list[CharPlace | None]:
    """The print of every character of ``text``: the cell's own text, with or without its marks.

    None for what no printed line shows: spaces between lines, and every character of a cell whose
    lines have no boxes. Characters of a line whose reader knows only the line are evenly set.
    """
    printed = ""
    places: list[CharPlace | None] = []
    for line in cell.lines:
        printed += " " * bool(printed) + line.text
        places += [None] * bool(places) + _of_line(line, cell)
    if printed == text:
        return places
    found: list[CharPlace | None] = [None] * len(text)
    for block in SequenceMatcher(None, text, printed, autojunk=False).get_matching_blocks():
        found[block.a : block.a + block.size] = places[block.b : block.b + block.size]
    return found


def _of_line(line: CellLine, cell: Cell) -> list[CharPlace | None]:
    boxes: Sequence[Box] = line.char_boxes_pt
    if line.box_pt is not None and len(boxes) != len(line.text):
        x0, top, x1, bottom = line.box_pt
        step = (x1 - x0) / max(len(line.text), 1)
        boxes = [
            (x0 + at * step, top, x0 + (at + 1) * step, bottom) for at in range(len(line.text))
        ]
    if not boxes:
        return [None] * len(line.text)
    return [CharPlace(page=line.page or cell.page, box_pt=box) for box in boxes]


def part_of(cell: Cell, start: int, end: int) -> Cell:
    """A cell of the characters ``start`` to ``end`` of the clean text, without marks."""
    text = cell.plain[start:end]
    places = char_places(cell, cell.plain)[start:end]
    page, box = place_of(cell, places)
    lines: tuple[CellLine, ...] = ()
    if box is not None and None not in [p for p, c in zip(places, text, strict=True) if c != " "]:
        boxes = tuple(place.box_pt if place else box for place in places)
        lines = (CellLine(text=text, page=page, box_pt=box, char_boxes_pt=boxes),)
    return replace(cell, text=text, clean=text, marks=(), lines=lines)


def place_of(cell: Cell, places: Sequence[CharPlace | None]) -> tuple[int | None, Box | None]:
    """(page, box) around characters of a cell on the page of the first; the cell's own for none."""
    known = [place for place in places if place is not None]
    if not known:
        return cell.page, rounded(cell.box_pt)
    page = known[0].page
    x0, top, x1, bottom = zip(*(p.box_pt for p in known if p.page == page), strict=True)
    return page, rounded((min(x0), min(top), max(x1), max(bottom)))


def rounded(box: Box | None) -> Box | None:
    """Box with a tenth of a point."""
    if box is None:
        return None
    x0, top, x1, bottom = (round(side, 1) for side in box)
    return (x0, top, x1, bottom)
