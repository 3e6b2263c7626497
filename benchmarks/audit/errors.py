"""Plant one error into a clean set; say whether arithmetic on what is printed can reveal it."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP
from typing import Any

from clean_set import OUTCOMES, WEEKS_PER_MONTH, percent

Plain = list[dict[str, Any]]
"""Series as plain data, free to change."""


def count_changed(rng: random.Random, series: Plain) -> bool | None:
    """A response count one to three off."""
    item, block = _pick(rng, series)
    listed = [o for o in OUTCOMES if block.get(o)]
    if not listed:
        return None
    outcome, limit = rng.choice(listed), size_of(item, block)
    choices = [d for d in (-3, -2, -1, 1, 2, 3) if 0 <= block[outcome] + d <= limit]
    before = contradictions(item)
    block[outcome] += rng.choice(choices)
    return bool(contradictions(item) - before)


def counts_swapped(rng: random.Random, series: Plain) -> bool | None:
    """Two counts of one block exchanged."""
    item, block = _pick(rng, series)
    listed = [o for o in OUTCOMES if o in block]
    pairs = [(a, b) for a in listed for b in listed if a < b and block[a] != block[b]]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    before = contradictions(item)
    block[a], block[b] = block[b], block[a]
    return bool(contradictions(item) - before)


def percentage_altered(rng: random.Random, series: Plain) -> bool | None:
    """A printed percentage changed in one digit."""
    item, block = _pick(rng, series)
    if not block.get("stated_percent"):
        return None
    outcome = rng.choice(list(block["stated_percent"]))
    shown = f"{block['stated_percent'][outcome]:g}"
    place = rng.choice([i for i, c in enumerate(shown) if c.isdigit()])
    digit = rng.choice([d for d in "0123456789" if d != shown[place]])
    value = float(shown[:place] + digit + shown[place + 1 :])
    if value > 100:
        return None
    before = contradictions(item)
    block["stated_percent"][outcome] = value
    return bool(contradictions(item) - before)


def label_exchanged(rng: random.Random, series: Plain) -> bool | None:
    """The overall response printed as complete response."""
    item, block = _pick(rng, series)
    if not block.get("PR") or "CR" not in block or "ORR" not in block.get("stated_percent", {}):
        return None
    before = contradictions(item)
    block["stated_percent"] = {"CR": block["stated_percent"]["ORR"]}
    return bool(contradictions(item) - before)


def unit_changed(rng: random.Random, series: Plain) -> bool | None:
    """Months printed as weeks (and read so), in one row of a column of months."""
    arm = rng.choice(series)["arms"][0]
    if not arm.get("response_months") or "median" not in arm["response_months"][0]:
        return None
    months = arm["response_months"][0]["median"]
    arm["response_months"][0] |= {"median": months / WEEKS_PER_MONTH, "printed": f"{months:g} wk"}
    return True


def row_duplicated(rng: random.Random, series: Plain) -> bool:
    """One series printed twice under another name."""
    twin = copy.deepcopy(rng.choice(series))
    twin["series"], twin["citation"] = "doubleday-2021", {"authors": "Doubleday", "year": 2021}
    series.append(twin)
    blocks = twin["arms"][0]["responses"]
    return max(size_of(twin, b) for b in blocks) >= 5  # fewer patients may well be alike


def denominator_dropped(rng: random.Random, series: Plain) -> bool:
    """The number of patients of a series is gone."""
    arm = rng.choice(series)["arms"][0]
    arm["population"], arm["total"], arm["within"] = {}, None, None
    for block in arm["responses"]:
        block["total"] = None
    return any(o in block for block in arm["responses"] for o in OUTCOMES)


def _pick(rng: random.Random, series: Plain) -> tuple[dict[str, Any], dict[str, Any]]:
    item = rng.choice(series)
    return item, rng.choice(item["arms"][0]["responses"])


def size_of(item: dict[str, Any], block: dict[str, Any]) -> int:
    """Patients a block is out of."""
    population = item["arms"][0]["population"]
    size: int = block.get("total") or population.get(block["scope"]) or sum(population.values())
    return size


def contradictions(item: dict[str, Any]) -> set[str]:
    """Every identity that what is printed for one series breaks: written apart from the rules."""
    arm = item["arms"][0]
    found: set[str] = set()
    blocks = arm["responses"]
    for i, block in enumerate(blocks):
        size = size_of(item, block)
        listed = sum(block.get(o) or 0 for o in OUTCOMES)
        deaths = block.get("deaths") or 0  # may be counted among the others
        complete = "SD" in block or "PD" in block
        if listed > size or (complete and size not in (listed, listed + deaths)):
            found.add(f"sum {i} {listed}")
        for outcome, value in block.get("stated_percent", {}).items():
            parts = ("CR", "PR") if outcome == "ORR" else (outcome,)
            events = sum(block.get(p) or 0 for p in parts)
            known = all(p in block for p in parts) or (complete and listed == size)
            too_many = outcome == "ORR" and 100 * events / size > value + 1
            if (known and not fits(value, events, size)) or too_many:
                found.add(f"percent {i} {outcome} {value}")
    whole = next((b for b in blocks if b["scope"] == "all"), None)
    parts_ = [b for b in blocks if b["scope"] in arm["population"]]
    if whole and len(parts_) == len(arm["population"]) > 1:
        for o in OUTCOMES:
            if o in whole and all(o in p for p in parts_):
                total = sum(p[o] for p in parts_)
                if total != whole[o]:
                    found.add(f"diseases {o} {total} {whole[o]}")
    rows = [p["response"]["overall"] for p in arm.get("patients", [])]
    for o in OUTCOMES if rows and whole else ():
        if whole.get(o, 0) != rows.count(o):
            found.add(f"rows {o} {whole.get(o)}")
    return found


def fits(value: float, events: int, total: int) -> bool:
    """Whether a percentage is a count in some usual rounding to as many digits."""
    digits = len(f"{value:g}".partition(".")[2])
    ways = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
    return any(percent(events, total, way, digits) == value for way in ways)


ERRORS: dict[str, Callable[[random.Random, Plain], bool | None]] = {
    "a count changed": count_changed,
    "two counts swapped": counts_swapped,
    "a percentage altered": percentage_altered,
    "a label exchanged": label_exchanged,
    "a unit changed": unit_changed,
    "a row duplicated": row_duplicated,
    "a denominator dropped": denominator_dropped,
}
"""Kind → what plants it: True if arithmetic can reveal it, False if not, None if not possible."""
