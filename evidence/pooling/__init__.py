"""Pooling of single-arm proportions: counts in, ``Pooled`` results out."""

from __future__ import annotations

from evidence.pooling.api import pool, pool_data
from evidence.pooling.result import FOREST_RENDERER, Data, Result
from evidence.pooling.settings import METHOD_NAMES, TESTS, Settings

__all__ = [
    "FOREST_RENDERER",
    "METHOD_NAMES",
    "TESTS",
    "Data",
    "Result",
    "Settings",
    "pool",
    "pool_data",
]
