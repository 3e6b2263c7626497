"""Several sources of one series that say different things: both are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evidence.model.finding import Finding, FindingSeverity
from evidence.model.quantity import Amount, Duration
from evidence.model.row import EvidenceRow
from evidence.model.series import Arm, Complication, Series
from evidence.table.audit.base import Case, finding
from evidence.table.build import build_rows
from evidence.table.places import place_of
from evidence.table.population import is_pooled, is_variety, label_parts
from evidence.table.regimen import route_of

COUNTS = ("CR", "PR", "SD", "PD", "ORR")


class Pair(NamedTuple):
    """Two sources of one series, the preferred first."""

    first: Series
    second: Series
    names: tuple[str, str]
    printed: bool
    """The main analysis takes the second as it is printed."""


def conflicts(case: Case) -> Iterator[Finding]:
    """Every field that two sources of one series state differently, most preferred source first.

    Each field of a source is held against the most preferred source that states it.
    """
    printed = case.protocol.table.as_printed_in
    for versions in case.versions.values():
        told: set[tuple[str | None, str]] = set()
        for (name, first), (other, second) in combinations(versions, 2):
            pair = Pair(first, second, (name, other), printed == other)
            for found in _of_pair(pair, case):
                if told.isdisjoint({(found.field, name), (found.field, other)}):
                    told.add((found.field, other))
                    yield found


def _of_pair(pair: Pair, case: Case) -> Iterator[Finding]:
    sized = [*_patients(pair)]
    yield from sized
    yield from _counts(pair, case, other_sizes=bool(sized))
    if all(len(s.arms) == 1 for s in pair[:2]):
        yield from _given(pair)
        yield from _durations(pair)
        yield from _fatal(pair)


def _counts(pair: Pair, case: Case, *, other_sizes: bool) -> Iterator[Finding]:
    """Responses that differ; equal ones of other numbers of patients where nothing says that."""
    first, second = ({_key(r): r for r in _rows(s, case)} for s in pair[:2])
    for key, row in first.items():
        other = second.get(key)
        if other is None or None in (row.events, other.events):
            continue
        if row.events == other.events and (other_sizes or row.total == other.total):
            continue
        told_apart = "derived" in (row.how, other.how) or _other_times(row, other)
        severity: FindingSeverity = "medium" if told_apart or key[1] in {"SD", "PD"} else "high"
        yield _conflict(
            pair,
            row.outcome if row.stratum == "all" else f"{row.outcome} ({row.stratum})",
            _said(row),
            _said(other),
            "arms[0].responses",
            severity=severity,
            places=(row, other),
        )


def _other_times(a: EvidenceRow, b: EvidenceRow) -> bool:
    return len({a.timepoint, b.timepoint} - {None}) > 1


def _said(row: EvidenceRow) -> str:
    counts = f"{row.events} of {row.total}"
    return f"{counts} ({row.timepoint})" if row.timepoint else counts


def _rows(series: Series, case: Case) -> list[EvidenceRow]:
    rows, _ = build_rows([series], case.protocol)
    return [r for r in rows if r.outcome in COUNTS and r.arm is None]


def _key(row: EvidenceRow) -> tuple[str, str]:
    return row.stratum, row.outcome


def _patients(pair: Pair) -> Iterator[Finding]:
    a, b = (s.arms[0] for s in pair[:2])
    if len(pair.first.arms) > 1 or len(pair.second.arms) > 1:
        return
    if _diseases(a) and _diseases(b) and not _alike(a, b):
        yield _conflict(pair, "patients", _diseases(a), _diseases(b), "arms[0].population",
                        severity="high")  # fmt: skip


def _given(pair: Pair) -> Iterator[Finding]:
    a, b = (s.arms[0] for s in pair[:2])
    for what, x, y, field in (
        ("route", _routes(a), _routes(b), "arms[0].regimen.routes"),
        ("dose", _amount(a.regimen.dose_mg), _amount(b.regimen.dose_mg), "arms[0].regimen.dose_mg"),
        (
            "doses per week",
            _amount(a.regimen.doses_per_week),
            _amount(b.regimen.doses_per_week),
            "arms[0].regimen.doses_per_week",
        ),
    ):
        if x and y and x != y:
            yield _conflict(pair, what, x, y, field)


def _durations(pair: Pair) -> Iterator[Finding]:
    """One median under two endpoints, or two medians under one."""
    mine, others = (
        [(n, d) for n, d in enumerate(s.arms[0].response_months) if d.point is not None]
        for s in pair[:2]
    )
    for j, other in others:
        same = [(i, d) for i, d in mine if (d.endpoint or "DOR") == (other.endpoint or "DOR")]
        if same:
            i, d = same[0]
            if abs((d.point or 0) - (other.point or 0)) > 0.06 and d.patients == other.patients:
                yield _conflict(pair, "response duration", _time(d), _time(other),
                                f"arms[0].response_months[{i}]",
                                second=f"arms[0].response_months[{j}]")  # fmt: skip
            continue
        alike = [(i, d) for i, d in mine if abs((d.point or 0) - (other.point or 0)) <= 0.06]
        if alike:
            i, d = alike[0]
            yield _conflict(pair, "endpoint of a duration", _time(d), _time(other),
                            f"arms[0].response_months[{i}]",
                            second=f"arms[0].response_months[{j}]")  # fmt: skip


def _fatal(pair: Pair) -> Iterator[Finding]:
    """A complication that one source calls fatal and the other does not, or counts otherwise."""
    a, b = (list(enumerate(s.arms[0].complications or ())) for s in pair[:2])
    for i, entry in a:
        named = next(((j, other) for j, other in b if _name(entry) == _name(other)), None)
        match = named or next(((j, other) for j, other in b if _one_event(entry, other)), None)
        if match is None:
            continue
        j, other = match
        first, second = f"arms[0].complications[{i}]", f"arms[0].complications[{j}]"
        if bool(entry.fatal) != bool(other.fatal):
            yield _conflict(pair, entry.term, _fate(entry), _fate(other),
                            f"{first}.fatal", second=second)  # fmt: skip
        if None not in (entry.events, other.events) and entry.events != other.events:
            yield _conflict(pair, entry.term, str(entry.events), str(other.events),
                            f"{first}.events", second=second)  # fmt: skip


def _name(entry: Complication) -> str:
    return (entry.preferred or entry.term).casefold()


def _one_event(a: Complication, b: Complication) -> bool:
    """One complication in other words: as many of one class, all words of one term in the other's.

    *Aspergillosis* in one source is the *pulmonary aspergillosis* of another.
    """
    x, y = ({w[:8] for w in re.findall(r"\w{4,}", c.term.casefold())} for c in (a, b))
    same = a.group == b.group and a.events is not None and a.events == b.events
    return same and bool(x and y) and (x <= y or y <= x)


def _conflict(
    pair: Pair,
    what: str,
    first: str,
    second_value: str,
    field: str,
    *,
    second: str | None = None,
    severity: FindingSeverity = "medium",
    places: tuple[EvidenceRow, EvidenceRow] | None = None,
) -> Finding:
    names = pair.names
    other = place_of(pair.second, second or field) if places is None else places[1].place
    return finding(
        "sources-differ",
        severity,
        pair.first,
        f"{field}.{what}" if places else field,
        stated=f"{what}: {first} in {names[0]}",
        computed=f"{what}: {second_value} in {names[1]}",
        arithmetic=f"{what}: {first} ({names[0]}) against {second_value} ({names[1]})",
        would_change=f"{names[1]} is taken as it is printed; {names[0]} would give {first}"
        if pair.printed
        else f"{names[0]} is preferred; {names[1]} would give {second_value}",
        also=[] if other is None else [other],
    )


def _diseases(arm: Arm) -> str:
    return ", ".join(f"{n} {d}" for d, n in sorted(arm.population.items()))


def _alike(a: Arm, b: Arm) -> bool:
    """The same patients by disease, or one source splits what the other pools."""
    if a.population == b.population:
        return True
    first, second = ({p for d in arm.population for p in label_parts(d)} for arm in (a, b))
    same = _covered(first, second) and _covered(second, first)
    sizes = {sum(arm.population.values()) for arm in (a, b)}
    pooled = any(is_pooled(d) for arm in (a, b) for d in arm.population)
    return pooled and same and len(sizes) == 1


def _covered(labels: set[str], others: set[str]) -> bool:
    """Whether each label is among the others, or one of the two is a variety of the other."""
    return all(
        any(a.casefold() == b.casefold() or is_variety(a, b) or is_variety(b, a) for b in others)
        for a in labels
    )


def _routes(arm: Arm) -> str:
    return route_of(arm.regimen) or ""


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    return f"{amount.low:g}" if amount.low == amount.high else f"{amount.low:g}–{amount.high:g}"


def _time(duration: Duration) -> str:
    bound = duration.comparator or ""
    return f"{duration.endpoint or 'response duration'} {bound}{duration.point:g} months"


def _fate(entry: Complication) -> str:
    return "no word of death" if entry.fatal is None else "fatal" if entry.fatal else "not fatal"
