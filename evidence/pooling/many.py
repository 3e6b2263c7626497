"""Many meta-analyses at once: groups of series pooled in a few array operations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import chdtrc, stdtrit

from evidence.errors import WrongUsage
from evidence.pooling.arrays import Array
from evidence.pooling.batch import fit_batch
from evidence.pooling.batch_glmm import fit_glmm_batch
from evidence.pooling.counts import check_counts
from evidence.pooling.dist import critical
from evidence.pooling.effects import TRANSFORMS, measure
from evidence.pooling.intervals import clopper_pearson
from evidence.pooling.settings import EXACT_METHODS, Settings, make_settings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Many:
    """One entry per group in ``names``; ``columns`` (G,) each, NaN where there is no value."""

    names: tuple[str, ...]
    columns: dict[str, Array]

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, column: str) -> Array:
        return self.columns[column]

    @property
    def frame(self) -> pd.DataFrame:
        """One row per group."""
        import pandas as pd

        return pd.DataFrame({"group": list(self.names), **self.columns})

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: one record per group, None for what does not exist."""
        lists = {name: _plain(values) for name, values in self.columns.items()}
        return {
            "groups": [
                {"group": name, **{column: values[at] for column, values in lists.items()}}
                for at, name in enumerate(self.names)
            ]
        }


def _plain(values: Array) -> list[Any]:
    return [None if isinstance(v, float) and v != v else v for v in values.tolist()]


def pool_many(
    groups: Iterable[Any], events: Iterable[Any], total: Iterable[Any], **options: Any
) -> Many:
    """Pool each group of series on its own; long format, one label per series, any order.

    The numbers are those of ``pool`` group by group (glmm and inverse-variance methods). Groups
    of one series, or with no or only events, get the exact interval of their counts
    (``exact`` is True there); a GLMM without an answer has ``converged`` False and no numbers.
    """
    settings = make_settings(**options)
    if settings.method in ("bayes", "beta-binomial"):
        raise WrongUsage(
            f"pool_many is there for glmm and inverse variance, not '{settings.method}'."
        )
    counts = check_counts(events, total)
    labels = np.asarray(list(groups))
    if len(labels) != len(counts):
        raise WrongUsage(f"events has {len(counts)} values, but groups has {len(labels)}.")
    names, row = np.unique(labels, return_inverse=True)
    row = row.ravel()
    column = _position(row)
    shape = (len(names), int(column.max()) + 1)
    x, n, inside = np.zeros(shape), np.ones(shape), np.zeros(shape, bool)
    x[row, column], n[row, column], inside[row, column] = counts.events, counts.total, True
    return Many(names=tuple(map(str, names)), columns=_columns(x, n, inside, settings))


def _position(row: Array) -> Array:
    """Place of each series within its group, in the order they came."""
    order = np.argsort(row, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(row))[:-1]])
    position = np.empty(len(row), dtype=int)
    position[order] = np.arange(len(row)) - np.repeat(starts, np.bincount(row))
    return position


def _columns(x: Array, n: Array, inside: Array, settings: Settings) -> dict[str, Array]:
    k = inside.sum(axis=1)
    events, total = x.sum(axis=1), (n * inside).sum(axis=1)
    exact = (k == 1) | (events == 0) | (events == total)
    fitted = np.flatnonzero(~exact)
    low, high = clopper_pearson(events, total, settings.level)
    columns = {
        "k": k,
        "events": events.astype(int),
        "total": total.astype(int),
        "estimate": events / total,
        "ci_low": low,
        "ci_high": high,
        **{
            name: np.full(len(k), np.nan)
            for name in ("pi_low", "pi_high", "tau2", "i2", "q", "q_p")
        },
        "exact": exact,
        "converged": np.ones(len(k), bool),
    }
    if len(fitted):
        for name, values in _fit(x[fitted], n[fitted], inside[fitted], settings).items():
            columns[name][fitted] = values
    return columns


def _fit(x: Array, n: Array, inside: Array, settings: Settings) -> dict[str, Array]:
    scale = TRANSFORMS["logit"] if settings.method in EXACT_METHODS else settings.scale
    effects = measure(scale, x, n, settings.correction)
    y = np.where(inside, effects.estimate, 0.0)
    v = np.where(inside, effects.variance, 1.0)
    method = "common" if settings.method == "glmm" else settings.method
    fit = fit_batch(y, v, inside, method=method, test=settings.test)
    mean, se, tau2, converged = fit.mean, fit.se, fit.tau2, fit.converged
    if settings.method == "glmm":
        mean, se, tau2, converged = fit_glmm_batch(x, n, inside)
        mean = np.where(converged, mean, np.nan)
    df = fit.k - 1
    crit = critical(settings.level, None) if settings.test == "z" else _t(settings.level, df)
    pi = crit * np.sqrt(se**2 + tau2)
    back_n = fit.k / (inside / n).sum(axis=1)
    ends = np.array([mean, mean - crit * se, mean + crit * se, mean - pi, mean + pi])
    back = scale.back(ends, back_n)
    q = np.maximum(fit.q, 0.0)
    found = {
        "estimate": back[0],
        "ci_low": back[1],
        "ci_high": back[2],
        "tau2": tau2,
        "i2": 100 * tau2 / (tau2 + fit.typical),
        "q": q,
        "q_p": chdtrc(df, q),
        "converged": converged,
    }
    if settings.method == "common":
        found["i2"] = 100 * np.maximum(0.0, 1 - df / np.maximum(q, 1e-300))
        return found
    if settings.method == "glmm":
        found["q"] = found["q_p"] = np.full(len(df), np.nan)
    return found | {"pi_low": back[3], "pi_high": back[4]}


def _t(level: float, df: Array) -> Array:
    return np.asarray(stdtrit(df, 0.5 + level / 2))
