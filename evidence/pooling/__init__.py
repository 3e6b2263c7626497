"""Pooling of single-arm proportions: counts in, ``Pooled`` results out.

``pool`` and its result load at once; everything else loads when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from evidence.pooling.analysis import Data
from evidence.pooling.api import pool, pool_data
from evidence.pooling.result import FOREST_RENDERER, Result
from evidence.pooling.settings import METHOD_NAMES, TESTS, Settings

if TYPE_CHECKING:
    from evidence.pooling.asymmetry import SmallStudy as SmallStudy
    from evidence.pooling.asymmetry import small_study as small_study
    from evidence.pooling.bayes import Posterior as Posterior
    from evidence.pooling.confounding import Confounding as Confounding
    from evidence.pooling.confounding import cross_table as cross_table
    from evidence.pooling.diagnostics import baujat as baujat
    from evidence.pooling.diagnostics import influence as influence
    from evidence.pooling.durations import MedianOfMedians as MedianOfMedians
    from evidence.pooling.durations import ReportedMedian as ReportedMedian
    from evidence.pooling.durations import median_of_medians as median_of_medians
    from evidence.pooling.leave_out import cumulative as cumulative
    from evidence.pooling.leave_out import leave_one_out as leave_one_out
    from evidence.pooling.many import Many as Many
    from evidence.pooling.many import pool_many as pool_many
    from evidence.pooling.paired import WITHIN_METHODS as WITHIN_METHODS
    from evidence.pooling.paired import WithinResult as WithinResult
    from evidence.pooling.paired import within as within
    from evidence.pooling.paired import within_all as within_all
    from evidence.pooling.pairs import Pair as Pair
    from evidence.pooling.power import next_series as next_series
    from evidence.pooling.power import patients_needed as patients_needed
    from evidence.pooling.priors import prior_sensitivity as prior_sensitivity
    from evidence.pooling.priors import probabilities as probabilities
    from evidence.pooling.regression import regress as regress
    from evidence.pooling.regression_result import Regression as Regression
    from evidence.pooling.sensitivity_table import sensitivity as sensitivity
    from evidence.pooling.subsets import Gosh as Gosh
    from evidence.pooling.subsets import gosh as gosh
    from evidence.pooling.survival import KaplanMeier as KaplanMeier
    from evidence.pooling.survival import kaplan_meier as kaplan_meier
    from evidence.pooling.table import Table as Table

_HOMES = {
    "bayes": ("Posterior",),
    "confounding": ("Confounding", "cross_table"),
    "durations": ("MedianOfMedians", "ReportedMedian", "median_of_medians"),
    "subsets": ("Gosh", "gosh"),
    "diagnostics": ("baujat", "influence"),
    "leave_out": ("cumulative", "leave_one_out"),
    "many": ("Many", "pool_many"),
    "power": ("next_series", "patients_needed"),
    "priors": ("prior_sensitivity", "probabilities"),
    "regression": ("regress",),
    "regression_result": ("Regression",),
    "sensitivity_table": ("sensitivity",),
    "asymmetry": ("SmallStudy", "small_study"),
    "survival": ("KaplanMeier", "kaplan_meier"),
    "table": ("Table",),
    "paired": ("WITHIN_METHODS", "WithinResult", "within", "within_all"),
    "pairs": ("Pair",),
}
_LAZY = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "FOREST_RENDERER",
    "METHOD_NAMES",
    "TESTS",
    "Data",
    "Result",
    "Settings",
    "pool",
    "pool_data",
    *sorted(_LAZY),
]


def __getattr__(name: str) -> Any:
    """Load the module a name lives in; the name then hides the module of the same name."""
    if name in _LAZY:
        value = getattr(import_module(f"evidence.pooling.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'evidence.pooling' has no attribute '{name}'")
