"""Two diseases compared inside the series that report both, beside the contrast across series."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.report.context import WithinStudy
    from evidence.review.contents import Contents


def within_study(review: Contents, outcome: str) -> WithinStudy | None:
    """The two diseases that most series report side by side, compared inside those series."""
    from evidence.pooling import Pair, within_all
    from evidence.report.context import WithinMethod, WithinSeries, WithinStudy

    pairs = _disease_pairs(review, outcome)
    if pairs is None:
        return None
    a, b, found = pairs
    contrasts = review.pool(outcome, by="disease").contrasts
    return WithinStudy(
        outcome=outcome,
        a=a,
        b=b,
        series=tuple(
            WithinSeries(series=name, a_events=x, a_total=m, b_events=y, b_total=n)
            for name, x, m, y, n in found
        ),
        pooled=tuple(
            WithinMethod(
                method=item.method,
                odds_ratio=item.odds_ratio,
                ci_low=item.ci_low,
                ci_high=item.ci_high,
                p=item.p,
                note="; ".join(p.message for p in item.problems) or None,
            )
            for item in within_all(
                [
                    Pair(series=name, events_a=x, total_a=m, events_b=y, total_b=n)
                    for name, x, m, y, n in found
                ]
            )
        ),
        across=next((c for c in contrasts if {c.a, c.b} == {a, b}), None),
    )


Pairing = tuple[str, str, list[tuple[str, int, int, int, int]]]


def _disease_pairs(review: Contents, outcome: str) -> Pairing | None:
    """(disease a, disease b, per series: events and totals of a and of b); None without a pair."""
    from itertools import combinations

    strata: dict[str, dict[str, tuple[str, int, int]]] = {}
    for row in review.rows:
        split = row.disease is not None and row.arm is None and row.stratum == row.disease
        if row.outcome == outcome and split and row.events is not None and row.total:
            strata.setdefault(row.series, {})[row.stratum] = (row.label, row.events, row.total)
    counted: dict[tuple[str, str], int] = {}
    for found in strata.values():
        for pair in combinations(sorted(found), 2):
            counted[pair] = counted.get(pair, 0) + 1
    if not counted:
        return None
    low, high = max(sorted(counted), key=lambda pair: counted[pair])
    rate = {d: _rate(strata, d) for d in (low, high)}
    a, b = (low, high) if rate[low] >= rate[high] else (high, low)
    return (
        a,
        b,
        [
            (found[a][0], *found[a][1:], *found[b][1:])
            for found in strata.values()
            if a in found and b in found
        ],
    )


def _rate(strata: dict[str, dict[str, tuple[str, int, int]]], disease: str) -> float:
    counts = [found[disease][1:] for found in strata.values() if disease in found]
    return sum(events for events, _ in counts) / sum(total for _, total in counts)
