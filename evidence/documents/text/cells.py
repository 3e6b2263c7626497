"""Cells from stretches of lines, with their boxes at the pitch of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.documents.base import Box, Cell, CellLine, Grid
from evidence.documents.text.pages import CHAR_PT, LINE_PT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters ``start`` to ``end`` of one line (index on the page), blanks at the ends cut."""

    row: int
    start: int
    end: int
    text: str

    @property
    def box(self) -> Box:
        """Where it stands on the page."""
        top = LINE_PT * self.row
        return (CHAR_PT * self.start, top, CHAR_PT * self.end, top + LINE_PT)


def stretch(row: int, line: str, start: int, end: int) -> Stretch | None:
    """What stands between two characters of a line; None for blanks."""
    inner = line[start:end]
    text = inner.strip()
    if not text:
        return None
    start += len(inner) - len(inner.lstrip())
    return Stretch(row=row, start=start, end=start + len(text), text=" ".join(text.split()))


def text_cell(parts: Sequence[Stretch | None], page: int, *, header: bool = False) -> Cell:
    """One cell from its printed lines; an empty one where there are none."""
    printed = [part for part in parts if part is not None]
    if not printed:
        return Cell(text="", page=page, header=header)
    return Cell(
        text=" ".join(part.text for part in printed),
        page=page,
        box_pt=around([part.box for part in printed]),
        header=header,
        lines=tuple(CellLine(text=p.text, page=page, box_pt=p.box) for p in printed),
    )


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box around some boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))


def text_grid(
    rows: Sequence[tuple[Cell, ...]], *, label: str | None, caption: str, page: int, heads: int
) -> Grid:
    """A grid of such cells."""
    boxes = [cell.box_pt for row in rows for cell in row if cell.box_pt is not None]
    return Grid(
        label=label,
        caption=caption,
        pages=(page,),
        rows=tuple(rows),
        header_rows=heads,
        box_pt=around(boxes) if boxes else None,
    )
