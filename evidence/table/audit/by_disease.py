"""Patients and counts by disease against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding, patients, show_sum
from evidence.table.derive import stated_counts
from evidence.table.places import FIELD_CELLS, evaluable_in
from evidence.table.population import is_parent, is_pooled, is_whole

_SPLIT = re.compile(r"\s*(?P<total>\d+)\s*(?:patients?)?\s*[(\[:](?P<parts>[^()\[\]]+)[)\]]?\s*")
_PART = re.compile(r"(?P<n>\d+)\s+(?P<label>\D+?)")


def diseases_above_patients(subject: Subject, case: Case) -> Iterator[Finding]:
    """More patients by disease than patients; fewer are only not classified."""
    for a, arm in enumerate(subject.series.arms):
        printed = _printed_split(subject, case)
        population = printed or arm.population
        parts = sum(population.values())
        stated = arm.size if printed else arm.total
        assessed = evaluable_in(subject.series)
        limits = [("stated", None if stated in assessed else stated, f"arms[{a}].total")]
        if arm.within is not None:
            limits.append((arm.within.disease, arm.within.patients, f"arms[{a}].within"))
        for name, total, field in limits:
            if total is not None and parts > total:
                yield finding(
                    "diseases-above-patients",
                    "high",
                    subject,
                    f"arms[{a}].population",
                    stated=f"{patients(total)} ({name})",
                    computed=f"{parts} by disease",
                    arithmetic=show_sum(population) + f", {parts - total} more than {total}",
                    would_change="the denominator of every rate of this series",
                    also=(field,),
                )


def _printed_split(subject: Subject, case: Case) -> dict[str, int]:
    """``17 (14 MF, 4 SS)``: diseases and patients as the cell prints them, where it names only
    diseases of the review; what exceeds its own total may not have been kept.
    """
    cells = subject.series.cells
    text = next((cells[key].text for key in FIELD_CELLS["population"] if key in cells), "")
    match = _SPLIT.fullmatch(text)
    if match is None or len(subject.series.arms) > 1:
        return {}
    parts = [_PART.fullmatch(part.strip()) for part in re.split(r"[,;/+]|\band\b", match["parts"])]
    found = {p["label"]: int(p["n"]) for p in parts if p is not None}
    known = len(found) == len(parts) and all(map(case.diseases.relevant, found))
    return found if known else {}


def diseases_against_overall(subject: Subject, case: Case) -> Iterator[Finding]:
    """Counts by disease that do not add up to the overall count, or exceed it."""
    for whole in subject.blocks:
        if not is_whole(whole.responses) or is_parent(whole.arm, whole.responses):
            continue
        labels = list(whole.arm.population)
        parts = {
            label: block
            for block in subject.blocks
            if block.arm is whole.arm
            and block.responses.timepoint == whole.responses.timepoint
            and (label := case.diseases.find(block.responses.scope, labels)) is not None
        }
        if not parts or any(is_pooled(label) for label in parts) or len(labels) < 2:
            continue
        overall = stated_counts(whole.responses)
        counts = {label: stated_counts(b.responses) for label, b in parts.items()}
        for outcome, count in overall.items():
            named = {d: c[outcome].events for d, c in counts.items() if outcome in c}
            complete = set(named) == set(labels)
            total = sum(named.values())
            if not named or total == count.events or (total < count.events and not complete):
                continue
            yield finding(
                "diseases-against-overall",
                "high",
                subject,
                f"{whole.path}.{outcome}",
                stated=f"{outcome} {count.events} in all patients",
                computed=f"{total} by disease",
                arithmetic=show_sum(named) + f", not {count.events}",
                would_change=f"{outcome} overall or by disease",
                also=tuple(f"{b.path}.{outcome}" for b in parts.values()),
            )
