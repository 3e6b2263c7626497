"""Swimmer plot and Kaplan–Meier curve from patient rows, with numbers at risk."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.report.figures.axes import Axes, draw_axes, percent_tick, ticks
from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import wrap
from evidence.report.numbers import cell_of
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.survival import Course, Step, product_limit
from evidence.report.text import Value, percent, short_number
from evidence.report.words import Words

WIDTH, NAME, ROW = 760.0, 230.0, 24.0


def patient_anchor(course: Course) -> str:
    """Where the patient's response length was read."""
    return cell_of(
        course.entry,
        f"{course.path}.response_months",
        course.path,
        guesses=("response_months", "patients"),
    )


def _name(course: Course, w: Words) -> str:
    return w("{series}, patient {id}").format(
        series=course.entry.series.label, id=course.patient.id
    )


def swimmer_figure(w: Words, courses: Sequence[Course]) -> Figure | None:
    """One bar per patient with a response of known length, longest first."""
    if not courses:
        return None
    title = w("Swimmer plot: length of response, patient by patient")
    longest = max(course.months for course in courses)
    axes = Axes(
        left=NAME,
        top=30,
        width=WIDTH - NAME - 60,
        height=ROW * len(courses) + 8,
        x_low=0,
        x_high=longest * 1.08 or 1,
        y_low=0,
        y_high=1,
    )
    drawing = Drawing(
        ident="swimmer",
        title=title,
        desc=w("{n} patients; the longest response is {months} months.").format(
            n=len(courses), months=short_number(longest)
        ),
        width=WIDTH,
    )
    _month_axis(drawing, axes, w("months of response"))
    for i, course in enumerate(courses):
        y = axes.top + 6 + ROW * i
        anchor = patient_anchor(course)
        drawing.open_link(anchor)
        drawing.text(8, y + 14, wrap(_name(course, w), width=NAME - 20)[0])
        best = course.patient.response.get("overall", "")
        width = axes.x(course.months) - axes.left
        colour = "accent" if best == "CR" else "soft"
        drawing.rect(axes.left, y + 3, max(width, 1), ROW - 9, colour=colour)
        end, middle = axes.x(course.months), y + 3 + (ROW - 9) / 2
        if not course.ended:
            drawing.polygon(
                [(end + 2, middle - 6), (end + 10, middle), (end + 2, middle + 6)], colour="accent2"
            )
        drawing.text(end + 14, y + 14, f"{short_number(course.months)} {best}", size=11)
        drawing.close_link(anchor)
    note = w("Dark bars: complete response; light bars: other responses; arrow: still lasting.")
    return Figure(
        ident="swimmer",
        caption=(f"{title}. {note}",),
        svg=drawing.to_svg(),
        twin=_swimmer_table(w, courses, title),
    )


def _month_axis(drawing: Drawing, axes: Axes, label: str) -> None:
    for tick in ticks(axes.x_low, axes.x_high, about=6):
        drawing.line(axes.x(tick), axes.top, axes.x(tick), axes.bottom, colour="grid")
    shown = ticks(axes.x_low, axes.x_high, about=6)
    drawing.ticks(((axes.x(tick), short_number(tick)) for tick in shown), axes.bottom + 17)
    drawing.line(axes.left, axes.bottom, axes.left + axes.width, axes.bottom, colour="rule")
    drawing.text(axes.left, axes.top - 12, label, size=11, bold=True, colour="muted")


def _swimmer_table(w: Words, courses: Sequence[Course], title: str) -> Table:
    heads = (w("Patient"), w("Best response"), w("Months"), w("At the end"))
    return Table(
        ident="swimmer-table",
        caption=title,
        columns=tuple(Column(head=head, numeric=i == 2) for i, head in enumerate(heads)),
        lines=tuple(
            Line(
                cells=(
                    Value(_name(c, w), patient_anchor(c)),
                    c.patient.response.get("overall"),
                    Value(short_number(c.months), patient_anchor(c)),
                    w("ended") if c.ended else w("still lasting"),
                )
            )
            for c in courses
        ),
    )


def survival_figure(w: Words, courses: Sequence[Course]) -> Figure | None:
    """The product-limit curve with censoring marks and numbers at risk."""
    if not courses:
        return None
    steps = product_limit([(c.months, c.ended) for c in courses])
    title = w("Kaplan–Meier curve: share of responses that still last")
    end = steps[-1].months * 1.06 or 1
    axes = Axes(
        left=64, top=34, width=WIDTH - 100, height=240, x_low=0, x_high=end, y_low=0, y_high=1
    )
    drawing = Drawing(
        ident="kaplan-meier",
        title=title,
        desc=w("{n} responses. The table after the figure holds the same numbers.").format(
            n=len(courses)
        ),
        width=WIDTH,
    )
    draw_axes(
        drawing, axes, x_label=w("months"), y_label=w("responses lasting"), show_y=percent_tick
    )
    drawing.path(_staircase(axes, steps), colour="accent", width=2)
    for step in steps:
        if step.censored:
            x, y = axes.x(step.months), axes.y(step.share)
            drawing.line(x, y - 6, x, y + 6, colour="accent2", width=2)
    _numbers_at_risk(drawing, w, axes, courses)
    note = w("Upright marks: responses that were still lasting when last seen.")
    return Figure(
        ident="kaplan-meier",
        caption=(f"{title}. {note}",),
        svg=drawing.to_svg(),
        twin=_survival_table(w, steps, title),
    )


def _staircase(axes: Axes, steps: Sequence[Step]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for before, step in zip([steps[0], *steps], steps, strict=False):
        points.append((axes.x(step.months), axes.y(before.share)))
        points.append((axes.x(step.months), axes.y(step.share)))
    return points


def _numbers_at_risk(drawing: Drawing, w: Words, axes: Axes, courses: Sequence[Course]) -> None:
    y = axes.bottom + 58
    drawing.text(8, y, w("at risk"), size=11, bold=True, colour="muted")
    for tick in ticks(axes.x_low, axes.x_high):
        count = sum(course.months >= tick for course in courses)
        href = "swimmer-table"
        drawing.text(axes.x(tick), y, str(count), anchor="middle", size=11, href=href)


def _survival_table(w: Words, steps: Sequence[Step], title: str) -> Table:
    heads = (w("Months"), w("At risk"), w("Ended"), w("Censored"), w("Still lasting"))
    return Table(
        ident="kaplan-meier-table",
        caption=title,
        columns=tuple(Column(head=head, numeric=True) for head in heads),
        lines=tuple(
            Line(
                cells=tuple(
                    Value(text, "swimmer-table")
                    for text in (
                        short_number(s.months),
                        str(s.at_risk),
                        str(s.ended),
                        str(s.censored),
                        percent(s.share, s.at_risk),
                    )
                )
            )
            for s in steps
        ),
    )
