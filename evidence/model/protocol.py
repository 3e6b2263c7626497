"""What ``review.toml`` says: question, drug, populations, outcomes, groupings, model, sources."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import FileModel


class ReviewInfo(FileModel):
    """Title, question and version of the review."""

    title: str = "Untitled review"
    question: str | None = None
    version: str = "1"
    data_date: str | None = None
    """ISO date up to which the literature was searched; printed instead of today's date."""
    authors: tuple[str, ...] = ()
    language: str = "en-GB"
    registration: str | None = None


class Drug(FileModel):
    """The drug under review and its other names."""

    name: str | None = None
    synonyms: tuple[str, ...] = ()


class Population(FileModel):
    """Whose results count. An empty ``include`` takes every disease."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    names: dict[str, str] = {}
    """Abbreviation to full name, for the report."""


class DoseBand(FileModel):
    """A dose grouping: from ``above`` (exclusive) up to ``up_to`` (inclusive)."""

    label: str
    above: float | None = None
    up_to: float | None = None


class Groups(FileModel):
    """How series are grouped."""

    dose: tuple[DoseBand, ...] = ()
    by: tuple[str, ...] = ("route", "dose", "disease")


class ModelSettings(FileModel):
    """Pooling defaults; every one can be overridden on the command line."""

    method: str = "glmm"
    transform: str = "logit"
    test: str = "t"
    level: float = Field(default=0.95, gt=0.5, lt=1)
    study_interval: str = "clopper-pearson"
    prior_tau_scale: float = Field(default=1.0, gt=0)


class TableSettings(FileModel):
    """Which counts take part by default; each is a switch and a row of the sensitivity table."""

    derived: bool = True
    """Count categories that a listing of responders implies (*2 PR* says no CR)."""
    attributed: bool = True
    """Count responses after another therapy."""
    overlaps: bool = False
    """Count series whose patients are part of a larger included series."""
    unverified: bool = True
    case_reports: bool = True
    as_printed_in: str | None = None
    """Take every series that this source holds as it prints it; what the more preferred sources
    change is shown beside it. None: each field from the most preferred source."""


class AuditSettings(FileModel):
    """Thresholds of the audit."""

    close_percent: float = 0.5


class SourceEntry(FileModel):
    """A document of the review, in order of preference (the first entry is preferred)."""

    name: str
    """Folder under ``extracted/``."""
    document: str | None = None
    sha256: str | None = None
    kind: Literal["original", "review", "abstract", "registry", "entered"] = "review"
    title: str | None = None
    citation: str | None = None
    may_show: bool = False
    """Pictures of its pages may appear in the report."""
    own_series: str | None = None
    """Id of the series a table row such as *our series* stands for."""


class ReportSettings(FileModel):
    """Sections to show, in order; empty means all."""

    sections: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    templates: str = "templates"
    csl: str | None = None
    """A CSL style file for the references (needs pandoc); Vancouver without one."""


class Protocol(FileModel):
    """The whole of ``review.toml``."""

    review: ReviewInfo = ReviewInfo()
    drug: Drug = Drug()
    population: Population = Population()
    outcomes: tuple[str, ...] = ("ORR", "CR", "PR", "SD", "PD", "DCR")
    groups: Groups = Groups()
    model: ModelSettings = ModelSettings()
    table: TableSettings = TableSettings()
    audit: AuditSettings = AuditSettings()
    source: tuple[SourceEntry, ...] = ()
    report: ReportSettings = ReportSettings()
    prisma: dict[str, int] = {}
    vocabulary: dict[str, dict[str, list[str]]] = {}
    """Extra words by list: ``[vocabulary.diseases] SS = ["Sezary"]``."""
