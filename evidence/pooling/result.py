"""``Result``: one pooled analysis as one object; rows and intervals are made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence.errors import Problem, WrongUsage, unknown_name
from evidence.model.pooled import Between, Contrast, GroupResult, Interval, Pooled
from evidence.pooling.analysis import Analysis
from evidence.pooling.group import complete
from evidence.pooling.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from evidence.pooling.confounding import Confounding
    from evidence.pooling.table import Table

FOREST_RENDERER: dict[str, Callable[..., Any]] = {}
"""Filled by a higher floor under "forest": a function of the result that draws it."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Result(Analysis):
    """Pooled groups and their comparison; prints as lines, shows as a table in a notebook."""

    @cached_property
    def pooled(self) -> Pooled:
        """The whole result as plain frozen values."""
        return Pooled(
            outcome=self.data.outcome,
            by=self.data.by_name,
            method=self.settings.method,
            transform=self.settings.transform,
            test=self.settings.test,
            level=self.settings.level,
            groups=self.groups,
            overall=self.overall,
            between=self.between,
            between_separate=self.separate,
            contrasts=self.contrasts,
            excluded=self.excluded,
            problems=self.problems,
            settings=settings_text(self.settings),
        )

    @cached_property
    def groups(self) -> tuple[GroupResult, ...]:
        """Each group with its series rows and the intervals of tau2 and I²."""
        return tuple(complete(group) for group in self.fitted)

    @cached_property
    def separate(self) -> Between | None:
        """The test between levels with each level's own tau2."""
        from evidence.pooling.independent import separate_test

        return separate_test(list(self.fitted)) if self.data.by is not None else None

    @cached_property
    def overall(self) -> GroupResult:
        """All series together, with rows and intervals."""
        return self.groups[0] if self.data.by is None else complete(self.overall_fit)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Problems of the comparison as a whole; each group carries its own."""
        return self.own_problems

    def group(self, name: str) -> GroupResult:
        """One group by its name; an unknown name lists the known."""
        for group in self.groups:
            if group.group == name:
                return group
        if name == "all":
            return self.overall
        raise unknown_name("group", name, [group.group for group in self.groups])

    def __getitem__(self, name: str) -> GroupResult:
        return self.group(name)

    def to_dict(self) -> dict[str, Any]:
        """The ``--json`` structure: proportions 0-1, None for what does not exist."""
        from evidence.pooling.as_json import pooled_to_dict

        return pooled_to_dict(self.pooled)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per group, and one per series within it (``row`` says which)."""
        from evidence.pooling.frames import result_frame

        return result_frame(self.pooled)

    def summary(self) -> str:
        """The result as a reader wants it: n/N first, warnings beside their number."""
        from evidence.pooling.text import summarise

        return summarise(self.pooled)

    def __str__(self) -> str:
        from evidence.pooling.text import one_line

        return "\n".join(one_line(self.pooled, group) for group in self.groups)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from evidence.pooling.text import as_html

        return as_html(self.pooled)

    def compare(self, a: str, b: str) -> Contrast:
        """Level ``a`` against level ``b``."""
        from evidence.pooling.compare import find_contrast

        return find_contrast(self, a, b)

    def profile_interval(self, group: str = "all") -> Interval:
        """Profile-likelihood interval of a pooled proportion (GLMM), beside the Wald interval."""
        from evidence.pooling.effects import expit
        from evidence.pooling.profile import profile_mean

        fitted = self.fitted_group(group)
        if fitted.fit is None or fitted.fit.method != "glmm":
            raise WrongUsage("A profile-likelihood interval needs a group fitted by method='glmm'.")
        counts = fitted.counts
        ends = profile_mean(counts.events, counts.total, fitted.fit, self.settings.level)
        low, high = (None if end is None else float(expit(end)) for end in ends)
        return Interval(low=low, high=high, method="profile likelihood")

    def leave_one_out(self) -> Table:
        """The pooled proportion without each series in turn."""
        from evidence.pooling.leave_out import leave_one_out

        return leave_one_out(self)

    def cumulative(self, order: Sequence[Any] | None = None) -> Table:
        """The pooled proportion as series are added, by year or in the order given."""
        from evidence.pooling.leave_out import cumulative

        return cumulative(self, order)

    def influence(self) -> Table:
        """Cook's distance, DFFITS, hat, rstudent, tau2 without, covariance ratio by series."""
        from evidence.pooling.diagnostics import influence

        return influence(self)

    def confounding(self) -> Confounding:
        """Cross-table of the grouping and the other moderators, aliasing named."""
        from evidence.pooling.confounding import cross_table

        factors = dict(self.data.moderators)
        if self.data.by is not None:
            factors = {self.data.by_name or "group": self.data.by, **factors}
        return cross_table(factors, self.data.counts.total.tolist(), mixed=self.settings.mixed)

    def forest(self, **options: Any) -> Any:
        """The forest plot, by the renderer that the report floor registers."""
        if "forest" not in FOREST_RENDERER:
            raise WrongUsage("No forest renderer is registered. Mend: from evidence import pool")
        return FOREST_RENDERER["forest"](self, **options)


def settings_text(settings: Settings) -> dict[str, str]:
    """Every option by name, as words."""
    return {name: str(getattr(settings, name)) for name in Settings.__dataclass_fields__}
