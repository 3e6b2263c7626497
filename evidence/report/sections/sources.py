"""The table as printed beside the table corrected from the most preferred sources."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.report.context import ReportContext
from evidence.report.corrections import Pair, corrected_table, differing, pair_anchor, pair_cells
from evidence.report.findings import ordered_findings
from evidence.report.links import (
    finding_anchor,
    series_anchor,
    source_anchor,
    source_entry_anchor,
)
from evidence.report.numbers import words_of
from evidence.report.othersources import cell_table, other_anchor, other_cell
from evidence.report.parts import Line, Table, columns
from evidence.report.text import (
    Cell,
    Sentence,
    Value,
    compose,
    join,
)
from evidence.table.moved import Moved

TRAITS = {
    "route": "route",
    "dose_band": "dose",
    "doses_per_week": "doses a week",
    "population": "patients",
}
"""Names of what may move besides counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesContext:
    """What another source of the same series says, and what that would change."""

    summary: tuple[Sentence, ...]
    moved: Table | None
    pooled: Table | None
    cells: Table | None
    """What the other sources print where they are taken."""
    sources: Table | None
    """Every source named in review.toml, most preferred first."""


def build(ctx: ReportContext) -> SourcesContext:
    """Two tables and what they come to; a review of one source per value says so."""
    pairs = differing(ctx)
    return SourcesContext(
        summary=_summary(ctx, pairs),
        moved=_moved_table(ctx),
        pooled=corrected_table(ctx, pairs),
        cells=cell_table(ctx),
        sources=_source_table(ctx),
    )


def _summary(ctx: ReportContext, pairs: list[Pair]) -> tuple[Sentence, ...]:
    w = words_of(ctx)
    if not ctx.moved and not ctx.corrected:
        return (w.say("The review has one source for each value, so there is nothing to correct."),)
    printed = ctx.protocol.table.as_printed_in or w("the printed table")
    main = w.say(
        "The numbers of this report take the table as {printed} prints it.",
        printed=Value(printed, source_entry_anchor(printed)),
    )
    if not ctx.moved and not pairs:
        return (main, w.say("What the more preferred sources state agrees with it."))
    series = len({item.series for item in ctx.moved})
    total = sum(len(result.groups) for result in ctx.pooled.values())
    sentences = [
        main,
        w.say(
            "With each field from the most preferred source that states it, {values} of {series}"
            " differ, and with them {n} of {total} pooled numbers.",
            values=_many(ctx, "{n} value", "{n} values", len(ctx.moved), "table-sources-moved"),
            series=_many(ctx, "{n} series", "{n} series", series, "table-sources-moved"),
            n=Value(str(len(pairs)), "table-sources-pooled" if pairs else "sec-forest"),
            total=Value(str(total), "sec-forest"),
        ),
    ]
    sentences += [_overall(ctx, pair) for pair in pairs if pair.key[1] is None]
    return tuple(sentences)


def _many(ctx: ReportContext, one: str, other: str, n: int, href: str) -> Value:
    return Value(words_of(ctx).many(one, other, n).format(n=n), href)


def _overall(ctx: ReportContext, pair: Pair) -> Sentence:
    return words_of(ctx).say(
        "{outcome} over all series: {before} as printed, {after} corrected.",
        outcome=pair.key[0],
        before=_told(ctx, pair, corrected=False),
        after=_told(ctx, pair, corrected=True),
    )


def _told(ctx: ReportContext, pair: Pair, *, corrected: bool) -> Sentence:
    counts, share = pair_cells(ctx, pair, corrected=corrected)
    if counts == share:
        return (words_of(ctx)("none"),)
    if corrected and isinstance(counts, Value):
        counts = Value(counts.text, pair_anchor(pair), derived=counts.derived)
        share = Value(str(share), pair_anchor(pair))
    return compose("{counts}, {share}", counts=counts, share=share)


def _moved_table(ctx: ReportContext) -> Table | None:
    if not ctx.moved:
        return None
    w = words_of(ctx)
    merged: dict[tuple[str, str, str | None], list[Moved]] = {}
    for item in sorted(ctx.moved, key=lambda m: (m.series, m.stratum != "all")):
        merged.setdefault((item.series, item.stratum, item.source), []).append(item)
    return Table(
        ident="table-sources-moved",
        caption=w("What moves, series by series"),
        columns=columns(w("Series"), w("Patients"), w("Printed"), w("Now"), w("Source of it")),
        lines=tuple(_moved_line(ctx, items) for items in merged.values()),
        notes=(w("–: not in that table. † derived: the rule stands at the number's source."),),
    )


def _moved_line(ctx: ReportContext, items: list[Moved]) -> Line:
    w = words_of(ctx)
    first = items[0]
    known = any(entry.series.series == first.series for entry in ctx.series)
    return Line(
        cells=(
            Value(first.label, series_anchor(first.series) if known else None),
            w("all patients") if first.stratum == "all" else first.stratum,
            join((_before(ctx, item) for item in items if item.printed), between="; ") or "–",
            join((_after(ctx, item) for item in items if item.now), between="; ") or "–",
            _origin(ctx, first),
        )
    )


def _origin(ctx: ReportContext, item: Moved) -> Cell:
    """The source of what is now; a trait beside printed counts comes from its finding's source."""
    w = words_of(ctx)
    if item.source is None:
        return w("no longer told apart")
    if item.source != ctx.protocol.table.as_printed_in:
        return Value(item.source, source_entry_anchor(item.source))
    number = _finding(ctx, item)
    if number is None:
        return w("another source")
    return Value(w("finding {n}").format(n=number), finding_anchor(number))


def _what(ctx: ReportContext, item: Moved) -> str:
    w = words_of(ctx)
    if item.what in TRAITS:
        return f"{w(TRAITS[item.what])}:"
    if item.what == "deaths":
        return w(item.what)
    return str(w.name(item.what.removeprefix(COMPLICATION_PREFIX)))


def _before(ctx: ReportContext, item: Moved) -> Value:
    key = (item.series, item.stratum, item.what)
    rows = {(row.series, row.stratum, row.outcome): row for row in ctx.rows if row.arm is None}
    href = source_anchor(rows[key]) if key in rows else series_anchor(item.series)
    return Value(f"{_what(ctx, item)} {item.printed}", href, derived=item.printed_derived)


def _after(ctx: ReportContext, item: Moved) -> Value:
    """Leads to the audit finding that quotes both sources, else to the other source's cell."""
    number = _finding(ctx, item)
    href = source_entry_anchor(item.source or "")
    if number:
        href = finding_anchor(number)
    elif (found := other_cell(ctx, item)) is not None:
        href = other_anchor(*found)
    return Value(f"{_what(ctx, item)} {item.now}", href, derived=item.derived)


def _finding(ctx: ReportContext, item: Moved) -> int | None:
    for number, finding in enumerate(ordered_findings(ctx), start=1):
        field = (finding.field or "").rpartition(".")[2]
        if (finding.code, finding.series, field) == ("sources-differ", item.series, item.what):
            return number
    return None


def _source_table(ctx: ReportContext) -> Table | None:
    if len(ctx.protocol.source) < 2:
        return None
    w = words_of(ctx)
    return Table(
        ident="table-sources",
        caption=w("Sources, most preferred first"),
        columns=columns(w("Source"), w("Kind"), w("Citation")),
        lines=tuple(
            Line(
                anchor=source_entry_anchor(entry.name),
                cells=(entry.name, w(entry.kind), entry.citation or entry.title or "–"),
            )
            for entry in ctx.protocol.source
        ),
    )
