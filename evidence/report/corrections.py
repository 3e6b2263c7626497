"""Pooled numbers as printed beside the same corrected, and the series that make the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.pooled import GroupResult, StudyResult
from evidence.report.context import GroupKey, ReportContext
from evidence.report.links import series_anchor, slug
from evidence.report.numbers import pooled_counts, words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Cell, Value, interval, join, level_text, percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One pooled group as printed and corrected; None where it exists in one of them only."""

    key: GroupKey
    group: str
    printed: GroupResult | None
    corrected: GroupResult | None


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


def pair_cells(ctx: ReportContext, pair: Pair, *, corrected: bool) -> tuple[Cell, Cell]:
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


def pair_anchor(pair: Pair) -> str:
    """The line of the table of differing numbers."""
    outcome, by = pair.key
    return f"corrected-{slug(outcome)}-{slug(by or 'overall')}-{slug(pair.group)}"


def corrected_table(ctx: ReportContext, pairs: list[Pair]) -> Table | None:
    """One line per pooled number that differs, with the series it is because of."""
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
    before, after = (pair_cells(ctx, pair, corrected=c) for c in (False, True))
    causes = join(_causes(ctx, pair), between="; ")
    return Line(
        anchor=pair_anchor(pair) if by is None else None,
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
