"""What only a person adds to a series: corrections, decisions, overlaps, judgements."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from evidence.model.base import FileModel


class Correction(FileModel):
    """A person's change of a value: appended, never rewritten."""

    field: str
    was: Any = None
    now: Any = None
    by: str
    on: datetime.date
    why: str


class Decision(FileModel):
    """How a person closed a finding of the audit."""

    finding: str
    """The finding's code."""
    field: str | None = None
    action: Literal["accept", "correct", "exclude"]
    by: str
    on: datetime.date
    why: str


class Overlap(FileModel):
    """Another series that shares patients with this one."""

    series: str
    relation: Literal["same patients", "part of", "contains", "overlaps", "distinct"]
    patients: int | None = None
    by: str | None = None
    on: datetime.date | None = None
    why: str | None = None


class Judgement(FileModel):
    """One risk-of-bias item (JBI case series checklist) as a person judged it."""

    answer: Literal["yes", "no", "unclear", "not applicable"]
    why: str | None = None
    by: str | None = None


class Confirmation(FileModel):
    """Who compared the file with the paper, when, and how."""

    by: str
    on: datetime.date
    how: str | None = None
