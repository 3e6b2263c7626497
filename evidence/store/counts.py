"""Counts against their total in the plain data of a file, whether or not the rest is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.errors import Place, Problem, Severity
from evidence.model.paths import value_at

if TYPE_CHECKING:
    from evidence.store.plain import PlainYaml

SINGLE = ("CR", "PR", "SD", "PD", "NE", "MR", "ORR", "DCR", "deaths")


def check_counts(plain: PlainYaml, *, name: str) -> list[Problem]:
    """Events above the total they are among, in responses and complications of every arm."""
    problems = []
    for a, arm in enumerate(_list(value_at(plain.data, "arms"))):
        if not isinstance(arm, dict):
            continue
        for r, block in enumerate(_list(arm.get("responses"))):
            if isinstance(block, dict):
                problems += _check_block(plain, name, arm, block, ("arms", a, "responses", r))
        for c, entry in enumerate(_list(arm.get("complications"))):
            if not isinstance(entry, dict):
                continue
            events, total = _count(entry.get("events")), _count(entry.get("total"))
            if events is not None and total is not None and events > total:
                path = ("arms", a, "complications", c, "events")
                what = f"{entry.get('term')}: {events} among {total} patients"
                problems.append(_above(plain, name, path, what))
    return problems


def _check_block(
    plain: PlainYaml,
    name: str,
    arm: dict[str, Any],
    block: dict[str, Any],
    path: tuple[str | int, ...],
) -> list[Problem]:
    total = _count(block.get("total"))
    if total is None:
        total = _scope_size(arm, block.get("scope", "all"))
    if total is None:
        return []
    problems = [
        _above(plain, name, (*path, key), f"{key} is {events} among {total} patients")
        for key in SINGLE
        if (events := _count(block.get(key))) is not None and events > total
    ]
    cr, pr = (_count(block.get(key)) or 0 for key in ("CR", "PR"))
    if not problems and cr + pr > total:
        what = f"{cr + pr} responders (CR {cr} + PR {pr}) among {total} patients"
        problems.append(_above(plain, name, path, what, code="responders-above-total"))
    return problems


def _scope_size(arm: dict[str, Any], scope: Any) -> int | None:
    population = arm.get("population")
    sizes = population if isinstance(population, dict) else {}
    if scope != "all":
        return _count(sizes.get(scope))
    if (total := _count(arm.get("total"))) is not None:
        return total
    counts = [_count(v) for v in sizes.values()]
    known = [c for c in counts if c is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _above(
    plain: PlainYaml,
    name: str,
    path: tuple[str | int, ...],
    what: str,
    *,
    code: str = "events-above-total",
) -> Problem:
    series = value_at(plain.data, "series")
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=f"{what}; expected events <= total.",
        remedy=f"correct the count or the total in {series}.yaml"
        if series
        else "correct the count or the total",
        source=Place(document=name, line=plain.line_of(path)),
    )


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
