"""Patients of each series, each counted once."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.model.row import EvidenceRow
from evidence.table.stratum import ALL


def counted_series(rows: Iterable[EvidenceRow]) -> set[str]:
    """The series whose patients may be counted: neither rejected nor part of another's."""
    return {row.series for row in rows if not row.excluded and not row.overlaps}


def series_sizes(rows: Iterable[EvidenceRow]) -> dict[str, int]:
    """Relevant patients of each series that says how many, over the rows that may be pooled.

    Those of the whole series; else of its arms together; else of its diseases together. Other
    strata may overlap and are never added up. Patients who are counted in a larger series are
    counted there.
    """
    whole: dict[str, int] = {}
    parts: dict[str, dict[tuple[str, str], int]] = {}
    for row in rows:
        left_out = row.excluded or row.overlaps or row.outcome.startswith(COMPLICATION_PREFIX)
        if row.total is None or left_out:
            continue
        if row.arm is None and row.stratum == ALL:
            whole[row.series] = max(row.total, whole.get(row.series, 0))
        elif row.stratum == ALL or (row.arm is None and row.stratum == row.disease):
            kind = "disease" if row.arm is None else "arm"
            sizes = parts.setdefault(row.series, {})
            key = (kind, row.arm or row.stratum)
            sizes[key] = max(row.total, sizes.get(key, 0))
    added = {series: _added(sizes) for series, sizes in parts.items()}
    return {**added, **whole}


def _added(sizes: dict[tuple[str, str], int]) -> int:
    arms = [size for (kind, _), size in sizes.items() if kind == "arm"]
    return sum(arms or sizes.values())
