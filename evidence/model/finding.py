"""A finding of the audit: what is stated, what arithmetic gives, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.errors import Place

FindingSeverity = Literal["high", "medium", "low"]
FindingStatus = Literal["open", "accepted", "corrected", "excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One inconsistency of the literature. High changes a pooled number or a claim."""

    code: str
    severity: FindingSeverity
    series: str | None
    field: str | None
    stated: str
    computed: str
    arithmetic: str
    places: tuple[Place, ...] = ()
    would_change: str | None = None
    status: FindingStatus = "open"
    decided: str | None = None
    """By whom, when and why it was closed; None while it is open."""

    def to_dict(self) -> dict[str, object]:
        """The ``--json`` form."""
        return {
            "code": self.code,
            "severity": self.severity,
            "series": self.series,
            "field": self.field,
            "stated": self.stated,
            "computed": self.computed,
            "arithmetic": self.arithmetic,
            "would_change": self.would_change,
            "places": [
                {
                    "document": p.document,
                    "page": p.page,
                    "table": p.table,
                    "row": p.row,
                    "box": list(p.box_pt) if p.box_pt else None,
                    "text": p.text,
                }
                for p in self.places
            ],
            "status": self.status,
            "decided": self.decided,
        }
