"""The question and the protocol, as review.toml states them."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.outcome import OUTCOME_NAMES
from evidence.report.context import ReportContext
from evidence.report.numbers import words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolContext:
    """What was asked, and the rules set before looking."""

    question: str | None
    protocol: Table


def build(ctx: ReportContext) -> ProtocolContext:
    """Read the protocol into a table; what it does not state is said."""
    w = words_of(ctx)
    facts = _facts(ctx)
    return ProtocolContext(
        question=ctx.protocol.review.question,
        protocol=Table(
            ident="table-protocol",
            caption=w("Protocol, as stated in review.toml"),
            columns=columns(w("Item"), w("Statement")),
            lines=tuple(Line(cells=(label, value)) for label, value in facts),
        ),
    )


def _facts(ctx: ReportContext) -> list[tuple[str, Cell]]:
    w = words_of(ctx)
    p = ctx.protocol
    missing = w("not stated")
    names = ", ".join(
        f"{w(OUTCOME_NAMES[o])} ({o})" if o in OUTCOME_NAMES else o for o in p.outcomes
    )
    drug = p.drug.name or missing
    if p.drug.synonyms:
        drug += f" ({', '.join(p.drug.synonyms)})"
    switches = {
        w("derived counts"): p.table.derived,
        w("responses another therapy may explain"): p.table.attributed,
        w("overlapping series"): p.table.overlaps,
        w("unconfirmed values"): p.table.unverified,
        w("case reports"): p.table.case_reports,
    }
    counted = ", ".join(name for name, on in switches.items() if on) or w("none")
    left_out = ", ".join(name for name, on in switches.items() if not on) or w("none")
    return [
        (w("Registration"), p.review.registration or missing),
        (w("Drug"), drug),
        (w("Diseases included"), _diseases(ctx, p.population.include) or w("every disease")),
        (w("Diseases excluded"), _diseases(ctx, p.population.exclude) or w("none")),
        (w("Outcomes"), names or missing),
        (w("Groupings"), ", ".join(w(by) for by in p.groups.by) or w("none")),
        (w("Dose bands"), "; ".join(band.label for band in p.groups.dose) or missing),
        (w("Counted"), counted),
        (w("Left out"), left_out),
        *_flow(ctx),
        (
            w("Order of preference of sources"),
            "; ".join(entry.citation or entry.title or entry.name for entry in p.source) or missing,
        ),
    ]


def _flow(ctx: ReportContext) -> list[tuple[str, Cell]]:
    w = words_of(ctx)
    counts = ctx.protocol.prisma
    if not counts:
        return []
    named = (f"{key} {n}" for key, n in counts.items())
    return [(w("Counts of the PRISMA flow"), "; ".join(named))]


def _diseases(ctx: ReportContext, codes: tuple[str, ...]) -> str:
    names = ctx.protocol.population.names
    w = words_of(ctx)
    return ", ".join(f"{w(names[code])} ({code})" if code in names else code for code in codes)
