"""Complications by organ class and route: circles by share, n/N beneath, silence left blank."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import wrap
from evidence.report.harms import HarmCell, HarmLine
from evidence.report.parts import Figure
from evidence.report.words import Words

NAME, CELL, ROW = 250.0, 110.0, 27.0


def complications_figure(
    w: Words, lines: Sequence[HarmLine], routes: Sequence[str]
) -> Figure | None:
    """One row per term under its organ class, one column per route."""
    if not lines:
        return None
    title = w("Complications by organ class and route")
    drawing = Drawing(
        ident="complications",
        title=title,
        desc=w("{n} complications in {routes}. The table holds the same numbers.").format(
            n=len(lines), routes=", ".join(map(w.level, routes))
        ),
        width=max(NAME + CELL * len(routes) + 16, 420),
    )
    for c, route in enumerate(routes):
        x = NAME + CELL * c + CELL / 2
        drawing.text(x, 16, w.level(route), anchor="middle", bold=True, colour="muted", size=11)
    drawing.line(8, 23, drawing.width - 8, 23, colour="rule")
    y = 26.0
    group = None
    for line in lines:
        if line.group != group:
            group = line.group
            drawing.text(8, y + 20, str(w.name(group)), bold=True)
            y += 28
        label = wrap(str(w.name(line.term)), width=NAME - 40)
        drawing.lines(20, y + 17, label)
        height = max(ROW, 14.0 * len(label) + 10)
        for c, route in enumerate(routes):
            _cell(drawing, line.cells.get(route), NAME + CELL * c + CELL / 2, y)
        y += height
        drawing.line(20, y - 1, drawing.width - 8, y - 1, colour="grid")
    note = w(
        "Area follows the share of patients in the series that report the term; a blank cell means"
        " that no series with this route reports it, which is not the same as none."
    )
    return Figure(
        ident="complications", caption=(f"{title}. {note}",), svg=drawing.to_svg(), twin=None
    )


def _cell(drawing: Drawing, cell: HarmCell | None, x: float, y: float) -> None:
    if cell is None:
        return
    if cell.total:
        radius = 1.5 + 11 * math.sqrt(cell.events / cell.total)
        drawing.circle(
            x - 26, y + 13, radius, colour="soft2" if cell.events else "paper", outline="accent2"
        )
    total = cell.total if cell.total else "?"
    drawing.text(x, y + 17, f"{cell.events}/{total}", href=cell.href)
