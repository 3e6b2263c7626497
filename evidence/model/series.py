"""One published series: what it is, what was given, what happened, and where each value stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, NonNegativeInt, StrictInt, field_validator, model_validator

from evidence.model.authors import short_authors
from evidence.model.base import FileModel
from evidence.model.decided import Confirmation as Confirmation
from evidence.model.decided import Correction as Correction
from evidence.model.decided import Decision as Decision
from evidence.model.decided import Judgement as Judgement
from evidence.model.decided import Overlap as Overlap
from evidence.model.patient import Measurement as Measurement
from evidence.model.patient import Patient as Patient
from evidence.model.patient import PatientComplication as PatientComplication
from evidence.model.quantity import Amount, Duration
from evidence.model.source import CellSource, DocumentSource, ReadingNote

Count = StrictInt
Status = Literal["unverified", "confirmed", "corrected", "rejected"]


class Citation(FileModel):
    """How the series is cited."""

    authors: str
    year: int | None = Field(default=None, ge=1800, le=2200)
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    reference: int | str | None = None
    """The number of the series in the source's own reference list."""


class Regimen(FileModel):
    """What was given, how and how often."""

    drug: str | None = None
    dose_mg: Amount | None = None
    dose_unit: str = "mg"
    """``mg`` ``mg/m2`` ``mg/kg`` ``mg per lesion`` and the like."""
    routes: tuple[str, ...] = ()
    """IV, SC, IL, PO, ...; several mean that the series mixes them."""
    route_order: Literal["sequence", "alternative"] | None = None
    doses_per_week: Amount | None = None
    schedule: str | None = None
    """As printed where doses per week cannot say it (``d1, 8, 15 q28d``)."""
    escalation_mg: tuple[float, ...] = ()
    combined_with: tuple[str, ...] = ()


class Exclusion(FileModel):
    """Events that another therapy may explain, such as a CR after electron beam."""

    outcome: str
    events: NonNegativeInt
    reason: str


class Responses(FileModel):
    """Response counts in one scope: all patients of the arm, or one disease or subgroup.

    None is not reported; 0 is reported as none. Nothing here is filled in.
    """

    scope: str = "all"
    total: Count | None = Field(default=None, ge=0)
    CR: Count | None = Field(default=None, ge=0)
    PR: Count | None = Field(default=None, ge=0)
    SD: Count | None = Field(default=None, ge=0)
    PD: Count | None = Field(default=None, ge=0)
    NE: Count | None = Field(default=None, ge=0)
    MR: Count | None = Field(default=None, ge=0)
    ORR: Count | None = Field(default=None, ge=0)
    """Responders as a stated count, where the paper prints one."""
    DCR: Count | None = Field(default=None, ge=0)
    deaths: Count | None = Field(default=None, ge=0)
    death_cause: str | None = None
    other: dict[str, Count] = {}
    """Counts in categories of the paper's own (mixed response, no response, cleared blood)."""
    stated_percent: dict[str, float] = {}
    exclusions: tuple[Exclusion, ...] = ()
    timepoint: str | None = None
    compartment: str | None = None
    """Skin, blood, node, viscera; None for global response."""

    @model_validator(mode="after")
    def _within_total(self) -> Responses:
        if self.total is not None:
            for name in ("CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR", "deaths"):
                events = getattr(self, name)
                if events is not None and events > self.total:
                    raise ValueError(f"{name} is {events} among {self.total} patients")
        return self


class Complication(FileModel):
    """One complication as printed, with its preferred term and organ class where known."""

    term: str
    preferred: str | None = None
    group: str | None = None
    events: Count | None = Field(default=None, ge=0)
    total: Count | None = Field(default=None, ge=0)
    """Patients in whom it was assessed, where that differs from the arm's."""
    percent: float | None = None
    grade: str | None = None
    """``4``, ``3-4``, ``>=3``"""
    fatal: bool | None = None
    symptomatic: bool | None = None
    with_terms: tuple[str, ...] = ()
    """Further terms counted in the same patients (*pancytopenia with sepsis*)."""
    restricted_to: str | None = None
    cause: str | None = None

    @field_validator("grade", mode="before")
    @classmethod
    def _grade_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Parent(FileModel):
    """The larger group a series' patients are part of (8 MF within 50 lymphomas)."""

    disease: str
    patients: Count = Field(ge=0)


class Arm(FileModel):
    """Patients treated alike."""

    label: str | None = None
    population: dict[str, Annotated[Count, Field(ge=0)]] = {}
    """Disease to patients; ``MF/SS`` is a pooled label, not a split."""
    total: Count | None = Field(default=None, ge=0)
    """Patients as stated; None when only the population's counts say it."""
    within: Parent | None = None
    regimen: Regimen = Regimen()
    treatment_weeks: Duration | None = None
    responses: tuple[Responses, ...] = ()
    response_months: tuple[Duration, ...] = ()
    complications: tuple[Complication, ...] | None = None
    """Empty: the paper reports none. None: not stated."""
    patients: tuple[Patient, ...] = ()
    follow_up_months: Duration | None = None

    @field_validator("response_months", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict | Duration) else value

    @property
    def size(self) -> int | None:
        """Patients: as stated, else the sum of the population."""
        if self.total is not None:
            return self.total
        return sum(self.population.values()) if self.population else None


class Series(FileModel):
    """A published series as one file under ``extracted/SOURCE/``."""

    series: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    citation: Citation
    source: DocumentSource
    status: Status = "unverified"
    confirmed: Confirmation | None = None
    design: str | None = None
    centre: str | None = None
    period: str | None = None
    criteria: str | None = None
    note: str | None = None
    cells: dict[str, CellSource] = {}
    arms: tuple[Arm, ...] = Field(min_length=1)
    readings: dict[str, ReadingNote] = {}
    overlaps: tuple[Overlap, ...] = ()
    risk_of_bias: dict[str, Judgement] = {}
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def label(self) -> str:
        """Author and year, as shown in tables and figures."""
        year = f" {self.citation.year}" if self.citation.year else ""
        return f"{short_authors(self.citation.authors)}{year}"

    def walk_responses(self) -> Iterator[tuple[int, int, Arm, Responses]]:
        """Every response block with its arm: (arm index, block index, arm, responses)."""
        for a, arm in enumerate(self.arms):
            for r, responses in enumerate(arm.responses):
                yield a, r, arm, responses

    def to_plain(self) -> dict[str, Any]:
        """The file's structure: short, in the schema's order, with status always said."""
        plain = super().to_plain()
        plain["status"] = self.status
        for arm, plain_arm in zip(self.arms, plain["arms"], strict=True):
            if arm.responses:
                plain_arm["responses"] = [
                    {"scope": block.scope, **plain_block}
                    for block, plain_block in zip(
                        arm.responses, plain_arm["responses"], strict=True
                    )
                ]
            months = plain_arm.get("response_months")
            if months is not None and len(months) == 1:
                plain_arm["response_months"] = months[0]
            if arm.complications == ():
                plain_arm["complications"] = []
        order = list(type(self).model_fields)
        return {name: plain[name] for name in order if name in plain}
