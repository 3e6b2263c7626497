"""Rows of complications: events among those in whom they were assessed; silence is not zero."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.model.outcome import ANY_COMPLICATION, COMPLICATION_PREFIX
from evidence.model.row import EvidenceRow
from evidence.model.source import How
from evidence.table.derive import sum_all
from evidence.table.from_patients import counted_over
from evidence.table.grades import not_contained
from evidence.table.places import how_of, place_of
from evidence.table.population import relevant_labels
from evidence.table.regimen import shared_by
from evidence.table.stratum import ALL

if TYPE_CHECKING:
    from evidence.model.series import Arm, Complication, Parent, Series
    from evidence.table.row_settings import RowSettings


def complication_rows(
    series: Series, rows: list[EvidenceRow], settings: RowSettings
) -> list[EvidenceRow]:
    """One row per preferred term of the series, and one ``complication:any`` where it lists none.

    An empty list (the paper prints *No*) is 0 of all treated, derived; no list is not reported.
    """
    wholes = [r for r in rows if r.stratum == ALL]
    if not wholes:
        return []
    arms = settings.arms_of(series)
    given = next((r for r in wholes if r.arm is None), None) or _over_arms(wholes, arms, settings)
    theirs = any(relevant_labels(a, settings.diseases) or not a.population for _, a in arms)
    given = replace(given, timepoint=None, excluded=None if theirs else given.excluded)
    found: dict[str, list[tuple[int, int, Arm, Complication]]] = defaultdict(list)
    for i, arm in arms:
        for c, entry in enumerate(arm.complications or ()):
            found[(entry.preferred or entry.term).strip()].append((i, c, arm, entry))
    made = [
        _term_row(series, given, term, not_contained(entries), arms)
        for term, entries in found.items()
    ]
    if not found:
        made.append(_silent_row(series, given, arms, settings))
    return made


def _over_arms(
    wholes: list[EvidenceRow], arms: list[tuple[int, Arm]], settings: RowSettings
) -> EvidenceRow:
    """What the arms have in common, where their responses are not added up."""
    diseases = {r.disease for r in wholes}
    return replace(
        wholes[0],
        arm=None,
        disease=diseases.pop() if len(diseases) == 1 else None,
        **shared_by([settings.given_in(arm) for _, arm in arms]),
    )


def assessed_in(arm: Arm, entry: Complication | None = None) -> int | None:
    """Patients a complication is counted over: its own total, the parent group's, or the arm's."""
    if entry is not None and entry.total is not None:
        return entry.total
    return arm.within.patients if arm.within is not None else arm.size


def _term_row(
    series: Series,
    given: EvidenceRow,
    term: str,
    entries: list[tuple[int, int, Arm, Complication]],
    arms: list[tuple[int, Arm]],
) -> EvidenceRow:
    events = [e.events for _, _, _, e in entries]
    total = _total(entries, arms)
    i, c, _, first = entries[0]
    path = f"arms[{i}].complications[{c}]"
    place = place_of(series, f"{path}.events")
    many = len(entries) > 1
    how = None if first.events is None else how_of(series, f"{path}.events")
    how = "derived" if many else how
    counted = counted_over(series.arms[i].patients) if how == How.DERIVED else None
    return replace(
        given,
        outcome=f"{COMPLICATION_PREFIX}{term}",
        stratum=ALL,
        events=sum_all(events),
        total=total,
        disease=given.disease if first.total is None and entries[0][2].within is None else None,
        how=how,
        derivation=_words(entries) if many else counted,
        attributed_events=0,
        attribution=None,
        terms=_names(entries),
        page=place.page,
        place=place,
        excluded=_counted_apart(entries) or given.excluded,
    )


def _counted_apart(entries: list[tuple[int, int, Arm, Complication]]) -> str | None:
    """Why counts of one arm cannot be added up: several cycles or groups may share patients."""
    for arm in dict.fromkeys(i for i, *_ in entries):
        groups = dict.fromkeys(e.restricted_to for i, _, _, e in entries if i == arm)
        if len(groups) > 1:
            named = "; ".join(group or "all patients" for group in groups)
            return f"counted apart, perhaps in the same patients ({named})"
    return None


def _total(
    entries: list[tuple[int, int, Arm, Complication]], arms: list[tuple[int, Arm]]
) -> int | None:
    """All treated patients; arms that do not name the term were assessed all the same.

    A group that several arms are part of counts once. None where counts of one arm are over
    different patients.
    """
    named: dict[int, list[Complication]] = {}
    for i, _, _, entry in entries:
        named.setdefault(i, []).append(entry)
    assessed: dict[Parent | int, set[int | None]] = {}
    for i, arm in arms:
        told = named.get(i, [])
        own = any(entry.total is not None for entry in told)
        over = i if own or arm.within is None else arm.within
        totals = {assessed_in(arm, entry) for entry in told} or {assessed_in(arm)}
        assessed.setdefault(over, set()).update(totals)
    return sum_all(found.pop() if len(found) == 1 else None for found in assessed.values())


def _words(entries: list[tuple[int, int, Arm, Complication]]) -> str:
    parts = " + ".join(f"{e.events} {e.term}" for _, _, _, e in entries)
    apart = len({i for i, *_ in entries}) == len(entries)
    return parts if apart else f"{parts}; a patient with two of them is counted twice"


def _names(entries: list[tuple[int, int, Arm, Complication]]) -> tuple[str, ...]:
    names: list[str] = []
    for _, _, _, e in entries:
        names += [e.preferred or "", e.term, e.group or "", *e.with_terms]
    return tuple(dict.fromkeys(n for n in names if n))


def _silent_row(
    series: Series, given: EvidenceRow, arms: list[tuple[int, Arm]], settings: RowSettings
) -> EvidenceRow:
    none = all(a.complications == () for _, a in arms) and settings.derived
    place = place_of(series, f"arms[{arms[0][0]}].complications")
    return replace(
        given,
        outcome=ANY_COMPLICATION,
        events=0 if none else None,
        total=_total([], arms),
        how="derived" if none else None,
        derivation="the paper reports that there were none" if none else None,
        attributed_events=0,
        attribution=None,
        page=place.page,
        place=place,
    )
