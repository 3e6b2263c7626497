"""A file of counts pooled on its own, without a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.errors import FindingsInData, Place, Problem, unknown_name

if TYPE_CHECKING:
    from evidence.pooling import Result
    from evidence.store.count_file import CountRow


def pool_counts(path: Path, *, outcome: str, by: str | None, **settings: Any) -> Result:
    """Pool a counts file, by any of its columns.

    Raises:
        WrongUsage: ``by`` is no column of the file.
    """
    from evidence.pooling import pool
    from evidence.store.count_file import read_counts

    rows = read_counts(path)
    if not rows:
        raise FindingsInData(f"{path.name}: no rows to pool; expected at least one series.")
    groups = None
    if by is not None:
        known = list(rows[0].columns)
        if by not in known:
            raise unknown_name("column", by, known or ["(no grouping column in the file)"])
        groups = [row.columns[by] or None for row in rows]
    result = pool(
        [row.events for row in rows],
        [row.total for row in rows],
        series=[row.series for row in rows],
        by=groups,
        by_name=by,
        outcome=outcome,
        **settings,
    )
    return replace(result, own_problems=(*result.own_problems, *_named_twice(path, rows)))


def _named_twice(path: Path, rows: Sequence[CountRow]) -> Iterator[Problem]:
    """A series in several rows counts as several: perhaps arms, perhaps a slip."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.series, []).append(row.line)
    for name, found in lines.items():
        if len(found) > 1:
            yield Problem(
                code="series-twice",
                message=f"'{name}' stands in {len(found)} rows and is pooled as that many series.",
                remedy="name the arms apart, or leave the repeated row out",
                source=Place(document=path.name, line=found[1]),
            )
