"""Single errors in totals, complications and patient rows; whether arithmetic can reveal each."""

from __future__ import annotations

import random
from collections.abc import Callable
from statistics import median
from typing import Any

from clean_set import OUTCOMES, WEEKS_PER_MONTH
from errors import Plain, contradictions, fits, size_of


def total_changed(rng: random.Random, series: Plain) -> bool:
    """The number of patients of a row one to three off, wherever the row gives it."""
    item = rng.choice(series)
    arm, before = item["arms"][0], contradictions(item)
    off = rng.choice((-3, -2, -1, 1, 2, 3))
    arm["total"] = size_of(item, {"scope": "all"}) + off
    if len(arm["population"]) == 1:
        arm["population"] = dict.fromkeys(arm["population"], arm["total"])
    for block in arm["responses"]:
        if block["scope"] == "all":
            block["total"] = arm["total"]
    seen = [c for c in arm.get("complications", []) if c.get("percent") is not None]
    return bool(
        contradictions(item) - before
        or sum(arm["population"].values()) > arm["total"]
        or (arm.get("patients") and len(arm["patients"]) != arm["total"])
        or any(not fits(c["percent"], c["events"], arm["total"]) for c in seen)
    )


def complication_changed(rng: random.Random, series: Plain) -> bool | None:
    """A count of a complication one to three off."""
    arm = rng.choice(series)["arms"][0]
    total = size_of({"arms": [arm]}, {"scope": "all"})
    entries = [c for c in arm.get("complications", []) if c.get("events")]
    if not entries:
        return None
    entry = rng.choice(entries)
    entry["events"] = max(0, entry["events"] + rng.choice((-3, -2, -1, 1, 2, 3)))
    stated = entry.get("percent")
    within = entry["events"] <= entry.get("total", total)
    return not within or (stated is not None and not fits(stated, entry["events"], total))


def patient_response_changed(rng: random.Random, series: Plain) -> bool | None:
    """The overall response of one patient row exchanged for another."""
    item, row = _row(rng, series)
    if row is None:
        return None
    before = contradictions(item)
    row["response"]["overall"] = rng.choice(
        [o for o in OUTCOMES if o != row["response"]["overall"]]
    )
    lasting = row.get("response_months") and row["response"]["overall"] in {"SD", "PD"}
    return bool(contradictions(item) - before or lasting)


def patient_time_changed(rng: random.Random, series: Plain) -> bool | None:
    """The response duration of one patient row changed by a digit's worth or more."""
    item, row = _row(rng, series, responder=True)
    if row is None:
        return None
    row["response_months"] = max(1, row["response_months"] + rng.choice((-9, -3, 3, 9, 20)))
    arm = item["arms"][0]
    months = [p["response_months"] for p in arm["patients"] if p.get("response_months")]
    stated = [d["median"] for d in arm["response_months"] if d.get("median") is not None]
    start = row["treatment_weeks"] / WEEKS_PER_MONTH
    beyond = row["response_months"] + start > row["follow_up_months"] + 1
    half = {value: 0.5 if value == int(value) else 0.05 for value in stated}  # printed to a digit
    return beyond or any(abs(median(months) - value) > half[value] + 1e-9 for value in stated)


def patient_dropped(rng: random.Random, series: Plain) -> bool | None:
    """One patient row is missing."""
    item, row = _row(rng, series)
    if row is None:
        return None
    item["arms"][0]["patients"].remove(row)
    return True


def patient_repeated(rng: random.Random, series: Plain) -> bool | None:
    """One patient row is a copy of another."""
    item, row = _row(rng, series)
    rows = item["arms"][0].get("patients", [])
    if row is None or len(rows) < 2:
        return None
    before = contradictions(item)
    other = rng.choice([p for p in rows if p is not row])
    rows[rows.index(other)] = {**row, "id": other["id"]}
    telling = row.get("response_months") is not None  # else two patients may well be alike
    return telling or bool(contradictions(item) - before)


def _row(
    rng: random.Random, series: Plain, *, responder: bool = False
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    item = rng.choice(series)
    rows = item["arms"][0].get("patients", [])
    rows = [p for p in rows if not responder or p.get("response_months")]
    return item, rng.choice(rows) if rows else None


ROW_ERRORS: dict[str, Callable[[random.Random, Plain], bool | None]] = {
    "a total changed": total_changed,
    "a complication's count changed": complication_changed,
    "a patient's response changed": patient_response_changed,
    "a patient's duration changed": patient_time_changed,
    "a patient row dropped": patient_dropped,
    "a patient row copied over another": patient_repeated,
}
"""Kind → what plants it, as in ``errors.ERRORS``."""
