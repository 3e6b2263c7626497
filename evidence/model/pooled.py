"""Results of pooling: frozen, complete, and JSON-ready; a value that does not exist is None."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyResult:
    """One series in a pooled group; proportions and interval ends are 0-1."""

    series: str
    events: int
    total: int
    estimate: float
    ci_low: float
    ci_high: float
    weight: float | None = None
    """Share of the total weight, 0-1; None where the model has no weights (GLMM)."""
    derived: bool = False
    corrected: bool = False
    """0.5 was added to both cells of this series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An interval with the name of the method that made it."""

    low: float | None
    high: float | None
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """One pooled group (``all`` when nothing groups), on the proportion scale."""

    group: str
    k: int
    events: int
    total: int
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    pi_low: float | None = None
    pi_high: float | None = None
    pi_df: str | None = None
    """Reference distribution of the prediction interval, named: ``t(k-1)``, ``t(k-2)``, ``z``."""
    tau2: float | None = None
    tau2_interval: Interval | None = None
    i2: float | None = None
    """0-100 percent."""
    i2_interval: Interval | None = None
    i2_definition: str | None = None
    h2: float | None = None
    q: float | None = None
    q_df: int | None = None
    q_p: float | None = None
    lrt: float | None = None
    lrt_p: float | None = None
    population_estimate: float | None = None
    population_ci_low: float | None = None
    population_ci_high: float | None = None
    converged: bool = True
    method: str = ""
    """The method that actually ran (a fallback is named here and in problems)."""
    model_estimate: float | None = None
    """Estimate on the analysis scale, e.g. log odds."""
    model_se: float | None = None
    studies: tuple[StudyResult, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Test between the levels of a grouping."""

    q_m: float | None
    df: int | None
    p: float | None
    model: str
    """Which model the test comes from: ``common tau2`` or ``separate tau2``."""
    lrt: float | None = None
    lrt_p: float | None = None
    tau2: float | None = None
    statistic: str = "chi2"
    """Reference distribution of q_m: ``chi2``, or ``F`` (then q_m is the F value)."""
    df2: float | None = None
    """Denominator degrees of freedom where the statistic is F."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two levels compared across uncontrolled series (``a`` against ``b``)."""

    a: str
    b: str
    odds_ratio: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    difference: float | None
    """Proportion in a minus proportion in b, -1 to 1."""
    difference_ci_low: float | None
    difference_ci_high: float | None
    p_holm: float | None = None
    model: str = "common tau2"
    probability: float | None = None
    """Posterior probability that the proportion in a is the larger (bayes)."""
    aliased: str | None = None
    """Why the contrast cannot be told apart from another moderator; None if it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A series left out of a pooled number, by name and with the reason."""

    series: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """A whole pooled analysis: groups, the test between them, contrasts, what was left out."""

    outcome: str
    by: str | None
    method: str
    transform: str
    test: str
    level: float
    groups: tuple[GroupResult, ...]
    between: Between | None = None
    contrasts: tuple[Contrast, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    problems: tuple[Problem, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    overall: GroupResult | None = None
    """All series together, whatever the grouping."""
    between_separate: Between | None = None
    """The test between levels with each level's own tau2."""
