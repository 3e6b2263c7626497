"""Transforms of a proportion: series estimate and variance, and the way back to 0-1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence.pooling.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effects:
    """Series estimates on the analysis scale; all arrays have shape (k,)."""

    estimate: Array
    variance: Array
    corrected: NDArray[np.bool_]
    """True where 0.5 was added to events and to non-events."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transform:
    """One scale: ``forward(events, total)`` gives estimate and variance, ``back(y, n)`` 0-1."""

    name: str
    forward: Callable[[Array, Array], tuple[Array, Array]]
    back: Callable[[Array, float], Array]
    corrects: bool
    limits: tuple[float, float] = (-np.inf, np.inf)
    """Where the analysis scale ends; what lies beyond is clipped, and said so."""


def measure(transform: Transform, events: Array, total: Array, correction: float = 0.5) -> Effects:
    """Series estimates; ``correction`` goes to series with no or only events, to no other."""
    at_edge = (events == 0) | (events == total)
    corrected = at_edge if transform.corrects and correction > 0 else np.zeros_like(at_edge)
    if corrected.any():
        events = np.where(corrected, events + correction, events)
        total = np.where(corrected, total + 2 * correction, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate, variance = transform.forward(events, total)
    return Effects(estimate=estimate, variance=variance, corrected=corrected)


def logit(proportion: Array | float) -> Array:
    """Log odds."""
    result: Array = np.log(proportion) - np.log1p(-np.asarray(proportion, float))
    return result


def expit(eta: Array | float) -> Array:
    """Proportion from log odds, without overflow."""
    eta = np.asarray(eta, float)
    small = np.exp(-np.abs(eta))
    result: Array = np.where(eta >= 0, 1.0, small) / (1.0 + small)
    return result


def _forward_logit(events: Array, total: Array) -> tuple[Array, Array]:
    rest = total - events
    return np.log(events / rest), 1 / events + 1 / rest


def _forward_log(events: Array, total: Array) -> tuple[Array, Array]:
    return np.log(events / total), 1 / events - 1 / total


def _forward_raw(events: Array, total: Array) -> tuple[Array, Array]:
    proportion = events / total
    return proportion, proportion * (1 - proportion) / total


def _forward_arcsine(events: Array, total: Array) -> tuple[Array, Array]:
    return np.arcsin(np.sqrt(events / total)), 1 / (4 * total)


def _freeman_tukey(events: Array | float, total: Array | float) -> Array:
    low = np.arcsin(np.sqrt(np.asarray(events) / (total + 1)))
    high = np.arcsin(np.sqrt((np.asarray(events) + 1) / (total + 1)))
    return (low + high) / 2


def _forward_double_arcsine(events: Array, total: Array) -> tuple[Array, Array]:
    return _freeman_tukey(events, total), 1 / (4 * total + 2)


def _back_double_arcsine(y: Array, n: float) -> Array:
    """Miller 1978, Am Stat 32:138; ``n`` is the harmonic mean of the totals or 1 / (4 se^2)."""
    y = np.asarray(y, float)
    low, high = float(_freeman_tukey(0.0, n)), float(_freeman_tukey(n, n))
    inside = np.clip(y, max(low, 1e-12), min(high, np.pi / 2 - 1e-12))
    sine = np.sin(2 * inside)
    root = np.sqrt(np.clip(1 - (sine + (sine - 1 / sine) / n) ** 2, 0, None))
    middle = (1 - np.sign(np.cos(2 * inside)) * root) / 2
    return np.where(y >= high, 1.0, np.where(y <= low, 0.0, middle))


TRANSFORMS: dict[str, Transform] = {
    "logit": Transform(
        name="logit",
        forward=_forward_logit,
        back=lambda y, n: expit(y),
        corrects=True,
    ),
    "arcsine": Transform(
        name="arcsine",
        forward=_forward_arcsine,
        back=lambda y, n: np.sin(np.clip(y, 0, np.pi / 2)) ** 2,
        corrects=False,
        limits=(0.0, np.pi / 2),
    ),
    "double-arcsine": Transform(
        name="double-arcsine",
        forward=_forward_double_arcsine,
        back=_back_double_arcsine,
        corrects=False,
        limits=(0.0, np.pi / 2),
    ),
    "raw": Transform(
        name="raw",
        forward=_forward_raw,
        back=lambda y, n: np.clip(y, 0.0, 1.0),
        corrects=True,
        limits=(0.0, 1.0),
    ),
    "log": Transform(
        name="log",
        forward=_forward_log,
        back=lambda y, n: np.exp(np.minimum(y, 0.0)),
        corrects=True,
        limits=(-np.inf, 0.0),
    ),
}
