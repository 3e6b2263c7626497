"""Time to the end of a response from patient rows: the product-limit curve and who is usable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.model.series import Patient
from evidence.report.context import ReportContext, SeriesEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One patient with a response of known length, in months; ``ended`` False is censored."""

    entry: SeriesEntry
    patient: Patient
    path: str
    """Path of the patient in the series file (``arms[0].patients[2]``)."""
    months: float
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A point of the curve: from ``months`` on, ``share`` of the responses last."""

    months: float
    share: float
    at_risk: int
    ended: int
    censored: int


def patient_rows(ctx: ReportContext) -> list[tuple[SeriesEntry, str, Patient]]:
    """Every patient row of the review with its path."""
    return [
        (entry, f"arms[{a}].patients[{i}]", patient)
        for entry in ctx.series
        for a, arm in enumerate(entry.series.arms)
        for i, patient in enumerate(arm.patients)
    ]


def courses(ctx: ReportContext) -> list[Course]:
    """Patients whose response has a length, longest first; unknown censoring counts as ended."""
    found = [
        Course(
            entry=entry,
            patient=patient,
            path=path,
            months=patient.response_months,
            ended=not patient.response_censored,
        )
        for entry, path, patient in patient_rows(ctx)
        if patient.response_months is not None
    ]
    return sorted(found, key=lambda c: (-c.months, c.entry.series.series, c.patient.id))


def product_limit(times: Sequence[tuple[float, bool]]) -> list[Step]:
    """Kaplan–Meier estimate (Kaplan & Meier 1958, J Am Stat Assoc 53:457) of (months, ended).

    Starts at month 0 with everyone at risk; one step per distinct time.
    """
    steps = [Step(months=0.0, share=1.0, at_risk=len(times), ended=0, censored=0)]
    for month in sorted({t for t, _ in times}):
        at_risk = sum(t >= month for t, _ in times)
        ended = sum(t == month and done for t, done in times)
        censored = sum(t == month and not done for t, done in times)
        share = steps[-1].share * (1 - ended / at_risk)
        steps.append(
            Step(months=month, share=share, at_risk=at_risk, ended=ended, censored=censored)
        )
    return steps


def median_months(steps: Sequence[Step]) -> float | None:
    """First time at which no more than half of the responses last; None when it is not reached."""
    return next((step.months for step in steps if step.share <= 0.5), None)
