"""The number of patients that counts in sentences are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.prose.context import fits_percent
from evidence.extraction.prose.facts import ProseFact
from evidence.model.source import How

CLASSES = ("CR", "PR", "SD", "PD", "NE", "MR")
_PARTS = (*CLASSES, "VGPR", "sCR", "CRi", "nCR", "mixed response", "no response")
"""Outcomes of which a patient has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """The denominator of a block, the sentence that states it, and what agrees with it."""

    n: int
    fact: ProseFact
    checks: tuple[str, ...] = ()
    how: How = How.STATED


def find_denominator(
    chosen: dict[str, ProseFact], events: dict[str, int], percents: dict[str, ProseFact],
    sizes: Sequence[ProseFact],
) -> Denominator | None:  # fmt: skip
    """The number of patients the counts are of: stated with them, else the one they add up to."""
    told = [*chosen.values(), *percents.values()]
    stated = {f.total: f for f in told if f.total is not None}
    if len(stated) == 1:
        ((n, fact),) = stated.items()
        return Denominator(n=n or 0, fact=fact, checks=_agreeing(n or 0, chosen, events, percents))
    tried: set[int] = set()
    for size in sorted(sizes, key=lambda f: f.name != "evaluable"):
        n = size.events or 0
        if n in tried or (stated and n not in stated):
            continue
        tried.add(n)
        if checks := _agreeing(n, chosen, events, percents):
            return Denominator(n=n, fact=size, checks=checks)
    for size in sizes:
        if size.name == "evaluable" and not stated and size.events:
            return Denominator(n=size.events, fact=size)
    return None


def _agreeing(
    n: int, chosen: dict[str, ProseFact], events: dict[str, int], percents: dict[str, ProseFact]
) -> tuple[str, ...]:
    """Which arithmetic agrees with a denominator; none where any of it contradicts."""
    classes = [events[name] for name in _PARTS if name in events]
    if n <= 0 or max(events.values(), default=0) > n or sum(classes) > n:
        return ()
    responders = events.get("ORR")
    if responders is None and "CR" in events and "PR" in events:
        responders = events["CR"] + events["PR"]
    rated = {name: (e, p) for name, e in events.items()
             if (p := chosen[name].percent) is not None}  # fmt: skip
    if responders is not None and "ORR" in percents:
        rated["ORR"] = (responders, percents["ORR"].percent or 0.0)
    checks = []
    if rated:
        if not all(fits_percent(e, n, p) for e, p in rated.values()):
            return ()
        if any(e for e, _ in rated.values()):
            checks.append("percent")
    if len(classes) >= 3 and sum(classes) == n:
        checks.append("sum")
    return tuple(checks)
