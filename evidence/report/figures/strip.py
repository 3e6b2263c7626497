"""The risk-of-bias strip: one row per series, one mark per item, no summed score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import wrap
from evidence.report.jbi import ITEMS
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Cell, Value
from evidence.report.words import Words

NAME, STEP, ROW, TOP = 210.0, 62.0, 26.0, 34.0
MARKS = {"yes": ("+", "good"), "no": ("–", "bad"), "unclear": ("?", "accent2")}


@dataclass(frozen=True, slots=True, kw_only=True)
class StripRow:
    """A series and its answer per item; None where nobody has judged."""

    label: str
    href: str
    answers: tuple[str | None, ...]


def strip_figure(w: Words, rows: Sequence[StripRow]) -> Figure | None:
    """The strip with its key; None without series."""
    if not rows:
        return None
    title = w("Risk of bias by series (JBI checklist for case series)")
    key = w("+ yes, – no, ? unclear, n/a not applicable; an empty circle is not judged")
    judged = any(any(row.answers) for row in rows)
    return Figure(
        ident="risk-of-bias",
        caption=(f"{title}. {key}." if judged else f"{title}.",),
        svg=_draw(w, rows, title=title),
        twin=_twin(w, rows, title) if judged else None,
    )


def _draw(w: Words, rows: Sequence[StripRow], *, title: str) -> str:
    judged = sum(a is not None for row in rows for a in row.answers)
    desc = w("{n} of {all} items are judged.").format(n=judged, all=len(rows) * len(ITEMS))
    drawing = Drawing(
        ident="risk-of-bias",
        title=title,
        desc=f"{desc} {w('The table after the figure holds the same answers.')}"
        if judged
        else desc,
        width=NAME + STEP * len(ITEMS) + 16,
    )
    drawing.ticks(((NAME + STEP * (i + 0.5), str(i + 1)) for i in range(len(ITEMS))), 16)
    drawing.line(8, 23, drawing.width - 8, 23, colour="rule")
    y = TOP
    for row in rows:
        lines = wrap(row.label, width=NAME - 20)
        drawing.lines(8, y + 15, lines, href=row.href)
        if not any(row.answers):
            drawing.text(NAME + STEP / 2 - 8, y + 15, w("not judged"), colour="muted", italic=True)
        for i, answer in enumerate(row.answers if any(row.answers) else ()):
            _mark(drawing, NAME + STEP * i + STEP / 2, y + 11, answer)
        y += max(ROW, 14.0 * len(lines) + 8)
    return drawing.to_svg()


def _mark(drawing: Drawing, x: float, y: float, answer: str | None) -> None:
    if answer is None:
        drawing.circle(x, y, 8, colour="paper", outline="grid")
        return
    sign, colour = MARKS.get(answer, ("n/a", "unknown"))
    drawing.circle(x, y, 9, colour="band", outline=colour)
    size = 9 if sign == "n/a" else 14
    drawing.text(
        x,
        y + (3 if sign == "n/a" else 5),
        sign,
        anchor="middle",
        bold=True,
        colour=colour,
        size=size,
    )


def _twin(w: Words, rows: Sequence[StripRow], title: str) -> Table:
    heads = (w("Series"), *(str(i + 1) for i in range(len(ITEMS))))
    lines: list[Line] = []
    for row in rows:
        blank = w("not judged") if any(row.answers) else ""
        answers: list[Cell] = [w(a) if a else blank for a in row.answers]
        if not any(row.answers):
            answers[0] = w("not judged")
        lines.append(Line(cells=(Value(row.label, row.href), *answers)))
    return Table(
        ident="risk-of-bias-table",
        caption=title,
        columns=tuple(Column(head=head) for head in heads),
        lines=tuple(lines),
    )
