"""Every subset of the series pooled (GOSH: Olkin, Dahabreh & Trikalinos 2012, RSM 3:214)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evidence.errors import Problem, Severity, WrongUsage
from evidence.pooling.arrays import Array
from evidence.pooling.batch import fit_batch
from evidence.pooling.batch_glmm import fit_glmm_batch
from evidence.pooling.effects import expit, measure
from evidence.pooling.result import Result

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 4096


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gosh:
    """Subsets as rows: ``inside`` (S, series), and (S,) arrays; NaN where there is no value."""

    series: tuple[str, ...]
    inside: Array
    estimate: Array
    tau2: Array
    i2: Array
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.estimate)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per subset; one true-or-false column per series."""
        import pandas as pd

        members = pd.DataFrame(self.inside, columns=list(self.series))
        numbers = {
            "k": self.inside.sum(axis=1),
            "estimate": self.estimate,
            "tau2": self.tau2,
            "i2": self.i2,
        }
        return pd.concat([pd.DataFrame(numbers), members], axis=1)


def gosh(
    result: Result,
    *,
    limit: int = 2**16,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Gosh:
    """Pool all subsets of 1 series or more; above ``limit`` a random ``limit`` of them.

    ``progress(done, all)`` is called after each block. Inverse-variance methods and the GLMM.
    """
    counts, settings = result.data.counts, result.settings
    if settings.method in ("bayes", "beta-binomial"):
        raise WrongUsage(f"GOSH is there for glmm and inverse variance, not '{settings.method}'.")
    inside, problems = subsets(len(counts), limit, seed)
    effects = measure(settings.scale, counts.events, counts.total, settings.correction)
    parts = []
    for start in range(0, len(inside), CHUNK):
        block = inside[start : start + CHUNK]
        if settings.method == "glmm":
            parts.append(_glmm_block(counts.events, counts.total, block))
        else:
            fit = fit_batch(effects.estimate, effects.variance, block, method=settings.method)
            harmonic = block.sum(axis=1) / (block / counts.total).sum(axis=1)
            back = [settings.scale.back(m, n) for m, n in zip(fit.mean, harmonic, strict=True)]
            parts.append((np.array(back, float), fit.tau2, _i2(fit.tau2, fit.typical, fit.k)))
        if progress is not None:
            progress(min(start + CHUNK, len(inside)), len(inside))
    estimate, tau2, i2 = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Gosh(
        series=counts.series,
        inside=inside,
        estimate=estimate,
        tau2=tau2,
        i2=i2,
        problems=tuple(problems),
    )


def subsets(k: int, limit: int, seed: int) -> tuple[Array, list[Problem]]:
    """Membership (S, k) of all subsets of 1 or more, or of ``limit`` drawn at random."""
    if k <= 62 and 2**k - 1 <= limit:
        numbers = np.arange(1, 2**k)
        return (numbers[:, None] >> np.arange(k)) & 1 == 1, []
    draw = np.random.default_rng(seed).random((limit, k)) < 0.5
    draw[~draw.any(axis=1), 0] = True
    note = Problem(
        code="subsets-sampled",
        message=f"{k} series have more than {limit} subsets; {limit} were drawn (seed {seed}).",
        severity=Severity.NOTE,
    )
    return draw, [note]


def _i2(tau2: Array, typical: Array, k: Array) -> Array:
    return np.asarray(np.where(k > 1, 100 * tau2 / (tau2 + typical), 0.0))


def _glmm_block(events: Array, total: Array, block: Array) -> tuple[Array, Array, Array]:
    x, n = block @ events, block @ total
    both = (x > 0) & (x < n) & (block.sum(axis=1) > 1)
    estimate = x / n
    tau2 = np.where(block.sum(axis=1) > 1, np.nan, 0.0)
    i2 = tau2.copy()
    if both.any():
        b, _, found, _ = fit_glmm_batch(events, total, block[both])
        estimate[both], tau2[both] = expit(b), found
        i2[both] = _glmm_i2(events, total, block[both], found)
    return estimate, tau2, i2


def _glmm_i2(events: Array, total: Array, block: Array, tau2: Array) -> Array:
    edge = (events == 0) | (events == total)
    x, rest = events + 0.5 * edge, total - events + 0.5 * edge
    fit = fit_batch(np.log(x / rest), 1 / x + 1 / rest, block, method="common")
    return _i2(tau2, fit.typical, fit.k)
