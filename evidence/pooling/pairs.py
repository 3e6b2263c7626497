"""Counts of two strata inside the same series, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.errors import FindingsInData
from evidence.pooling.arrays import Array
from evidence.pooling.counts import check_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One series with both strata: events and total of stratum a and of stratum b."""

    series: str
    events_a: int
    total_a: int
    events_b: int
    total_b: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """Checked pairs as arrays (k,)."""

    series: tuple[str, ...]
    a: Array
    na: Array
    b: Array
    nb: Array

    @property
    def informative(self) -> Tables:
        """Series with both events and non-events over the two strata."""
        keep = (self.a + self.b > 0) & (self.a + self.b < self.na + self.nb)
        return Tables(
            series=tuple(name for name, kept in zip(self.series, keep, strict=True) if kept),
            a=self.a[keep],
            na=self.na[keep],
            b=self.b[keep],
            nb=self.nb[keep],
        )

    @property
    def separated(self) -> bool:
        """Whether one stratum has no or only events in each series: no finite odds ratio.

        Each series then lies at the same end of what its margins allow.
        """
        rising, falling = self.a * (self.nb - self.b), self.b * (self.na - self.a)
        return not (rising.any() and falling.any())


def check_pairs(pairs: Sequence[Pair]) -> Tables:
    """Arrays of counts; raises FindingsInData naming every faulty stratum."""
    if not pairs:
        raise FindingsInData("No series reports both strata: there is nothing to compare within.")
    names = [pair.series for pair in pairs]
    a = check_counts([p.events_a for p in pairs], [p.total_a for p in pairs], series=names)
    b = check_counts([p.events_b for p in pairs], [p.total_b for p in pairs], series=names)
    return Tables(series=a.series, a=a.events, na=a.total, b=b.events, nb=b.total)
