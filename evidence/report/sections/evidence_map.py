"""What has been published where: route by dose, by disease."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.crosstable import cross_cells
from evidence.report.figures.evidence_map import map_figure
from evidence.report.numbers import words_of
from evidence.report.parts import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMapContext:
    """The map; None when no series can be placed on it."""

    evidence_map: Figure | None


def build(ctx: ReportContext) -> EvidenceMapContext:
    """Draw the cells that hold series, and those that do not."""
    return EvidenceMapContext(evidence_map=map_figure(words_of(ctx), cross_cells(ctx)))
