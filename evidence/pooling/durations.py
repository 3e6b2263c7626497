"""Reported medians summarised as medians: endpoints apart, bounds kept, never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence.errors import FindingsInData, Problem, Severity
from evidence.pooling.as_json import plain_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedMedian:
    """What one series says of a duration: ``comparator`` < or > where it gives only a bound."""

    series: str
    patients: int
    months: float
    endpoint: str = "response duration"
    comparator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MedianOfMedians:
    """Weighted median of the reported medians of one endpoint."""

    endpoint: str
    k: int
    patients: int
    months: float | None
    comparator: str | None
    """< or > where the middle falls on a series that gives only a bound."""
    unweighted_months: float | None
    ci_low: float | None
    ci_high: float | None
    ci_coverage: float | None
    """Confidence the interval really has: order statistics reach only some levels."""
    lowest: float
    highest: float
    medians: tuple[ReportedMedian, ...]
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        values = plain_fields(self, without=["medians"])
        return values | {"medians": [plain_fields(item) for item in self.medians]}


def median_of_medians(
    medians: Sequence[ReportedMedian], *, level: float = 0.95
) -> tuple[MedianOfMedians, ...]:
    """One summary per endpoint (McGrath et al. 2019, Stat Med 38:969: weighted median of medians).

    Endpoints are never mixed. Raises FindingsInData naming every faulty row.
    """
    faults = [fault for row, item in enumerate(medians, 1) if (fault := _fault(row, item))]
    if faults:
        raise FindingsInData(*faults)
    endpoints = list(dict.fromkeys(item.endpoint for item in medians))
    return tuple(
        _summary(name, [item for item in medians if item.endpoint == name], level)
        for name in endpoints
    )


def _summary(endpoint: str, items: list[ReportedMedian], level: float) -> MedianOfMedians:
    ordered = sorted(items, key=_order)
    months, comparator = _weighted_middle(ordered, [item.patients for item in ordered])
    plain_months, _ = _weighted_middle(ordered, [1] * len(ordered))
    low, high, coverage = _order_interval(ordered, level)
    values = [item.months for item in ordered]
    return MedianOfMedians(
        endpoint=endpoint,
        k=len(items),
        patients=sum(item.patients for item in items),
        months=months,
        comparator=comparator,
        unweighted_months=plain_months,
        ci_low=low,
        ci_high=high,
        ci_coverage=coverage,
        lowest=values[0],
        highest=values[-1],
        medians=tuple(ordered),
        problems=tuple(_remarks(ordered, comparator, coverage, level)),
    )


def _order(item: ReportedMedian) -> tuple[float, int]:
    return item.months, {"<": -1, ">": 1}.get(item.comparator or "", 0)


def _weighted_middle(ordered: list[ReportedMedian], weights: list[int]) -> tuple[float, str | None]:
    """First value whose cumulative weight passes one half; the mean of two if it is hit exactly."""
    half, running = sum(weights) / 2, 0.0
    for at, (item, weight) in enumerate(zip(ordered, weights, strict=True)):
        running += weight
        if running == half and at + 1 < len(ordered):
            following = ordered[at + 1]
            bound = item.comparator or following.comparator
            return (item.months + following.months) / 2, bound
        if running > half:
            return item.months, item.comparator
    return ordered[-1].months, ordered[-1].comparator


def _order_interval(
    ordered: list[ReportedMedian], level: float
) -> tuple[float | None, float | None, float | None]:
    """Sign-test interval of the median of series medians; None where k is too small for it."""
    from scipy.special import bdtr

    k = len(ordered)
    depth = 0
    while 2 * depth < k and 1 - 2 * float(bdtr(depth, k, 0.5)) >= level:
        depth += 1
    if depth == 0:
        return None, None, None
    coverage = 1 - 2 * float(bdtr(depth - 1, k, 0.5))
    low, high = ordered[depth - 1], ordered[k - depth]
    return low.months, high.months, coverage


def _remarks(
    ordered: list[ReportedMedian], comparator: str | None, coverage: float | None, level: float
) -> list[Problem]:
    found = []
    bounds = [item.series for item in ordered if item.comparator]
    if bounds:
        found.append(
            Problem(
                code="bounded-median",
                message=f"{', '.join(bounds)}: only a bound is given; it stands in its place in "
                "the order" + (" and the summary is a bound too." if comparator else "."),
                severity=Severity.NOTE,
            )
        )
    if coverage is None:
        found.append(
            Problem(
                code="no-median-interval",
                message=f"{len(ordered)} medians are too few for a {level:.0%} interval.",
                severity=Severity.NOTE,
            )
        )
    return found


def _fault(row: int, item: ReportedMedian) -> Problem | None:
    wrong = None
    if item.patients < 1:
        wrong = f"{item.patients} patients; expected 1 or more"
    elif not item.months >= 0:
        wrong = f"{item.months} months; expected 0 or more"
    elif item.comparator not in (None, "<", ">"):
        wrong = f"comparator '{item.comparator}'; expected <, > or none"
    if wrong is None:
        return None
    return Problem(
        code="faulty-median",
        message=f"Row {row}, {item.series}: {wrong}.",
        severity=Severity.ERROR,
    )
