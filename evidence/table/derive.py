"""Counts of one block of responses, and the named conventions by which others follow from them.

Every convention is switchable (``derived=False``) and says in words what it did:

- *one responder type*: a listing that names responders of one type says there were none of the
  other (``2 PR``: CR = 0);
- *all accounted for*: where the listed counts make up the total, every category not listed is 0;
  while patients remain unaccounted for it stays not reported;
- *percentage*: a stated percentage that only one count over the total can give is that count;
- *mislabelled percentage*: the only percentage is labelled CR, contradicts the CR count and fits
  a larger count: it is read as the overall response;
- *difference*: overall response less one responder type is the other.

Deaths are never progressive disease.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.model.outcome import SUMS
from evidence.table.percents import agrees, only_count, printed_digits, show_percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence.model.series import Exclusion, Responses

CATEGORIES = ("CR", "PR", "SD", "PD", "NE", "MR", "deaths")
UNLISTED = ("CR", "PR", "SD", "PD")
"""Categories that are 0 once all patients are accounted for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Events of one outcome: how they were got, and which of them another therapy may explain."""

    events: int
    how: str = "stated"
    derivation: str | None = None
    field: str | None = None
    """The field of the block it was read from; None for a sum."""
    attributed: int = 0
    attribution: str | None = None
    total: int | None = None
    """Patients it is counted over, where they are not those of its stratum."""
    path: str | None = None
    """The block it stands in, where that is not its stratum's."""


Counts = dict[str, Count]


def block_counts(block: Responses, total: int | None, *, derived: bool = True) -> Counts:
    """Outcome → count for one block: what is stated, what follows, and the sums ORR and DCR."""
    counts = stated_counts(block)
    if derived:
        _from_percentages(counts, block, total)
        _by_difference(counts)
        _one_responder_type(counts)
        _all_accounted(counts, block, total)
    for outcome, parts in SUMS.items():
        _add_sum(counts, outcome, parts)
    return counts


def stated_counts(block: Responses) -> Counts:
    """What the block states as counts, with the events an exclusion names."""
    counts: Counts = {}
    for name in (*CATEGORIES, "ORR", "DCR"):
        events = getattr(block, name)
        excluded = _excluded_from(block, name)
        if events is None and not any(e.outcome == name for e in excluded):
            continue
        attributed = sum(e.events for e in excluded)
        counts[name] = Count(
            events=max(events or 0, attributed),
            field=name,
            attributed=attributed,
            attribution="; ".join(e.reason for e in excluded) or None,
        )
    for name, events in block.other.items():
        counts.setdefault(name, Count(events=events, field=f"other.{name}"))
    return counts


def _excluded_from(block: Responses, name: str) -> list[Exclusion]:
    """Exclusions that take events off a count: its own, or those of its parts where they are more.

    Two of seven CR that another therapy may explain are two of the stated responders too.
    """
    own = [e for e in block.exclusions if e.outcome == name]
    parts = [e for e in block.exclusions if e.outcome in SUMS.get(name, ())]
    return max(own, parts, key=lambda exclusions: sum(e.events for e in exclusions))


def _from_percentages(counts: Counts, block: Responses, total: int | None) -> None:
    for outcome, percent in block.stated_percent.items():
        if outcome in counts or outcome not in (*UNLISTED, "ORR", "DCR"):
            continue
        if outcome == "ORR" and {"CR", "PR"} <= set(counts):
            continue
        events = only_count(percent, total)
        if events is not None:
            counts[outcome] = _derived(
                events, f"{show_percent(percent)} of {total} is {events}", outcome
            )
    _mislabelled(counts, block, total)


def _mislabelled(counts: Counts, block: Responses, total: int | None) -> None:
    percent = block.stated_percent.get("CR")
    cr = counts.get("CR")
    alone = set(block.stated_percent) == {"CR"} and "ORR" not in counts and "PR" not in counts
    if percent is None or cr is None or not total or not alone:
        return
    if agrees(percent, cr.events, total, digits=printed_digits(percent)):
        return
    events = only_count(percent, total)
    if events is not None and events > cr.events:
        words = (
            f"{show_percent(percent)} is printed as CR, but {cr.events} CR of {total} is "
            f"{100 * cr.events / total:.1f}%; read as overall response: {events} of {total}"
        )
        counts["ORR"] = _derived(events, words, "stated_percent")


def _by_difference(counts: Counts) -> None:
    orr = counts.get("ORR")
    for known, other in (("CR", "PR"), ("PR", "CR")):
        if orr is None or known not in counts or other in counts:
            continue
        events = orr.events - counts[known].events
        if events >= 0:
            words = f"{orr.events} responders less {counts[known].events} {known} is {events}"
            note = f" ({orr.derivation})" if orr.derivation else ""
            counts[other] = _derived(events, words + note)


def _one_responder_type(counts: Counts) -> None:
    for known, other in (("CR", "PR"), ("PR", "CR")):
        if known in counts and other not in counts and "ORR" not in counts:
            events = counts[known].events
            if events > 0 and counts[known].how == "stated":
                counts[other] = _derived(
                    0, f"the listing of responders names {events} {known} and no {other}"
                )


def _all_accounted(counts: Counts, block: Responses, total: int | None) -> None:
    if total is None or block.other:
        return
    listed = {n: counts[n].events for n in CATEGORIES if n in counts}
    if "ORR" in counts and not {"CR", "PR"} & set(listed):
        listed["responders"] = counts["ORR"].events
        free: tuple[str, ...] = ("SD", "PD")
    else:
        free = UNLISTED
    if not listed or sum(listed.values()) != total:
        return
    words = " + ".join(
        f"{v} {'death' if (n, v) == ('deaths', 1) else n}" for n, v in listed.items() if v
    )
    for name in free:
        if name not in counts:
            counts[name] = _derived(0, f"all {total} patients are accounted for: {words}")


def _add_sum(counts: Counts, outcome: str, parts: tuple[str, ...]) -> None:
    if not all(p in counts for p in parts):
        return
    total = sum_counts([counts[p] for p in parts])
    words = " + ".join(f"{p} {counts[p].events}" for p in parts)
    if total.how == "derived":
        notes = [counts[p].derivation for p in parts if counts[p].how == "derived"]
        total = replace(total, derivation="; ".join([words, *(n for n in notes if n)]))
    stated = counts.get(outcome)
    if stated is not None and stated.how == "stated":
        if stated.events == total.events:
            return
        words = f"{words}; the paper states {outcome} {stated.events}"
        total = replace(total, how="derived", derivation=words)
    counts[outcome] = total


def sum_all(values: Iterable[int | None]) -> int | None:
    """The sum; None where one of the values is not reported: what is unknown is not 0."""
    listed = list(values)
    known = [value for value in listed if value is not None]
    return sum(known) if len(known) == len(listed) else None


def sum_counts(parts: list[Count]) -> Count:
    """The sum of disjoint counts; derived if a part is."""
    derived = [p for p in parts if p.how == "derived"]
    return Count(
        events=sum(p.events for p in parts),
        how="derived" if derived else parts[0].how,
        derivation="; ".join(dict.fromkeys(p.derivation for p in derived if p.derivation)) or None,
        attributed=sum(p.attributed for p in parts),
        attribution="; ".join(dict.fromkeys(p.attribution for p in parts if p.attribution)) or None,
    )


def without_attributed(count: Count) -> Count:
    """The count less the events another therapy may explain."""
    if not count.attributed:
        return count
    left = count.events - count.attributed
    words = f"{count.events} less {count.attributed} ({count.attribution})"
    note = "; ".join(w for w in (count.derivation, words) if w)
    return replace(count, events=left, how="derived", derivation=note, attributed=0)


def _derived(events: int, words: str, field: str | None = None) -> Count:
    return Count(events=events, how="derived", derivation=words, field=field)
