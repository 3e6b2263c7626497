"""Patient rows against the series row that sums them up, and against themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import mean, median

from evidence.model.finding import Finding
from evidence.model.quantity import Duration
from evidence.model.series import Arm, Patient, Responses
from evidence.table.audit.base import Case, Subject, finding, patients
from evidence.table.derive import block_counts
from evidence.table.from_patients import overall_of
from evidence.table.population import is_whole

WEEKS_PER_MONTH = 30.4375 / 7
SLACK_MONTHS = 1.0
"""Half a month of rounding in each of two figures."""
TIMES = {
    "treatment_weeks": ("treatment_weeks", "treatment duration", "weeks"),
    "response_months": ("response_months", "response duration", "months"),
    "follow_up_months": ("follow_up_months", "follow-up", "months"),
}
"""Field of a patient → field of the arm, its name in words, its unit."""


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
    """Responses counted over the patient rows against those of the series row."""
    for a, arm in enumerate(subject.series.arms):
        if not arm.patients or len(arm.patients) != arm.size:
            continue
        for r, block in enumerate(arm.responses):
            counted = _counted(arm, block)
            if counted is None:
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


def summaries(subject: Subject, case: Case) -> Iterator[Finding]:
    """Stated medians and ranges against those of the patient rows."""
    for a, arm in enumerate(subject.series.arms):
        if len(arm.patients) < 2:
            continue
        for field, (name, words, unit) in TIMES.items():
            values = [v for p in arm.patients if (v := getattr(p, field)) is not None]
            censored = any(p.response_censored for p in arm.patients) and field != "treatment_weeks"
            stated = getattr(arm, name)
            for path, duration in _durations(stated, f"arms[{a}].{name}"):
                if duration.endpoint not in (None, "DOR") or duration.patients is not None:
                    continue
                for part, shown, computed in _against(duration, values, censored=censored):
                    yield finding(
                        "patient-summary-against-row",
                        "medium",
                        subject,
                        f"{path}.{part}",
                        stated=f"{words}: {part} {shown:g} {unit}",
                        computed=f"{part} of the patient rows is {computed:g} {unit}",
                        arithmetic=f"rows: {', '.join(f'{v:g}' for v in sorted(values))}",
                        would_change=f"the {words} of this series",
                        also=(f"arms[{a}].patients",),
                    )


def _durations(stated: object, path: str) -> Iterator[tuple[str, Duration]]:
    if isinstance(stated, Duration):
        yield path, stated
    elif isinstance(stated, tuple):
        for i, duration in enumerate(stated):
            yield f"{path}[{i}]", duration


def _against(
    duration: Duration, values: list[float], *, censored: bool
) -> Iterator[tuple[str, float, float]]:
    if not values:
        return
    expected = {"low": min(values), "high": max(values), "mean": mean(values)}
    for part, value in expected.items():
        stated = getattr(duration, part)
        if stated is not None and not same_number(stated, value):
            yield part, stated, value
    middle = duration.median if duration.median is not None else duration.value
    if middle is None or censored:
        return
    fits = [median(values), *([mean(values)] if duration.median is None else [])]
    if not any(same_number(middle, value) for value in fits):
        yield "median" if duration.median is not None else "value", middle, median(values)


def same_number(stated: float, computed: float) -> bool:
    """Equal in the digits that are stated, rounded either way at the half."""
    digits = len(f"{stated:.6f}".rstrip("0").partition(".")[2])
    return abs(stated - computed) <= 0.5 * 10.0**-digits + 1e-9


def times(subject: Subject, case: Case) -> Iterator[Finding]:
    """Treatment and response that together last longer than the follow-up."""
    for a, p, patient in _each(subject):
        follow_up, response = patient.follow_up_months, patient.response_months
        if follow_up is None or response is None:
            continue
        treated = (patient.treatment_weeks or 0) / WEEKS_PER_MONTH
        if response + treated <= follow_up + SLACK_MONTHS:
            continue
        yield finding(
            "patient-times-above-follow-up",
            "medium",
            subject,
            f"arms[{a}].patients[{p}].response_months",
            stated=f"patient {patient.id}: response {response:g} months, follow-up {follow_up:g}",
            computed=f"{treated + response:.1f} months from the start of treatment",
            arithmetic=f"{patient.treatment_weeks or 0:g} weeks + {response:g} months = "
            f"{treated + response:.1f} months, follow-up {follow_up:g} months from the start",
            would_change="the response duration or the follow-up of this patient; unless one is "
            "counted from another time zero",
        )


def late_response(subject: Subject, case: Case) -> Iterator[Finding]:
    """A response that began after the follow-up ended."""
    for a, p, patient in _each(subject):
        weeks, follow_up = patient.weeks_to_response, patient.follow_up_months
        if weeks is None or follow_up is None or weeks / WEEKS_PER_MONTH <= follow_up + 0.5:
            continue
        yield finding(
            "patient-response-after-follow-up",
            "medium",
            subject,
            f"arms[{a}].patients[{p}].weeks_to_response",
            stated=f"patient {patient.id}: response after {weeks:g} weeks",
            computed=f"follow-up {follow_up:g} months",
            arithmetic=f"{weeks:g} weeks is {weeks / WEEKS_PER_MONTH:.1f} months",
            would_change="the times of this patient",
        )


def duration_without_response(subject: Subject, case: Case) -> Iterator[Finding]:
    """A duration of response in a patient who did not respond."""
    for a, p, patient in _each(subject):
        overall, months = overall_of(patient), patient.response_months
        if overall not in {"SD", "PD"} or not months:
            continue
        yield finding(
            "patient-duration-without-response",
            "medium",
            subject,
            f"arms[{a}].patients[{p}].response_months",
            stated=f"patient {patient.id}: {overall}, response of {months:g} months",
            computed="no response that could last",
            arithmetic=f"the overall response is {overall}",
            would_change="the median response duration, or this patient's response",
        )


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


def repeated(subject: Subject, case: Case) -> Iterator[Finding]:
    """Two patient rows that are one: every value the same but the number."""
    seen: dict[str, str] = {}
    for a, p, patient in _each(subject):
        plain = patient.model_copy(update={"id": "", "cells": {}, "marks": ()})
        known = sum(v not in (None, (), {}, "") for v in plain.model_dump().values())
        telling = patient.age is not None or bool(patient.measurements)
        key = plain.model_dump_json()
        if key in seen and known >= 5 and telling:
            yield finding(
                "patient-row-repeated",
                "medium",
                subject,
                f"arms[{a}].patients[{p}]",
                stated=f"patients {seen[key]} and {patient.id}",
                computed="every value is the same",
                arithmetic=f"{known} fields agree",
                would_change="one patient counted twice",
            )
        seen.setdefault(key, patient.id)


def _each(subject: Subject) -> Iterator[tuple[int, int, Patient]]:
    for a, arm in enumerate(subject.series.arms):
        for p, patient in enumerate(arm.patients):
            yield a, p, patient
