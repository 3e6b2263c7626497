"""The series row that patient rows give, where the paper prints no row of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence.table.derive import UNLISTED, Count, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.model.series import Arm, Patient

OVERALL = ("overall", "global", "response")
"""Names under which a patient's overall response is kept, likeliest first."""


def overall_of(patient: Patient) -> str | None:
    """A patient's overall response; None where it is not given."""
    return next((patient.response[n] for n in OVERALL if n in patient.response), None)


def patients_of(arm: Arm, disease: str | None = None) -> tuple[Patient, ...]:
    """The rows of an arm, or of one of its diseases where the rows name it."""
    if disease is None:
        return arm.patients
    return tuple(p for p in arm.patients if (p.disease or "").casefold() == disease.casefold())


def counts_of(patients: Sequence[Patient]) -> Counts:
    """Outcome → patients, derived; empty unless every row has an overall response."""
    responses = [overall_of(p) for p in patients]
    if not responses or any(r is None for r in responses):
        return {}
    counted = Counter(r for r in responses if r is not None)
    words = f"counted over {len(patients)} patient rows"
    names = dict.fromkeys([*UNLISTED, *counted])
    counts = {n: Count(events=counted[n], how="derived", derivation=words) for n in names}
    for outcome, parts in (("ORR", ("CR", "PR")), ("DCR", ("CR", "PR", "SD"))):
        events = sum(counted[p] for p in parts)
        counts[outcome] = Count(events=events, how="derived", derivation=words)
    return counts
