"""Confounding before any comparison: cross-table, empty cells, rank, aliased contrasts named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import numpy as np

from evidence.errors import Problem
from evidence.model.pooled import Contrast

Labels = Sequence[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One combination of levels, with what is in it; ``series`` 0 is an empty cell."""

    levels: tuple[str, ...]
    series: int
    patients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confounding:
    """How the groupings of a set of series hang together."""

    factors: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    cells: tuple[Cell, ...]
    """Every combination of all factors, empty ones too, in order of levels."""
    rank: int
    columns: int
    """Columns of the design with all factors; above ``rank`` some cannot be told apart."""
    determined: tuple[tuple[str, str], ...]
    """Pairs (a, b): the level of a fixes the level of b."""
    unlabelled: int
    """Series without a label in some factor, in no cell."""
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> tuple[Cell, ...]:
        """Combinations no series stands in."""
        return tuple(cell for cell in self.cells if cell.series == 0)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "factors": list(self.factors),
            "levels": [list(names) for names in self.levels],
            "cells": [
                {"levels": list(c.levels), "series": c.series, "patients": c.patients}
                for c in self.cells
            ],
            "empty": [list(cell.levels) for cell in self.empty],
            "rank": self.rank,
            "columns": self.columns,
            "determined": [list(pair) for pair in self.determined],
            "unlabelled": self.unlabelled,
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def __str__(self) -> str:
        lines = [" x ".join(self.factors) + ": series (patients)"]
        lines += [
            f"  {' / '.join(cell.levels)}: "
            + (f"{cell.series} ({cell.patients})" if cell.series else "none")
            for cell in self.cells
        ]
        return "\n".join([*lines, *(f"! {p.code}: {p}" for p in self.problems)])


def cross_table(
    factors: Mapping[str, Labels], total: Sequence[float], *, mixed: str | None = "mixed"
) -> Confounding:
    """Cross-table of all ``factors`` (name -> label per series) in series and patients."""
    names = tuple(factors)
    complete = [
        at for at in range(len(total)) if all(factors[name][at] is not None for name in names)
    ]
    rows = [tuple(str(factors[name][at]) for name in names) for at in complete]
    levels = tuple(
        tuple(sorted({row[i] for row in rows}, key=str.casefold)) for i in range(len(names))
    )
    cells = []
    for combination in product(*levels):
        inside = [at for at, row in zip(complete, rows, strict=True) if row == combination]
        patients = int(sum(total[at] for at in inside))
        cells.append(Cell(levels=combination, series=len(inside), patients=patients))
    rank, columns = _rank(rows, levels)
    determined = tuple(
        (names[i], names[j])
        for i in range(len(names))
        for j in range(len(names))
        if i != j and len(levels[j]) > 1 and _fixes(rows, i, j)
    )
    table = Confounding(
        factors=names,
        levels=levels,
        cells=tuple(cells),
        rank=rank,
        columns=columns,
        determined=determined,
        unlabelled=len(total) - len(complete),
    )
    return replace(table, problems=tuple(_table_problems(table, rows, mixed)))


def _rank(rows: list[tuple[str, ...]], levels: tuple[tuple[str, ...], ...]) -> tuple[int, int]:
    if not rows:
        return 0, 0
    columns = [np.ones(len(rows))]
    for i, names in enumerate(levels):
        columns += [np.array([float(row[i] == name) for row in rows]) for name in names[1:]]
    return int(np.linalg.matrix_rank(np.column_stack(columns))), len(columns)


def _fixes(rows: list[tuple[str, ...]], i: int, j: int) -> bool:
    seen: dict[str, str] = {}
    return all(seen.setdefault(row[i], row[j]) == row[j] for row in rows)


def _table_problems(
    table: Confounding, rows: list[tuple[str, ...]], mixed: str | None
) -> list[Problem]:
    found = []
    if table.rank < table.columns:
        found.append(
            Problem(
                code="rank-deficient",
                message=f"The design of {', '.join(table.factors)} has rank {table.rank} of "
                f"{table.columns}: some levels cannot be told apart.",
            )
        )
    for a, b in table.determined:
        found.append(
            Problem(code="aliased", message=f"{a} determines {b}: no series tells them apart.")
        )
    pairs = _empty_pairs(table, rows)
    if pairs:
        found.append(Problem(code="empty-cells", message=f"No series with {'; '.join(pairs)}."))
    shared = sum(mixed in row for row in rows) if mixed is not None else 0
    if shared:
        found.append(
            Problem(
                code="mixed-series",
                message=f"{shared} of {len(rows)} series belong to several levels at once "
                f"('{mixed}') and stay out of the contrasts between the others.",
            )
        )
    return found


def _empty_pairs(table: Confounding, rows: list[tuple[str, ...]]) -> list[str]:
    empty = []
    for i, j in combinations(range(len(table.factors)), 2):
        seen = {(row[i], row[j]) for row in rows}
        empty += [
            f"{table.factors[i]} {a} and {table.factors[j]} {b}"
            for a, b in product(table.levels[i], table.levels[j])
            if (a, b) not in seen
        ]
    return empty


def mark_aliased(
    contrasts: Sequence[Contrast], by_name: str, by: Labels, moderators: Mapping[str, Labels]
) -> tuple[list[Contrast], list[Problem]]:
    """Contrasts with ``aliased`` set where another moderator parts the two levels as well."""
    marked, problems = [], []
    for contrast in contrasts:
        reasons = [
            reason
            for name, labels in moderators.items()
            if name != by_name and (reason := _aliasing(contrast, by, name, labels))
        ]
        if reasons:
            text = "; ".join(reasons)
            contrast = replace(contrast, aliased=text)
            problems.append(
                Problem(
                    code="confounded",
                    message=f"{contrast.a} against {contrast.b} ({by_name}) cannot be told apart "
                    f"from other differences: {text}.",
                    remedy="read it as a difference between sets of series, with no cause named",
                )
            )
        marked.append(contrast)
    return marked, problems


def _aliasing(contrast: Contrast, by: Labels, name: str, labels: Labels) -> str | None:
    """Why ``name`` parts the two levels of a contrast, or None where they overlap."""
    a, b = (
        [label for group, label in zip(by, labels, strict=True) if group == level and label]
        for level in (contrast.a, contrast.b)
    )
    if not a or not b or len(set(a) | set(b)) < 2:
        return None
    shared = set(a) & set(b)
    if not shared:
        return f"{name} differs as well (no {name} occurs in both)"
    for own, other, group in ((a, contrast.b, contrast.a), (b, contrast.a, contrast.b)):
        common = sum(label in shared for label in own)
        if common <= 1 and len(own) > 2:
            return (
                f"{name} differs as well (only {common} of {len(own)} {group} series shares its"
                f" {name} with any {other} series)"
            )
    return None
