"""The JSON structure of a pooled result: field names are a contract, None never becomes NaN."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from evidence.model.pooled import (
    Between,
    Contrast,
    Excluded,
    GroupResult,
    Interval,
    Pooled,
    StudyResult,
)

GROUP_FIELDS = (
    "group",
    "k",
    "events",
    "total",
    "estimate",
    "ci_low",
    "ci_high",
    "pi_low",
    "pi_high",
    "tau2",
    "i2",
    "h2",
    "q",
    "q_df",
    "q_p",
    "population_estimate",
    "converged",
)
GROUP_EXTRAS = (
    "pi_df",
    "i2_definition",
    "lrt",
    "lrt_p",
    "population_ci_low",
    "population_ci_high",
    "method",
    "model_estimate",
    "model_se",
)
STUDY_FIELDS = (
    "series",
    "events",
    "total",
    "estimate",
    "ci_low",
    "ci_high",
    "weight",
    "derived",
    "corrected",
)
BETWEEN_FIELDS = (
    "q_m",
    "df",
    "p",
    "model",
    "lrt",
    "lrt_p",
    "tau2",
    "statistic",
    "df2",
)
CONTRAST_FIELDS = (
    "a",
    "b",
    "odds_ratio",
    "ci_low",
    "ci_high",
    "p",
    "difference",
    "difference_ci_low",
    "difference_ci_high",
    "p_holm",
    "model",
    "probability",
    "aliased",
)


def pooled_to_dict(pooled: Pooled) -> dict[str, Any]:
    """Outcome, groups, test between them, contrasts, problems."""
    return {
        "outcome": pooled.outcome,
        "by": pooled.by,
        "method": pooled.method,
        "transform": pooled.transform,
        "test": pooled.test,
        "level": pooled.level,
        "groups": [group_to_dict(group) for group in pooled.groups],
        "overall": None if pooled.overall is None else group_to_dict(pooled.overall),
        "between": _between(pooled.between),
        "between_separate": _between(pooled.between_separate),
        "contrasts": [_fields(contrast, CONTRAST_FIELDS) for contrast in pooled.contrasts],
        "excluded": [_fields(item, ("series", "reason")) for item in pooled.excluded],
        "problems": [problem.to_dict() for problem in pooled.problems],
        "settings": dict(pooled.settings),
    }


def group_to_dict(group: GroupResult) -> dict[str, Any]:
    """One group with its series."""
    values = _fields(group, GROUP_FIELDS)
    values["studies"] = [_fields(study, STUDY_FIELDS) for study in group.studies]
    values["problems"] = [problem.to_dict() for problem in group.problems]
    values |= _fields(group, GROUP_EXTRAS)
    values["tau2_interval"] = _interval(group.tau2_interval)
    values["i2_interval"] = _interval(group.i2_interval)
    return values


def _between(between: Between | None) -> dict[str, Any] | None:
    return None if between is None else _fields(between, BETWEEN_FIELDS)


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    return None if interval is None else _fields(interval, ("low", "high", "method"))


def _fields(
    thing: GroupResult | StudyResult | Between | Contrast | Excluded | Interval, names: Any
) -> dict[str, Any]:
    return {name: plain(getattr(thing, name)) for name in names}


def plain(value: Any) -> Any:
    """Python's own numbers and lists; None for what is not finite."""
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return list(value) if isinstance(value, tuple) else value


def plain_fields(result: Any, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """Every field of a result; its problems in their own form."""
    values = {
        name: plain(getattr(result, name))
        for name in result.__dataclass_fields__
        if name not in (*without, "problems")
    }
    if "problems" in result.__dataclass_fields__:
        values["problems"] = [problem.to_dict() for problem in result.problems]
    return values
