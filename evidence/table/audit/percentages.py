"""Stated percentages against counts, with the rounding and the printed digits respected."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding, of_total
from evidence.table.audit.percent_counts import (
    LABELS,
    contradicts,
    fits_somewhere,
    known_counts,
    least_responders,
    meant_outcome,
)
from evidence.table.derive import stated_counts
from evidence.table.percents import counts_for, show_percent, totals_for

RESPONSES = ("ORR", "DCR", "CR", "PR", "SD", "PD", "NE", "MR")
"""What a percentage counts; one of survival or freedom from progression is an estimate."""


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
            events = known_counts(block).get(outcome, least_responders(block))
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
            if fits_somewhere(block, outcome):
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


def _either(numbers: list[int] | tuple[int, ...]) -> str:
    shown = [str(n) for n in numbers[:4]]
    return " or ".join(shown) + (" ..." if len(numbers) > 4 else "")
