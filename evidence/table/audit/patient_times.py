"""Times of patient rows: against the medians and ranges of the row, and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean

from evidence.model.finding import Finding
from evidence.model.quantity import Duration
from evidence.model.series import Patient
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.medians import (
    KAPLAN_MEIER,
    PLAIN,
    medians_of,
    same_number,
    show_median,
    show_rows,
)
from evidence.table.audit.patients import each_patient
from evidence.table.from_patients import overall_of

WEEKS_PER_MONTH = 30.4375 / 7
SLACK_MONTHS = 1.0
"""Half a month of rounding in each of two figures."""
TIMES = {
    "treatment_weeks": ("treatment duration", "weeks"),
    "response_months": ("response duration", "months"),
    "follow_up_months": ("follow-up", "months"),
}
"""Field of an arm, and of a patient → its name in words, its unit."""
ENDPOINTS = {"DOR": "response_months", "PFS": "pfs_months", "OS": "os_months"}
"""Endpoint of a duration → field of a patient."""


def summaries(subject: Subject, case: Case) -> Iterator[Finding]:
    """Stated medians, means and ranges against those of the patient rows.

    The median of censored durations is Kaplan-Meier's; a plain one is said to be no more than that.
    """
    for a, arm in enumerate(subject.series.arms):
        if len(arm.patients) < 2:
            continue
        for name, (words, unit) in TIMES.items():
            for path, duration in _durations(getattr(arm, name), f"arms[{a}].{name}"):
                field = ENDPOINTS.get(duration.endpoint or "DOR") if name == DURATIONS else name
                if field is None or duration.patients is not None or duration.comparator:
                    continue
                for part, shown, computed, severe in _against(duration, arm.patients, field, unit):
                    yield finding(
                        "patient-summary-against-row",
                        "medium" if severe else "low",
                        subject,
                        f"{path}.{part}",
                        stated=f"{duration.endpoint or words}: {part} {shown:g} {unit}",
                        computed=computed,
                        arithmetic=f"rows, sorted: {show_rows(arm.patients, field)} {unit}",
                        would_change=f"the {duration.endpoint or words} of this series",
                        also=(f"arms[{a}].patients",),
                    )


DURATIONS = "response_months"
"""The field that may hold durations of several endpoints."""


def _durations(stated: object, path: str) -> Iterator[tuple[str, Duration]]:
    if isinstance(stated, Duration):
        yield path, stated
    elif isinstance(stated, tuple):
        for i, duration in enumerate(stated):
            yield f"{path}[{i}]", duration


def _against(
    duration: Duration, rows: Sequence[Patient], field: str, unit: str
) -> Iterator[tuple[str, float, str, bool]]:
    """(part, stated, computed in words, whether nothing explains it) of every part that is off."""
    values = [v for p in rows if (v := getattr(p, field)) is not None]
    if not values:
        return
    expected = {"low": ("lowest", min(values)), "high": ("highest", max(values)),
                "mean": ("mean", mean(values))}  # fmt: skip
    for part, (name, value) in expected.items():
        stated = getattr(duration, part)
        if stated is not None and not same_number(stated, value):
            yield part, stated, f"{name} of the patient rows is {value:.4g} {unit}", True
    part = "median" if duration.median is not None else "value"
    middle, medians = getattr(duration, part), medians_of(rows, field)
    if middle is None or not medians:
        return
    if part == "value" and same_number(middle, mean(values)):
        return
    fitting = [name for name, value in medians.items() if same_number(middle, value)]
    first, value = next(iter(medians.items()))
    if not fitting:
        yield part, middle, show_median(first, value, unit), True
    elif fitting == [PLAIN] and first == KAPLAN_MEIER:
        yield part, middle, f"{show_median(first, value, unit)}; the plain median is stated", False


def times(subject: Subject, case: Case) -> Iterator[Finding]:
    """Treatment and response that together last longer than the follow-up."""
    for a, p, patient in each_patient(subject):
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
    for a, p, patient in each_patient(subject):
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
    for a, p, patient in each_patient(subject):
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
