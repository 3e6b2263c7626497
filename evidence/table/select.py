"""The rows of one pooled number: each patient once, in groups, with what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.errors import unknown_name
from evidence.model.outcome import COMPLICATION_PREFIX, OUTCOME_NAMES
from evidence.model.pooled import Excluded
from evidence.model.row import EvidenceRow
from evidence.table.conditions import (
    COLUMNS,
    Conditions,
    Where,
    fits,
    read_conditions,
    value_text,
)
from evidence.table.one_complication import complication_candidates
from evidence.table.stratum import ALL
from evidence.table.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows with a count, the group of each (``all`` without grouping), and what was left out."""

    outcome: str
    by: str | None
    rows: tuple[EvidenceRow, ...]
    groups: tuple[str, ...]
    excluded: tuple[Excluded, ...]

    @property
    def decisions(self) -> tuple[str, ...]:
        """Recorded decisions these rows rest on, each with its series."""
        found = (f"{row.label}: {d}" for row in self.rows for d in row.decisions)
        return tuple(dict.fromkeys(found))


def select(
    rows: Iterable[EvidenceRow],
    outcome: str,
    *,
    by: str | None = None,
    where: Where | None = None,
    switches: Switches | None = None,
) -> Selection:
    """Choose the rows a pooled number rests on; no patient is counted twice.

    Without ``by`` or by a trait of the series, each series gives its whole-series row (its arms
    where they differ in the trait, or in one that ``where`` asks for). By disease, or where a
    disease is asked for, each series gives its disease strata, or itself where it has one disease
    only; a series that mixes diseases without a split is left out by name.

    Raises:
        WrongUsage: an unknown outcome or column, or conditions that cannot be read.
    """
    rows = list(rows)
    by = None if by in (None, "none") else by
    if by is not None and by not in list(COLUMNS):
        raise unknown_name("column", by, list(COLUMNS))
    conditions = read_conditions(where)
    switches = switches or Switches()
    candidates, excluded = _candidates(rows, outcome, by, conditions)
    chosen: list[tuple[EvidenceRow, str]] = []
    for row in candidates:
        if not fits(row, conditions):
            continue
        reason, kept = switches.apply(row)
        group = _group(kept, by)
        if reason is None and group is not None:
            chosen.append((kept, group))
        else:
            words = reason or f"{by} is not reported"
            excluded.append(Excluded(series=_named(row), reason=words))
    return Selection(
        outcome=outcome,
        by=by,
        rows=tuple(r for r, _ in chosen),
        groups=tuple(g for _, g in chosen),
        excluded=tuple(dict.fromkeys(excluded)),
    )


def _named(row: EvidenceRow) -> str:
    return row.label if row.arm is None else f"{row.label} ({row.arm})"


def _candidates(
    rows: list[EvidenceRow], outcome: str, by: str | None, where: Conditions
) -> tuple[list[EvidenceRow], list[Excluded]]:
    if str(outcome).startswith(COMPLICATION_PREFIX):
        return complication_candidates(rows, outcome, by)
    found = [r for r in rows if r.outcome == outcome]
    if not found:
        known = dict.fromkeys([*OUTCOME_NAMES, *(r.outcome for r in rows)])
        if outcome not in list(known):
            raise unknown_name("outcome", outcome, [*known, f"{COMPLICATION_PREFIX}TERM"])
    if "stratum" in where or "arm" in where:
        return found, []
    chosen: list[EvidenceRow] = []
    excluded: list[Excluded] = []
    traits = {name for name in (by, *where) if name not in (None, "disease")}
    for name in dict.fromkeys(r.series for r in found):
        mine = [r for r in found if r.series == name]
        rest = _arms_that_differ(mine, traits) or mine
        if by == "disease" or "disease" in where:
            picked = by_disease(rest)
            excluded += _unsplit(mine, picked)
        else:
            picked = _whole_or_arms(rest)
        chosen += picked
    return chosen, excluded


def by_disease(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    """One row per disease of a series: its strata, or itself where it has one disease only; those
    of its arms for a disease that the arms do not give together.
    """
    split = [r for r in rows if r.disease is not None and r.stratum in (ALL, r.disease)]
    single = [r for r in split if r.stratum == ALL and r.arm is None]
    if single:
        return single[:1]
    found: dict[tuple[str | None, str | None], EvidenceRow] = {}
    for row in sorted(split, key=lambda r: (r.arm is not None, r.stratum != ALL)):
        if (None, row.disease) not in found:
            found.setdefault((row.arm, row.disease), row)
    return list(found.values())


def _unsplit(rows: list[EvidenceRow], picked: list[EvidenceRow]) -> list[Excluded]:
    if picked:
        return []
    row = next((r for r in rows if r.stratum == ALL), rows[0])
    reason = row.excluded or f"mixes diseases without a split ({row.population})"
    if not row.excluded and row.population in ("", f"{row.total} patients"):
        reason = "the disease is not reported"
    return [Excluded(series=row.label, reason=reason)]


def _arms_that_differ(rows: list[EvidenceRow], traits: Iterable[str]) -> list[EvidenceRow]:
    """The rows of a series' arms, where these differ in one of the traits; else none."""
    arms = [r for r in rows if r.arm is not None]
    differ = any(
        len({getattr(r, COLUMNS[t]) for r in arms if r.stratum == ALL}) > 1 for t in traits
    )
    return arms if differ else []


def _whole_or_arms(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    """The whole-series row; the arms' rows where there is none."""
    whole = [r for r in rows if r.stratum == ALL and r.arm is None]
    return whole[:1] or [r for r in rows if r.stratum == ALL]


def _group(row: EvidenceRow, by: str | None) -> str | None:
    if by is None:
        return ALL
    value = getattr(row, COLUMNS[by])
    return None if value is None else value_text(value)
