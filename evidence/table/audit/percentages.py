"""Stated percentages against counts, with the rounding and the printed digits respected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Block, Case, Subject, finding, of_total
from evidence.table.derive import CATEGORIES, stated_counts
from evidence.table.percents import agrees, counts_for, show_percent, totals_for
from evidence.table.places import RESPONSE_CELLS, evaluable_in, printed_text
from evidence.table.population import is_whole

RESPONSES = ("ORR", "DCR", "CR", "PR", "SD", "PD", "NE", "MR")
"""What a percentage counts; one of survival or freedom from progression is an estimate."""
LABELS = {
    "ORR": "CR + PR",
    "DCR": "CR + PR + SD",
    "CR": "CR",
    "PR": "PR",
    "SD": "SD",
    "PD": "PD",
}
"""Outcome → how a mislabelled percentage of it is put in words."""


def mislabelled(subject: Subject, case: Case) -> Iterator[Finding]:
    """A percentage that contradicts its own outcome's count and fits another's."""
    for block in subject.blocks:
        for outcome, percent in block.responses.stated_percent.items():
            if not contradicts(block, outcome):
                continue
            counts = known_counts(block)
            meant = meant_outcome(block, outcome)
            if meant is None or block.total is None:
                continue
            name, events = meant
            if outcome not in counts:
                continue
            listed = LABELS[name] if name in counts else "the overall response"
            yield finding(
                "percent-mislabelled",
                "high",
                subject,
                f"{block.path}.stated_percent.{outcome}",
                stated=f"{outcome} {show_percent(percent)} in {block.scope}, {outcome} "
                f"{counts[outcome]} of {block.total}",
                computed=f"{show_percent(percent)} is {events} of {block.total}: {listed}",
                arithmetic=f"{of_total(counts[outcome], block.total)}, not "
                f"{show_percent(percent)}; {of_total(events, block.total)}: printed as {outcome}, "
                f"equals {listed}",
                would_change=f"{outcome} would be {events} instead of {counts[outcome]} of "
                f"{block.total} if the label were believed",
                also=(f"{block.path}.{outcome}",),
            )


def against_count(subject: Subject, case: Case) -> Iterator[Finding]:
    """A percentage that its own outcome's count does not give, over any stated denominator."""
    for block in subject.blocks:
        for outcome, percent in block.responses.stated_percent.items():
            if not contradicts(block, outcome) or meant_outcome(block, outcome) is not None:
                continue
            events = known_counts(block).get(outcome, _least_responders(block))
            assert block.total is not None
            digits = block.digits(outcome)
            fits = list(totals_for(percent, events, up_to=2 * block.total, digits=digits))
            over = f"; it fits {events} of {_either(fits)}" if fits else ""
            possible = counts_for(percent, block.total, digits=digits, cut=True)
            count = f"; {show_percent(percent)} of {block.total} is {_either(possible)}"
            none = f"; no count over {block.total} gives {show_percent(percent)}"
            off = abs(percent - 100 * events / block.total)
            yield finding(
                "percent-against-count",
                "low" if off < case.protocol.audit.close_percent else "high",
                subject,
                f"{block.path}.stated_percent.{outcome}",
                stated=f"{outcome} {show_percent(percent)} in {block.scope}, {events} of "
                f"{block.total}",
                computed=of_total(events, block.total),
                arithmetic=of_total(events, block.total)
                + f", not {show_percent(percent)}"
                + (count if possible else none)
                + over,
                would_change=f"{outcome} of this series, {events} of {block.total}",
                also=(f"{block.path}.{outcome}",),
            )


def impossible(subject: Subject, case: Case) -> Iterator[Finding]:
    """A percentage that no whole number of the stated patients can give (GRIM)."""
    for block in subject.blocks:
        counts = known_counts(block)
        for outcome, percent in block.responses.stated_percent.items():
            if outcome not in RESPONSES or outcome in counts or not block.total:
                continue
            if _fits_somewhere(block, outcome):
                continue
            below = int(percent * block.total // 100)
            yield finding(
                "percent-impossible",
                "high",
                subject,
                f"{block.path}.stated_percent.{outcome}",
                stated=f"{outcome} {show_percent(percent)} of {block.total} in {block.scope}",
                computed=f"no count over {block.total} gives {show_percent(percent)}",
                arithmetic=", ".join(
                    of_total(n, block.total) for n in (below, below + 1) if n <= block.total
                )
                + f"; neither is {show_percent(percent)}",
                would_change=f"{outcome} cannot be counted from this percentage",
            )


def against_sum(subject: Subject, case: Case) -> Iterator[Finding]:
    """Stated percentages whose parts do not add up, beyond what rounding explains.

    Where all are counted, the counts tell it.
    """
    for block in subject.blocks:
        stated = block.responses.stated_percent
        for outcome, parts in (("ORR", ("CR", "PR")), ("DCR", ("CR", "PR", "SD"))):
            if outcome not in stated or any(p not in stated for p in parts):
                continue
            names = (outcome, *parts)
            counts = stated_counts(block.responses)
            if any(contradicts(block, n) for n in names) or all(n in counts for n in names):
                continue
            slack = sum(0.5 * 10.0 ** -block.digits(n) for n in names) + 1e-9
            total = sum(stated[p] for p in parts)
            if abs(total - stated[outcome]) <= slack:
                continue
            lasting = outcome == "DCR" and stated["CR"] + stated["PR"] <= stated[outcome] < total
            yield finding(
                "percents-against-sum",
                "low" if lasting else "high",
                subject,
                f"{block.path}.stated_percent.{outcome}",
                stated=f"{outcome} {show_percent(stated[outcome])} in {block.scope}",
                computed=f"{' + '.join(parts)} is {total:g}%",
                arithmetic=" + ".join(f"{stated[p]:g}" for p in parts)
                + f" = {total:g}, not {stated[outcome]:g}; rounding explains {slack:g}",
                would_change=f"{outcome} of this series",
            )


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
        percent, least = block.responses.stated_percent[outcome], _least_responders(block)
        most = [counts_for(percent, t, digits=block.digits(outcome), cut=True)[-1:]
                for t in stated_totals(block)]  # fmt: skip
        return any(most) and least > max(m[0] for m in most if m)
    return bool(events is not None and block.total and not _fits_somewhere(block, outcome))


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


def _least_responders(block: Block) -> int:
    """Responders of the types that are listed."""
    return sum(getattr(block.responses, n) or 0 for n in ("CR", "PR"))


def _fits_somewhere(block: Block, outcome: str) -> bool:
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


def _either(numbers: list[int] | tuple[int, ...]) -> str:
    shown = [str(n) for n in numbers[:4]]
    return " or ".join(shown) + (" ..." if len(numbers) > 4 else "")
