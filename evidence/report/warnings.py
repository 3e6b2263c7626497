"""Warnings of pooled results, each once, to stand beside the number they concern."""

from __future__ import annotations

from evidence.model.pooled import GroupResult, Pooled
from evidence.report.context import ReportContext
from evidence.report.parts import Warn


def group_warnings(group: GroupResult) -> tuple[Warn, ...]:
    """The warnings of one pooled group."""
    return tuple(dict.fromkeys(Warn.of(problem) for problem in group.problems))


def pooled_warnings(ctx: ReportContext, result: Pooled) -> tuple[Warn, ...]:
    """The warnings of a whole result: its own, then its groups', without repeats."""
    found = [Warn.of(problem) for problem in result.problems]
    for group in result.groups:
        for warn in group_warnings(group):
            if result.by is None:
                found.append(warn)
            else:
                label = f"{group.group}: "
                found.append(Warn(code=warn.code, severity=warn.severity, text=(label, *warn.text)))
    return tuple(dict.fromkeys(found))
