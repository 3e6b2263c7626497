"""Several sources of one series: each unit from the most preferred that states it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.model.outcome import ANY_COMPLICATION, COMPLICATION_PREFIX
from evidence.model.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.store.files import StoredSeries

KIND_ORDER = ("original", "registry", "entered", "review", "abstract")
"""Preference between kinds of source where review.toml does not name the source."""
GIVEN = (
    "year",
    "dose_mg_low",
    "dose_mg_high",
    "dose_band",
    "route",
    "doses_per_week",
    "schedule",
    "drug",
    "design",
)
"""Fields of a row that are taken one by one from the first source that states them."""
DOSE = ("dose_mg_low", "dose_mg_high", "dose_band", "dose_unit")
"""Fields of a row that come from one source together."""


def plain_series(item: StoredSeries | Series) -> Series:
    """The series, with or without the file it came from."""
    return item if isinstance(item, Series) else item.series


def source_name(item: StoredSeries | Series) -> str:
    """The folder under ``extracted/``; the document's name for a series that has no file."""
    return item.source.document if isinstance(item, Series) else item.source


Versions = list[tuple[str, Series]]
"""One series as each source has it, (source, series), most preferred first."""


def named_versions(items: Iterable[StoredSeries | Series]) -> Versions:
    """Every series with the name of its source."""
    return [(source_name(item), plain_series(item)) for item in items]


def by_series(
    items: Iterable[StoredSeries | Series], protocol: Protocol, *, source: str | None = None
) -> dict[str, Versions]:
    """Series id → its versions, most preferred first.

    With ``source``, the series that this source holds come from it alone.
    """
    groups = group_versions(named_versions(items), protocol)
    return {key: [v for v in found if v[0] == source] or found for key, found in groups.items()}


def group_versions(versions: Versions, protocol: Protocol) -> dict[str, Versions]:
    """Series id → its versions in the order of review.toml, then by kind of source and name."""
    order = {entry.name: i for i, entry in enumerate(protocol.source)}
    kinds = {name: i for i, name in enumerate(KIND_ORDER)}
    groups: dict[str, Versions] = {}
    for name, series in versions:
        groups.setdefault(series.series, []).append((name, series))

    def preference(version: tuple[str, Series]) -> tuple[int, int, str]:
        name, series = version
        return order.get(name, len(order)), kinds.get(series.source.kind, len(kinds)), name

    return {key: sorted(found, key=preference) for key, found in groups.items()}


def merge_rows(versions: list[list[EvidenceRow]]) -> list[EvidenceRow]:
    """Rows of one series from several sources, most preferred first → one set of rows.

    A stratum's response counts are one unit: they come from the first source that states any of
    them, and what it leaves out is filled from the next only where both agree on the responders
    and nothing then exceeds the total. The arms are those of the first source that has several,
    each under its label there: under other labels the same patients would stand twice.
    Complications are taken term by term, regimen, design and population field by field.
    """
    versions = [rows for rows in versions if rows]
    if len(versions) <= 1:
        return versions[0] if versions else []
    merged: list[EvidenceRow] = []
    units: dict[tuple[str | None, str, bool], list[dict[str, EvidenceRow]]] = {}
    for rows in versions:
        mine: dict[tuple[str | None, str, bool], dict[str, EvidenceRow]] = {}
        for row in rows:
            complication = row.outcome.startswith(COMPLICATION_PREFIX)
            mine.setdefault((row.arm, row.stratum, complication), {})[row.outcome] = row
        for key, unit in mine.items():
            units.setdefault(key, []).append(unit)
    main = versions[0]
    for key, found in units.items():
        stated = _counted_first([unit for unit in found if _states(unit)] or found[:1])
        merged += _by_term(found) if key[2] else _fill(stated)
    arms = next((named for rows in versions if (named := {r.arm for r in rows} - {None})), set())
    return [
        _given(row, versions) for row in merged if row.arm in {None, *arms} and _kept(row, main)
    ]


def _by_term(units: list[dict[str, EvidenceRow]]) -> list[EvidenceRow]:
    """Each complication from the first source that names it; *none* only where no source does."""
    found: dict[str, EvidenceRow] = {}
    for unit in units:
        for outcome, row in unit.items():
            if found.get(outcome) is None or found[outcome].events is None:
                found[outcome] = row
    terms = [row for outcome, row in found.items() if outcome != ANY_COMPLICATION]
    return terms or list(found.values())


def _states(unit: dict[str, EvidenceRow]) -> bool:
    return any(row.events is not None for row in unit.values())


def _counted_first(units: list[dict[str, EvidenceRow]]) -> list[dict[str, EvidenceRow]]:
    """Where the preferred source gives percentages only and another the same counts, the counts."""
    first = units[0]
    if any(row.how in {"stated", "entered"} for row in first.values()):
        return units
    for other in units[1:]:
        shared = [o for o in first if o in other and None not in (first[o].events, other[o].events)]
        alike = all((first[o].events, first[o].total) == (other[o].events, other[o].total)
                    for o in shared)  # fmt: skip
        if shared and alike and any(row.how == "stated" for row in other.values()):
            return [other, *(u for u in units if u is not other)]
    return units


def _fill(units: list[dict[str, EvidenceRow]]) -> list[EvidenceRow]:
    first = dict(units[0])
    for other in units[1:]:
        if not _agree(first, other):
            continue
        for outcome, row in other.items():
            mine = first.get(outcome)
            if row.events is not None and (mine is None or mine.events is None):
                first[outcome] = row
    return list(first.values())


def _agree(a: dict[str, EvidenceRow], b: dict[str, EvidenceRow]) -> bool:
    """Same patients, time and responders, and together no more patients than there are."""
    shared = [o for o in a if o in b and None not in (a[o].events, b[o].events)]
    totals = {row.total for unit in (a, b) for row in unit.values()}
    times = {row.timepoint for unit in (a, b) for row in unit.values()} - {None}
    if len(totals) != 1 or not shared or len(times) > 1:
        return False
    if "ORR" in shared and a["ORR"].events != b["ORR"].events:
        return False
    if "ORR" not in shared and any(a[o].events != b[o].events for o in shared):
        return False
    (total,) = totals
    best = {**_known(b), **_known(a)}
    return total is None or sum(best.get(o, 0) for o in ("CR", "PR", "SD", "PD", "NE")) <= total


def _known(unit: dict[str, EvidenceRow]) -> dict[str, int]:
    return {o: row.events for o, row in unit.items() if row.events is not None}


def _kept(row: EvidenceRow, main: list[EvidenceRow]) -> bool:
    """Strata by disease of a lesser source stay only where they refine the preferred one's."""
    if row.stratum == "all" or row.source == main[0].source:
        return True
    diseases = {r.disease for r in main if r.stratum == "all" and r.arm is None}
    return diseases <= {None, row.disease}


def _given(row: EvidenceRow, versions: list[list[EvidenceRow]]) -> EvidenceRow:
    """The row with regimen, design and year from the first source that states each."""
    heads = [rows[0] for rows in versions]
    if row.arm is not None:
        heads = [r for rows in versions for r in rows if r.arm == row.arm][:1]
    origin = {name: _first(heads, name) for name in GIVEN}
    dosed = _first(heads, "dose_mg_high")
    origin |= dict.fromkeys(DOSE, dosed)
    if row.stratum == "all" and row.arm is None:
        known = next((h for h in heads if h.population), heads[0])
        origin["population"] = known
        if not row.outcome.startswith(COMPLICATION_PREFIX):
            origin["disease"] = known
    values: dict[str, Any] = {
        name: None if head is None else getattr(head, name) for name, head in origin.items()
    }
    if dosed is None:
        values["dose_unit"] = row.dose_unit
    elsewhere = {
        name: head.source
        for name, head in origin.items()
        if head is not None and head.source != row.source and values[name] not in (None, "")
    }
    return replace(row, **values, given_in=tuple(elsewhere.items()))


def _first(heads: list[EvidenceRow], name: str) -> EvidenceRow | None:
    """The first row that states a trait."""
    return next((h for h in heads if getattr(h, name) is not None), None)
