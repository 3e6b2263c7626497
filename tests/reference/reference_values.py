"""Reads the reference values of R's metafor and the data they were made from."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def records(file: str, kind: str | None = None) -> tuple[dict[str, Any], ...]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    values = (json.loads(line) for line in lines)
    return tuple(value for value in values if kind is None or value["kind"] == kind)


@cache
def subset(name: str) -> tuple[dict[str, str], ...]:
    """A set by its name, or the part of the alemtuzumab table that ``alemtuzumab-X`` names."""
    part = name.removeprefix("alemtuzumab-")
    if part == name or part == "disease":
        return rows(name)
    if part == "cr":
        return tuple({**row, "events": row["cr"]} for row in rows("alemtuzumab"))
    if part in ("SS", "MF"):
        return tuple(row for row in rows("alemtuzumab-disease") if row["disease"] == part)
    return tuple(row for row in rows("alemtuzumab") if part in (row["route"], row["dose"]))


def counts(name: str) -> tuple[list[int], list[int]]:
    data = subset(name)
    return [int(row["events"]) for row in data], [int(row["total"]) for row in data]


def column(name: str, what: str) -> list[str | None]:
    return [None if row[what] in ("", "NA") else row[what] for row in subset(name)]


def off(ours: float | None, theirs: float | str | None, *, floor: float = 1e-3) -> float:
    """Relative difference (absolute below ``floor``); infinite where only one exists."""
    if theirs in (None, "NA", "NaN"):
        return 0.0 if ours is None else float("inf")
    if ours is None:
        return float("inf")
    return abs(ours - float(theirs)) / max(abs(float(theirs)), floor)
