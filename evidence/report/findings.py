"""The findings of the audit in their order, and beside the numbers they concern."""

from __future__ import annotations

import re

from evidence.model.finding import Finding
from evidence.report.context import ReportContext
from evidence.report.links import finding_anchor
from evidence.report.text import Sentence, Value, join

ORDER = ("high", "medium", "low")
_ARM = re.compile(r"arms\[\d+\]\.")


def ordered_findings(ctx: ReportContext) -> list[Finding]:
    """Open before closed, high before low."""
    return sorted(
        ctx.findings,
        key=lambda f: (f.status != "open", ORDER.index(f.severity), f.series or "", f.code),
    )


class OpenFindings:
    """The open findings of a report, to be named beside the numbers they concern."""

    def __init__(self, ctx: ReportContext) -> None:
        self._of: dict[str, list[tuple[int, str]]] = {}
        for number, finding in enumerate(ordered_findings(ctx), start=1):
            if finding.status == "open" and finding.series and finding.field:
                field = _ARM.sub("", finding.field)
                self._of.setdefault(finding.series, []).append((number, field))

    def about(self, series: str, *fields: str) -> Sentence:
        """``1, 6``: those about one of these fields of the arms of a series."""
        return join(
            Value(str(number), finding_anchor(number))
            for number, field in self._of.get(series, ())
            if field.startswith(fields)
        )
