"""How to pool: the options of one analysis, checked against the names that are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.errors import Problem, Severity, WrongUsage, unknown_name
from evidence.pooling.effects import TRANSFORMS, Transform
from evidence.pooling.intervals import SERIES_INTERVALS
from evidence.pooling.tau2 import ESTIMATORS

TESTS = ("z", "t", "hk", "hk-adhoc")
EXACT_METHODS = ("glmm", "beta-binomial", "bayes")
"""Methods on the counts themselves: log odds only, no correction, no weights."""
METHOD_NAMES = ("glmm", *ESTIMATORS, "beta-binomial", "bayes")
PREDICTION_DF = ("z", "k-1", "k-2")
BACK_N = ("harmonic", "variance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of one pooled analysis; ``check`` raises WrongUsage with every fault."""

    method: str = "glmm"
    transform: str = "logit"
    test: str = "t"
    level: float = 0.95
    correction: float = 0.5
    """Added to both cells of series with no or only events, where a transform needs it."""
    pi_df: str | None = None
    """Degrees of freedom of the prediction interval; None: those of the test."""
    series_interval: str = "clopper-pearson"
    back_n: str = "harmonic"
    """Total used to turn double arcsines back: harmonic mean, or 1 / (4 se²)."""
    mixed: str | None = "mixed"
    """The level of series that belong to several levels at once: shown, tested, and kept out of
    the model that the contrasts between the other levels come from."""
    tau_prior: float = 1.0
    """Scale of the half-normal prior on tau (bayes)."""
    mu_prior: float = 10.0
    """Standard deviation of the normal prior on the mean log odds (bayes)."""

    @property
    def scale(self) -> Transform:
        """The transform's functions."""
        return TRANSFORMS[self.transform]

    def check(self) -> Settings:
        """Return the settings, or raise WrongUsage naming what is known."""
        _known("method", self.method, METHOD_NAMES)
        _known("transform", self.transform, tuple(TRANSFORMS))
        _known("test", self.test, TESTS)
        _known("series interval", self.series_interval, SERIES_INTERVALS)
        if self.pi_df is not None:
            _known("prediction interval df", self.pi_df, PREDICTION_DF)
        _known("back-transform", self.back_n, BACK_N)
        faults = [*self._numbers(), *self._combinations()]
        if faults:
            raise WrongUsage(*faults)
        return self

    def _numbers(self) -> list[Problem]:
        faults = []
        if not isinstance(self.level, float | int) or not 0 < self.level < 1:
            faults.append(
                _wrong("level", f"level is {self.level}; expected 0 < level < 1.", "take 0.95")
            )
        if self.correction < 0:
            faults.append(_wrong("correction", f"correction is {self.correction}; expected >= 0."))
        if not self.tau_prior > 0 or not self.mu_prior > 0:
            faults.append(_wrong("prior", "The scales of the priors must be above 0."))
        return faults

    def _combinations(self) -> list[Problem]:
        faults = []
        if self.method in EXACT_METHODS and self.transform != "logit":
            faults.append(
                _wrong(
                    "method-needs-logit",
                    f"Method '{self.method}' models the counts on the log odds; "
                    f"transform '{self.transform}' does not apply.",
                    "take method reml (or another by inverse variance) with this transform",
                )
            )
        if self.method in EXACT_METHODS and self.test.startswith("hk"):
            faults.append(
                _wrong(
                    "method-needs-z-or-t",
                    f"Hartung-Knapp is defined for inverse-variance methods, "
                    f"not for '{self.method}'.",
                    "take test t, or method reml",
                )
            )
        return faults


def make_settings(**options: Any) -> Settings:
    """Checked settings; an option that does not exist is refused with the names that do."""
    known = set(Settings.__dataclass_fields__)
    unknown = sorted(set(options) - known)
    if unknown:
        raise WrongUsage(
            Problem(
                code="unknown-option",
                message=f"Unknown option {', '.join(unknown)}. Known: {', '.join(sorted(known))}.",
            )
        )
    return Settings(**options).check()


def _known(kind: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise unknown_name(kind, name, list(known))


def _wrong(code: str, message: str, remedy: str | None = None) -> Problem:
    return Problem(code=code, message=message, severity=Severity.ERROR, remedy=remedy)
