"""The evidence map: route × dose, one panel per disease, bubbles by patients, empty cells empty."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evidence.model.levels import level_order
from evidence.report.crosstable import CrossCell
from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import text_width, wrap
from evidence.report.links import source_anchor
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Value
from evidence.report.words import Words

CELL, GAP, LEFT, TOP, HEAD = 74.0, 26.0, 118.0, 12.0, 44.0
PER_ROW = 4


def map_figure(w: Words, cells: Sequence[CrossCell]) -> Figure | None:
    """The map of what has been published; None when nothing has."""
    if not cells:
        return None
    title = w("Evidence map: route by dose, one panel per disease")
    caption = w(
        "{title}. The area of a bubble follows the number of patients, printed in it or beside it;"
        " the number of series stands beneath. A cell with a dash is empty: nobody has published it"
        " here."
    ).format(title=title)
    return Figure(
        ident="evidence-map",
        caption=(caption,),
        svg=draw_map(w, cells, title=title),
        twin=_twin(w, cells, title),
    )


def draw_map(w: Words, cells: Sequence[CrossCell], *, title: str) -> str:
    """The picture alone; panels wrap after four."""
    diseases = sorted({c.disease for c in cells}, key=lambda d: _order(cells, d))
    routes = sorted({c.route for c in cells}, key=level_order)
    doses = sorted({c.dose for c in cells}, key=level_order)
    most = max(c.patients for c in cells) or 1
    panel = CELL * len(routes)
    per_row = max(1, min(PER_ROW, int((980 - LEFT) // (panel + GAP))))
    width = LEFT + (panel + GAP) * min(per_row, len(diseases)) + 8
    drawing = Drawing(
        ident="evidence-map", title=title, desc=_describe(w, cells), width=max(width, 320)
    )
    height = HEAD + CELL * len(doses) + 34
    by_key = {(c.route, c.dose, c.disease): c for c in cells}
    for i, disease in enumerate(diseases):
        x = LEFT + (i % per_row) * (panel + GAP)
        y = TOP + (i // per_row) * height
        _panel_head(drawing, w, disease, routes, x, y)
        for r, dose in enumerate(doses):
            top = y + HEAD + r * CELL
            if i % per_row == 0:
                for n, line in enumerate(wrap(dose, width=LEFT - 20)):
                    drawing.text(LEFT - 12, top + CELL / 2 + 4 + n * 14, line, anchor="end")
            for c, route in enumerate(routes):
                cell = by_key.get((route, dose, disease))
                _draw_cell(drawing, w, cell, x + c * CELL, top, most)
    return drawing.to_svg()


def _order(cells: Sequence[CrossCell], disease: str) -> tuple[int, str]:
    return -sum(c.patients for c in cells if c.disease == disease), disease


def _panel_head(
    drawing: Drawing, w: Words, disease: str, routes: list[str], x: float, y: float
) -> None:
    drawing.text(x + CELL * len(routes) / 2, y + 14, disease, anchor="middle", bold=True)
    for c, route in enumerate(routes):
        drawing.text(
            x + c * CELL + CELL / 2,
            y + 34,
            w.level(route),
            anchor="middle",
            size=11,
            colour="muted",
        )


def _draw_cell(
    drawing: Drawing, w: Words, cell: CrossCell | None, x: float, y: float, most: int
) -> None:
    inner = CELL - 6
    drawing.rect(x + 3, y + 3, inner, inner, colour="band" if cell else "paper", outline="grid")
    if cell is None:
        drawing.line(x + CELL / 2 - 6, y + CELL / 2, x + CELL / 2 + 6, y + CELL / 2, colour="rule")
        return
    radius = max(3.0, 22 * math.sqrt(cell.patients / most))
    names = ", ".join(row.label for row in cell.rows)
    drawing.open_link(cell.anchor)
    drawing.circle(
        x + CELL / 2, y + CELL / 2 - 7, radius, colour="soft", outline="accent", hint=names
    )
    number = str(cell.patients)
    inside = max(text_width(number, bold=True) + 4, 14) <= 2 * radius
    drawing.text(
        x + CELL / 2 + (0 if inside else radius + 3),
        y + CELL / 2 - 3,
        number,
        anchor="middle" if inside else "start",
        bold=True,
    )
    k = len({row.series for row in cell.rows})
    text = w.many("{k} series", "{k} series", k).format(k=k)
    drawing.text(x + CELL / 2, y + CELL - 7, text, anchor="middle", size=10, colour="muted")
    drawing.close_link(cell.anchor)


def _describe(w: Words, cells: Sequence[CrossCell]) -> str:
    largest = max(cells, key=lambda c: c.patients)
    return w(
        "{n} combinations of route, dose and disease hold series; the largest is {route}, {dose},"
        " {disease} with {patients} patients. The table after the figure holds the same numbers."
    ).format(
        n=len(cells),
        route=largest.route,
        dose=largest.dose,
        disease=largest.disease,
        patients=largest.patients,
    )


def _twin(w: Words, cells: Sequence[CrossCell], title: str) -> Table:
    heads = (w("Disease"), w("Route"), w("Dose"), w("Series"), w("Patients"))
    return Table(
        ident="evidence-map-table",
        caption=title,
        columns=tuple(Column(head=h, numeric=i > 3) for i, h in enumerate(heads)),
        lines=tuple(
            Line(
                anchor=c.anchor if len(c.rows) > 1 else None,
                cells=(
                    c.disease,
                    w.level(c.route),
                    c.dose,
                    tuple(
                        part
                        for i, row in enumerate(c.rows)
                        for part in ((", ",) if i else ()) + (Value(row.label, source_anchor(row)),)
                    ),
                    Value(str(c.patients), c.anchor),
                ),
            )
            for c in sorted(cells, key=lambda c: (c.disease, c.route, level_order(c.dose)))
        ),
    )
