"""Rows of pooling's tables as the report's own lines, so that either may change alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidence.model.pooled import GroupResult
from evidence.report.context import AnalysisLine, InfluenceRow


def line_from_group(
    label: str, group: GroupResult, *, kind: str = "", reference: bool = False
) -> AnalysisLine:
    """A pooled group as one line of an analysis figure."""
    return AnalysisLine(
        label=label,
        kind=kind,
        reference=reference,
        k=group.k,
        events=group.events,
        total=group.total,
        derived=any(study.derived for study in group.studies),
        estimate=group.estimate,
        ci_low=group.ci_low,
        ci_high=group.ci_high,
        pi_low=group.pi_low,
        pi_high=group.pi_high,
        tau2=None if group.method == "common" else group.tau2,
        i2=group.i2,
        problems=group.problems,
    )


def line_from_row(
    row: Mapping[str, Any], *, label: str, kind: str = "", series: str | None = None
) -> AnalysisLine:
    """A row with ``k events total estimate ci_low ...`` as one line; missing names are None."""
    return AnalysisLine(
        label=label,
        kind=kind,
        series=series,
        k=int(row["k"]),
        events=row.get("events"),
        total=row.get("total"),
        estimate=row.get("estimate"),
        ci_low=row.get("ci_low"),
        ci_high=row.get("ci_high"),
        pi_low=row.get("pi_low"),
        pi_high=row.get("pi_high"),
        tau2=row.get("tau2"),
        i2=row.get("i2"),
    )


def leave_one_out_lines(
    rows: Iterable[Mapping[str, Any]], labels: Mapping[str, str]
) -> tuple[AnalysisLine, ...]:
    """From ``evidence.pooling.leave_out.leave_one_out(...).rows``."""
    return tuple(
        line_from_row(
            row,
            label=labels.get(row["left_out"], row["left_out"]),
            series=row["left_out"],
        )
        for row in rows
    )


def cumulative_lines(
    rows: Iterable[Mapping[str, Any]], labels: Mapping[str, str]
) -> tuple[AnalysisLine, ...]:
    """From ``evidence.pooling.leave_out.cumulative(...).rows``."""
    return tuple(
        line_from_row(
            row,
            label=labels.get(row["added"], row["added"]),
            series=row["added"],
        )
        for row in rows
    )


def influence_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[InfluenceRow, ...]:
    """From ``evidence.pooling.influence.influence(...).rows``."""
    return tuple(
        InfluenceRow(
            series=row["series"],
            cook=row.get("cook"),
            dffits=row.get("dffits"),
            hat=row.get("hat"),
            tau2_without=row.get("tau2_without"),
        )
        for row in rows
    )
