"""The counts a stated percentage is held against, and over which denominators."""

from __future__ import annotations

import re

from evidence.table.audit.base import Block
from evidence.table.derive import CATEGORIES, stated_counts
from evidence.table.percents import agrees, counts_for
from evidence.table.places import RESPONSE_CELLS, evaluable_in, printed_text
from evidence.table.population import is_whole

LABELS = {
    "ORR": "CR + PR",
    "DCR": "CR + PR + SD",
    "CR": "CR",
    "PR": "PR",
    "SD": "SD",
    "PD": "PD",
}
"""Outcome → how a mislabelled percentage of it is put in words."""


def known_counts(block: Block) -> dict[str, int]:
    """Stated counts, with ORR and DCR where their parts are all stated."""
    counts = {n: c.events for n, c in stated_counts(block.responses).items()}
    for outcome, parts in (("ORR", ("CR", "PR")), ("DCR", ("CR", "PR", "SD"))):
        if all(p in counts for p in parts):
            counts.setdefault(outcome, sum(counts[p] for p in parts))
    if "ORR" not in counts and len(found := {"CR", "PR"} & set(counts)) == 1:
        only = counts[found.pop()]
        if "ORR" in block.responses.stated_percent and only and _complete(block, counts):
            counts["ORR"] = only
    return counts


def _complete(block: Block, counts: dict[str, int]) -> bool:
    """All patients of the block are in a stated category, so what is not listed is none."""
    return block.total == sum(counts[n] for n in CATEGORIES if n in counts)


def contradicts(block: Block, outcome: str) -> bool:
    """Whether a stated percentage and its own count disagree over every stated denominator.

    Where only one type of responder is listed, the overall percentage may only be too small.
    """
    events = known_counts(block).get(outcome)
    if _closes_listing(block, outcome):
        return False
    if events is None and outcome == "ORR" and block.total:
        percent, least = block.responses.stated_percent[outcome], least_responders(block)
        most = [counts_for(percent, t, digits=block.digits(outcome), cut=True)[-1:]
                for t in stated_totals(block)]  # fmt: skip
        return any(most) and least > max(m[0] for m in most if m)
    return bool(events is not None and block.total and not fits_somewhere(block, outcome))


def _closes_listing(block: Block, outcome: str) -> bool:
    """``13 CR, 14 PR (43%)``: the one percentage, behind the last responders, is of them all."""
    other = {"CR": "PR", "PR": "CR"}.get(outcome)
    counts, stated = known_counts(block), block.responses.stated_percent
    if other is None or other not in counts or other in stated or "ORR" in stated:
        return False
    if not block.total or "ORR" not in counts:
        return False
    words, first = (
        printed_text(block.series, f"{block.path}.{name}") or ""
        for name in (f"stated_percent.{outcome}", other)
    )
    cell = block.series.cells.get(RESPONSE_CELLS[0])
    behind = cell is not None and -1 < cell.text.find(first) < cell.text.find(words)
    return (
        behind
        and re.match(r"[^\d(\[]*[(\[]", words) is not None
        and agrees(stated[outcome], counts["ORR"], block.total, digits=block.digits(outcome))
    )


def least_responders(block: Block) -> int:
    """Responders of the types that are listed."""
    return sum(getattr(block.responses, n) or 0 for n in ("CR", "PR"))


def fits_somewhere(block: Block, outcome: str) -> bool:
    """Whether a stated percentage is its own count, or any, over one of the stated denominators."""
    percent = block.responses.stated_percent[outcome]
    digits = block.digits(outcome)
    events = known_counts(block).get(outcome)
    for total in stated_totals(block):
        if events is None and counts_for(percent, total, digits=digits, cut=True):
            return True
        if events is not None and agrees(percent, events, total, digits=digits, cut=True):
            return True
    return False


def stated_totals(block: Block) -> list[int]:
    """The block's total and the other denominators the row itself states for its patients."""
    arm, found = block.arm, [block.total]
    if block.total is not None and block.responses.NE:
        found.append(block.total - block.responses.NE)
    if is_whole(block.responses):
        found.append(arm.total)
        found.append(sum(arm.population.values()) or None)
        found += evaluable_in(block.series)
    return [t for t in dict.fromkeys(found) if t]


def meant_outcome(block: Block, outcome: str) -> tuple[str, int] | None:
    """The other outcome (and its count) that a percentage fits, likeliest first."""
    counts, total = known_counts(block), block.total
    if outcome not in counts:
        return None
    percent, digits = block.responses.stated_percent[outcome], block.digits(outcome)
    if not total:
        return None
    for name in LABELS:
        other = block.responses.stated_percent.get(name)
        if name in counts and name != outcome and counts[name] != counts.get(outcome):
            taken = other is not None and agrees(other, counts[name], total, cut=True)
            if not taken and agrees(percent, counts[name], total, digits=digits, cut=True):
                return name, counts[name]
    if outcome == "CR" and "ORR" not in counts and "ORR" not in block.responses.stated_percent:
        larger = [c for c in counts_for(percent, total, digits=digits) if c > counts["CR"]]
        if len(larger) == 1:
            return "ORR", larger[0]
    return None
