"""Kaplan-Meier from patient rows: steps, numbers at risk, median with interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from evidence.errors import FindingsInData, Problem, Severity
from evidence.pooling.arrays import Array
from evidence.pooling.as_json import plain_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class KaplanMeier:
    """A survival curve as steps; times in months; ``survival`` holds from its time on."""

    n: int
    events: int
    usable_of: int
    """Patients known in all; ``n`` of them have a usable duration."""
    times: tuple[float, ...]
    survival: tuple[float, ...]
    ci_low: tuple[float, ...]
    ci_high: tuple[float, ...]
    at_risk: tuple[int, ...]
    """Patients at risk just before each time."""
    events_at: tuple[int, ...]
    censored: tuple[float, ...]
    median: float | None
    median_low: float | None
    median_high: float | None
    level: float
    rows: tuple[tuple[float, bool], ...]
    problems: tuple[Problem, ...] = ()

    def at(self, month: float) -> float:
        """Share without event at ``month``."""
        value = 1.0
        for time, survival in zip(self.times, self.survival, strict=True):
            if time > month:
                break
            value = survival
        return value

    def numbers_at_risk(self, months: Sequence[float]) -> list[int]:
        """Patients still observed at each of ``months`` (duration at least that long)."""
        return [sum(time >= month for time, _ in self.rows) for month in months]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return plain_fields(self, without=["rows"])


def kaplan_meier(
    months: Sequence[float | None],
    ended: Sequence[bool | None],
    *,
    level: float = 0.95,
) -> KaplanMeier:
    """Product-limit curve (Kaplan & Meier 1958, J Am Stat Assoc 53:457) by statsmodels.

    ``ended`` is True for an event, False for a censored duration. Rows without a duration or a
    mark are left out and counted. Intervals are Greenwood's on the log-log scale; the median's
    after Brookmeyer & Crowley 1982 (Biometrics 38:29). Raises FindingsInData for negative months.
    """
    if len(months) != len(ended):
        raise FindingsInData(f"{len(months)} durations but {len(ended)} marks.")
    faults = [_negative(row, m) for row, m in enumerate(months, 1) if m is not None and m < 0]
    if faults:
        raise FindingsInData(*faults)
    rows = [
        (float(m), bool(e))
        for m, e in zip(months, ended, strict=True)
        if m is not None and e is not None and math.isfinite(m)
    ]
    if not rows:
        raise FindingsInData("No patient row has both a duration and an event mark.")
    times = np.array([time for time, _ in rows])
    marks = np.array([event for _, event in rows])
    steps = _steps(times, marks)
    z = float(ndtri(0.5 + level / 2))
    low, high = _log_log(steps[1], steps[2], z)
    median, bounds = _crossing(steps[0], steps[1]), None
    if median is not None or len(steps[0]):
        bounds = (_crossing(steps[0], low), _crossing(steps[0], high))
    problems = _remarks(len(rows), len(months), int(marks.sum()), median)
    return KaplanMeier(
        n=len(rows),
        events=int(marks.sum()),
        usable_of=len(months),
        times=tuple(steps[0].tolist()),
        survival=tuple(steps[1].tolist()),
        ci_low=tuple(low.tolist()),
        ci_high=tuple(high.tolist()),
        at_risk=tuple(int(v) for v in steps[3]),
        events_at=tuple(int(v) for v in steps[4]),
        censored=tuple(sorted(times[~marks].tolist())),
        median=median,
        median_low=None if bounds is None else bounds[0],
        median_high=None if bounds is None else bounds[1],
        level=level,
        rows=tuple(sorted(rows)),
        problems=tuple(problems),
    )


def _steps(times: Array, marks: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Event times, survival, Greenwood's sum d / (n (n - d)), at risk, events."""
    if not marks.any():
        empty = np.zeros(0)
        return empty, empty, empty, empty, empty
    from statsmodels.duration.survfunc import SurvfuncRight

    fitted = SurvfuncRight(times, marks.astype(int))
    at_risk, events = np.asarray(fitted.n_risk, float), np.asarray(fitted.n_events, float)
    step = events > 0
    survival = np.asarray(fitted.surv_prob, float)[step]
    at_risk, events = at_risk[step], events[step]
    left = at_risk - events
    greenwood = np.cumsum(np.where(left > 0, events / (at_risk * np.where(left > 0, left, 1)), 0))
    return np.asarray(fitted.surv_times, float)[step], survival, greenwood, at_risk, events


def _log_log(survival: Array, greenwood: Array, z: float) -> tuple[Array, Array]:
    inside = (survival > 0) & (survival < 1)
    log_s = np.log(np.where(inside, survival, 0.5))
    half = z * np.sqrt(greenwood) / np.abs(log_s)
    low = np.where(inside, np.exp(log_s * np.exp(half)), survival)
    high = np.where(inside, np.exp(log_s * np.exp(-half)), survival)
    return np.asarray(low), np.asarray(high)


def _crossing(times: Array, curve: Array) -> float | None:
    """First time the curve is at or below one half (mid-way where it rests on one half)."""
    below = np.flatnonzero(curve <= 0.5 + 1e-12)
    if not len(below):
        return None
    first = int(below[0])
    if abs(float(curve[first]) - 0.5) < 1e-12 and first + 1 < len(times):
        return float((times[first] + times[first + 1]) / 2)
    return float(times[first])


def _remarks(n: int, known: int, events: int, median: float | None) -> list[Problem]:
    found = []
    if n < known:
        found.append(
            Problem(
                code="patients-left-out",
                message=f"{n} of {known} patients have a usable duration.",
                severity=Severity.NOTE,
            )
        )
    if median is None:
        found.append(
            Problem(
                code="median-not-reached",
                message=f"The median was not reached: {events} events among {n} patients.",
                severity=Severity.NOTE,
            )
        )
    return found


def _negative(row: int, months: float | None) -> Problem:
    return Problem(
        code="negative-duration",
        message=f"Row {row}: {months} months; expected 0 or more.",
        severity=Severity.ERROR,
    )
