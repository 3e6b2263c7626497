"""Two strata compared inside the same series: MH, Peto, exact conditional, two GLMMs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evidence.errors import Problem, Severity, unknown_name
from evidence.pooling.as_json import plain_fields
from evidence.pooling.conditional import (
    exact_odds_ratio,
    fit_conditional_glmm,
    fit_unconditional_glmm,
)
from evidence.pooling.dist import chi2_p, critical, two_sided_p
from evidence.pooling.pairs import Pair, Tables, check_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinResult:
    """Odds ratio of a against b inside series; None where it does not exist."""

    method: str
    k: int
    odds_ratio: float | None
    ci_low: float | None
    ci_high: float | None
    p: float | None
    log_odds_ratio: float | None = None
    se: float | None = None
    tau2: float | None = None
    q: float | None = None
    q_p: float | None = None
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return plain_fields(self)


def within(pairs: Sequence[Pair], *, method: str = "mh", level: float = 0.95) -> WithinResult:
    """Odds ratio of stratum a against b within series, by a method of ``WITHIN_METHODS``."""
    if method not in WITHIN_METHODS:
        raise unknown_name("within-study method", method, list(WITHIN_METHODS))
    tables = check_pairs(pairs)
    useful = tables.informative
    left = [name for name in tables.series if name not in useful.series]
    problems = [_uninformative(left)] if left else []
    if not len(useful.a):
        return _nothing(method, 0, problems)
    return WITHIN_METHODS[method](useful, level, problems)


def within_all(pairs: Sequence[Pair], *, level: float = 0.95) -> tuple[WithinResult, ...]:
    """Every method of ``WITHIN_METHODS``, in order."""
    return tuple(within(pairs, method=method, level=level) for method in WITHIN_METHODS)


def _nothing(method: str, k: int, problems: list[Problem]) -> WithinResult:
    return WithinResult(
        method=method,
        k=k,
        odds_ratio=None,
        ci_low=None,
        ci_high=None,
        p=None,
        problems=tuple(problems),
    )


def wald(
    method: str, tables: Tables, log_or: float, se: float, level: float, **more: Any
) -> WithinResult:
    """A result from a log odds ratio with its standard error."""
    half = critical(level, None) * se
    return WithinResult(
        method=method,
        k=len(tables.a),
        odds_ratio=float(np.exp(log_or)),
        ci_low=float(np.exp(log_or - half)),
        ci_high=float(np.exp(log_or + half)),
        p=two_sided_p(log_or / se, None),
        log_odds_ratio=log_or,
        se=se,
        **more,
    )


def mantel_haenszel(tables: Tables, level: float, problems: list[Problem]) -> WithinResult:
    """Pooled odds ratio with the Robins-Breslow-Greenland variance (1986, Biometrics 42:311),
    by statsmodels ``StratifiedTable``.
    """
    from statsmodels.stats.contingency_tables import StratifiedTable

    if tables.separated:
        return _nothing("mh", len(tables.a), [*problems, _unbounded("Mantel-Haenszel")])
    cells = [
        np.array([[a, na - a], [b, nb - b]])
        for a, na, b, nb in zip(tables.a, tables.na, tables.b, tables.nb, strict=True)
    ]
    fitted = StratifiedTable(cells)
    return wald(
        "mh",
        tables,
        float(fitted.logodds_pooled),
        float(fitted.logodds_pooled_se),
        level,
        problems=tuple(problems),
    )


def peto(tables: Tables, level: float, problems: list[Problem]) -> WithinResult:
    """One-step odds ratio exp(sum(O - E) / sum(V)) (Yusuf et al. 1985, Prog Cardiovasc Dis
    27:335), with Q over series.
    """
    n, events = tables.na + tables.nb, tables.a + tables.b
    surplus = tables.a - tables.na * events / n
    variance = tables.na * tables.nb * events * (n - events) / (n**2 * (n - 1))
    log_or, se = float(surplus.sum() / variance.sum()), float(1 / np.sqrt(variance.sum()))
    q = max(0.0, float((surplus**2 / variance).sum() - surplus.sum() ** 2 / variance.sum()))
    k = len(tables.a)
    return wald(
        "peto",
        tables,
        log_or,
        se,
        level,
        q=q,
        q_p=chi2_p(q, k - 1) if k > 1 else None,
        problems=tuple(problems),
    )


def exact_conditional(tables: Tables, level: float, problems: list[Problem]) -> WithinResult:
    """Conditional maximum likelihood of a common odds ratio with the exact interval
    (Mehta, Patel & Gray 1985, J Am Stat Assoc 80:969); R's ``mantelhaen.test(exact = TRUE)``.
    """
    estimate, low, high, p = exact_odds_ratio(tables.a, tables.na, tables.b, tables.nb, level)
    notes = [] if estimate is not None else [_unbounded("The conditional estimate")]
    return WithinResult(
        method="exact",
        k=len(tables.a),
        odds_ratio=estimate,
        ci_low=low,
        ci_high=high,
        p=p,
        log_odds_ratio=None if not estimate else float(np.log(estimate)),
        problems=(*problems, *notes),
    )


def conditional_glmm(tables: Tables, level: float, problems: list[Problem]) -> WithinResult:
    """Non-central hypergeometric with normal log odds ratios (Stijnen 2010, Stat Med 29:3046;
    metafor ``rma.glmm(model = "CM.EL")``).
    """
    return _glmm("conditional-glmm", fit_conditional_glmm, tables, level, problems)


def unconditional_glmm(tables: Tables, level: float, problems: list[Problem]) -> WithinResult:
    """Binomials with a fixed effect per series and a random log odds ratio (metafor
    ``rma.glmm(model = "UM.FS")``).
    """
    return _glmm("unconditional-glmm", fit_unconditional_glmm, tables, level, problems)


def _glmm(
    method: str,
    fit: Callable[[Tables], tuple[float, float, float, bool]],
    tables: Tables,
    level: float,
    problems: list[Problem],
) -> WithinResult:
    nothing = _nothing(method, len(tables.a), [*problems, _unbounded("The model's estimate")])
    if tables.separated:
        return nothing
    log_or, se, tau2, converged = fit(tables)
    if not converged or not np.isfinite(se):
        return nothing
    return wald(method, tables, log_or, se, level, tau2=tau2, problems=tuple(problems))


def _uninformative(names: list[str]) -> Problem:
    return Problem(
        code="uninformative-series",
        message=f"{', '.join(names)}: no or only events in both strata; says nothing about the "
        "odds ratio.",
        severity=Severity.NOTE,
    )


def _unbounded(what: str) -> Problem:
    return Problem(
        code="separation",
        message=f"{what} has no finite odds ratio: one stratum has no or only events throughout.",
    )


WITHIN_METHODS = {
    "mh": mantel_haenszel,
    "peto": peto,
    "exact": exact_conditional,
    "conditional-glmm": conditional_glmm,
    "unconditional-glmm": unconditional_glmm,
}
