"""The series row that patient rows give, where the paper prints no row of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evidence.model.series import Complication
from evidence.model.source import How, ReadingNote
from evidence.table.derive import UNLISTED, Count, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.model.series import Arm, Patient, PatientComplication, Series

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
    words = counted_over(patients)
    names = dict.fromkeys([*UNLISTED, *counted])
    counts = {n: Count(events=counted[n], how="derived", derivation=words) for n in names}
    for outcome, parts in (("ORR", ("CR", "PR")), ("DCR", ("CR", "PR", "SD"))):
        events = sum(counted[p] for p in parts)
        counts[outcome] = Count(events=events, how="derived", derivation=words)
    return counts


def counted_over(patients: Sequence[Patient]) -> str:
    """The derivation of a count over patient rows."""
    return f"counted over {len(patients)} patient rows"


def with_patient_rows(series: Series) -> Series:
    """The series with the diseases and complications of its arms counted over their patient rows.

    Only where the arm states none and every patient of it has a row that does; each count is
    marked as derived.
    """
    arms = []
    notes: dict[str, ReadingNote] = {}
    for at, arm in enumerate(series.arms):
        found: dict[str, object] = {}
        complete = bool(arm.patients) and arm.size in (None, len(arm.patients))
        if complete and not arm.population and all(p.disease for p in arm.patients):
            found["population"] = dict(Counter(str(p.disease) for p in arm.patients))
        if complete and arm.complications is None:
            found["complications"] = counted = complications_of(arm.patients)
            derived = ReadingNote(how=How.DERIVED)
            notes |= {
                f"arms[{at}].complications[{c}].events": derived for c in range(len(counted or ()))
            }
        arms.append(arm.model_copy(update=found))
    readings = {**series.readings, **notes}
    return series.model_copy(update={"arms": tuple(arms), "readings": readings})


def complications_of(patients: Sequence[Patient]) -> tuple[Complication, ...] | None:
    """Each complication with the patients who had it; None unless every row tells of them."""
    if any(p.complications is None for p in patients):
        return None
    had: dict[str, list[str]] = {}
    first: dict[str, PatientComplication] = {}
    for patient in patients:
        for c in patient.complications or ():
            name = c.preferred or c.term
            first.setdefault(name, c)
            had.setdefault(name, []).append(patient.id)
    return tuple(
        Complication(
            term=first[name].term,
            preferred=first[name].preferred,
            group=first[name].group,
            events=len(set(ids)),
        )
        for name, ids in had.items()
    )
