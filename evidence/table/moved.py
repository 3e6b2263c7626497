"""What moved between one source as printed and the table as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from evidence.model.row import EvidenceRow

GIVEN = ("route", "dose_band", "doses_per_week", "population")
"""Traits of a series that may move besides its counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One value of one series that another source, or a correction, changed."""

    series: str
    label: str
    stratum: str
    what: str
    """Outcome, or the trait that moved."""
    printed: str | None
    """None: not in the table as printed."""
    now: str | None
    """None: no longer in the table."""
    source: str | None
    """Source the present value comes from."""
    printed_derived: bool = False
    derived: bool = False
    """The present count is derived, not stated."""


def moved(printed: Iterable[EvidenceRow], now: Iterable[EvidenceRow]) -> tuple[Moved, ...]:
    """Every count and trait that differs between two builds of the table, by series.

    Build them with ``build_rows(series, protocol, source=NAME)`` and without ``source``.
    """
    was, is_ = _by_key(printed), _by_key(now)
    series = {key[0] for key in was}
    found: dict[tuple[str, str, str], Moved] = {}
    for key in dict.fromkeys([*was, *is_]):
        if key[0] not in series:
            continue
        before, after = was.get(key), is_.get(key)
        row = after or before
        assert row is not None
        if _count(before) != _count(after):
            counts = _moved(row, row.outcome, _count(before), _count(after))
            found[key[0], key[1], key[2]] = replace(
                counts, printed_derived=_derived(before), derived=_derived(after)
            )
        for name in GIVEN if key[1] == "all" and before and after else ():
            x, y = getattr(before, name), getattr(after, name)
            if x != y and (key[0], "all", name) not in found:
                trait = _moved(row, name, _text(x), _text(y))
                if after is not None and trait.now is not None:
                    trait = replace(trait, source=dict(after.given_in).get(name, after.source))
                found[key[0], "all", name] = trait
    return tuple(found.values())


def _by_key(rows: Iterable[EvidenceRow]) -> dict[tuple[str, str, str], EvidenceRow]:
    return {(r.series, r.stratum, r.outcome): r for r in rows if r.arm is None}


def _count(row: EvidenceRow | None) -> str | None:
    return None if row is None or row.events is None else f"{row.events}/{row.total}"


def _derived(row: EvidenceRow | None) -> bool:
    return row is not None and row.how == "derived"


def _text(value: object) -> str | None:
    if value in (None, ""):
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def _moved(row: EvidenceRow, what: str, printed: str | None, now: str | None) -> Moved:
    return Moved(
        series=row.series,
        label=row.label,
        stratum=row.stratum,
        what=what,
        printed=printed,
        now=now,
        source=row.source if now is not None else None,
    )
