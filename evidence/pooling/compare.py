"""One pair of levels, in the direction asked for."""

from __future__ import annotations

from dataclasses import replace

from evidence.errors import WrongUsage
from evidence.model.pooled import Contrast
from evidence.pooling.analysis import Analysis


def find_contrast(result: Analysis, a: str, b: str) -> Contrast:
    """Level ``a`` against ``b``; raises WrongUsage for a level that is not there."""
    for contrast in result.contrasts:
        if (contrast.a, contrast.b) == (a, b):
            return contrast
        if (contrast.a, contrast.b) == (b, a):
            return turned(contrast)
    known = ", ".join(group.result.group for group in result.fitted)
    raise WrongUsage(f"No contrast of '{a}' against '{b}'. Known levels: {known}.")


def turned(contrast: Contrast) -> Contrast:
    """The same contrast the other way round."""
    return replace(
        contrast,
        a=contrast.b,
        b=contrast.a,
        odds_ratio=_inverse(contrast.odds_ratio),
        ci_low=_inverse(contrast.ci_high),
        ci_high=_inverse(contrast.ci_low),
        difference=_minus(contrast.difference),
        difference_ci_low=_minus(contrast.difference_ci_high),
        difference_ci_high=_minus(contrast.difference_ci_low),
    )


def _inverse(value: float | None) -> float | None:
    return None if value is None or value == 0 else 1 / value


def _minus(value: float | None) -> float | None:
    return None if value is None else -value
