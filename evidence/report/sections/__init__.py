"""The sections of the report, in order: a name, a title, and the function that fills its template.

A new section is one module here, one template for HTML, one for Markdown, and one line below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.errors import Problem, Severity, WrongUsage, unknown_name
from evidence.report.context import ReportContext
from evidence.report.results import build_results
from evidence.report.sections import (
    answer,
    audit,
    changes,
    checklist,
    complications,
    duration,
    evidence_map,
    explorer,
    forest,
    groups,
    methods,
    prisma,
    protocol,
    provenance,
    references,
    reproducibility,
    responses,
    risk_of_bias,
    sensitivity,
    series,
    small_study,
    sources,
    summary,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section's title (translated when shown) and the builder of its context."""

    title: str
    build: Callable[[ReportContext], Any]


SECTIONS: dict[str, Section] = {
    "answer": Section("Answer", answer.build),
    "protocol": Section("Question and protocol", protocol.build),
    "methods": Section("Methods", methods.build),
    "prisma": Section("PRISMA flow", prisma.build),
    "series": Section("Series", series.build),
    "responses": Section("Responses", responses.build),
    "evidence_map": Section("Evidence map", evidence_map.build),
    "risk_of_bias": Section("Risk of bias", risk_of_bias.build),
    "forest": Section("Pooled proportions", forest.build),
    "groups": Section("By route, dose and disease", groups.build),
    "explorer": Section("Explorer", explorer.build),
    "sensitivity": Section("Sensitivity", sensitivity.build),
    "duration": Section("Duration of response", duration.build),
    "complications": Section("Complications", complications.build),
    "small_study": Section("Small series against large", small_study.build),
    "summary": Section("Summary of findings", summary.build),
    "changes": Section("What changed since the last version", changes.build),
    "sources": Section("The table as printed, and corrected", sources.build),
    "audit": Section("Audit of the sources", audit.build),
    "reproducibility": Section("Reproducibility", reproducibility.build),
    "checklist": Section("PRISMA checklist", checklist.build),
    "references": Section("References", references.build),
    "provenance": Section("Provenance of every number", provenance.build),
}
REQUIRED = "provenance"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContext:
    """What a section of a review's own may use."""

    report: ReportContext
    """Everything the report is made from."""
    results: dict[str, Any]
    """The content of results.json."""

    @classmethod
    def build(cls, ctx: ReportContext) -> OwnContext:
        """From the report's context."""
        return cls(report=ctx, results=build_results(ctx))


def order_sections(
    wanted: Sequence[str], dropped: Sequence[str], *, own: Sequence[str] = ()
) -> list[str]:
    """Names of the sections to show, in order; ``wanted`` empty means all.

    Raises WrongUsage for an unknown name, and for dropping what every number leads to.
    """
    known = [*SECTIONS, *own]
    for name in (*wanted, *dropped):
        if name not in known:
            raise unknown_name("report section", name, known)
    if REQUIRED in dropped:
        raise WrongUsage(
            Problem(
                code="provenance-dropped",
                severity=Severity.ERROR,
                message="The section 'provenance' cannot be dropped: every number leads to it.",
                remedy="Take it out of [report] drop in review.toml.",
            )
        )
    names = [name for name in (wanted or known) if name not in dropped]
    if REQUIRED not in names:
        names.append(REQUIRED)
    return [n for n in names if n != REQUIRED] + [REQUIRED] if not wanted else names
