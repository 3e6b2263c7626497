"""``Stratum``: counts in one group of patients, and the sum of disjoint groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.table.derive import Counts, sum_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.model.series import Responses

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """Counts in one stratum of an arm; ``path`` is that of its block, None for a sum of blocks."""

    name: str
    disease: str | None
    total: int | None
    counts: Counts
    path: str | None
    block: Responses | None = None
    missing: str | None = None
    """Why the stratum has no counts of its own; None where it has."""
    scopes: tuple[str, ...] = ()
    """Paths of the blocks that were added up."""
    timepoint: str | None = None
    """When the responses were taken, where the paper gives them at several times."""


def at_one_time(parts: Sequence[Stratum]) -> bool:
    """Whether counts were taken at one time: those of different times are never added up."""
    return len({p.timepoint for p in parts}) < 2


def add_strata(
    parts: Sequence[Stratum], *, name: str = ALL, disease: str | None, total: int | None
) -> Stratum:
    """The sum of disjoint strata taken at one time, with the paths of what was added up."""
    return Stratum(
        name=name,
        disease=disease,
        total=total,
        counts=add_counts([p.counts for p in parts]),
        path=None,
        scopes=tuple(p.path for p in parts if p.path),
        timepoint=parts[0].timepoint,
    )


def add_counts(parts: list[Counts]) -> Counts:
    """Outcome by outcome, the sum over disjoint strata that all report it over their own total."""
    names = [n for n in parts[0] if all(n in p and p[n].path is None for p in parts)]
    return {n: sum_counts([p[n] for p in parts]) for n in names}
