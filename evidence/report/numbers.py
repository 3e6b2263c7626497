"""Linked numbers: counts, pooled proportions and intervals as values that lead to their source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence.model.pooled import Excluded, GroupResult, Pooled
from evidence.model.row import EvidenceRow
from evidence.model.source import CellSource
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.links import (
    cell_anchor,
    result_anchor,
    row_anchor,
    rows_of,
    series_anchor,
    source_anchor,
)
from evidence.report.text import Cell, Sentence, Value, interval, join, level_text, percent
from evidence.report.words import Words, words

_WITH_DETAIL = re.compile(r"(.*?)(?: \(([^()]*)\))?", re.DOTALL)
"""A reason and what it says of one series alone: ``mixes routes (IV, SC)``."""


def words_of(ctx: ReportContext) -> Words:
    """The language of the review."""
    return words(ctx.protocol.review.language)


def counts_value(w: Words, row: EvidenceRow) -> Value:
    """``12/14``, with a dagger when derived; *not reported* when there is no count."""
    if row.events is None:
        return Value(w("not reported"), source_anchor(row))
    total = "?" if row.total is None else str(row.total)
    return Value(
        f"{row.events}/{total}",
        row_anchor(row),
        derived=row.how == "derived",
    )


def pooled_percent(result: Pooled, group: GroupResult) -> Value:
    """``67.9%``, leading to what the pooled number was made from."""
    text = percent(group.estimate, group.total)
    return Value(text, result_anchor(result.outcome, result.by, group.group))


def pooled_counts(result: Pooled, group: GroupResult) -> Value:
    """``120/182``, a dagger when any count in it is derived."""
    return Value(
        f"{group.events}/{group.total}",
        result_anchor(result.outcome, result.by, group.group),
        derived=any(study.derived for study in group.studies),
    )


def pooled_interval(result: Pooled, group: GroupResult) -> Value:
    """``54.0–79.2``"""
    return Value(
        interval(group.ci_low, group.ci_high, group.total),
        result_anchor(result.outcome, result.by, group.group),
    )


def prediction_value(result: Pooled, group: GroupResult) -> Value | None:
    """``29.4–91.5``; None when there is no prediction interval."""
    if group.pi_low is None:
        return None
    return Value(
        interval(group.pi_low, group.pi_high, group.total),
        result_anchor(result.outcome, result.by, group.group),
    )


def pooled_sentence(ctx: ReportContext, result: Pooled, group: GroupResult) -> Sentence:
    """``120/182 (67.9%, 95% CI 54.0–79.2; prediction interval ...; 14 series, 182 patients)``"""
    w = words_of(ctx)
    prediction = prediction_value(result, group)
    template = "{counts} ({percent}, {level} CI {interval}; {size})"
    if prediction is not None:
        template = "{counts} ({percent}, {level} CI {interval}; prediction interval {pi}; {size})"
    if group.estimate is None:
        template = "{counts} ({size})"
    return w.say(
        template,
        counts=pooled_counts(result, group),
        percent=pooled_percent(result, group),
        level=level_text(result.level),
        interval=pooled_interval(result, group),
        pi=prediction or "",
        size=pooled_size(ctx, result, group),
    )


APART = 0.02
"""A pooled proportion this far from n/N is a difference that a reader would take for a slip."""


def added_up_sentence(ctx: ReportContext, result: Pooled, group: GroupResult) -> Sentence | None:
    """Why the pooled proportion is not n/N; None where the two lie close together."""
    if group.estimate is None or not group.total or group.k < 2:
        return None
    share = group.events / group.total
    if abs(share - group.estimate) < APART:
        return None
    return words_of(ctx).say(
        "The counts added up, {counts}, are {share}: the pooled proportion weighs series, not"
        " patients.",
        counts=pooled_counts(result, group),
        share=Value(
            percent(share, group.total), result_anchor(result.outcome, result.by, group.group)
        ),
    )


def pooled_size(ctx: ReportContext, result: Pooled, group: GroupResult) -> Value:
    """``14 series, 182 patients``"""
    text = words_of(ctx).series_patients(group.k, group.total)
    return Value(text, result_anchor(result.outcome, result.by, group.group))


def left_out(ctx: ReportContext, excluded: Iterable[Excluded]) -> Sentence:
    """Who takes no part, each reason said once: ``Left out (not reported): A; B.``"""
    reasons: dict[str, list[Cell]] = {}
    for item in excluded:
        reason, detail = _WITH_DETAIL.fullmatch(item.reason).groups()  # type: ignore[union-attr]
        named = item.series + (f" ({detail})" if detail else "")
        reasons.setdefault(reason, []).append(series_value(ctx, item.series, named))
    w = words_of(ctx)
    told = (
        w.say("Left out ({reason}): {named}.", reason=w.told(reason), named=join(who, between="; "))
        for reason, who in reasons.items()
    )
    return join(told, between=" ")


def series_value(ctx: ReportContext, series: str, text: str | None = None) -> Value:
    """A series by its id or label, leading to its place; without link where it is not known."""
    for entry in ctx.series:
        if series in (entry.series.series, entry.series.label):
            return Value(text or entry.series.label, series_anchor(entry.series.series))
    return Value(text or series)


def overall_group(ctx: ReportContext, outcome: str) -> tuple[Pooled, GroupResult] | None:
    """The overall result of an outcome; None when it was not pooled or nothing reports it."""
    result = ctx.result(outcome)
    if result is None or not result.groups:
        return None
    return result, result.groups[0]


def cell_of(entry: SeriesEntry, *paths: str, guesses: tuple[str, ...] = ()) -> str:
    """The anchor of the cell a value was read from; the series' own block when unknown.

    ``paths`` are value paths as in the file's readings (``arms[0].responses[0].CR``; a prefix
    will do); ``guesses`` are cell names to fall back on.
    """
    series = entry.series
    for path in paths:
        for key, note in series.readings.items():
            if note.cell in series.cells and (key == path or key.startswith(path)):
                return cell_anchor(series.series, str(note.cell))
    for guess in guesses:
        if guess in series.cells:
            return cell_anchor(series.series, guess)
    return series_anchor(series.series)


def sourced(
    text: str,
    entry: SeriesEntry,
    *paths: str,
    guesses: tuple[str, ...] = (),
    quoted: bool = False,
) -> Value:
    """A value of a series that leads to its printed cell."""
    return Value(text, cell_of(entry, *paths, guesses=guesses), quoted=quoted)


def cell_place(w: Words, cell: CellSource) -> str:
    """``page 2, table 4, box 112.4 301 168.2 322.9 pt``: as much as is known."""
    places: list[str] = []
    if cell.page is not None:
        places.append(w("page {n}").format(n=cell.page))
    if cell.table:
        places.append(w("table {n}").format(n=cell.table))
    if cell.box is not None:
        places.append(w("box {box} pt").format(box=" ".join(f"{edge:.4g}" for edge in cell.box)))
    return ", ".join(places)


def series_anchors(ctx: ReportContext, outcome: str) -> dict[str, tuple[str, str]]:
    """Series id to its label and the anchor of its row."""
    found: dict[str, tuple[str, str]] = {}
    for entry in ctx.series:
        rows = rows_of(ctx, entry.series.series, outcome)
        if rows:
            found[entry.series.series] = (entry.series.label, source_anchor(rows[0]))
    return found
