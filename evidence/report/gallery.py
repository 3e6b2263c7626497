"""Every kind of figure by name: ``figure("forest", ctx, outcome="ORR", by="route")``.

A new kind is one module in ``figures/``, one function here and one line in ``FIGURES``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import Problem, Severity, WrongUsage, unknown_name
from evidence.report.text import numbers_in

if TYPE_CHECKING:
    from evidence.model.pooled import Pooled
    from evidence.report.context import ReportContext
    from evidence.report.parts import Figure

Build = Callable[["ReportContext", str, str | None], "Figure | None"]


def figure(kind: str, ctx: ReportContext, *, outcome: str = "ORR", by: str | None = None) -> Figure:
    """One figure alone: ``.svg`` is the picture, ``.twin`` its table.

    Raises WrongUsage for an unknown kind, and when the review holds nothing to draw.
    """
    build = known_figure(kind)
    with numbers_in(ctx.protocol.review.language):
        drawn = build(ctx, outcome, by)
    if drawn is None or not drawn.svg:
        _check_names(ctx, outcome, by)
        about = f"{outcome} by {by}" if by else outcome
        raise WrongUsage(
            Problem(
                code="nothing-to-draw",
                severity=Severity.ERROR,
                message=f"There is nothing to draw for the figure '{kind}' of {about}.",
                remedy="evidence status says what the review holds.",
            )
        )
    return drawn


def known_figure(kind: str) -> Build:
    """What draws a kind of figure; raises WrongUsage for an unknown kind."""
    if kind not in FIGURES:
        raise unknown_name("figure", kind, list(FIGURES))
    return FIGURES[kind]


def _check_names(ctx: ReportContext, outcome: str, by: str | None) -> None:
    """Nothing was drawn: was it because no such outcome or grouping is pooled?"""
    pooled = {
        "outcome": (outcome, [name for name, grouping in ctx.pooled if grouping is None]),
        "grouping": (by, [grouping for _, grouping in ctx.pooled if grouping is not None]),
    }
    for what, (name, known) in pooled.items():
        if name is not None and known and name not in known:
            raise unknown_name(what, name, list(dict.fromkeys(known)))


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG that shows itself in a notebook."""

    svg: str

    def save(self, path: Path | str) -> None:
        """Write the picture as .svg, .png or .pdf.

        Raises:
            WrongUsage: another suffix, or the extra ``pdf`` is not installed.
        """
        from evidence.report.figures.files import figure_bytes
        from evidence.store import write_atomic

        path = Path(path)
        write_atomic(path, figure_bytes(self.svg, path.suffix.casefold()))

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


def forest_of(pooled: Pooled) -> Picture:
    """The forest plot of a pooled result alone, without a review around it."""
    from evidence.report.context import ReportContext

    results = {(pooled.outcome, pooled.by): pooled}
    if pooled.by is not None and pooled.overall is not None:
        whole = replace(pooled, by=None, groups=(pooled.overall,), contrasts=(), between=None)
        results[(pooled.outcome, None)] = whole
    ctx = ReportContext(pooled=results)
    return Picture(figure("forest", ctx, outcome=pooled.outcome, by=pooled.by).svg)


def _forest(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.figures.forest import forest_figure

    return forest_figure(ctx, outcome, by)


def _map(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.sections.evidence_map import build

    return build(ctx).evidence_map


def _prisma(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.sections.prisma import build

    return build(ctx).flow


def _strip(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.sections.risk_of_bias import build

    return build(ctx).strip


def _complications(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.sections.complications import build

    return build(ctx).figure


def _swimmer(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.sections.duration import build

    return build(ctx).swimmer


def _survival(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
    from evidence.report.sections.duration import build

    return build(ctx).survival


def _named(prefix: str) -> Build:
    """A figure of the sensitivity or small-study section, by the start of its name."""

    def build(ctx: ReportContext, outcome: str, by: str | None) -> Figure | None:
        from evidence.report.sections.sensitivity import outcome_figures

        found = (f for f in outcome_figures(ctx, outcome) if f.ident.startswith(prefix))
        return next(found, None)

    return build


FIGURES: dict[str, Build] = {
    "forest": _forest,
    "evidence-map": _map,
    "prisma": _prisma,
    "risk-of-bias": _strip,
    "sensitivity": _named("sensitivity"),
    "leave-one-out": _named("leave-one-out"),
    "cumulative": _named("cumulative"),
    "baujat": _named("baujat"),
    "gosh": _named("gosh"),
    "bubble": _named("bubble"),
    "funnel": _named("funnel"),
    "swimmer": _swimmer,
    "kaplan-meier": _survival,
    "complications": _complications,
}
