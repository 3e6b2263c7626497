"""The PRISMA 2020 flow."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.figures.prisma import KEYS, prisma_figure
from evidence.report.numbers import words_of
from evidence.report.parts import Figure
from evidence.report.text import Sentence, Value, join


@dataclass(frozen=True, slots=True, kw_only=True)
class PrismaContext:
    """The flow and what it lacks."""

    flow: Figure
    missing: Sentence | None
    unknown: Sentence | None
    """Keys of ``[prisma]`` that the flow has no box for."""


def build(ctx: ReportContext) -> PrismaContext:
    """Counts from review.toml; a gap is shown as a gap."""
    w = words_of(ctx)
    counts = ctx.protocol.prisma
    gaps = [key for key in KEYS if key not in counts and key != "studies_included"]
    unknown = [key for key in counts if key not in KEYS]
    return PrismaContext(
        flow=prisma_figure(w, counts, series=len(ctx.series)),
        missing=w.say(
            "{n} of {all} counts of the flow are not recorded; they belong under [prisma] in"
            " review.toml.",
            n=Value(str(len(gaps)), "prisma-table"),
            all=Value(str(len(KEYS)), "prisma-table"),
        )
        if gaps
        else None,
        unknown=w.say(
            "Not in the flow, and shown nowhere else: {keys}. Known: {known}.",
            keys=join(f"{key} = {counts[key]}" for key in unknown),
            known=", ".join(KEYS),
        )
        if unknown
        else None,
    )
