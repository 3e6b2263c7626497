"""Patient rows, counted, against the series row that sums them up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import comb, prod

from evidence.model.finding import Finding
from evidence.model.series import Arm, Patient, Responses
from evidence.table.audit.base import Case, Subject, finding, patients
from evidence.table.derive import block_counts
from evidence.table.from_patients import overall_of
from evidence.table.places import place_of
from evidence.table.population import is_whole

IMPROBABLE = 1e-3
"""Expected pairs of like patients below which two equal rows are one row."""
SHARES = {
    "age": 1 / 40,
    "sex": 1 / 2,
    "course": 1 / 4,
    "complications": 1 / 3,
    "stage": 1 / 3,
    "cycles": 1 / 5,
    **dict.fromkeys(
        ("treatment_weeks", "weeks_to_response", "response_months", "follow_up_months",
         "pfs_months", "os_months"), 1 / 10
    ),
}  # fmt: skip
"""Field of a patient → about how many of the others share a value of it."""
_SOME_ONLY = re.compile(r"serious|severe|major|grade|fatal|relevant|infect|main|selected", re.I)


def count(subject: Subject, case: Case) -> Iterator[Finding]:
    """More or fewer patient rows than patients."""
    for a, arm in enumerate(subject.series.arms):
        rows, size = len(arm.patients), arm.size
        if not rows or size is None or rows == size:
            continue
        yield finding(
            "patient-rows-against-total",
            "high" if rows > size else "low",
            subject,
            f"arms[{a}].patients",
            stated=patients(size),
            computed=f"{rows} patient rows",
            arithmetic=f"{rows} rows for {patients(size)}",
            would_change="every figure taken from the patient rows",
            also=(f"arms[{a}].population",),
        )


def responses(subject: Subject, case: Case) -> Iterator[Finding]:
    """Responses counted over the patient rows against the series row's, at its first time."""
    for a, arm in enumerate(subject.series.arms):
        if not arm.patients or len(arm.patients) != arm.size:
            continue
        first: dict[tuple[str, str | None], str | None] = {}
        for r, block in enumerate(arm.responses):
            time = first.setdefault((block.scope, block.compartment), block.timepoint)
            counted = _counted(arm, block)
            if counted is None or block.timepoint != time:
                continue
            total = sum(counted.values())
            stated = block_counts(block, block.total or arm.size)
            for outcome in ("CR", "PR", "SD", "PD"):
                events = stated[outcome].events if outcome in stated else None
                rows = counted.get(outcome, 0)
                if events is None or events == rows:
                    continue
                yield finding(
                    "patient-responses-against-row",
                    "high",
                    subject,
                    f"arms[{a}].responses[{r}].{outcome}",
                    stated=f"{events} {outcome}",
                    computed=f"{rows} {outcome} in the patient rows",
                    arithmetic=f"rows: {', '.join(f'{n} {o}' for o, n in sorted(counted.items()))} "
                    f"of {total}",
                    would_change=f"{outcome} of this series",
                    also=(f"arms[{a}].patients",),
                )


def _counted(arm: Arm, block: Responses) -> Counter[str] | None:
    """Responses over the rows of a block's patients; None where not every row has one."""
    rows = list(arm.patients)
    if not is_whole(block):
        rows = [p for p in rows if (p.disease or "").casefold() == block.scope.casefold()]
        if not rows and len(arm.population) == 1 and block.scope in arm.population:
            rows = list(arm.patients)
    values = [
        p.response.get(block.compartment) if block.compartment else overall_of(p) for p in rows
    ]
    known = [v for v in values if v is not None]
    return Counter(known) if known and len(known) == len(values) else None


def complications(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications counted over the patient rows against the series row's counts."""
    for a, arm in enumerate(subject.series.arms):
        if not arm.patients or len(arm.patients) != arm.size:
            continue
        if any(p.complications is None for p in arm.patients):
            continue
        counted = Counter(
            name
            for p in arm.patients
            for name in {(c.preferred or c.term).casefold() for c in p.complications or ()}
        )
        for c, entry in enumerate(arm.complications or ()):
            rows = counted.get((entry.preferred or entry.term).casefold())
            if rows is None or entry.events is None or entry.events == rows:
                continue
            yield finding(
                "patient-complications-against-row",
                "medium",
                subject,
                f"arms[{a}].complications[{c}].events",
                stated=f"{entry.term} in {entry.events}",
                computed=f"{rows} in the patient rows",
                arithmetic=f"{patients(rows)} with {entry.preferred or entry.term}, not "
                f"{entry.events}",
                would_change=f"the rate of {entry.preferred or entry.term}",
                also=(f"arms[{a}].patients",),
            )


def not_listed(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications of several patients that the series row, which lists others, leaves out.

    A column for serious complications only says nothing of the others, unless the row itself lists
    some without symptoms in it.
    """
    for a, arm in enumerate(subject.series.arms):
        if not arm.complications or len(arm.patients) != arm.size:
            continue
        head = place_of(subject.series, f"arms[{a}].complications").column
        some_only = head is None or _SOME_ONLY.search(head) is not None
        if some_only and not any(c.symptomatic is False for c in arm.complications):
            continue
        listed = {
            name.casefold()
            for c in arm.complications
            for name in (c.term, c.preferred or "", *c.with_terms)
        }
        counted = Counter(
            c.preferred or c.term
            for p in arm.patients
            for c in p.complications or ()
            if not {c.term.casefold(), (c.preferred or c.term).casefold()} & listed
        )
        missed = {term: n for term, n in counted.items() if n > 1}
        if missed:
            yield finding(
                "patient-complications-not-listed",
                "low",
                subject,
                f"arms[{a}].complications",
                stated=", ".join(f"{c.events or ''} {c.term}".strip() for c in arm.complications),
                computed="not listed: " + ", ".join(f"{t} ({n})" for t, n in missed.items()),
                arithmetic="; ".join(
                    f"{patients(n)} of {len(arm.patients)} with {t} in the rows"
                    for t, n in missed.items()
                ),
                would_change="the rates of these events",
                also=(f"arms[{a}].patients",),
            )


def repeated(subject: Subject, case: Case) -> Iterator[Finding]:
    """Two patient rows that are one: every value the same, and more of them than chance repeats.

    Times of whole weeks and months go together: an age or a measurement must be among the values.
    """
    seen: dict[str, str] = {}
    for a, p, patient in each_patient(subject):
        plain = patient.model_copy(update={"id": "", "cells": {}, "marks": ()})
        key = plain.model_dump_json()
        rows = len(subject.series.arms[a].patients)
        telling = patient.age is not None or bool(patient.measurements)
        if key in seen and telling and chance_of_twin(plain) * comb(rows, 2) < IMPROBABLE:
            yield finding(
                "patient-row-repeated",
                "medium",
                subject,
                f"arms[{a}].patients[{p}]",
                stated=f"patients {seen[key]} and {patient.id}",
                computed="every value is the same",
                arithmetic=f"{rows} rows make {comb(rows, 2)} pairs; two patients are the same in "
                f"all these values about once in {1 / chance_of_twin(plain):.0f} pairs",
                would_change="one patient counted twice",
            )
        seen.setdefault(key, patient.id)


def chance_of_twin(patient: Patient) -> float:
    """About how often a second patient has every value of this one, by rough shares of each."""
    plain = patient.model_dump(exclude_none=True)
    shares = [share for name, share in SHARES.items() if name in plain]
    for each, share in (("response", 1 / 3), ("characteristics", 1 / 4), ("measurements", 1e-2)):
        shares += [share] * len(plain.get(each) or ())
    return prod(shares)


def each_patient(subject: Subject) -> Iterator[tuple[int, int, Patient]]:
    """Every patient row with the index of its arm and its own."""
    for a, arm in enumerate(subject.series.arms):
        for p, patient in enumerate(arm.patients):
            yield a, p, patient
