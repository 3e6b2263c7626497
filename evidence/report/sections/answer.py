"""Title, the answer in one paragraph, and where the review stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model.pooled import GroupResult, Pooled
from evidence.report.context import ReportContext
from evidence.report.numbers import (
    added_up_sentence,
    overall_group,
    pooled_counts,
    pooled_interval,
    pooled_percent,
    pooled_sentence,
    pooled_size,
    words_of,
)
from evidence.report.parts import Warn
from evidence.report.text import Cell, Sentence, Value, join, level_text
from evidence.report.warnings import named_warnings, pooled_warnings
from evidence.table.sizes import counted_series, series_sizes

HARDLY_KNOWN = ("few-series", "not-converged", "separation", "tau2-huge")
"""Warnings of a group that belong beside its number in the answer."""


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One line of the status box; ``tone`` is ``good``, ``open`` or ``plain``."""

    label: Cell
    value: Cell
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """The head of the report."""

    version: Sentence
    authors: str
    answer: tuple[Sentence, ...]
    """Sentences of the one paragraph."""
    warnings: tuple[Warn, ...]
    status: tuple[StatusItem, ...]


def build(ctx: ReportContext) -> AnswerContext:
    """Compose the answer from the results that exist."""
    review = ctx.protocol.review
    w = words_of(ctx)
    return AnswerContext(
        version=w.say(
            "Version {version}; data up to {date}.",
            version=review.version,
            date=review.data_date or w("a date not stated in review.toml"),
        ),
        authors=", ".join(review.authors),
        answer=compose_answer(ctx),
        warnings=_warnings(ctx),
        status=status_items(ctx),
    )


def headline_outcomes(ctx: ReportContext) -> list[str]:
    """The first two outcomes of the protocol that were pooled."""
    pooled = [outcome for outcome in ctx.protocol.outcomes if overall_group(ctx, outcome)]
    return pooled[:2]


def compose_answer(ctx: ReportContext) -> tuple[Sentence, ...]:
    """What was found, in sentences that hold only what was computed; the first grouping too."""
    w = words_of(ctx)
    outcomes = headline_outcomes(ctx)
    if not outcomes:
        return (_nothing(ctx),)
    sentences = [_opening(ctx)]
    for outcome in outcomes:
        found = overall_group(ctx, outcome)
        if found is None:
            continue
        template = (
            "The pooled proportion across uncontrolled series with {outcome} was {numbers}."
            if found[1].k > 1
            else "In the only series that reports it, the proportion with {outcome} was {numbers}."
        )
        numbers = pooled_sentence(ctx, *found)
        sentences.append(w.say(template, outcome=w.outcome(outcome), numbers=numbers))
        added_up = added_up_sentence(ctx, *found)
        sentences += [added_up] if added_up else []
    sentences += _by_groups(ctx, outcomes[0])
    sentences.append(
        w.say(
            "These numbers compare with no control group, so none of them says what would have"
            " happened without the treatment."
        )
    )
    return tuple(sentences)


def _nothing(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    if not ctx.series:
        return w.say("The review holds no series yet, so there is no answer to give.")
    return w.say(
        "The review holds {k}, but none gives counts that could be pooled.",
        k=Value(
            w.many("{k} series", "{k} series", len(ctx.series)).format(k=len(ctx.series)),
            "sec-series",
        ),
    )


def _opening(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    patients = sum(series_sizes(ctx.rows).values())
    drug = ctx.protocol.drug.name
    size = Value(w.series_patients(len(counted_series(ctx.rows)), patients), "sec-series")
    if drug:
        return w.say(
            "Published experience with {drug} here comes from {size}.", drug=drug, size=size
        )
    return w.say("The published experience gathered here comes from {size}.", size=size)


def _by_groups(ctx: ReportContext, outcome: str) -> list[Sentence]:
    w = words_of(ctx)
    sentences: list[Sentence] = []
    for by in ctx.protocol.groups.by[:1]:
        result = ctx.result(outcome, by)
        if result is None or len(result.groups) < 2:
            continue
        listed = join(
            (
                w.say(
                    "{group}: {numbers}",
                    group=w.level(group.group),
                    numbers=_short(ctx, result, group),
                )
                for group in result.groups
            ),
            between="; ",
        )
        sentences.append(w.say("By {grouping}, {listed}.", grouping=w(by), listed=listed))
        if any(contrast.aliased for contrast in result.contrasts):
            sentences.append(
                w.say(
                    "These groups of series differ in more than {grouping} ({panel}), so a"
                    " difference between them has no single cause.",
                    grouping=w(by),
                    panel=Value(w("confounding panel"), "table-confounding"),
                )
            )
    return sentences


def _short(ctx: ReportContext, result: Pooled, group: GroupResult) -> Sentence:
    w = words_of(ctx)
    template = "{counts} ({percent}, {level} CI {interval}; {size})"
    if group.k == 1:
        template = "{counts} ({percent}; {size})"
    return w.say(
        template,
        counts=pooled_counts(result, group),
        percent=pooled_percent(result, group),
        level=level_text(result.level),
        interval=pooled_interval(result, group),
        size=pooled_size(ctx, result, group),
    )


def _warnings(ctx: ReportContext) -> tuple[Warn, ...]:
    found: list[Warn] = []
    for outcome in headline_outcomes(ctx):
        result = ctx.result(outcome)
        if result is not None:
            found += [warn for warn in pooled_warnings(ctx, result) if warn not in found]
    return (*found, *_group_warnings(ctx))


def _group_warnings(ctx: ReportContext) -> Iterator[Warn]:
    """Of the groups that the answer names: what makes their numbers hardly known."""
    for outcome in headline_outcomes(ctx)[:1]:
        for by in ctx.protocol.groups.by[:1]:
            result = ctx.result(outcome, by)
            if result is not None and len(result.groups) > 1:
                yield from (w for w in named_warnings(ctx, result) if w.code in HARDLY_KNOWN)


def status_items(ctx: ReportContext) -> tuple[StatusItem, ...]:
    """Series, patients, share of values confirmed, open findings, unresolved overlaps."""
    w = words_of(ctx)
    patients = sum(series_sizes(ctx.rows).values())
    reported = [row for row in ctx.rows if row.events is not None]
    checked = sum(row.status in ("confirmed", "corrected") for row in reported)
    still_open = [finding for finding in ctx.findings if finding.status == "open"]
    overlaps = unresolved_overlaps(ctx)
    numbers = dict.fromkeys((len(counted_series(ctx.rows)), len(ctx.series)))
    share = f"{100 * checked // len(reported)}%" if reported else w("none reported")
    return (
        StatusItem(w("Series"), Value("/".join(map(str, numbers)), "sec-series")),
        StatusItem(w("Patients"), Value(str(patients), "sec-series")),
        StatusItem(
            w.say("Counts confirmed by a person: {share}", share=Value(share, "sec-provenance")),
            Value(f"{checked}/{len(reported)}", "sec-provenance"),
            "good" if reported and checked == len(reported) else "open",
        ),
        StatusItem(
            w("Open audit findings"),
            Value(str(len(still_open)), "sec-audit"),
            "open" if still_open else "good",
        ),
        StatusItem(
            w("Unresolved overlaps"),
            Value(str(overlaps), "sec-audit"),
            "open" if overlaps else "good",
        ),
    )


def unresolved_overlaps(ctx: ReportContext) -> int:
    """Overlaps between series that no person has decided on, recorded or suspected by the audit."""
    recorded = sum(o.by is None for entry in ctx.series for o in entry.series.overlaps)
    suspected = {
        frozenset(finding.stated.removesuffix(" as two series").split(" and "))
        for finding in ctx.findings
        if finding.code == "possible-overlap" and finding.status == "open"
    }
    return recorded + len(suspected)
