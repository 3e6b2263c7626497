"""The PRISMA 2020 flow: counts from review.toml; a count nobody recorded is drawn as a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.report.figures.svg import Drawing
from evidence.report.figures.textwidth import wrap
from evidence.report.parts import Column, Figure, Line, Table
from evidence.report.text import Value
from evidence.report.words import Words

BOX, SIDE, GAP = 300.0, 300.0, 40.0
LEFT, LEADING = 34.0, 15.0


@dataclass(frozen=True, slots=True)
class Step:
    """One box of the flow: keys of ``[prisma]`` in review.toml with their labels."""

    stage: str
    keys: tuple[tuple[str, str], ...]
    side: tuple[tuple[str, str], ...] = ()
    """The box beside it: what left the flow here."""


STEPS = (
    Step(
        "Identification",
        (
            ("identified_databases", "Records from databases"),
            ("identified_registers", "Records from registers"),
            ("identified_other", "Records from other methods (citations, websites)"),
        ),
        (
            ("duplicates_removed", "Duplicates removed"),
            ("removed_automatically", "Marked ineligible by automation"),
            ("removed_other", "Removed for other reasons"),
        ),
    ),
    Step(
        "Screening",
        (("records_screened", "Records screened"),),
        (("records_excluded", "Records excluded"),),
    ),
    Step(
        "Screening",
        (("reports_sought", "Reports sought for retrieval"),),
        (("reports_not_retrieved", "Reports not retrieved"),),
    ),
    Step(
        "Screening",
        (("reports_assessed", "Reports assessed for eligibility"),),
        (("reports_excluded", "Reports excluded"),),
    ),
    Step(
        "Included",
        (
            ("studies_included", "Series included in the review"),
            ("reports_included", "Reports of included series"),
        ),
    ),
)
INCLUDED = "studies_included"
"""The count that the review itself can give."""
KEYS = tuple(key for step in STEPS for key, _ in (*step.keys, *step.side))


def prisma_figure(w: Words, counts: Mapping[str, int], *, series: int) -> Figure:
    """The flow; ``series`` (what the review holds) fills the last box when nothing else does."""
    known = {INCLUDED: series, **counts}
    title = w("PRISMA 2020 flow of records to series")
    return Figure(
        ident="prisma",
        caption=(title + ". " + w("A dashed box holds a count that review.toml does not give."),),
        svg=draw_prisma(w, known, title=title),
        twin=_twin(w, known, title, counted=INCLUDED not in counts),
    )


def draw_prisma(w: Words, counts: Mapping[str, int], *, title: str) -> str:
    """The picture alone."""
    missing = [key for key in KEYS if key not in counts]
    drawing = Drawing(
        ident="prisma",
        title=title,
        desc=w("{n} of {all} counts of the flow are recorded.").format(
            n=len(KEYS) - len(missing), all=len(KEYS)
        )
        + " "
        + w("The table after the figure holds the same numbers."),
        width=LEFT + BOX + GAP + SIDE + 16,
    )
    y = 8.0
    stage = ""
    for i, step in enumerate(STEPS):
        main = _lines(w, step.keys, counts)
        side = _lines(w, step.side, counts) if step.side else []
        height = LEADING * max(len(main), len(side)) + 18
        if step.stage != stage:
            stage = step.stage
            drawing.text(LEFT, y + 11, w(stage), bold=True, size=11, colour="muted")
            y += 18
        drawing.open_link("prisma-table")
        _box(drawing, LEFT, y, BOX, height, main, gap=_is_gap(step.keys, counts))
        if side:
            _box(drawing, LEFT + BOX + GAP, y, SIDE, height, side, gap=_is_gap(step.side, counts))
        drawing.close_link("prisma-table")
        if side:
            _arrow(drawing, LEFT + BOX, y + height / 2, LEFT + BOX + GAP, y + height / 2)
        if i + 1 < len(STEPS):
            down = y + height
            length = 40 if STEPS[i + 1].stage != stage else 22
            _arrow(drawing, LEFT + BOX / 2, down, LEFT + BOX / 2, down + length)
            y = down + 22
    return drawing.to_svg()


def _lines(w: Words, keys: tuple[tuple[str, str], ...], counts: Mapping[str, int]) -> list[str]:
    lines: list[str] = []
    for key, label in keys:
        number = f"n = {counts[key]}" if key in counts else w("not recorded")
        lines += wrap(f"{w(label)}: {number}", width=BOX - 20)
    return lines


def _is_gap(keys: tuple[tuple[str, str], ...], counts: Mapping[str, int]) -> bool:
    return not any(key in counts for key, _ in keys)


def _box(
    drawing: Drawing,
    x: float,
    y: float,
    width: float,
    height: float,
    lines: list[str],
    *,
    gap: bool,
) -> None:
    drawing.rect(
        x,
        y,
        width,
        height,
        colour="paper" if gap else "band",
        outline="unknown" if gap else "rule",
        dash="5 4" if gap else None,
    )
    start = y + (height - LEADING * len(lines)) / 2 + 11
    drawing.lines(x + 10, start, lines, leading=LEADING, colour="muted" if gap else "ink")


def _arrow(drawing: Drawing, x1: float, y1: float, x2: float, y2: float) -> None:
    drawing.line(x1, y1, x2, y2, colour="rule")
    if x1 == x2:
        drawing.polygon([(x2 - 4, y2 - 6), (x2 + 4, y2 - 6), (x2, y2)], colour="rule")
    else:
        drawing.polygon([(x2 - 6, y2 - 4), (x2 - 6, y2 + 4), (x2, y2)], colour="rule")


def _twin(w: Words, counts: Mapping[str, int], title: str, *, counted: bool) -> Table:
    return Table(
        ident="prisma-table",
        caption=title,
        columns=(Column(head=w("Step")), Column(head="n", numeric=True)),
        lines=tuple(
            Line(
                cells=(
                    w(label),
                    Value(
                        str(counts[key]),
                        "table-series" if counted and key == INCLUDED else "table-protocol",
                    )
                    if key in counts
                    else w("not recorded"),
                )
            )
            for step in STEPS
            for key, label in (*step.keys, *step.side)
        ),
    )
