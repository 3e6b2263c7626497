"""Which counts take part in an analysis: each switch is one choice a reader may question."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """True counts them, False leaves them out."""

    derived: bool = True
    attributed: bool = True
    overlaps: bool = False
    unverified: bool = True
    mixed_routes: bool = True
    case_reports: bool = True

    @classmethod
    def from_protocol(cls, protocol: Protocol) -> Switches:
        """The review's own defaults."""
        from evidence.table.select import switches

        return cls(**switches(protocol))

    def for_selection(self) -> dict[str, bool]:
        """Keyword arguments of ``select``."""
        return asdict(self)
