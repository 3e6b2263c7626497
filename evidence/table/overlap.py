"""Series that share patients: of each cluster only the largest is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.table.decisions import overlap_words
from evidence.table.likeness import all_sure
from evidence.table.sizes import series_sizes

if TYPE_CHECKING:
    from evidence.model.row import EvidenceRow
    from evidence.table.reconcile import Versions

SHARING = {"same patients", "part of", "contains", "overlaps"}
"""Relations under which two series may not both be counted."""
INVERSE = {"part of": "contains", "contains": "part of"}
"""What a relation is as seen from the other series, where that is another."""


def mark_overlaps(rows: list[EvidenceRow], groups: dict[str, Versions]) -> list[EvidenceRow]:
    """Name, on the rows of every series but the largest of its cluster, the larger ones.

    What a person recorded stands with the decisions of both series.

    Clusters are the connected parts of the recorded overlaps and of those that need no decision
    (``likeness.counted_once``). The largest by patients stays, of those that have a count which
    may be pooled; among equals, the one that contains the others, then the later, then the first
    by name.
    """
    sizes = _sizes(rows)
    larger: dict[str, tuple[str, ...]] = {}
    for cluster in clusters(groups):
        ranked = sorted(cluster, key=lambda s: _rank(s, groups, sizes))
        for place, name in enumerate(ranked[1:], start=1):
            larger[name] = tuple(ranked[:place])
    recorded = _recorded(groups)
    return [
        replace(
            row,
            overlaps=larger.get(row.series, ()),
            decisions=(*row.decisions, *recorded.get(row.series, ())),
        )
        for row in rows
    ]


def _recorded(groups: dict[str, Versions]) -> dict[str, list[str]]:
    """Series → the recorded overlaps it has a part in, whichever file holds them."""
    found: dict[str, dict[str, None]] = {}
    for name, versions in groups.items():
        for _, series in versions:
            for overlap in (o for o in series.overlaps if o.series in groups):
                turned = overlap.model_copy(
                    update={"relation": INVERSE.get(overlap.relation, overlap.relation)}
                )
                found.setdefault(name, {})[overlap_words(overlap, overlap.series)] = None
                found.setdefault(overlap.series, {})[overlap_words(turned, name)] = None
    return {name: list(words) for name, words in found.items()}


def clusters(groups: dict[str, Versions]) -> list[set[str]]:
    """Sets of series, each of two or more, that recorded or sure overlaps connect."""
    near: dict[str, set[str]] = {name: set() for name in groups}
    for a, b in all_sure(groups):
        near[a].add(b)
        near[b].add(a)
    for name, versions in groups.items():
        for _, series in versions:
            for overlap in series.overlaps:
                if overlap.relation in SHARING and overlap.series in near:
                    near[name].add(overlap.series)
                    near[overlap.series].add(name)
    found: list[set[str]] = []
    left = set(near)
    while left:
        cluster: set[str] = set()
        open_names = {min(left)}
        while open_names:
            cluster |= open_names
            open_names = {n for name in open_names for n in near[name]} - cluster
        left -= cluster
        if len(cluster) > 1:
            found.append(cluster)
    return found


def _sizes(rows: list[EvidenceRow]) -> dict[str, int]:
    """Relevant patients of each series that has any count which may be pooled."""
    counted = {r.series for r in rows if r.events is not None and not r.excluded}
    return series_sizes(replace(r, excluded=None) for r in rows if r.series in counted)


def _rank(
    name: str, groups: dict[str, Versions], sizes: dict[str, int]
) -> tuple[int, int, int, str]:
    part = any(
        (o.relation, key) == ("part of", name) or (o.relation, o.series) == ("contains", name)
        for key, versions in groups.items()
        for _, s in versions
        for o in s.overlaps
    )
    year = groups[name][0][1].citation.year or 0
    return -sizes.get(name, 0), int(part), -year, name
