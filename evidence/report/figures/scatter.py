"""What the scatter figures share: their field, and the table that holds the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidence.report.figures.axes import Axes
from evidence.report.figures.svg import Drawing
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Cell, Value
from evidence.report.words import Words

WIDTH, HEIGHT = 640.0, 340.0
Anchors = Mapping[str, tuple[str, str]]
"""Series id to (label, anchor of its row)."""


def field_axes(x: tuple[float, float], y: tuple[float, float]) -> Axes:
    """The field of a scatter figure, from the (low, high) of both axes."""
    return Axes(
        left=64,
        top=34,
        width=WIDTH - 90,
        height=HEIGHT - 90,
        x_low=x[0],
        x_high=x[1],
        y_low=y[0],
        y_high=y[1],
    )


def series_drawing(w: Words, ident: str, title: str, k: int) -> Drawing:
    """An empty drawing with a mark for each of ``k`` series to come."""
    desc = w("{k} series. The table after the figure holds the same numbers.").format(k=k)
    return Drawing(ident=ident, title=title, desc=desc, width=WIDTH)


def series_cells(series: str, anchors: Anchors, *numbers: str) -> tuple[Value, ...]:
    """A series by its label, and its numbers, each leading to the row it comes from."""
    label, href = anchors.get(series, (series, None))
    return (Value(label), *(Value(number, href) for number in numbers))


def with_table(
    drawing: Drawing, note: str, heads: Sequence[str], lines: Sequence[tuple[Cell, ...]]
) -> Figure:
    """The drawing under its title and a note, with its numbers as a table."""
    return Figure(
        ident=drawing.ident,
        caption=(f"{drawing.title}. {note}",),
        svg=drawing.to_svg(),
        twin=Table(
            ident=f"{drawing.ident}-table",
            caption=drawing.title,
            columns=tuple(Column(head=head, numeric=i > 0) for i, head in enumerate(heads)),
            lines=tuple(Line(cells=cells) for cells in lines),
        ),
    )
