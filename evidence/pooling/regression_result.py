"""``Regression``: one fitted meta-regression as one object, with what may be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evidence.errors import Problem, WrongUsage
from evidence.pooling.as_json import plain, plain_fields
from evidence.pooling.coefficients import Coefficient, OmnibusTest
from evidence.pooling.counts import Counts
from evidence.pooling.design import Design
from evidence.pooling.dist import chi2_p, critical
from evidence.pooling.effects import Effects
from evidence.pooling.fit import Fit
from evidence.pooling.settings import Settings
from evidence.pooling.text import number, p_value, problem_lines

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regression:
    """A fitted meta-regression; ``coefficients`` are for raw, unscaled moderators."""

    outcome: str
    settings: Settings
    counts: Counts
    effects: Effects
    design: Design
    fit: Fit
    coefficients: tuple[Coefficient, ...]
    test: OmnibusTest | None
    """All moderators together."""
    tests: tuple[OmnibusTest, ...]
    """Each moderator on its own."""
    r2: float | None
    """Percent of tau2 that the moderators explain; adjusted R² for the common-effect model."""
    lrt: float | None = None
    """Likelihood ratio against the model without moderators (GLMM, ML)."""
    lrt_p: float | None = None
    permutation_p: float | None = None
    permutations: int = 0
    problems: tuple[Problem, ...] = ()

    def predict(self, values: Mapping[str, Any]) -> dict[str, float]:
        """Proportion with intervals at the given moderator values (others: mean, first level)."""
        row = np.zeros(len(self.design.names))
        row[0] = 1.0
        for at, (name, moderator) in enumerate(
            zip(self.design.names, self.design.moderator, strict=True)
        ):
            if moderator not in values:
                continue
            if name == moderator:
                row[at] = (float(values[moderator]) - self.design.centre[at]) / self.design.scale[
                    at
                ]
            else:
                row[at] = float(name == f"{moderator}={values[moderator]}")
        mean, se, low, high = self.fit.interval(row, self.settings.level)
        half = critical(self.settings.level, self.fit.df) * float(np.sqrt(se**2 + self.fit.tau2))
        n = float(len(self.counts) / (1 / self.counts.total).sum())
        back = self.settings.scale.back(np.array([mean, low, high, mean - half, mean + half]), n)
        names = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
        return dict(zip(names, map(float, back), strict=True))

    def bubble(self, moderator: str, *, points: int = 50) -> dict[str, Any]:
        """Bubbles (x, proportion, total) and the fitted line with its bands for one moderator."""
        if moderator not in self.design.names:
            numeric = [
                n for n, m in zip(self.design.names, self.design.moderator, strict=True) if n == m
            ]
            raise WrongUsage(f"No numeric moderator '{moderator}'. Known: {', '.join(numeric)}.")
        at = self.design.names.index(moderator)
        x = self.design.matrix[:, at] * self.design.scale[at] + self.design.centre[at]
        grid = np.linspace(x.min(), x.max(), points)
        line = [{"x": float(value), **self.predict({moderator: value})} for value in grid]
        proportion = (self.counts.events / self.counts.total).tolist()
        bubbles = [
            {"series": name, "x": float(where), "proportion": p, "total": int(total)}
            for name, where, p, total in zip(
                self.counts.series, x, proportion, self.counts.total, strict=True
            )
        ]
        return {"moderator": moderator, "bubbles": bubbles, "line": line}

    @property
    def frame(self) -> pd.DataFrame:
        """One row per coefficient."""
        import pandas as pd

        return pd.DataFrame([plain_fields(item) for item in self.coefficients])

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: coefficients, tests, heterogeneity, problems."""
        return {
            "outcome": self.outcome,
            "method": self.fit.method,
            "transform": self.settings.transform,
            "test": self.settings.test,
            "level": self.settings.level,
            "k": self.fit.k,
            "coefficients": [plain_fields(item) for item in self.coefficients],
            "moderators": None if self.test is None else plain_fields(self.test),
            "tests": [plain_fields(item) for item in self.tests],
            "tau2": plain(self.fit.tau2),
            "i2": plain(self.fit.i2),
            "h2": plain(self.fit.h2),
            "q": plain(self.fit.q),
            "q_df": self.fit.q_df,
            "q_p": None if self.fit.q is None else chi2_p(self.fit.q, self.fit.q_df),
            "r2": plain(self.r2),
            "lrt": plain(self.lrt),
            "lrt_p": plain(self.lrt_p),
            "permutation_p": plain(self.permutation_p),
            "permutations": self.permutations,
            "converged": self.fit.converged,
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def __str__(self) -> str:
        return "\n".join([*_model_lines(self), *problem_lines(self.problems)])


def _model_lines(regression: Regression) -> list[str]:
    """Coefficients, tests and what is explained, a line each."""
    level = regression.settings.level
    lines = [
        f"{regression.outcome}: meta-regression, {regression.fit.k} series, "
        f"method {regression.fit.method}, {regression.settings.transform}"
    ]
    for item in regression.coefficients:
        if item.se is None or item.ci_low is None or item.ci_high is None:
            lines.append(f"  {item.name}: runs away, no interval")
            continue
        lines.append(
            f"  {item.name}: {item.estimate:.4g} (se {item.se:.3g}; {level:.0%} CI "
            f"{item.ci_low:.4g} to {item.ci_high:.4g}), {p_value(item.p)}"
        )
    lines.append(f"  tau2 {number(regression.fit.tau2, 3)}, R² {number(regression.r2, 0)}%")
    if regression.test is not None:
        name = "Q_M" if regression.test.df2 is None else "F"
        lines.append(f"  {name} {number(regression.test.q_m)}, {p_value(regression.test.p)}")
    if regression.permutation_p is not None:
        lines.append(
            f"  permutation {p_value(regression.permutation_p)} "
            f"({regression.permutations} orderings)"
        )
    return lines
