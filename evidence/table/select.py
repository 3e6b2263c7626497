"""The rows of one pooled number: each patient once, in groups, with what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidence.errors import Problem, unknown_name
from evidence.model.outcome import COMPLICATION_PREFIX, OUTCOME_NAMES
from evidence.model.pooled import Excluded
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.table.one_complication import complication_candidates
from evidence.table.regimen import MIXED

ALL = "all"
COLUMNS: dict[str, str] = {
    "route": "route",
    "dose": "dose_band",
    "disease": "disease",
    "drug": "drug",
    "design": "design",
    "schedule": "schedule",
    "doses_per_week": "doses_per_week",
    "dose_mg": "dose_mg_high",
    "year": "year",
    "status": "status",
    "source": "source",
    "series": "series",
    "stratum": "stratum",
    "arm": "arm",
    "how": "how",
}
"""Name in ``by`` and ``where`` → field of a row."""

Where = Mapping[str, str | Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Rows with a count, the group of each (``all`` without grouping), and what was left out."""

    outcome: str
    by: str | None
    rows: tuple[EvidenceRow, ...]
    groups: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def decisions(self) -> tuple[str, ...]:
        """Recorded decisions these rows rest on, each with its series."""
        found = (f"{row.label}: {d}" for row in self.rows for d in row.decisions)
        return tuple(dict.fromkeys(found))


def switches(protocol: Protocol) -> dict[str, bool]:
    """The switches of ``select`` as review.toml sets them (``[table]``)."""
    table = protocol.table
    return {
        "derived": table.derived,
        "attributed": table.attributed,
        "overlaps": table.overlaps,
        "unverified": table.unverified,
        "case_reports": table.case_reports,
    }


def select(
    rows: Iterable[EvidenceRow],
    outcome: str,
    *,
    by: str | None = None,
    where: Where | None = None,
    derived: bool = True,
    attributed: bool = True,
    overlaps: bool = False,
    unverified: bool = True,
    mixed_routes: bool = True,
    case_reports: bool = True,
) -> Selection:
    """Choose the rows a pooled number rests on; no patient is counted twice.

    Without ``by`` or by a trait of the series, each series gives its whole-series row (its arms
    where they differ in the trait). By disease, or where a disease is asked for, each series
    gives its disease strata, or itself where it has one disease only; a series that mixes
    diseases without a split is left out by name. ``overlaps=True`` also counts series whose
    patients are part of a larger one. Raises WrongUsage for an unknown name.
    """
    rows = list(rows)
    by = None if by in (None, "none") else by
    where = dict(where or {})
    for name in (*([by] if by else []), *where):
        if name not in COLUMNS:
            raise unknown_name("column", name, list(COLUMNS))
    candidates, excluded = _candidates(rows, outcome, by, where)
    switches = _Switches(derived, attributed, overlaps, unverified, mixed_routes, case_reports)
    chosen: list[tuple[EvidenceRow, str]] = []
    for row in candidates:
        if not _matches(row, where):
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


@dataclass(frozen=True, slots=True)
class _Switches:
    derived: bool
    attributed: bool
    overlaps: bool
    unverified: bool
    mixed_routes: bool
    case_reports: bool

    def apply(self, row: EvidenceRow) -> tuple[str | None, EvidenceRow]:
        """Why a row is left out (None: it stays), and the row as counted."""
        if not self.attributed and row.attributed_events and row.events is not None:
            left = row.events - row.attributed_events
            words = f"{row.events} less {row.attributed_events} ({row.attribution})"
            row = replace(row, events=left, derivation=words, attributed_events=0)
        if row.excluded:
            return row.excluded, row
        if row.events is None:
            return f"{_outcome_words(row.outcome)} is not reported", row
        if row.total is None or row.total == 0:
            return "the number of patients is not reported", row
        if row.events > row.total:
            return f"{row.events} events among {row.total} patients", row
        return self._switched_off(row), row

    def _switched_off(self, row: EvidenceRow) -> str | None:
        if not self.derived and row.how == "derived":
            return f"only derived: {row.derivation}"
        if not self.overlaps and row.overlaps:
            return f"its patients are counted in {', '.join(row.overlaps)}"
        if not self.unverified and row.status == "unverified":
            return "not verified"
        if not self.mixed_routes and row.route == MIXED:
            return "several routes"
        if not self.case_reports and is_case_report(row):
            return "a case report"
        return None


def is_case_report(row: EvidenceRow) -> bool:
    """One patient, or a design that says so."""
    return row.total == 1 or "case report" in (row.design or "").casefold()


def _candidates(
    rows: list[EvidenceRow], outcome: str, by: str | None, where: Where
) -> tuple[list[EvidenceRow], list[Excluded]]:
    if outcome.startswith(COMPLICATION_PREFIX):
        return complication_candidates(rows, outcome, by)
    found = [r for r in rows if r.outcome == outcome]
    if not found:
        known = dict.fromkeys([*OUTCOME_NAMES, *(r.outcome for r in rows)])
        if outcome not in known:
            raise unknown_name("outcome", outcome, [*known, f"{COMPLICATION_PREFIX}TERM"])
    if "stratum" in where or "arm" in where:
        return found, []
    chosen: list[EvidenceRow] = []
    excluded: list[Excluded] = []
    for name in dict.fromkeys(r.series for r in found):
        mine = [r for r in found if r.series == name]
        if by == "disease" or "disease" in where:
            picked = by_disease(mine)
            excluded += _unsplit(mine, picked)
        else:
            picked = _whole_or_arms(mine, by)
        chosen += picked
    return chosen, excluded


def by_disease(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    """One row per disease of a series: its strata, or itself where it has one disease only."""
    whole = [r for r in rows if r.arm is None]
    single = [r for r in whole if r.stratum == ALL and r.disease is not None]
    if single:
        return single[:1]
    found: dict[str, EvidenceRow] = {}
    for row in whole:
        if row.disease is not None and row.stratum == row.disease:
            found.setdefault(row.disease, row)
    return list(found.values())


def _unsplit(rows: list[EvidenceRow], picked: list[EvidenceRow]) -> list[Excluded]:
    if picked:
        return []
    row = next((r for r in rows if r.stratum == ALL), rows[0])
    reason = row.excluded or f"mixes diseases without a split ({row.population})"
    if not row.excluded and row.population in ("", f"{row.total} patients"):
        reason = "the disease is not reported"
    return [Excluded(series=row.label, reason=reason)]


def _whole_or_arms(rows: list[EvidenceRow], by: str | None) -> list[EvidenceRow]:
    """The whole-series row, or the arms' rows where they differ in the grouping."""
    whole = [r for r in rows if r.stratum == ALL and r.arm is None]
    arms = [r for r in rows if r.stratum == ALL and r.arm is not None]
    if by is not None and len({getattr(r, COLUMNS[by]) for r in arms}) > 1:
        return arms
    return whole[:1] or arms


def filter_rows(rows: Iterable[EvidenceRow], where: Where) -> tuple[EvidenceRow, ...]:
    """Rows that fit every condition, whatever their stratum; raises for an unknown column."""
    known = {**COLUMNS, "outcome": "outcome"}
    for name in where:
        if name not in known:
            raise unknown_name("column", name, list(known))
    outcome = where.get("outcome")
    rest = {name: value for name, value in where.items() if name != "outcome"}
    return tuple(r for r in rows if outcome in (None, r.outcome) and _matches(r, rest))


def _matches(row: EvidenceRow, where: Where) -> bool:
    for name, wanted in where.items():
        value = getattr(row, COLUMNS[name])
        options = [wanted] if isinstance(wanted, str) else list(wanted)
        if _text(value) not in {str(o).strip().casefold() for o in options}:
            return False
    return True


def _text(value: object) -> str:
    if value is None:
        return "not reported"
    return (f"{value:g}" if isinstance(value, float) else str(value)).casefold()


def _group(row: EvidenceRow, by: str | None) -> str | None:
    if by is None:
        return ALL
    value = getattr(row, COLUMNS[by])
    if value is None:
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def _outcome_words(outcome: str) -> str:
    return OUTCOME_NAMES.get(outcome, outcome.removeprefix(COMPLICATION_PREFIX))
