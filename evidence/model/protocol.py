"""What ``review.toml`` says: question, drug, populations, outcomes, groupings, model, sources."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import combinations
from math import inf
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from evidence.model.base import FileModel

SOURCE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
"""What may be the name of a folder under ``extracted/``."""


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

    @field_validator("data_date", mode="before")
    @classmethod
    def _is_a_date(cls, value: Any) -> Any:
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, str):
            try:
                datetime.date.fromisoformat(value)
            except ValueError:
                raise ValueError(f"'{value}' is no date; expected one such as 2026-01-31") from None
        return value


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

    @model_validator(mode="after")
    def _in_or_out(self) -> Population:
        if both := sorted(set(self.include) & set(self.exclude)):
            raise ValueError(f"include and exclude both name {', '.join(both)}")
        return self


class DoseBand(FileModel):
    """A dose grouping: from ``above`` (exclusive) up to ``up_to`` (inclusive)."""

    label: str
    above: float | None = None
    up_to: float | None = None

    @model_validator(mode="after")
    def _holds_a_dose(self) -> DoseBand:
        if self.limits[0] >= self.limits[1]:
            raise ValueError(
                f"'{self.label}' holds no dose: above {self.above}, up to {self.up_to}"
            )
        return self

    @property
    def limits(self) -> tuple[float, float]:
        """From (exclusive) and up to (inclusive)."""
        low = -inf if self.above is None else self.above
        return low, inf if self.up_to is None else self.up_to


class Groups(FileModel):
    """How series are grouped."""

    dose: tuple[DoseBand, ...] = ()
    by: tuple[str, ...] = ("route", "dose", "disease")

    @model_validator(mode="after")
    def _each_dose_in_one_band(self) -> Groups:
        for a, b in combinations(self.dose, 2):
            if max(a.limits[0], b.limits[0]) < min(a.limits[1], b.limits[1]):
                raise ValueError(f"the dose bands '{a.label}' and '{b.label}' hold the same doses")
        return self


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

    name: str = Field(pattern=SOURCE_NAME)
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

    @model_validator(mode="after")
    def _each_source_once(self) -> Protocol:
        counted = Counter(entry.name for entry in self.source)
        if twice := [name for name, number in counted.items() if number > 1]:
            raise ValueError(f"two [[source]] entries are called {', '.join(twice)}")
        return self
