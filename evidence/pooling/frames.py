"""Pooled results as tidy data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.model.pooled import Pooled

if TYPE_CHECKING:
    import pandas as pd


def result_frame(pooled: Pooled) -> pd.DataFrame:
    """One row per group and one per series within it; ``row`` is ``group`` or ``series``."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for group in pooled.groups:
        rows.append(
            {
                "outcome": pooled.outcome,
                "group": group.group,
                "row": "group",
                "series": None,
                "k": group.k,
                "events": group.events,
                "total": group.total,
                "estimate": group.estimate,
                "ci_low": group.ci_low,
                "ci_high": group.ci_high,
                "pi_low": group.pi_low,
                "pi_high": group.pi_high,
                "tau2": group.tau2,
                "i2": group.i2,
                "population_estimate": group.population_estimate,
                "weight": None,
            }
        )
        rows += [
            {
                "outcome": pooled.outcome,
                "group": group.group,
                "row": "series",
                "series": study.series,
                "events": study.events,
                "total": study.total,
                "estimate": study.estimate,
                "ci_low": study.ci_low,
                "ci_high": study.ci_high,
                "weight": study.weight,
            }
            for study in group.studies
        ]
    return pd.DataFrame(rows)
