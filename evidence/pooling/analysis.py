"""``Data`` and ``Analysis``: what was pooled, and its groups as they were fitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from evidence.errors import Problem, unknown_name
from evidence.model.pooled import Between, Contrast, Excluded
from evidence.pooling.counts import Counts
from evidence.pooling.fitted import GroupFit
from evidence.pooling.group import pool_group
from evidence.pooling.settings import Settings

Labels = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What was pooled: checked counts, and what is known of each series."""

    outcome: str
    counts: Counts
    by_name: str | None = None
    by: Labels | None = None
    year: Labels | None = None
    moderators: dict[str, Labels] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Analysis:
    """Fitted groups and their comparison, before rows and intervals are made for a reader."""

    data: Data
    settings: Settings
    fitted: tuple[GroupFit, ...]
    between: Between | None = None
    contrasts: tuple[Contrast, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    own_problems: tuple[Problem, ...] = ()
    """Problems of the comparison; those of a group stand with the group."""

    @cached_property
    def overall_fit(self) -> GroupFit:
        """All series together, whatever the grouping."""
        if self.data.by is None:
            return self.fitted[0]
        return pool_group("all", self.data.counts, self.settings)

    def fitted_group(self, name: str = "all") -> GroupFit:
        """One group as it was fitted, before intervals; ``all``: all series together."""
        for fitted in self.fitted:
            if fitted.result.group == name:
                return fitted
        if name == "all":
            return self.overall_fit
        raise unknown_name("group", name, [fitted.result.group for fitted in self.fitted])
