"""What a cell of treatment says, each part with its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.extraction.found import Value
from evidence.model.quantity import Amount


@dataclass(slots=True, kw_only=True)
class RegimenFound:
    """What was given, each part with its words."""

    drug: Value[str] | None = None
    dose: Value[Amount] | None = None
    dose_unit: str = "mg"
    routes: Value[tuple[str, ...]] | None = None
    route_order: str | None = None
    doses_per_week: Value[Amount] | None = None
    schedule: Value[str] | None = None
    doses: Value[int] | None = None
    """How many doses were given at ``doses_per_week`` (``weekly x 4``)."""
    escalation: Value[tuple[float, ...]] | None = None
    combined_with: list[str] = field(default_factory=list)
    duration: tuple[int, int] | None = None
    """Place of a treatment duration inside the regimen (``for 12 weeks``)."""
    unread: str | None = None
    doubt: str | None = None
