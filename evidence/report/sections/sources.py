"""The table as printed beside the table corrected from the most preferred sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.model.pooled import GroupResult, StudyResult
from evidence.report.context import GroupKey, ReportContext
from evidence.report.links import (
    finding_anchor,
    series_anchor,
    slug,
    source_anchor,
    source_entry_anchor,
)
from evidence.report.numbers import pooled_counts, words_of
from evidence.report.othersources import cell_table, other_anchor, other_cell
from evidence.report.parts import Line, Table, columns
from evidence.report.sections.audit import ordered_findings
from evidence.report.text import (
    Cell,
    Sentence,
    Value,
    compose,
    interval,
    join,
    level_text,
    percent,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One pooled group as printed and corrected; None where it exists in one of them only."""

    key: GroupKey
    group: str
    printed: GroupResult | None
    corrected: GroupResult | None


def build(ctx: ReportContext) -> SourcesContext:
    """Two tables and what they come to; a review of one source per value says so."""
    pairs = differing(ctx)
    return SourcesContext(
        summary=_summary(ctx, pairs),
        moved=_moved_table(ctx),
        pooled=_pooled_table(ctx, pairs),
        cells=cell_table(ctx),
        sources=_source_table(ctx),
    )


def differing(ctx: ReportContext) -> list[Pair]:
    """Pooled groups whose counts or estimate differ between print and correction, in order."""
    found: list[Pair] = []
    for key in dict.fromkeys([*ctx.pooled, *ctx.corrected]) if ctx.corrected else ():
        was, now = _groups(ctx, key, corrected=False), _groups(ctx, key, corrected=True)
        for name in dict.fromkeys([*was, *now]):
            if _numbers(was.get(name)) != _numbers(now.get(name)):
                pair = Pair(key=key, group=name, printed=was.get(name), corrected=now.get(name))
                found.append(pair)
    return found


def _groups(ctx: ReportContext, key: GroupKey, *, corrected: bool) -> dict[str, GroupResult]:
    result = (ctx.corrected if corrected else ctx.pooled).get(key)
    return {group.group: group for group in result.groups} if result else {}


def _numbers(group: GroupResult | None) -> tuple[object, ...]:
    if group is None:
        return ()
    estimate = None if group.estimate is None else round(group.estimate, 6)
    return group.k, group.events, group.total, estimate


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
    counts, share = _cells(ctx, pair, corrected=corrected)
    if counts == share:
        return (words_of(ctx)("none"),)
    if corrected and isinstance(counts, Value):
        counts = Value(counts.text, _pair_anchor(pair), derived=counts.derived)
        share = Value(str(share), _pair_anchor(pair))
    return compose("{counts}, {share}", counts=counts, share=share)


def _cells(ctx: ReportContext, pair: Pair, *, corrected: bool) -> tuple[Cell, Cell]:
    """n/N, leading to the pooled number or to what was corrected; percent with interval."""
    group = pair.corrected if corrected else pair.printed
    if group is None:
        return "–", "–"
    result = (ctx.corrected if corrected else ctx.pooled)[pair.key]
    counts = pooled_counts(result, group)
    href = "table-sources-moved" if corrected and ctx.moved else counts.href
    span = interval(group.ci_low, group.ci_high, group.total)
    share = f"{percent(group.estimate, group.total)} ({span})"
    return Value(counts.text, href, derived=counts.derived), Value(share, href)


def _pair_anchor(pair: Pair) -> str:
    outcome, by = pair.key
    return f"corrected-{slug(outcome)}-{slug(by or 'overall')}-{slug(pair.group)}"


def _pooled_table(ctx: ReportContext, pairs: list[Pair]) -> Table | None:
    if not pairs:
        return None
    w = words_of(ctx)
    level = level_text(next(iter(ctx.pooled.values())).level) if ctx.pooled else ""
    heads = (
        w("Pooled number"),
        w("Printed"),
        w("% ({level} interval)").format(level=level),
        w("Corrected"),
        w("% ({level} interval)").format(level=level),
        w("Because of"),
    )
    return Table(
        ident="table-sources-pooled",
        caption=w("Pooled numbers that differ"),
        columns=columns(*heads, numeric=heads[1:5]),
        lines=tuple(_pooled_line(ctx, pair) for pair in pairs),
    )


def _pooled_line(ctx: ReportContext, pair: Pair) -> Line:
    w = words_of(ctx)
    outcome, by = pair.key
    name = (
        f"{outcome} {w('by')} {w(by)}: {w.level(pair.group)}"
        if by
        else f"{outcome}, {w('all series')}"
    )
    before, after = (_cells(ctx, pair, corrected=c) for c in (False, True))
    causes = join(_causes(ctx, pair), between="; ")
    return Line(
        anchor=_pair_anchor(pair) if by is None else None,
        cells=(name, *before, *after, causes or w("model or settings")),
    )


def _causes(ctx: ReportContext, pair: Pair) -> Iterable[Cell]:
    """Series whose counts in this group differ, each leading to its place."""
    labels = {entry.series.series: entry.series.label for entry in ctx.series}
    was, now = _studies(pair.printed), _studies(pair.corrected)
    for series in sorted({*was, *now}):
        before, after = was.get(series), now.get(series)
        if _plain(before) != _plain(after):
            known = series in labels
            text = f"{labels.get(series, series)} {_shift(ctx, before, after)}"
            yield Value(text, series_anchor(series) if known else "table-sources-moved")


def _studies(group: GroupResult | None) -> dict[str, StudyResult]:
    return {study.series: study for study in group.studies} if group else {}


def _plain(study: StudyResult | None) -> tuple[int, int] | None:
    return None if study is None else (study.events, study.total)


def _shift(ctx: ReportContext, before: StudyResult | None, after: StudyResult | None) -> str:
    w = words_of(ctx)
    if before is None and after is not None:
        return f"{w('new')}: {_count(after)}"
    if after is None and before is not None:
        return f"{w('gone')}: {_count(before)}"
    assert before is not None and after is not None
    return f"{_count(before)} → {_count(after)}"


def _count(study: StudyResult) -> str:
    return f"{study.events}/{study.total}{'†' if study.derived else ''}"


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
