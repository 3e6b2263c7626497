"""The rows of one complication, by any of the names it goes by: one per series."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.errors import unknown_name
from evidence.model.outcome import ANY_COMPLICATION, COMPLICATION_PREFIX
from evidence.model.pooled import Excluded
from evidence.model.row import EvidenceRow
from evidence.table.derive import sum_all
from evidence.table.organ_classes import names_class
from evidence.vocabulary import load_vocabulary


def complication_candidates(
    rows: list[EvidenceRow], outcome: str, by: str | None
) -> tuple[list[EvidenceRow], list[Excluded]]:
    """One row per series that names a complication (or reports none), and who is left out."""
    term = outcome.removeprefix(COMPLICATION_PREFIX).strip()
    chosen: list[EvidenceRow] = []
    excluded: list[Excluded] = []
    every = [r for r in rows if r.outcome.startswith(COMPLICATION_PREFIX)]
    meant = _meant(term, every)
    for name in dict.fromkeys(r.series for r in every):
        mine = [r for r in every if r.series == name]
        named = [r for r in mine if meant & {name.casefold() for name in r.terms}]
        silent = next((r for r in mine if r.outcome == ANY_COMPLICATION), None)
        if named:
            chosen.append(_joined(named, outcome))
        elif silent is not None:
            chosen.append(replace(silent, outcome=outcome))
        else:
            reason = f"{term} is not mentioned; not reported is not zero"
            excluded.append(Excluded(series=mine[0].label, reason=reason))
    if by == "disease":
        excluded += [
            Excluded(series=r.label, reason="complications are not split by disease")
            for r in chosen
            if r.disease is None
        ]
        chosen = [r for r in chosen if r.disease is not None]
    return chosen, excluded


def _meant(term: str, rows: list[EvidenceRow]) -> set[str]:
    """The names (case folded) a term stands for: itself, else every name it is a word of.

    ``cytomegalovirus`` means each cytomegalovirus infection and reactivation. Raises WrongUsage
    with the known names where nothing is meant.
    """
    folded = term.casefold()
    known = {name.casefold(): name for row in rows for name in row.terms}
    if folded in known or folded == "any":
        return {folded}
    within = re.compile(rf"\b{re.escape(folded)}\b")
    meant = {name for name in known if within.search(name)}
    if not meant:
        raise unknown_name("complication", term, sorted(known.values(), key=str.casefold))
    return meant


def _joined(rows: list[EvidenceRow], outcome: str) -> EvidenceRow:
    """Several terms of one series as one row; a patient with two of them is counted twice.

    The count of the whole organ class holds those of its members: they are not added to it.
    """
    if len(rows) == 1:
        return replace(rows[0], outcome=outcome)
    whole = _whole_class(rows)
    counted = rows if whole is None else [whole]
    totals = {r.total for r in counted}
    words = " + ".join(_words(r) for r in counted)
    words = (
        f"{words}; a patient with two of them is counted twice"
        if whole is None
        else f"{words}, taken to hold " + " + ".join(_words(r) for r in rows if r is not whole)
    )
    return replace(
        counted[0],
        outcome=outcome,
        events=sum_all(r.events for r in counted),
        total=totals.pop() if len(totals) == 1 else None,
        how="derived",
        derivation=words,
        terms=tuple(dict.fromkeys(name for r in rows for name in r.terms)),
    )


def _words(row: EvidenceRow) -> str:
    return f"{row.events} {row.outcome.removeprefix(COMPLICATION_PREFIX)}"


def _whole_class(rows: list[EvidenceRow]) -> EvidenceRow | None:
    """The row of an organ class itself (*infections*), where its members are no more than it."""
    for row in rows:
        members = [r.events for r in rows if r is not row]
        if row.events is None or not _names_class(row):
            continue
        if None not in members and sum(n or 0 for n in members) <= row.events:
            return row
    return None


def _names_class(row: EvidenceRow) -> bool:
    """Whether all it is called is an organ class: its name, or ``cardiac events``."""
    groups = set(load_vocabulary().groups.values())
    group = next((name for name in row.terms if name in groups), None)
    return group is not None and all(
        names_class(name, group) for name in row.terms if name != group
    )
