"""Forests with one line per analysis: sensitivity, leave-one-out, cumulative by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.report.context import AnalysisLine
from evidence.report.figures.forest_drawing import PLOT_WIDTH, PLOT_X, WIDTH
from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import wrap
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Cell, Sentence, Value, interval, number_text, percent, plain
from evidence.report.words import Words

LABEL_X, SIZE_X, COUNTS_X, PERCENT_X = 8.0, 280.0, 492.0, 814.0
LEADING = 14.0
MANY_LINES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An analysis with its name in the report's language, its series a link."""

    name: Sentence
    line: AnalysisLine

    @property
    def text(self) -> str:
        """The name as a figure writes it."""
        return plain(self.name)


def analysis_figure(
    w: Words,
    lines: Sequence[Named],
    *,
    ident: str,
    title: str,
    href: str | None = None,
    notes: tuple[Cell, ...] = (),
    folded: bool = False,
) -> Figure | None:
    """One diamond-free line per analysis; the reference analysis is marked and ruled through.

    More than ``MANY_LINES`` are folded to their table; where the page would fold them anyway, to
    the name of their file.
    """
    if not lines:
        return None
    many = len(lines) > MANY_LINES
    return Figure(
        ident=ident,
        caption=(
            f"{title}. {w('The vertical band is the interval of the main analysis.')}"
            f" {w('† with derived counts.')}",
        ),
        svg=draw_analyses(w, lines, ident=ident, title=title, href=href),
        twin=None
        if folded and many
        else analysis_table(w, lines, ident=f"{ident}-table", title=title, href=href),
        notes=notes,
        folded=folded or many,
    )


def draw_analyses(
    w: Words, lines: Sequence[Named], *, ident: str, title: str, href: str | None
) -> str:
    """The picture alone."""
    drawing = Drawing(
        ident=ident,
        title=title,
        desc=w("{n} analyses, each with its pooled proportion and interval.").format(n=len(lines))
        + " "
        + w("The table after the figure holds the same numbers."),
        width=WIDTH,
    )
    heights = [LEADING * len(_label(named)) + 7 for named in lines]
    kinds = [named.line.kind for named in lines]
    heads = [
        bool(k) and not named.line.reference and (i == 0 or kinds[i - 1] != k)
        for i, (k, named) in enumerate(zip(kinds, lines, strict=True))
    ]
    bottom = 34 + sum(heights) + 20 * sum(heads)
    _frame(drawing, w, lines, bottom)
    y = 34.0
    drawing.open_link(href)
    for named, height, head in zip(lines, heights, heads, strict=True):
        if head:
            kind = w(named.line.kind)
            drawing.text(LABEL_X, y + 13, kind, bold=True, colour="muted", size=11)
            y += 20
        _draw(drawing, w, named, y)
        y += height
    drawing.close_link(href)
    drawing.ticks([(_place(tick / 100), str(tick)) for tick in range(0, 101, 20)], bottom + 21)
    drawing.line(_place(0), bottom + 4, _place(1), bottom + 4, colour="rule")
    drawing.text(PERCENT_X, bottom + 21, w("patients, %"), size=11, colour="muted")
    return drawing.to_svg()


def _frame(drawing: Drawing, w: Words, lines: Sequence[Named], bottom: float) -> None:
    main = next((named.line for named in lines if named.line.reference), None)
    if main is not None and main.ci_low is not None and main.ci_high is not None:
        left, right = _place(main.ci_low), _place(main.ci_high)
        drawing.rect(left, 26, right - left, bottom - 22, colour="band")
    drawing.uprights((_place(tick / 100) for tick in range(0, 101, 20)), 28, bottom + 4)
    for x, text, anchor in (
        (LABEL_X, w("Analysis"), "start"),
        (SIZE_X, w("Series, patients"), "start"),
        (COUNTS_X, "n/N", "end"),
        (PERCENT_X, w("% (interval)"), "start"),
    ):
        drawing.text(x, 16, text, anchor=anchor, bold=True, colour="muted", size=11)
    drawing.line(LABEL_X, 23, WIDTH - 8, 23, colour="rule")


def _label(named: Named) -> list[str]:
    return wrap(named.text, width=SIZE_X - LABEL_X - 20, bold=named.line.reference)


def _place(proportion: float) -> float:
    return PLOT_X + min(max(proportion, 0.0), 1.0) * PLOT_WIDTH


def _draw(drawing: Drawing, w: Words, named: Named, y: float) -> None:
    line = named.line
    base, middle = y + 12, y + 8
    bold = line.reference
    drawing.lines(LABEL_X + 8, base, _label(named), leading=LEADING, bold=bold)
    size = w.series_patients(line.k, line.total) if line.total is not None else f"k = {line.k}"
    drawing.text(SIZE_X, base, size, colour="muted")
    if line.events is not None:
        drawing.text(COUNTS_X, base, _counts(line), anchor="end")
    if line.estimate is None or line.ci_low is None or line.ci_high is None:
        drawing.text(PERCENT_X, base, w("not estimated"), colour="muted")
        return
    colour = "accent2" if line.reference else "accent"
    drawing.line(_place(line.ci_low), middle, _place(line.ci_high), middle, colour="ink")
    drawing.circle(_place(line.estimate), middle, 4, colour=colour)
    drawing.text(PERCENT_X, base, _percent(line), bold=bold)


def _counts(line: AnalysisLine) -> str:
    return f"{line.events}/{line.total}{'†' if line.derived else ''}"


def _percent(line: AnalysisLine) -> str:
    return f"{percent(line.estimate, line.total)} ({_span(line)})"


def _span(line: AnalysisLine) -> str:
    return interval(line.ci_low, line.ci_high, line.total)


def analysis_table(
    w: Words, lines: Sequence[Named], *, ident: str, title: str, href: str | None
) -> Table:
    """The same lines with the heterogeneity of each analysis."""
    heads = (w("Analysis"), w("Series"), "n/N", w("% (interval)"), "τ²", "I²")
    return Table(
        ident=ident,
        caption=title,
        columns=tuple(Column(head=head, numeric=i > 0) for i, head in enumerate(heads)),
        lines=tuple(_table_line(w, named, href) for named in lines),
    )


def _table_line(w: Words, named: Named, href: str | None) -> Line:
    line = named.line
    kind = f"{w(line.kind)}: " if line.kind and not line.reference else ""
    known = line.events is not None and line.total is not None
    shown = (
        str(line.k),
        _counts(line) if known else None,
        _percent(line) if line.estimate is not None else "n/a",
        number_text(line.tau2),
        "n/a" if line.i2 is None else f"{line.i2:.0f}%",
    )
    return Line(
        kind="pooled" if line.reference else "",
        cells=(
            (kind, *named.name) if kind else named.name,
            *(_linked(text, href) for text in shown),
        ),
    )


def _linked(text: str | None, href: str | None) -> Cell:
    """A number leads to the result whose rows it was made from; what is no number, nowhere."""
    if text is None or not any(char.isdigit() for char in text):
        return text
    return Value(text, href)
