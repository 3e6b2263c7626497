"""Counts as they come in: checked row by row, every fault named at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence.errors import FindingsInData, Place, Problem, Severity, WrongUsage
from evidence.pooling.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """Checked counts: ``events`` and ``total`` (k,), whole, 0 <= events <= total, total >= 1."""

    events: Array
    total: Array
    series: tuple[str, ...]
    derived: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.events)

    def take(self, keep: NDArray[Any]) -> Counts:
        """The series selected by a mask or by indices."""
        index = np.flatnonzero(keep) if keep.dtype == bool else keep
        return Counts(
            events=self.events[index],
            total=self.total[index],
            series=tuple(self.series[i] for i in index),
            derived=self.derived[index],
        )


def check_counts(
    events: Iterable[Any],
    total: Iterable[Any],
    *,
    series: Iterable[Any] | None = None,
    derived: Iterable[bool] | None = None,
) -> Counts:
    """Counts from any sequences of numbers.

    Raises FindingsInData with one Problem per faulty row: missing, not whole, negative,
    events above total, total of 0; WrongUsage where the lengths differ.
    """
    all_events, all_totals = _as_list(events), _as_list(total)
    k = len(all_events)
    names = _names(series, k)
    flags = [False] * k if derived is None else [bool(flag) for flag in derived]
    _same_length(k, total=len(all_totals), series=len(names), derived=len(flags))
    if k == 0:
        raise FindingsInData(_fault("no-series", "There is nothing to pool: no series was given."))
    fast = _fast(all_events, all_totals)
    if fast is None:
        faults = [
            fault
            for row, (name, x, n) in enumerate(
                zip(names, all_events, all_totals, strict=True), start=1
            )
            if (fault := _row_fault(row, name, x, n)) is not None
        ]
        if faults:
            raise FindingsInData(*faults)
        fast = np.array(all_events, float), np.array(all_totals, float)
    return Counts(events=fast[0], total=fast[1], series=names, derived=np.array(flags, dtype=bool))


def _as_list(values: Any) -> Any:
    return values if isinstance(values, (list, tuple, np.ndarray)) else list(values)


def _names(series: Iterable[Any] | None, k: int) -> tuple[str, ...]:
    if series is None:
        return tuple(map(str, range(1, k + 1)))
    return tuple(map(str, series))


def _same_length(k: int, **lengths: int) -> None:
    wrong = [f"{name} has {length}" for name, length in lengths.items() if length != k]
    if wrong:
        raise WrongUsage(
            _fault("length-differs", f"events has {k} values, but {', '.join(wrong)}.")
        )


def _fast(events: Sequence[Any], total: Sequence[Any]) -> tuple[Array, Array] | None:
    """The usual case in a few array operations; None where a row needs a closer look."""
    try:
        x, n = np.asarray(events), np.asarray(total)
    except ValueError:
        return None
    if x.dtype.kind not in "iuf" or n.dtype.kind not in "iuf" or x.ndim != 1 or n.ndim != 1:
        return None
    x, n = x.astype(float), n.astype(float)
    if not (np.isfinite(x).all() and np.isfinite(n).all()):
        return None
    good = (x >= 0) & (x <= n) & (n >= 1) & (x == np.floor(x)) & (n == np.floor(n))
    return (x, n) if good.all() else None


def _fault(
    code: str, message: str, *, row: int | None = None, remedy: str | None = None
) -> Problem:
    return Problem(
        code=code,
        message=message,
        severity=Severity.ERROR,
        remedy=remedy,
        source=Place(row=row) if row is not None else None,
    )


def _row_fault(row: int, name: str, events: Any, total: Any) -> Problem | None:
    """What is wrong with one row, or None."""
    for what, value in (("events", events), ("total", total)):
        if value is None or (isinstance(value, (float, np.floating)) and math.isnan(value)):
            return _fault(
                "missing-count",
                f"Series {name}: {what} is missing; not reported is not zero.",
                row=row,
                remedy="enter the count, or leave the series out by name",
            )
        if isinstance(value, (bool, np.bool_, str, bytes)) or not _is_whole(value):
            return _fault(
                "not-a-whole-count",
                f"Series {name}: {what} is {value!r}; expected a whole number.",
                row=row,
            )
    if events < 0 or total < 0:
        return _fault(
            "negative-count",
            f"Series {name}: {events:g} events among {total:g}; counts cannot be below 0.",
            row=row,
        )
    if total == 0:
        return _fault("empty-series", f"Series {name}: total is 0; expected 1 or more.", row=row)
    if events > total:
        return _fault(
            "events-above-total",
            f"Series {name}: {events:g} events among {total:g} patients; expected events <= total.",
            row=row,
        )
    return None


def _is_whole(value: Any) -> bool:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False
    return math.isfinite(number) and number == math.floor(number)
