"""Warnings of pooled results, each once, to stand beside the number they concern."""

from __future__ import annotations

from dataclasses import replace

from evidence.model.pooled import GroupResult, Pooled
from evidence.report.context import ReportContext
from evidence.report.links import result_anchor
from evidence.report.numbers import words_of
from evidence.report.parts import Warn
from evidence.report.text import Value


def group_warnings(ctx: ReportContext, group: GroupResult) -> tuple[Warn, ...]:
    """The warnings of one pooled group."""
    w = words_of(ctx)
    return tuple(dict.fromkeys(Warn.of(w, problem) for problem in group.problems))


def pooled_warnings(ctx: ReportContext, result: Pooled) -> tuple[Warn, ...]:
    """The warnings of a whole result: its own, then its groups', each leading to its number."""
    w = words_of(ctx)
    found = [Warn.of(w, problem) for problem in result.problems]
    for group in result.groups:
        name = result.outcome if result.by is None else w.level(group.group)
        link = Value(name, result_anchor(result.outcome, result.by, group.group))
        found += [
            replace(warn, text=(link, ": ", *warn.text)) for warn in group_warnings(ctx, group)
        ]
    return tuple(dict.fromkeys(found))
