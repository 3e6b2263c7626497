"""References of all series: Vancouver, or the citation style the review chose."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.series import Citation
from evidence.report.context import ReportContext
from evidence.report.links import reference_anchor, series_anchor
from evidence.report.sections.series import ordered


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the list."""

    anchor: str
    text: str
    url: str | None
    """DOI or PubMed address; None where neither is known."""
    series: str
    """Anchor of the series' provenance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencesContext:
    """The list, in the order of the tables."""

    references: tuple[Reference, ...]


def build(ctx: ReportContext) -> ReferencesContext:
    """Every series once."""
    return ReferencesContext(
        references=tuple(
            Reference(
                anchor=reference_anchor(entry.series.series),
                text=ctx.references.get(entry.series.series) or vancouver(entry.series.citation),
                url=link_of(entry.series.citation),
                series=series_anchor(entry.series.series),
            )
            for entry in ordered(ctx)
        )
    )


def vancouver(citation: Citation) -> str:
    """``Querfeld et al. Title. Journal. 2009;12(3):45-50.`` with whatever is known."""
    parts = [f"{citation.authors.rstrip('.')}."]
    if citation.title:
        parts.append(f"{citation.title.rstrip('.')}.")
    if citation.journal:
        parts.append(f"{citation.journal.rstrip('.')}.")
    when = str(citation.year) if citation.year else ""
    if citation.volume:
        when += f";{citation.volume}"
        if citation.issue:
            when += f"({citation.issue})"
    if citation.pages:
        when += f":{citation.pages}"
    if when:
        parts.append(f"{when}.")
    return " ".join(parts)


def link_of(citation: Citation) -> str | None:
    """The address of the paper."""
    if citation.doi:
        return f"https://doi.org/{citation.doi}"
    if citation.pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{citation.pmid}/"
    return None
