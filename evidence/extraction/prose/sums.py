"""Whether printed percentages and counts of outcomes add up to the rates they are parts of."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.extraction.prose.facts import ProseFact

_SUMS = {"ORR": ("CR", "PR"), "DCR": ("CR", "PR", "SD")}
"""Rates and the outcomes they are the sum of."""
_LOOSEST = 1.0
"""Percentage points that rounding may add up to."""


def rates_agree(
    name: str, counts: Mapping[str, int], percents: Mapping[str, ProseFact], total: int | None
) -> bool:
    """Whether an outcome is part of a sum that agrees, each part by its count or its percentage.

    A count of ``total`` is exact and a percentage right to half a unit of its last digit; sums of
    counts alone are another check's.
    """
    for whole, parts in _SUMS.items():
        if name not in (whole, *parts):
            continue
        known = {n: _percent(n, counts, percents, total) for n in (whole, *parts)}
        rounded = [n for n in known if n not in counts or not total]
        stated = {n: value for n, value in known.items() if value is not None}
        if len(stated) < len(known) or not rounded:
            continue
        missing = stated[whole][0] - sum(stated[part][0] for part in parts)
        slack = min(sum(half for _, half in stated.values()), _LOOSEST)
        if abs(missing) <= slack + 1e-9:
            return True
    return False


def _percent(
    name: str, counts: Mapping[str, int], percents: Mapping[str, ProseFact], total: int | None
) -> tuple[float, float] | None:
    """(percentage, how far it may be off) of an outcome; None where it is not stated."""
    if name in counts and total:
        return 100 * counts[name] / total, 0.0
    percent = percents[name].percent if name in percents else None
    if percent is None:
        return None
    return percent, 0.5 * 10 ** -len(f"{percent:g}".partition(".")[2])
