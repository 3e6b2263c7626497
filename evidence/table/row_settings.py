"""What the rows of every series are made with: the protocol, and two switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence.table.population import Diseases
from evidence.table.regimen import given_in

if TYPE_CHECKING:
    from evidence.model.protocol import Drug, Protocol
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
        """The arms that were given the drug under review, or do not say, with their index."""
        return [(i, arm) for i, arm in enumerate(series.arms) if of_drug(arm, self.protocol.drug)]

    def given_in(self, arm: Arm) -> dict[str, Any]:
        """What an arm was given, and to whom, as the fields of its rows."""
        return given_in(arm, self.protocol.groups.dose, self.band_unit)


def of_drug(arm: Arm, drug: Drug) -> bool:
    """Whether an arm was given a drug, or does not say what it was given."""
    given = arm.regimen.drug
    if drug.name is None or given is None:
        return True
    known = {n.casefold() for n in (drug.name, *drug.synonyms)}
    return any(n in given.casefold() for n in known)
