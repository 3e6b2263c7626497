"""Moderators as a design matrix: numbers scaled, words as levels, what is collinear named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evidence.errors import FindingsInData, Problem, WrongUsage
from evidence.pooling.arrays import Array

RANK_TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """``matrix`` (k, p) with an intercept first; numeric columns centred and scaled to sd 1."""

    matrix: Array
    names: tuple[str, ...]
    moderator: tuple[str, ...]
    """Which moderator each column belongs to; empty for the intercept."""
    centre: Array
    scale: Array
    rows: Array
    """Indices of the series that have every moderator."""
    problems: tuple[Problem, ...] = ()

    def unscale(self) -> Array:
        """The matrix that turns coefficients of scaled columns into those of the raw ones."""
        turn = np.diag(1 / self.scale)
        turn[0, :] = -self.centre / self.scale
        turn[0, 0] = 1.0
        return turn


def is_numeric(values: Iterable[Any]) -> bool:
    """Whether every value that is there reads as a number."""
    seen = False
    for value in values:
        if value is None or value == "":
            continue
        try:
            float(value)
        except (TypeError, ValueError):
            return False
        seen = True
    return seen


def build_design(moderators: Mapping[str, Iterable[Any]], series: Sequence[str]) -> Design:
    """Design of numeric and categorical moderators.

    Words become one column per level but the first (sorted). Series without a value are left
    out by name of the moderator; a column that the ones before determine is dropped by name.

    Raises:
        FindingsInData: no series has a value of every moderator.
    """
    k = len(series)
    columns = {name: list(values) for name, values in moderators.items()}
    for name, values in columns.items():
        if len(values) != k:
            raise WrongUsage(f"events has {k} values, but moderator {name} has {len(values)}.")
    rows = np.array([at for at in range(k) if _complete(columns, at)], dtype=int)
    problems = _left_out(columns, series, rows)
    if k and not len(rows):
        raise FindingsInData(*problems)
    built = [_Column("intercept", "", np.ones(len(rows)), 0.0, 1.0)]
    for name, values in columns.items():
        kept = [values[at] for at in rows]
        if len({str(value) for value in kept}) < 2:
            problems.append(_one_value(name))
            continue
        built += _numeric(name, kept) if is_numeric(values) else _levels(name, kept)
    kept_columns, dropped = _independent(built)
    problems += [_collinear(column, kept_columns) for column in dropped]
    return Design(
        matrix=np.column_stack([column.values for column in kept_columns]),
        names=tuple(column.name for column in kept_columns),
        moderator=tuple(column.moderator for column in kept_columns),
        centre=np.array([column.centre for column in kept_columns]),
        scale=np.array([column.scale for column in kept_columns]),
        rows=rows,
        problems=tuple(problems),
    )


@dataclass(slots=True, eq=False)
class _Column:
    name: str
    moderator: str
    values: Array
    centre: float
    scale: float


def _complete(columns: Mapping[str, list[Any]], at: int) -> bool:
    return all(
        values[at] is not None and values[at] == values[at] and values[at] != ""
        for values in columns.values()
    )


def _numeric(name: str, values: list[Any]) -> list[_Column]:
    numbers = np.array([float(value) for value in values])
    centre, scale = float(numbers.mean()), float(numbers.std())
    return [_Column(name, name, (numbers - centre) / scale, centre, scale)]


def _levels(name: str, values: list[Any]) -> list[_Column]:
    levels = sorted({str(value) for value in values}, key=lambda level: (level.casefold(), level))
    words = np.array([str(value) for value in values])
    return [
        _Column(f"{name}={level}", name, (words == level).astype(float), 0.0, 1.0)
        for level in levels[1:]
    ]


def _independent(columns: list[_Column]) -> tuple[list[_Column], list[_Column]]:
    kept: list[_Column] = []
    dropped: list[_Column] = []
    basis = np.empty((len(columns[0].values), 0))
    for column in columns:
        rest = column.values - basis @ (basis.T @ column.values)
        rest = rest - basis @ (basis.T @ rest)
        size = float(np.linalg.norm(rest))
        if size <= RANK_TOLERANCE * max(1.0, float(np.linalg.norm(column.values))):
            dropped.append(column)
            continue
        kept.append(column)
        basis = np.column_stack([basis, rest / size])
    return kept, dropped


def _left_out(
    columns: Mapping[str, list[Any]], series: Sequence[str], rows: Array
) -> list[Problem]:
    missing = sorted(set(range(len(series))) - set(rows.tolist()))
    if not missing:
        return []
    names = sorted(
        name for name, values in columns.items() if any(values[at] in (None, "") for at in missing)
    )
    return [
        Problem(
            code="moderator-missing",
            message=f"{len(missing)} series lack a value of {', '.join(names) or 'a moderator'} "
            f"(rows {', '.join(series[at] for at in missing)}) and are left out.",
        )
    ]


def _one_value(name: str) -> Problem:
    return Problem(
        code="one-value",
        message=f"Moderator {name} has one value in all series; nothing can be estimated for it.",
    )


def _collinear(column: _Column, kept: list[_Column]) -> Problem:
    matrix = np.column_stack([other.values for other in kept])
    weights = np.linalg.lstsq(matrix, column.values, rcond=None)[0]
    named = [
        other.name
        for other, weight in zip(kept, weights, strict=True)
        if abs(weight) > 1e-6 and other.moderator
    ]
    return Problem(
        code="collinear",
        message=f"{column.name} is determined by {', '.join(named) or 'the intercept'}: "
        "the two cannot be told apart, and it was left out.",
        remedy="drop one of them, or find series that break the tie",
    )
