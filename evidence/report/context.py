"""Everything a report is made from: one frozen object, filled by the review, read by sections.

Whatever the review did not compute is None, and its section says that it is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.errors import Problem
from evidence.model.finding import Finding
from evidence.model.pooled import Contrast, Excluded, Pooled
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.table.moved import Moved

GroupKey = tuple[str, str | None]
"""(outcome, grouping), such as ``("ORR", "route")``; None is the overall result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEntry:
    """A series and the file it lives in."""

    series: Series
    path: str
    """Path of the YAML file relative to the review folder."""
    source: str
    """Name of the folder under ``extracted/``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisLine:
    """One row of a sensitivity table, leave-one-out or cumulative analysis; proportions 0-1."""

    label: str
    k: int
    events: int | None
    total: int | None
    derived: bool = False
    """Whether any count in it is derived."""
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    pi_low: float | None = None
    pi_high: float | None = None
    tau2: float | None = None
    i2: float | None = None
    kind: str = ""
    """Which switch was turned: ``method``, ``exclusions``, ``derived counts`` and the like."""
    series: str | None = None
    """The series left out (leave-one-out) or added (cumulative)."""
    reference: bool = False
    """The analysis the report's main numbers come from."""
    problems: tuple[Problem, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    """Series that this analysis leaves out, unlike the main one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionPoint:
    """A series in a bubble plot."""

    series: str
    x: float
    estimate: float
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionLine:
    """A fitted line of a meta-regression with its band, on the proportion scale."""

    moderator: str
    outcome: str
    points: tuple[RegressionPoint, ...]
    curve: tuple[tuple[float, float, float, float], ...]
    """(x, estimate, ci_low, ci_high), ordered by x."""
    p: float | None = None
    p_permutation: float | None = None
    r2: float | None = None
    """0-100 percent of the heterogeneity explained."""
    unit: str | None = None
    """Of the moderator, as the series give it (``mg``, ``µg/kg``); None where it has none."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BaujatPoint:
    """A series' share of Q and its pull on the pooled estimate."""

    series: str
    q_share: float
    influence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceRow:
    """Influence diagnostics of one series."""

    series: str
    cook: float | None = None
    dffits: float | None = None
    hat: float | None = None
    tau2_without: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudyTest:
    """A test of funnel asymmetry."""

    name: str
    statistic: float | None
    p: float | None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudy:
    """Funnel asymmetry, or the reason why it is withheld."""

    outcome: str
    withheld: str | None = None
    tests: tuple[SmallStudyTest, ...] = ()
    filled: int | None = None
    """Series added by trim-and-fill."""
    filled_estimate: float | None = None
    filled_ci: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinSeries:
    """Two strata of one series."""

    series: str
    a_events: int
    a_total: int
    b_events: int
    b_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinMethod:
    """A within-study odds ratio by one method."""

    method: str
    odds_ratio: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinStudy:
    """Strata compared inside the same series, beside the contrast across series."""

    outcome: str
    a: str
    b: str
    series: tuple[WithinSeries, ...]
    pooled: tuple[WithinMethod, ...]
    across: Contrast | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """A person's judgement of certainty for one outcome."""

    level: str
    """``high`` ``moderate`` ``low`` ``very low``"""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """All that a report says comes from here; equal contexts give byte-identical reports."""

    protocol: Protocol = field(default_factory=Protocol)
    series: tuple[SeriesEntry, ...] = ()
    rows: tuple[EvidenceRow, ...] = ()
    pooled: Mapping[GroupKey, Pooled] = field(default_factory=dict)
    sensitivity: Mapping[str, tuple[AnalysisLine, ...]] | None = None
    """By outcome; as are the next two."""
    leave_one_out: Mapping[str, tuple[AnalysisLine, ...]] | None = None
    cumulative: Mapping[str, tuple[AnalysisLine, ...]] | None = None
    influence: Mapping[str, tuple[InfluenceRow, ...]] | None = None
    baujat: Mapping[str, tuple[BaujatPoint, ...]] | None = None
    gosh: Mapping[str, tuple[tuple[float, float], ...]] | None = None
    """By outcome: (estimate 0-1, I2 in percent) of every subset fitted, all or a random sample."""
    regressions: tuple[RegressionLine, ...] | None = None
    within: tuple[WithinStudy, ...] | None = None
    small_study: Mapping[str, SmallStudy] | None = None
    certainty: Mapping[str, Certainty] | None = None
    moved: tuple[Moved, ...] = ()
    """Fields that change when each comes from the most preferred source, not the one printed."""
    others: tuple[SeriesEntry, ...] = ()
    """The same series as other sources tell them, for those that moved."""
    corrected: Mapping[GroupKey, Pooled] = field(default_factory=dict)
    """Pooled anew from the most preferred sources; empty where the main analysis already does."""
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    previous: Mapping[str, Any] | None = None
    """``results.json`` of the last version; None when there is none."""
    software: Mapping[str, str] = field(default_factory=dict)
    """Package to version, of what actually ran."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """File (relative to the review folder) to sha256."""
    seed: int | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    """Series to its reference in the review's own citation style; empty: Vancouver."""
    crops: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    """(series, cell) to a picture (PNG) of the cell; empty unless a source says ``may_show``."""

    def result(self, outcome: str, by: str | None = None) -> Pooled | None:
        """The pooled result for an outcome and grouping; None when it was not run."""
        return self.pooled.get((outcome, by))
