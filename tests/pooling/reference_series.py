"""The 14 series of the reference data, and their overall response pooled."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from evidence.pooling import pool

DATA = Path(__file__).parents[1] / "reference" / "data"
with (DATA / "alemtuzumab.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
EVENTS = [int(row["events"]) for row in ROWS]
TOTAL = [int(row["total"]) for row in ROWS]
ROUTE = [row["route"] for row in ROWS]


def table(**options: Any) -> Any:
    """The overall response of all series, by the default method unless told otherwise."""
    return pool(
        EVENTS,
        TOTAL,
        series=[row["series"] for row in ROWS],
        year=[int(row["year"]) for row in ROWS],
        outcome="ORR",
        **options,
    )
