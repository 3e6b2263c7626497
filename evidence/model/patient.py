"""One row of a patient-level table."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator

from evidence.model.base import FileModel
from evidence.model.source import CellSource


class Measurement(FileModel):
    """A laboratory value before and after treatment."""

    name: str
    unit: str | None = None
    before: float | None = None
    after: float | None = None


class PatientComplication(FileModel):
    """A complication in one patient."""

    term: str
    preferred: str | None = None
    group: str | None = None


class Patient(FileModel):
    """One row of a patient-level table."""

    id: str
    sex: Literal["F", "M"] | None = None
    age: float | None = Field(default=None, ge=0, le=130)
    disease: str | None = None
    treatment_weeks: float | None = None
    weeks_to_response: float | None = None
    response: dict[str, str] = {}
    """By compartment: skin, blood, node, viscera, overall."""
    response_months: float | None = None
    response_censored: bool | None = None
    follow_up_months: float | None = None
    died: bool | None = None
    course: str | None = None
    stage: str | None = None
    cycles: float | None = None
    pfs_months: float | None = None
    pfs_censored: bool | None = None
    os_months: float | None = None
    os_censored: bool | None = None
    characteristics: dict[str, str] = {}
    """Further columns as printed, by their head."""
    complications: tuple[PatientComplication, ...] | None = None
    measurements: tuple[Measurement, ...] = ()
    cells: dict[str, CellSource] = {}
    marks: tuple[str, ...] = ()
    """Footnotes that stand on cells of this row."""

    @field_validator("id", mode="before")
    @classmethod
    def _id_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value
