"""One group of series as it was fitted, before its rows and the intervals of its heterogeneity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.model.pooled import GroupResult
from evidence.pooling.arrays import Array
from evidence.pooling.counts import Counts
from evidence.pooling.effects import Effects
from evidence.pooling.fit import Fit
from evidence.pooling.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupFit:
    """A pooled group; ``result`` has no series rows yet (``complete`` writes them)."""

    counts: Counts
    settings: Settings
    result: GroupResult
    fit: Fit | None = None
    effects: Effects | None = None
    posterior: Any = None
    """The grid posterior, where the method is ``bayes``."""

    @property
    def back_n(self) -> float:
        """The total that turns double arcsines of this group back."""
        return back_total(self.counts.total, self.fit, self.settings)


def back_total(total: Array, fit: Fit | None, settings: Settings) -> float:
    """Harmonic mean of the totals, or 1 / (4 se²) (Schwarzer 2019, Res Synth Methods 10:476)."""
    if settings.back_n == "variance" and fit is not None:
        return float(1 / (4 * fit.cov[0, 0]))
    return float(len(total) / (1 / total).sum())
