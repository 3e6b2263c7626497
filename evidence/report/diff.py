"""What changed between two ``results.json``: rows, and which rows moved which pooled numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from evidence.report.difference import Cause, Difference, Move, RowChange

Results = Mapping[str, Any]
Study = Mapping[str, Any]
Estimate = Callable[[Sequence[Study], Mapping[str, Any]], float | None]
"""(studies, the pooled result's settings) to a pooled proportion; None when there is none."""

IGNORED = ("place", "page", "document", "source", "decisions", "terms", "given_in")
"""Row fields whose change is no change of evidence."""


def diff_results(old: Results, new: Results, *, estimate: Estimate | None = None) -> Difference:
    """Compare two versions; ``estimate`` pools anew when rows are put back one at a time.

    Without ``estimate`` the same methods as in ``new`` are run by ``evidence.pooling``.
    """
    run = estimate or pool_again
    return Difference(
        rows=tuple(diff_rows(old.get("rows", ()), new.get("rows", ()))),
        moves=tuple(_moves(old.get("pooled", ()), new.get("pooled", ()), run)),
    )


def row_key(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """What makes a row the same row in both versions."""
    return row["series"], row.get("arm") or "", row["stratum"], row["outcome"]


def diff_rows(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> list[RowChange]:
    """Rows added, removed and changed, ordered by series, outcome and stratum."""
    before = {row_key(row): row for row in old}
    after = {row_key(row): row for row in new}
    changes: list[RowChange] = []
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        some = other or one or {}
        fields = _fields(one, other) if one and other else ()
        if one and other and not fields:
            continue
        changes.append(
            RowChange(
                kind="changed" if one and other else "added" if other else "removed",
                series=key[0],
                label=some.get("label") or key[0],
                arm=key[1] or None,
                stratum=key[2],
                outcome=key[3],
                fields=fields,
                before=_counts(one),
                after=_counts(other),
            )
        )
    return changes


def _fields(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[tuple[str, Any, Any], ...]:
    names = [name for name in other if name not in IGNORED]
    names += [name for name in one if name not in names and name not in IGNORED]
    return tuple(
        (name, one.get(name), other.get(name))
        for name in names
        if _same(one.get(name)) != _same(other.get(name))
    )


def _same(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _counts(row: Mapping[str, Any] | None) -> str | None:
    if row is None:
        return None
    if row.get("events") is None:
        return "not reported"
    return f"{row['events']}/{'?' if row.get('total') is None else row['total']}"


def _moves(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]], run: Estimate
) -> list[Move]:
    before, after = _groups(old), _groups(new)
    moves: list[Move] = []
    for key in [*after, *(key for key in before if key not in after)]:
        one, other = before.get(key), after.get(key)
        was = one[1].get("estimate") if one else None
        now = other[1].get("estimate") if other else None
        if was == now or (was is not None and now is not None and abs(was - now) < 1e-9):
            continue
        moves.append(
            Move(
                outcome=key[0],
                by=key[1],
                group=key[2],
                before=was,
                after=now,
                k_before=one[1].get("k") if one else None,
                k_after=other[1].get("k") if other else None,
                causes=tuple(_causes(one, other, run)),
            )
        )
    return moves


Group = tuple[Mapping[str, Any], Mapping[str, Any]]


def _groups(pooled: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str | None, str], Group]:
    return {
        (result["outcome"], result.get("by"), group["group"]): (result, group)
        for result in pooled
        for group in result["groups"]
    }


def _causes(one: Group | None, other: Group | None, run: Estimate) -> list[Cause]:
    was = {study["series"]: study for study in one[1]["studies"]} if one else {}
    now = {study["series"]: study for study in other[1]["studies"]} if other else {}
    causes: list[Cause] = []
    for series in sorted(was.keys() | now.keys()):
        before, after = _counts(was.get(series)), _counts(now.get(series))
        if before == after:
            continue
        estimate = _put_back(series, was, now, other, run)
        shift = None
        if other is not None and estimate is not None and other[1].get("estimate") is not None:
            shift = other[1]["estimate"] - estimate
        causes.append(
            Cause(series=series, before=before, after=after, estimate_without=estimate, shift=shift)
        )
    return sorted(causes, key=lambda cause: -abs(cause.shift or 0))


def _put_back(
    series: str,
    was: Mapping[str, Study],
    now: Mapping[str, Study],
    other: Group | None,
    run: Estimate,
) -> float | None:
    if other is None:
        return None
    studies = [study for name, study in now.items() if name != series]
    if series in was:
        studies.append(was[series])
    return run(studies, other[0]) if studies else None


def pool_again(studies: Sequence[Study], settings: Mapping[str, Any]) -> float | None:
    """Pool counts with the method, transform, test and level of a result."""
    from evidence.pooling import pool

    result = pool(
        [study["events"] for study in studies],
        [study["total"] for study in studies],
        series=[study["series"] for study in studies],
        **{name: settings[name] for name in ("method", "transform", "test", "level")},
    )
    return result.groups[0].estimate
