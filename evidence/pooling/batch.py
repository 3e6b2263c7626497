"""Many inverse-variance fits at once: rows of one array, series masked in or out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evidence.pooling.arrays import Array
from evidence.pooling.tau2 import LOCAL_MAXIMUM

TOLERANCE = 1e-10
MAX_STEPS = 120


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """G fits; every array has shape (G,)."""

    mean: Array
    se: Array
    tau2: Array
    q: Array
    k: Array
    typical: Array
    converged: Array


@dataclass(slots=True)
class _Sums:
    w: Array
    s1: Array
    s2: Array
    mean: Array
    residual: Array

    @property
    def rss(self) -> Array:
        return np.asarray((self.w * self.residual**2).sum(axis=1))

    @property
    def trace_p(self) -> Array:
        return np.asarray(self.s1 - self.s2 / self.s1)

    @property
    def y_pp_y(self) -> Array:
        return np.asarray(((self.w * self.residual) ** 2).sum(axis=1))


def _sums(y: Array, variance: Array, inside: Array) -> _Sums:
    w = inside / variance
    s1 = w.sum(axis=1)
    mean = (w * y).sum(axis=1) / s1
    return _Sums(w, s1, (w * w).sum(axis=1), mean, y - mean[:, None])


def fit_batch(y: Array, v: Array, inside: Array, *, method: str, test: str = "t") -> Batch:
    """Fit every row of y (G, k) with variances v and mask ``inside``; see ``inverse``."""
    inside = np.asarray(inside, float)
    y, v = np.broadcast_to(y, inside.shape), np.broadcast_to(v, inside.shape)
    k = inside.sum(axis=1)
    fixed = _sums(y, v, inside)
    tau2, converged = _ESTIMATORS[method](y, v, inside, fixed)
    tau2 = np.maximum(np.where(k > 1, tau2, 0.0), 0.0)
    sums = _sums(y, v + tau2[:, None], inside)
    df = np.maximum(k - 1, 1)
    scale = np.ones(len(k))
    if test.startswith("hk"):
        scale = np.where(k > 1, sums.rss / df, 1.0)
        scale = np.maximum(scale, 1.0) if test == "hk-adhoc" else scale
    trace = np.where(k > 1, fixed.trace_p, 1.0)
    return Batch(
        mean=sums.mean,
        se=np.sqrt(scale / sums.s1),
        tau2=tau2,
        q=fixed.rss,
        k=k,
        typical=df / trace,
        converged=converged,
    )


Estimated = tuple[Array, Array]


def _all(tau2: Array) -> Estimated:
    return tau2, np.ones(len(tau2), bool)


def _common(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
    return _all(np.zeros(len(y)))


def _dl(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
    trace = np.where(fixed.trace_p > 0, fixed.trace_p, 1.0)
    return _all((fixed.rss - (inside.sum(axis=1) - 1)) / trace)


def _hs(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
    return _all((fixed.rss - inside.sum(axis=1)) / fixed.s1)


def _he(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
    k = inside.sum(axis=1)
    flat = _sums(y, np.ones_like(v), inside)
    trace = (v * inside).sum(axis=1) * (1 - 1 / k)
    return _all((flat.rss - trace) / np.maximum(k - 1, 1))


def _sj(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
    k = inside.sum(axis=1)
    crude = _sums(y, np.ones_like(v), inside).rss / k
    sums = _sums(y, v + np.where(crude > 0, crude, 1.0)[:, None], inside)
    return _all(crude * sums.rss / np.maximum(k - 1, 1))


def _pm(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
    target = inside.sum(axis=1) - 1
    tau2 = np.zeros(len(y))
    active = np.flatnonzero(fixed.rss > target)
    for _ in range(MAX_STEPS):
        if not len(active):
            break
        sums = _sums(y[active], v[active] + tau2[active, None], inside[active])
        step = (sums.rss - target[active]) / np.maximum(sums.y_pp_y, 1e-300)
        tau2[active] += step
        active = active[np.abs(step) > TOLERANCE * (1 + tau2[active])]
    return tau2, _but(len(y), active)


def _but(count: int, left: Array) -> Array:
    converged = np.ones(count, bool)
    converged[left] = False
    return converged


def _likelihood(restricted: bool) -> Callable[[Array, Array, Array, _Sums], Estimated]:
    """Fisher scoring with secants on every row still moving; as ``tau2`` has it for one."""

    def estimate(y: Array, v: Array, inside: Array, fixed: _Sums) -> Estimated:
        tau2 = np.maximum(_he(y, v, inside, fixed)[0], 0.0)
        downhill = _score(y, v, inside, np.zeros(len(y)), restricted)[0] <= 0
        tau2 = np.where(downhill & (tau2 <= 0), 0.0, tau2)
        before, score_before = np.full(len(y), np.nan), np.full(len(y), np.nan)
        active = np.flatnonzero(inside.sum(axis=1) > 1)
        for _ in range(MAX_STEPS):
            if not len(active):
                break
            at = tau2[active]
            score, information = _score(y[active], v[active], inside[active], at, restricted)
            move = _step(score, information, at, before[active], score_before[active])
            outside = at + move < 0
            stuck = outside & downhill[active]
            move = np.where(outside, np.where(stuck, -at, -at / 2), move)
            before[active], score_before[active] = at, score
            tau2[active] = at + move
            active = active[~stuck & (np.abs(move) > TOLERANCE * (1 + tau2[active]))]
        return _zero_if_likelier(y, v, inside, tau2, restricted), _but(len(y), active)

    return estimate


def _step(score: Array, information: Array, at: Array, before: Array, score_before: Array) -> Array:
    move = score / information
    change = score - score_before
    known = np.isfinite(change) & (change != 0)
    secant = np.where(known, -score * (at - before) / np.where(known, change, 1.0), 0.0)
    good = known & (secant * move > 0) & (np.abs(secant) < 10 * np.abs(move))
    return np.asarray(np.where(good, secant, move))


def _score(y: Array, v: Array, inside: Array, tau2: Array, restricted: bool) -> tuple[Array, Array]:
    sums = _sums(y, v + tau2[:, None], inside)
    if not restricted:
        return sums.y_pp_y - sums.s1, sums.s2
    s3 = (sums.w**3).sum(axis=1)
    trace_pp = sums.s2 - 2 * s3 / sums.s1 + (sums.s2 / sums.s1) ** 2
    return sums.y_pp_y - sums.trace_p, np.where(trace_pp > 0, trace_pp, 1.0)


def _zero_if_likelier(y: Array, v: Array, inside: Array, tau2: Array, restricted: bool) -> Array:
    def loglik(t: Array) -> Array:
        variance = v + t[:, None]
        sums = _sums(y, variance, inside)
        value = -0.5 * ((inside * np.log(variance)).sum(axis=1) + sums.rss)
        return np.asarray(value - 0.5 * np.log(sums.s1) if restricted else value)

    worse = loglik(np.zeros(len(y))) - loglik(tau2) > LOCAL_MAXIMUM
    return np.where(worse & (tau2 > 1e-5), 0.0, tau2)


_ESTIMATORS: dict[str, Callable[[Array, Array, Array, _Sums], Estimated]] = {
    "common": _common,
    "dl": _dl,
    "pm": _pm,
    "reml": _likelihood(True),
    "ml": _likelihood(False),
    "eb": _pm,
    "sj": _sj,
    "hs": _hs,
    "he": _he,
}
