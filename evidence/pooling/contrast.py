"""Contrast arithmetic shared by all models: differences, odds ratios, Holm's adjustment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evidence.model.pooled import Contrast


def mover(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Difference of two estimates from their own intervals (Zou & Donner 2008, Stat Med 27:1693).

    Each argument is (estimate, low, high); never leaves -1 to 1 for proportions.
    """
    difference = a[0] - b[0]
    low = difference - float(np.hypot(a[0] - a[1], b[2] - b[0]))
    high = difference + float(np.hypot(a[2] - a[0], b[0] - b[1]))
    return difference, low, high


def odds_ratio(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> tuple[float | None, float | None, float | None]:
    """Odds ratio of two back-transformed proportions, interval by MOVER on the log odds."""
    if not (0 < a[0] < 1 and 0 < b[0] < 1):
        return None, None, None
    tiny = 1e-15
    logits_a, logits_b = (
        tuple(float(np.log(p / (1 - p))) for p in np.clip(x, tiny, 1 - tiny)) for x in (a, b)
    )
    estimate, low, high = mover(logits_a, logits_b)  # type: ignore[arg-type]
    inside = all(0 < value < 1 for value in (*a, *b))
    if not inside:
        return float(np.exp(estimate)), None, None
    return float(np.exp(estimate)), float(np.exp(low)), float(np.exp(high))


def missing_contrast(a: str, b: str) -> Contrast:
    """A pair without numbers: a level of it has no finite mean."""
    return Contrast(
        a=a,
        b=b,
        odds_ratio=None,
        ci_low=None,
        ci_high=None,
        p=None,
        difference=None,
        difference_ci_low=None,
        difference_ci_high=None,
    )


def holm(contrasts: list[Contrast]) -> list[Contrast]:
    """Holm 1979, Scand J Stat 6:65: p times the number of tests left, never falling."""
    tested = sorted((c.p, at) for at, c in enumerate(contrasts) if c.p is not None)
    adjusted, highest = list(contrasts), 0.0
    for rank, (p, at) in enumerate(tested):
        highest = max(highest, min(1.0, p * (len(tested) - rank)))
        adjusted[at] = replace(contrasts[at], p_holm=highest)
    return adjusted
