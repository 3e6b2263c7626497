"""Which counts take part in an analysis: each switch is one choice a reader may question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.model.outcome import COMPLICATION_PREFIX, OUTCOME_NAMES
from evidence.table.regimen import MIXED
from evidence.table.stratum import ALL

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """True counts them, False leaves them out."""

    derived: bool = True
    """Counts that only follow by a convention."""
    attributed: bool = True
    """Events that another therapy may explain."""
    overlaps: bool = False
    """Series whose patients are part of a larger one."""
    unverified: bool = True
    """Series that no person confirmed."""
    mixed_routes: bool = True
    """Series given by several routes at once."""
    case_reports: bool = True

    @classmethod
    def from_protocol(cls, protocol: Protocol) -> Switches:
        """As review.toml sets them (``[table]``)."""
        table = protocol.table
        return cls(
            derived=table.derived,
            attributed=table.attributed,
            overlaps=table.overlaps,
            unverified=table.unverified,
            case_reports=table.case_reports,
        )

    def apply(self, row: EvidenceRow) -> tuple[str | None, EvidenceRow]:
        """Why a row is left out (None: it stays), and the row as counted."""
        if not self.attributed and row.attributed_events and row.events is not None:
            left = row.events - row.attributed_events
            words = f"{row.events} less {row.attributed_events} ({row.attribution})"
            row = replace(row, events=left, derivation=words, attributed_events=0)
        if row.excluded:
            return row.excluded, row
        if row.events is None:
            return f"{_outcome_words(row.outcome)} is not reported", row
        if row.total is None or row.total == 0:
            return "the number of patients is not reported", row
        if row.events > row.total:
            return f"{row.events} events among {row.total} patients", row
        return self.switched_off(row), row

    def switched_off(self, row: EvidenceRow) -> str | None:
        """Which switch leaves a counted row out, in words; None: none does."""
        if not self.derived and row.how == "derived":
            return f"only derived: {row.derivation}"
        if not self.overlaps and row.overlaps:
            return f"its patients are counted in {', '.join(row.overlaps)}"
        if not self.unverified and row.status == "unverified":
            return "not verified"
        if not self.mixed_routes and row.route == MIXED:
            return "several routes"
        if not self.case_reports and is_case_report(row):
            return "a case report"
        return None


def is_case_report(row: EvidenceRow) -> bool:
    """A series of one patient, or a design that says so; one patient of a larger series is none."""
    alone = row.total == 1 and row.stratum == ALL and row.arm is None
    return alone or "case report" in (row.design or "").casefold()


def _outcome_words(outcome: str) -> str:
    return OUTCOME_NAMES.get(outcome, outcome.removeprefix(COMPLICATION_PREFIX))
