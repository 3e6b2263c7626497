"""What the rows of every series are made with: the protocol, and two switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence.table.arms import arms_given
from evidence.table.population import Diseases
from evidence.table.regimen import given_in

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol
    from evidence.model.series import Arm, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSettings:
    """The protocol as the rows need it, and which counts are taken in."""

    protocol: Protocol
    diseases: Diseases
    band_unit: str
    """The unit the protocol's dose bands are meant in."""
    derived: bool
    """Whether counts that only follow by a convention are taken in."""
    attributed: bool
    """Whether events that another therapy may explain count."""

    def arms_of(self, series: Series) -> list[tuple[int, Arm]]:
        """The arms that were given the drug under review, with their index."""
        return arms_given(series, self.protocol.drug)

    def given_in(self, arm: Arm) -> dict[str, Any]:
        """What an arm was given, and to whom, as the fields of its rows."""
        return given_in(arm, self.protocol.groups.dose, self.band_unit)
