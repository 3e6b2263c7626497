"""Warnings of pooled results, each once, to stand beside the number they concern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from evidence.errors import Problem
from evidence.model.pooled import GroupResult, Pooled
from evidence.report.context import ReportContext
from evidence.report.links import result_anchor, series_anchor
from evidence.report.numbers import words_of
from evidence.report.parts import Warn
from evidence.report.text import Part, Value

_ID = re.compile(r"[\w.-]*\w")
_SPACED = re.compile(r"(?<=\d) (?=%)")


def warning(ctx: ReportContext, problem: Problem) -> Warn:
    """A problem of the pooling as this report words it, its series by name and with a link."""
    warn = Warn.of(words_of(ctx), problem)
    labels = {entry.series.series: entry.series.label for entry in ctx.series}
    return replace(warn, text=tuple(p for part in warn.text for p in _named(part, labels)))


def _named(part: Part, labels: Mapping[str, str]) -> Iterator[Part]:
    """``One series (smith-2001)`` in parts: the id becomes the series' label."""
    if isinstance(part, Value):
        yield part
        return
    text, start = _SPACED.sub("", str(part)), 0
    for found in _ID.finditer(text):
        if found.group() in labels:
            yield text[start : found.start()]
            yield Value(labels[found.group()], series_anchor(found.group()))
            start = found.end()
    yield part if start == 0 and text == str(part) else text[start:]


def group_warnings(ctx: ReportContext, group: GroupResult) -> tuple[Warn, ...]:
    """The warnings of one pooled group."""
    return tuple(dict.fromkeys(warning(ctx, problem) for problem in group.problems))


def named_warnings(ctx: ReportContext, result: Pooled) -> Iterator[Warn]:
    """The warnings of each group under its name, which leads to its number."""
    w = words_of(ctx)
    for group in result.groups:
        name = result.outcome if result.by is None else w.level(group.group)
        link = Value(name, result_anchor(result.outcome, result.by, group.group))
        for warn in group_warnings(ctx, group):
            yield replace(warn, text=(link, ": ", *warn.text))


def pooled_warnings(ctx: ReportContext, result: Pooled) -> tuple[Warn, ...]:
    """The warnings of a whole result: its own, then its groups'."""
    own = (warning(ctx, problem) for problem in result.problems)
    return tuple(dict.fromkeys([*own, *named_warnings(ctx, result)]))
