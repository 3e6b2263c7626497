"""What complications are counted over: a parent group, a part of the patients, a subgroup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.model.series import Arm, Complication
from evidence.table.audit.base import Case, Subject, finding, of_total, patients
from evidence.table.complications import assessed_in
from evidence.table.percents import agrees, show_percent
from evidence.table.places import place_of
from evidence.table.population import relevant_labels


def over_parent(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications counted over a larger group than the review's patients."""
    for a, arm in enumerate(subject.series.arms):
        if arm.within is None or not arm.complications:
            continue
        size = sum(arm.population.values())
        counted = [c for c in arm.complications if c.events is not None]
        if not counted or not size:
            continue
        terms = ", ".join(f"{c.events} {c.term}" for c in counted)
        yield finding(
            "complications-over-parent",
            "medium",
            subject,
            f"arms[{a}].complications",
            stated=terms,
            computed=f"counted over {arm.within.patients} {arm.within.disease}, of whom {size} "
            "belong to the review",
            arithmetic=f"{size} of {arm.within.patients} patients belong to the review; the row "
            "does not say in whom the complications occurred",
            would_change=f"complication shares: over {arm.within.patients}, never over {size}",
            also=(f"arms[{a}].within",),
        )


def unsplit(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications of a series that only in part belongs to the review."""
    for a, arm in enumerate(subject.series.arms):
        labels = relevant_labels(arm, case.diseases)
        named = [c for c in arm.complications or () if c.total is None and c.restricted_to is None]
        if arm.within is not None or not named or not labels or len(labels) == len(arm.population):
            continue
        mine, size = sum(arm.population[d] for d in labels), sum(arm.population.values())
        yield finding(
            "complications-unsplit",
            "low",
            subject,
            f"arms[{a}].complications",
            stated=", ".join(c.term for c in named),
            computed=f"{mine} of {size} treated patients belong to the review",
            arithmetic=", ".join(f"{n} {d}" for d, n in arm.population.items())
            + "; the row does not say in whom the complications occurred",
            would_change=f"complication shares: over {size} or {mine}",
        )


_SIZE = re.compile(r"\b\d+\s+patients?\b|\bn\s*=\s*\d", re.IGNORECASE)


def restricted(subject: Subject, case: Case) -> Iterator[Finding]:
    """Complications of a subgroup whose size is not stated."""
    for a, arm in enumerate(subject.series.arms):
        named = [
            (c, entry)
            for c, entry in enumerate(arm.complications or ())
            if entry.total is None and not _SIZE.search(entry.restricted_to or "1 patient")
        ]
        if not named:
            continue
        groups = " and ".join(dict.fromkeys(str(entry.restricted_to) for _, entry in named))
        yield finding(
            "complications-restricted",
            "medium",
            subject,
            f"arms[{a}].complications[{named[0][0]}].restricted_to",
            stated=", ".join(f"{e.events} {e.term}" for _, e in named) + f" in {groups}",
            computed=f"the number of patients ({groups}) is not stated",
            arithmetic=f"the group is a part of the {arm.size or 'treated'} patients, of unknown "
            "size",
            would_change="complication shares: over the part, not over "
            + (f"all {arm.size} patients" if arm.size else "all patients"),
        )


_SERIOUS = re.compile(r"\b(?:serious|severe)\b", re.IGNORECASE)
_NOT_SERIOUS = re.compile(r"\b(?:asymptomatic|sub-?clinical|mild)\b", re.IGNORECASE)


def seriousness_mixed(case: Case) -> Iterator[Finding]:
    """Events without symptoms in a column for serious complications: said once for a table."""
    for subjects in case.printed_tables():
        found = [
            (subject, f"arms[{a}].complications[{c}].term", entry.term)
            for subject in subjects
            for a, arm in enumerate(subject.series.arms)
            for c, entry in enumerate(arm.complications or ())
            if _NOT_SERIOUS.search(entry.term) or entry.grade in {"1", "2", "1-2"}
        ]
        heads = [place_of(subject.series, field).column or "" for subject, field, _ in found]
        head = next((h for h in heads if _SERIOUS.search(h)), None)
        if head is None:
            continue
        yield Finding(
            code="seriousness-mixed",
            severity="low",
            series=None,
            field=None,
            stated=f"a column headed '{head}'",
            computed="; ".join(f"{term} ({s.series.label})" for s, _, term in found),
            arithmetic=f"{len(found)} entries of the column are not serious by their own words",
            would_change="the column is no list of serious complications only: what a row leaves "
            "out may be anything",
            places=tuple(place_of(s.series, field) for s, field, _ in found),
        )


def complication_above_total(subject: Subject, case: Case) -> Iterator[Finding]:
    """More patients with a complication than patients in whom it was assessed."""
    for a, arm in enumerate(subject.series.arms):
        for c, entry in enumerate(arm.complications or ()):
            total = assessed_in(arm, entry)
            if entry.events is None or total is None or entry.events <= total:
                continue
            yield finding(
                "complication-above-total",
                "high",
                subject,
                f"arms[{a}].complications[{c}].events",
                stated=f"{entry.term} in {entry.events}",
                computed=f"{patients(total)} assessed",
                arithmetic=f"{entry.events} - {total} = {entry.events - total} too many",
                would_change=f"the rate of {entry.preferred or entry.term}",
            )


def complication_percent(subject: Subject, case: Case) -> Iterator[Finding]:
    """Percentages of complications that their counts do not give; one finding where one other
    denominator explains several.
    """
    for a, arm in enumerate(subject.series.arms):
        entries: dict[int, Complication] = {}
        for c, entry in enumerate(arm.complications or ()):
            printed = {(e.term, e.events, e.percent) for e in entries.values()}
            if _is_off(arm, entry) and (entry.term, entry.events, entry.percent) not in printed:
                entries[c] = entry
        shared = _shared_total(arm, list(entries.values()))
        for c, entry in entries.items():
            total = assessed_in(arm, entry) or 0
            words = of_total(entry.events or 0, total)
            terms = ", ".join(f"{e.term} {show_percent(e.percent or 0)}" for e in entries.values())
            off = abs((entry.percent or 0) - 100 * (entry.events or 0) / total)
            yield finding(
                "complication-percent-against-count",
                "low" if off < case.protocol.audit.close_percent else "medium",
                subject,
                f"arms[{a}].complications[{c}].percent",
                stated=f"{entry.term} {show_percent(entry.percent or 0)}, {entry.events} of {total}"
                if not shared
                else f"{terms} of {total}",
                computed=words if not shared else f"all agree over {shared}",
                arithmetic=f"{words}, not {show_percent(entry.percent or 0)}"
                + (f"; {of_total(entry.events or 0, shared)}" if shared else ""),
                would_change=f"the rate of {entry.preferred or entry.term}"
                if not shared
                else f"the denominator of these complications: {shared} or {total}",
                also=(f"arms[{a}].complications[{c}].events",),
            )
            if shared:
                break


def _is_off(arm: Arm, entry: Complication) -> bool:
    total = assessed_in(arm, entry)
    if entry.percent is None or entry.events is None or not total or entry.events > total:
        return False
    sizes = [n for n in dict.fromkeys((total, arm.size)) if n]
    return not any(agrees(entry.percent, entry.events, n, cut=True) for n in sizes)


def _shared_total(arm: Arm, entries: list[Complication]) -> int | None:
    """The one other denominator over which two or more percentages all agree."""
    if len({(e.events, e.percent) for e in entries}) < 2 or arm.size is None:
        return None
    least = max(e.events or 0 for e in entries)
    fits = [
        total
        for total in range(max(least, 1), 2 * arm.size)
        if all(agrees(e.percent or 0, e.events or 0, total, cut=True) for e in entries)
    ]
    return fits[0] if len(fits) == 1 else None
