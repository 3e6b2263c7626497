"""Edge cases of pooling, each with a code, a sentence and what stands in for the model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidence.errors import Problem, Severity
from evidence.pooling.counts import Counts
from evidence.pooling.effects import Effects
from evidence.pooling.fit import Fit
from evidence.pooling.settings import EXACT_METHODS, Settings

FEW_SERIES = 5
WIDE_PREDICTION = 0.9
RUNAWAY_TAU2 = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a model has no answer here, and the named method that answers instead."""

    fallback: str
    problem: Problem


def exact_case(counts: Counts) -> Problem | None:
    """One series, no events at all, or only events: no model, the exact interval instead."""
    if len(counts) == 1:
        return Problem(
            code="one-series",
            message=f"One series ({counts.series[0]}): its own exact interval; "
            "no tau2 and no prediction interval.",
        )
    events, total = counts.events.sum(), counts.total.sum()
    if events in (0, total):
        what, code = ("no events", "no-events") if events == 0 else ("only events", "only-events")
        return Problem(
            code=code,
            message=f"All {len(counts)} series have {what}: exact interval of the pooled counts "
            f"({events:g}/{total:g}); no tau2 and no prediction interval.",
        )
    return None


def glmm_trouble(counts: Counts) -> Trouble | None:
    """Data whose likelihood has no maximum in tau."""
    none, full = counts.events == 0, counts.events == counts.total
    if not (none | full).all():
        return None
    if (counts.total == 1).all():
        return Trouble(
            fallback="common",
            problem=Problem(
                code="tau2-not-identifiable",
                message="Every series has one patient: differences between series cannot be told "
                "from chance; pooled as one binomial sample (common), no tau2.",
            ),
        )
    return Trouble(
        fallback="reml",
        problem=Problem(
            code="separation",
            message=f"Separation: {int(none.sum())} series with no events and "
            f"{int(full.sum())} with only events, none between; the likelihood grows without "
            "bound in tau2. REML on log odds with 0.5 added stands in.",
            remedy="look for what separates the series; do not read this as one rate",
        ),
    )


def did_not_converge() -> Trouble:
    """The search stopped without a maximum."""
    return Trouble(
        fallback="reml",
        problem=Problem(
            code="not-converged",
            message="The GLMM did not converge; REML on log odds (0.5 added where a series has "
            "no or only events) stands in.",
            remedy="method='reml' or method='bayes'",
        ),
    )


def remarks(
    counts: Counts, settings: Settings, fit: Fit, effects: Effects, ends: NDArray[np.float64]
) -> list[Problem]:
    """What a reader must know beside this number."""
    found = []
    if len(counts) < FEW_SERIES:
        found.append(
            Problem(
                code="few-series",
                message=f"{len(counts)} series: tau2 and the prediction interval are hardly known.",
            )
        )
    if fit.tau2 == 0 and fit.method != "common":
        found.append(
            Problem(
                code="tau2-boundary",
                message="tau2 is estimated at its boundary, 0; this is not evidence that the "
                "series agree.",
                severity=Severity.NOTE,
            )
        )
    if fit.tau2 > RUNAWAY_TAU2 and settings.transform == "logit":
        found.append(
            Problem(
                code="tau2-huge",
                message=f"tau2 is {fit.tau2:.3g} on the log odds: some series are nearly all "
                "events and others nearly none; one pooled rate does not describe them.",
            )
        )
    found += _correction_remarks(counts, settings, fit, effects)
    if settings.transform == "double-arcsine":
        found.append(
            Problem(
                code="double-arcsine",
                message="The double arcsine's way back depends on one total for all series and "
                "can mislead where totals differ (Schwarzer 2019).",
                remedy="take the binomial-normal model (method='glmm')",
            )
        )
    low, high = settings.scale.limits
    if settings.method not in EXACT_METHODS and bool((ends < low).any() or (ends > high).any()):
        found.append(
            Problem(
                code="interval-clipped",
                message="An estimate or interval end lay outside 0-100% on the "
                f"'{settings.transform}' scale and was clipped.",
                severity=Severity.NOTE,
            )
        )
    return found


def _correction_remarks(
    counts: Counts, settings: Settings, fit: Fit, effects: Effects
) -> list[Problem]:
    if fit.weights is None or not effects.corrected.any():
        return []
    names = [counts.series[i] for i in np.flatnonzero(effects.corrected)]
    shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
    amount = settings.correction if settings.method not in EXACT_METHODS else 0.5
    return [
        Problem(
            code="correction-added",
            message=f"{amount:g} was added to events and to non-events of {shown} "
            "(no or only events there).",
            severity=Severity.NOTE,
        )
    ]


def prediction_remark(low: float, high: float, has_pi: bool) -> list[Problem]:
    """A prediction interval that says nearly nothing."""
    if not has_pi or high - low < WIDE_PREDICTION:
        return []
    return [
        Problem(
            code="prediction-wide",
            message=f"The prediction interval runs from {100 * low:.0f}% to {100 * high:.0f}%: "
            "it hardly limits what a new series may show.",
        )
    ]
