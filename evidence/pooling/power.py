"""Planning: what one more series would add, and how many patients a contrast still needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evidence.errors import FindingsInData, Problem, WrongUsage
from evidence.pooling.as_json import plain_fields
from evidence.pooling.dist import critical
from evidence.pooling.effects import TRANSFORMS, expit
from evidence.pooling.fitted import GroupFit
from evidence.pooling.quadrature import hermite_nodes
from evidence.pooling.result import Result
from evidence.pooling.settings import EXACT_METHODS
from evidence.pooling.table import Table

MOST_PATIENTS = 100_000


def sampling_variance(mean: float, tau2: float, patients: int) -> float:
    """Expected variance of the log odds of a new series of ``patients``:
    1 / E[n p (1 - p)] over the distribution of true proportions.
    """
    z, log_weights = hermite_nodes(40)
    density = np.exp(log_weights - z * z / 2)
    p = expit(mean + np.sqrt(tau2) * z)
    information = float((density * p * (1 - p)).sum() / density.sum())
    return 1 / (patients * max(information, 1e-12))


def next_series(
    result: Result, *, patients: Sequence[int] = (10, 20, 50, 100), group: str = "all"
) -> Table:
    """Expected interval and prediction interval when one more series of n patients is added.

    The mean and tau2 are held at their estimates; the new series adds the information
    1 / (tau2 + v_n) (Sutton et al. 2007, Stat Med 26:2479, without simulation).
    """
    fitted = result.fitted_group(group)
    mean, se, tau2, k = _model(fitted)
    level = result.settings.level
    rows = [_planned(mean, se, tau2, k, 0, level, result)]
    for n in patients:
        if n < 1:
            raise WrongUsage(f"A series of {n} patients cannot be planned; expected 1 or more.")
        more = 1 / (tau2 + sampling_variance(mean, tau2, n))
        new_se = float(1 / np.sqrt(1 / se**2 + more))
        rows.append(_planned(mean, new_se, tau2, k + 1, n, level, result))
    return Table(title=f"{result.data.outcome}: one more series", rows=tuple(rows))


def _planned(
    mean: float, se: float, tau2: float, k: int, patients: int, level: float, result: Result
) -> dict[str, Any]:
    df = None if result.settings.test == "z" else float(k - 1)
    half = critical(level, df)
    ends = expit(np.array([mean - half * se, mean + half * se]))
    spread = half * float(np.sqrt(se**2 + tau2))
    pi = expit(np.array([mean - spread, mean + spread]))
    return {
        "added_patients": patients,
        "k": k,
        "ci_low": float(ends[0]),
        "ci_high": float(ends[1]),
        "ci_width": float(ends[1] - ends[0]),
        "pi_low": float(pi[0]),
        "pi_high": float(pi[1]),
        "pi_width": float(pi[1] - pi[0]),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededPatients:
    """How much more it takes until a difference is known to +/- ``half_width``."""

    a: str
    b: str
    half_width: float
    series_size: int
    half_width_now: float
    series_per_group: int | None
    patients: int | None
    """In both groups together; None where no number of patients up to the limit is enough."""
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return plain_fields(self)


def patients_needed(
    result: Result, a: str, b: str, *, half_width: float = 0.10, series_size: int = 20
) -> NeededPatients:
    """Patients, in further series of ``series_size`` in both groups, until the difference in
    proportions between ``a`` and ``b`` is known to +/- ``half_width`` (delta method, tau2 held).
    """
    if not 0 < half_width < 1 or series_size < 1:
        raise WrongUsage("Expected 0 < half_width < 1 and series_size >= 1.")
    groups = [result.fitted_group(name) for name in (a, b)]
    parts = []
    for group in groups:
        mean, se, tau2, k = _model(group)
        p = float(expit(mean))
        gain = 1 / (tau2 + sampling_variance(mean, tau2, series_size))
        parts.append(((p * (1 - p)) ** 2, 1 / se**2, gain, k))
    now = _half_width(parts, 0, result)
    steps = MOST_PATIENTS // (2 * series_size)
    if _half_width(parts, steps, result) > half_width:
        return NeededPatients(
            a=a,
            b=b,
            half_width=half_width,
            series_size=series_size,
            half_width_now=now,
            series_per_group=None,
            patients=None,
            problems=(_never(half_width),),
        )
    low, high = -1, steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (
            (low, middle) if _half_width(parts, middle, result) <= half_width else (middle, high)
        )
    return NeededPatients(
        a=a,
        b=b,
        half_width=half_width,
        series_size=series_size,
        half_width_now=now,
        series_per_group=high,
        patients=2 * high * series_size,
    )


def _half_width(parts: list[tuple[float, float, float, int]], added: int, result: Result) -> float:
    variance = sum(slope / (known + added * gain) for slope, known, gain, _ in parts)
    k = sum(part[3] for part in parts) + 2 * added
    df = None if result.settings.test == "z" else float(k - 2)
    return critical(result.settings.level, df) * float(np.sqrt(variance))


def _model(group: GroupFit) -> tuple[float, float, float, int]:
    result = group.result
    on_logit = group.settings.method in EXACT_METHODS or group.settings.scale is TRANSFORMS["logit"]
    if result.model_estimate is None or not result.model_se or not on_logit:
        raise FindingsInData(
            f"Group {result.group} has no fitted mean on the log odds to plan from. "
            "Mend: two series or more with both events and non-events, transform='logit'."
        )
    return result.model_estimate, result.model_se, result.tau2 or 0.0, result.k


def _never(half_width: float) -> Problem:
    return Problem(
        code="out-of-reach",
        message=f"Not within {MOST_PATIENTS} more patients: the difference stays less certain "
        f"than +/- {100 * half_width:.0f} points.",
    )
